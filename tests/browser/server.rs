//! A folder in, the same folder over HTTP on loopback out, below any path; what is not a file of it is a 404.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};

/// A site that is being served until the program ends.
pub(crate) struct Server {
    /// Where the site begins: `http://127.0.0.1:PORT/some/registry/`.
    pub(crate) base: String,
    pub(crate) folder: PathBuf,
}

impl Server {
    /// Serves a folder below `mount`, which begins and ends with a slash.
    pub(crate) fn start(folder: &Path, mount: &'static str) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port is free");
        let base = format!("http://{}{mount}", listener.local_addr().expect("a bound port has an address"));
        let root = folder.to_owned();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let root = root.clone();
                // A thread each: browsers open connections ahead and leave them silent.
                std::thread::spawn(move || answer(&stream, &root, mount));
            }
        });
        Server { base, folder: folder.to_owned() }
    }

    /// The file that an address means, without its fragment and query.
    pub(crate) fn file(&self, address: &str) -> Option<PathBuf> {
        let address = address.split(['#', '?']).next().unwrap_or_default();
        find(&self.folder, address.strip_prefix(&self.base)?)
    }

    /// Every page of the site, by its path, sorted.
    pub(crate) fn pages(&self) -> Vec<String> {
        let files = walkdir::WalkDir::new(&self.folder).sort_by_file_name().into_iter();
        let files = files.map(|entry| entry.expect("the site can be listed").into_path());
        let pages = files.filter(|path| path.extension().is_some_and(|ending| ending == "html"));
        pages
            .map(|path| {
                path.strip_prefix(&self.folder).expect("it lies below").to_string_lossy().into_owned()
            })
            .collect()
    }

    /// The largest page of each kind, where most can go wrong: `gates/*/index.html` is one kind.
    pub(crate) fn kinds(&self) -> Vec<String> {
        let mut largest: BTreeMap<String, (u64, String)> = BTreeMap::new();
        for page in self.pages() {
            let size = fs::metadata(self.folder.join(&page)).expect("a page can be read").len();
            let best = largest.entry(kind_of_page(&page)).or_default();
            *best = (size, page).max(best.clone());
        }
        largest.into_values().map(|(_, page)| page).collect()
    }
}

/// A star for all between the first folder and the file.
fn kind_of_page(page: &str) -> String {
    match page.split('/').collect::<Vec<_>>().as_slice() {
        [folder, between @ .., file] if !between.is_empty() => {
            format!("{folder}/{}{file}", "*/".repeat(between.len()))
        }
        _ => page.to_owned(),
    }
}

/// As a static host does it: a folder means its `index.html`.
fn find(folder: &Path, path: &str) -> Option<PathBuf> {
    let inside = !path.split('/').any(|part| part == "..");
    let index = if path.is_empty() || path.ends_with('/') { "index.html" } else { "" };
    let file = folder.join(format!("{path}{index}"));
    (inside && file.is_file()).then_some(file)
}

fn answer(stream: &TcpStream, folder: &Path, mount: &str) {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let request = lines.next().unwrap_or_default();
    lines.take_while(|line| !line.is_empty()).for_each(drop);
    let target = request.split(' ').nth(1).unwrap_or_default();
    let path = target.split('?').next().and_then(|path| path.strip_prefix(mount));
    let file = path.and_then(|path| find(folder, path));
    let (status, kind, body) = match &file {
        Some(file) => ("200 OK", content_type(file), fs::read(file).expect("a file of the site can be read")),
        None => ("404 Not Found", "text/plain", b"not here".to_vec()),
    };
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nCache-Control: max-age=600\r\n"
    );
    let mut stream = stream;
    // The browser may have gone on to another page.
    let _ = stream.write_all(format!("{head}Connection: close\r\n\r\n").as_bytes());
    let _ = stream.write_all(&body);
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|it| it.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css",
        "js" => "text/javascript",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "xml" => "application/xml",
        _ => "text/plain; charset=utf-8",
    }
}
