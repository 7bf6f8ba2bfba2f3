//! The development server as a browser, and as somebody else's page, meets it: the real binary over a real socket.

mod support;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

/// Only so that a test that hangs fails; nothing is measured.
const WATCHDOG: Duration = Duration::from_mins(1);
/// Signs of life without an event, after which none will come; the server gives one in ten seconds.
const MOST_SIGNS: usize = 4;
const RECORD: &str = "incidents/APM-0001.md";
const PAGE: &str = "/incidents/APM-0001/";

/// A registry and a server over it; the server ends with the test.
struct Served {
    folder: TempDir,
    server: Child,
    port: u16,
    said: Arc<Mutex<String>>,
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

fn base() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    support::write_base(folder.path());
    folder
}

fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_registry"));
    command.arg("serve").args(arguments).arg("--root").arg(root);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Serves the base registry, changed before the first reading.
fn serve_after(change: impl FnOnce(&Path)) -> Served {
    let folder = base();
    change(folder.path());
    let mut server = command(folder.path(), &["--port", "0"]).spawn().expect("the server starts");
    let mut line = String::new();
    let out = server.stdout.take().expect("its output is piped");
    BufReader::new(out).read_line(&mut line).expect("it says where it is");
    let port = line.strip_prefix("http://127.0.0.1:").and_then(|rest| rest.split('/').next());
    let port = port.and_then(|port| port.parse().ok()).unwrap_or_else(|| panic!("no address in `{line}`"));
    let said = Arc::new(Mutex::new(String::new()));
    let (lines, err) = (Arc::clone(&said), server.stderr.take().expect("its errors are piped"));
    thread::spawn(move || {
        for line in BufReader::new(err).lines().map_while(Result::ok) {
            lines.lock().expect("no test panics here").push_str(&(line + "\n"));
        }
    });
    Served { folder, server, port, said }
}

fn serve() -> Served {
    serve_after(|_| {})
}

impl Served {
    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the server is there");
        stream.set_read_timeout(Some(WATCHDOG)).expect("a socket has a time limit");
        stream
    }

    /// Sends bytes as they are, and reads the answer to its end.
    fn raw(&self, bytes: &[u8]) -> Answer {
        let mut stream = self.connect();
        // The server may have seen enough before the last byte.
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer in `{answer}`"));
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    fn ask(&self, method: &str, path: &str, headers: &str) -> Answer {
        let port = self.port;
        self.raw(format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{headers}\r\n").as_bytes())
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }

    fn path(&self, inside: &str) -> std::path::PathBuf {
        self.folder.path().join(inside)
    }

    fn edit(&self, inside: &str, from: &str, to: &str) {
        edit(self.folder.path(), inside, from, to);
    }

    fn write(&self, inside: &str, text: &str) {
        let path = self.path(inside);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }

    /// A page's ear. The first event names the version that is current when it begins to listen.
    fn listen(&self) -> Listener {
        let mut stream = self.connect();
        let request = format!("GET /.registry/events HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", self.port);
        stream.write_all(request.as_bytes()).expect("the server listens");
        let mut listener = Listener(BufReader::new(stream));
        listener.next();
        listener
    }

    fn said(&self) -> String {
        self.said.lock().expect("no test panics here").clone()
    }

    /// Waits until the terminal shows something.
    fn says(&self, part: &str) {
        let pause = Duration::from_millis(10);
        let tries = WATCHDOG.as_millis() / pause.as_millis();
        let heard = (0..tries).any(|_| {
            thread::sleep(pause);
            self.said().contains(part)
        });
        assert!(heard, "`{part}` is in\n{}", self.said());
    }

    /// Waits for an event after which something holds: one save may be told in more than one event.
    fn until(&self, listener: &mut Listener, holds: impl Fn(&Served) -> bool) {
        while !holds(self) {
            listener.next();
        }
    }
}

struct Listener(BufReader<TcpStream>);

impl Listener {
    /// The version of the next event; fails when none comes.
    fn next(&mut self) -> String {
        // The signs of life between events keep the socket's own watchdog quiet, so they are counted.
        let mut signs = 0;
        while signs < MOST_SIGNS {
            let mut line = String::new();
            let read = self.0.read_line(&mut line).expect("an event comes before the watchdog");
            assert!(read > 0, "the server hung up");
            if let Some(version) = line.strip_prefix("data: ") {
                return version.trim().to_owned();
            }
            signs += usize::from(line.starts_with(':'));
        }
        panic!("no event came");
    }
}

fn edit(root: &Path, inside: &str, from: &str, to: &str) {
    let path = root.join(inside);
    let text = fs::read_to_string(&path).expect("the file is there");
    assert!(text.contains(from), "{} holds `{from}`", path.display());
    fs::write(path, text.replacen(from, to, 1)).expect("it can be changed");
}

fn tree(root: &Path) -> Vec<(String, Vec<u8>)> {
    let files = walkdir::WalkDir::new(root).sort_by_file_name().into_iter();
    let files =
        files.map(|entry| entry.expect("a folder can be walked")).filter(|it| it.file_type().is_file());
    files.map(|it| (it.path().display().to_string(), fs::read(it.path()).expect("it can be read"))).collect()
}

#[test]
fn pages_are_served_with_their_headers_and_nothing_is_written() {
    let served = serve();
    let before = tree(served.folder.path());
    let first = served.get("/");
    assert_eq!(first.status, 200, "{}", first.head);
    assert!(first.body.contains("href=\"incidents/APM-0001/\""), "{}", first.body);
    for header in [
        "Content-Type: text/html; charset=utf-8",
        "X-Content-Type-Options: nosniff",
        "Cache-Control: no-store",
        "Referrer-Policy: no-referrer",
    ] {
        assert!(first.head.contains(header), "`{header}` is in {}", first.head);
    }
    for (path, kind) in [
        (PAGE, "text/html"),
        ("/incidents/APM-0001/index.html", "text/html"),
        ("/gates/", "text/html"),
        ("/incidents/APM-0001.md", "text/markdown"),
        ("/incidents/cases.json", "application/json"),
        ("/static/style.css?v=1", "text/css"),
        ("/.registry/live.js", "text/javascript"),
        ("/.registry/live.css", "text/css"),
        ("/.registry/findings.json", "application/json"),
    ] {
        let answer = served.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.head.contains(&format!("Content-Type: {kind}")), "{path}: {}", answer.head);
    }
    assert_eq!(tree(served.folder.path()), before);
}

#[test]
fn the_policy_of_the_header_is_that_of_the_pages() {
    let page = serve().get("/");
    let meta = page.body.split("http-equiv=\"Content-Security-Policy\" content=\"").nth(1);
    let policy = meta.and_then(|rest| rest.split('"').next()).expect("a page has a policy");
    assert!(page.head.contains(&format!("Content-Security-Policy: {policy}")), "{policy}\n{}", page.head);
}

#[test]
fn a_folder_gets_its_slash_and_an_unknown_address_a_page() {
    let served = serve();
    let folder = served.get("/incidents/APM-0001");
    assert_eq!(folder.status, 307);
    assert!(folder.head.contains("Location: /incidents/APM-0001/\r\n"), "{}", folder.head);
    let unknown = served.get("/incidents/APM-9999/");
    assert_eq!(unknown.status, 404);
    assert!(unknown.body.contains("<!doctype html>") && unknown.body.contains("/.registry/live.js"));
    assert_eq!(served.get("//incidents/APM-0001").status, 404, "no redirect to another host");
}

#[test]
fn a_head_request_gets_the_head() {
    let served = serve();
    let (head, page) = (served.ask("HEAD", PAGE, ""), served.get(PAGE));
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(head.head, page.head);
    let length: usize = head
        .head
        .split("Content-Length: ")
        .nth(1)
        .and_then(|it| it.lines().next()?.parse().ok())
        .expect("a length");
    assert_eq!(length, page.body.len());
    assert_eq!(served.ask("HEAD", "/.registry/events", "").status, 404, "and does not wait for events");
}

#[test]
fn nothing_can_be_sent() {
    let served = serve();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT"] {
        let answer = served.ask(method, "/", "Content-Length: 4\r\n");
        assert_eq!(answer.status, 405, "{method}");
        assert!(answer.head.contains("\r\nAllow: GET, HEAD\r\n"), "{method}: {}", answer.head);
    }
}

#[test]
fn another_host_or_origin_gets_nothing() {
    let served = serve();
    let port = served.port;
    let status = |headers: &str| served.raw(format!("GET / HTTP/1.1\r\n{headers}\r\n").as_bytes()).status;
    for host in ["localhost", "127.0.0.1", "[::1]", "LOCALHOST"] {
        assert_eq!(status(&format!("Host: {host}:{port}\r\n")), 200, "{host}");
    }
    let ours = format!("Host: 127.0.0.1:{port}\r\n");
    for headers in [
        String::new(),
        format!("Host: evil.example:{port}\r\n"),
        format!("Host: 127.0.0.1.evil.example:{port}\r\n"),
        format!("Host: localhost:{}\r\n", port ^ 1),
        "Host: localhost\r\n".to_owned(),
        format!("{ours}Host: evil.example\r\n"),
        format!("{ours}Origin: https://evil.example\r\n"),
        format!("{ours}Origin: null\r\n"),
        format!("{ours}Origin: http://localhost:{}\r\n", port ^ 1),
    ] {
        assert_eq!(status(&headers), 403, "{headers}");
    }
    assert_eq!(status(&format!("{ours}Origin: http://localhost:{port}\r\n")), 200);
    let events = format!("GET /.registry/events HTTP/1.1\r\nHost: evil.example:{port}\r\n\r\n");
    assert_eq!(served.raw(events.as_bytes()).status, 403);
}

#[test]
fn no_address_leads_out_of_the_site() {
    let served = serve();
    for path in [
        "/../registry.toml",
        "/registry.toml",
        "/incidents/ids.lock",
        "/%2e%2e/registry.toml",
        "/static/../../registry.toml",
        "/static/%2e%2e%2f%2e%2e%2fregistry.toml",
        "/static/..%5c..%5cregistry.toml",
        "//etc/passwd",
        "/etc/passwd",
        "/static//etc/passwd",
        "/.registry/../registry.toml",
    ] {
        let answer = served.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(
            !answer.body.contains("root:") && !answer.body.contains("title ="),
            "{path}: {}",
            answer.body
        );
    }
    for path in [
        "/%00",
        "/index.html%00",
        "/%",
        "/%2",
        "/%zz",
        "/%+1",
        "/%ff",
        "/%0d%0aSet-Cookie:a",
        "index.html",
        "*",
        "http://127.0.0.1/",
    ] {
        assert_eq!(served.get(path).status, 400, "{path}");
    }
    assert_eq!(served.get("/%69ndex.html").status, 200, "an escape that is one is undone");
}

#[test]
fn a_bad_request_harms_nobody() {
    let served = serve();
    let long = "a".repeat(100_000);
    assert_eq!(served.get(&format!("/{long}")).status, 431);
    assert_eq!(served.ask("GET", "/", &format!("X: {long}\r\n")).status, 431);
    assert_eq!(served.ask("GET", "/", &"X: y\r\n".repeat(200)).status, 431);
    for bytes in [
        &b"\0\0\0\0\r\n\r\n"[..],
        b"GET\r\n\r\n",
        b"GET / HTTP/9\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01",
        b"GET /\xff\xfe\x80 \r\n\r\n",
        b"GET / HTTP/1.1\r\n: \r\n\r\n",
    ] {
        assert_eq!(served.raw(bytes).status, 400, "{bytes:?}");
    }
    for bytes in [&b""[..], b"GET", b"GET / HTTP/1.1\r\nHost: 127"] {
        let mut stream = served.connect();
        stream.write_all(bytes).expect("the server listens");
        stream.shutdown(Shutdown::Both).expect("a socket can be closed");
    }
    assert_eq!(served.get("/").status, 200);
    assert!(!served.said().contains("panicked"), "{}", served.said());
}

#[test]
fn clients_that_say_nothing_hold_up_nobody() {
    let served = serve();
    let idle: Vec<TcpStream> = (0..20).map(|_| served.connect()).collect();
    let listeners: Vec<Listener> = (0..20).map(|_| served.listen()).collect();
    assert_eq!(served.get("/").status, 200);
    drop((idle, listeners));
}

#[test]
fn listeners_beyond_the_most_are_turned_away_and_those_that_left_make_room() {
    let served = serve();
    let listeners: Vec<Listener> = (0..64).map(|_| served.listen()).collect();
    assert_eq!(served.get("/.registry/events").status, 503);
    drop(listeners);
    served.listen();
}

#[test]
fn a_save_is_told_and_shown() {
    let served = serve();
    let mut listener = served.listen();
    let old = served.get(PAGE).body;
    served.edit(RECORD, "deletes an environment", "removes an environment");
    served.until(&mut listener, |served| served.get(PAGE).body.contains("removes an environment"));
    assert!(!old.contains("removes an environment"));
}

#[test]
fn a_page_knows_which_version_it_shows() {
    let served = serve();
    let shown = |served: &Served| {
        let page = served.get("/").body;
        let version = page.split("data-version=\"").nth(1).and_then(|rest| rest.split('"').next());
        version.expect("a page names its version").to_owned()
    };
    let before = shown(&served);
    let mut listener = served.listen();
    served.edit(RECORD, "severity: 3", "severity: 2");
    let told = listener.next();
    assert_ne!(told, before);
    served.until(&mut listener, |served| served.get(PAGE).body.contains("Severity 2"));
    // A page that begins to listen too late for the event hears of it all the same.
    let mut late = Listener(BufReader::new(served.connect()));
    let request = format!("GET /.registry/events HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", served.port);
    late.0.get_mut().write_all(request.as_bytes()).expect("the server listens");
    assert_eq!(late.next(), shown(&served));
}

#[test]
fn findings_follow_the_records() {
    let served = serve();
    let findings = |served: &Served| served.get("/.registry/findings.json").body;
    assert!(findings(&served).contains("\"errors\": 0"), "{}", findings(&served));
    let mut listener = served.listen();
    served.edit(RECORD, "severity: 3", "severity: 9");
    served.until(&mut listener, |served| findings(served).contains("\"errors\": 1"));
    let found = findings(&served);
    assert!(
        found.contains("\"code\": \"S04\"") && found.contains("\"path\": \"incidents/APM-0001.md\""),
        "{found}"
    );
    let page = served.get(PAGE);
    assert_eq!(page.status, 200, "what could be read is still shown");
    assert!(page.body.contains("data-errors=\"1\" data-warnings=\"0\" data-file=\"incidents/APM-0001.md\""));
    served.edit(RECORD, "severity: 9", "severity: 3");
    served.until(&mut listener, |served| findings(served).contains("\"errors\": 0"));
    assert!(served.get(PAGE).body.contains("data-errors=\"0\""));
    served.says("incidents/APM-0001.md:9:11: error[S04]");
    served.says("1 error; `registry lint` shows them");
}

#[test]
fn a_save_by_rename_a_new_file_and_a_deletion_are_told() {
    let served = serve();
    let mut listener = served.listen();
    let text = fs::read_to_string(served.path(RECORD)).expect("the record is there");
    served.write("incidents/.saving.tmp", &text.replace("deletes an environment", "wipes an environment"));
    fs::rename(served.path("incidents/.saving.tmp"), served.path(RECORD)).expect("a file can be renamed");
    served.until(&mut listener, |served| served.get(PAGE).body.contains("wipes an environment"));
    let draft = text
        .replace("id: APM-0001", "id: APM-0000")
        .replace("kind: incident", "kind: incident\nstatus: draft");
    served.write("incidents/APM-0000-a-new-case.md", &draft);
    let new = "/incidents/APM-0000-a-new-case/";
    served.until(&mut listener, |served| served.get(new).status == 200);
    assert!(served.get(new).body.contains(" data-draft>"), "{}", served.get(new).body);
    fs::remove_file(served.path("incidents/APM-0000-a-new-case.md")).expect("a file can be removed");
    served.until(&mut listener, |served| served.get(new).status == 404);
}

#[test]
fn folders_that_appear_later_or_are_replaced_are_watched() {
    let served = serve();
    let mut listener = served.listen();
    served.write("static/style.css", "p { color: red }");
    served.until(&mut listener, |served| served.get("/static/style.css").body == "p { color: red }");
    served.write("static/style.css", "p { color: blue }");
    served.until(&mut listener, |served| served.get("/static/style.css").body == "p { color: blue }");
    fs::rename(served.path("incidents"), served.path("aside")).expect("a folder can be renamed");
    served.until(&mut listener, |served| served.get(PAGE).status == 404);
    fs::rename(served.path("aside"), served.path("incidents")).expect("a folder can be renamed");
    served.until(&mut listener, |served| served.get(PAGE).status == 200);
    served.edit(RECORD, "deletes an environment", "drops an environment");
    served.until(&mut listener, |served| served.get(PAGE).body.contains("drops an environment"));
}

#[test]
fn a_record_that_cannot_be_read_is_named_at_its_address() {
    let served = serve();
    let mut listener = served.listen();
    let text = fs::read_to_string(served.path(RECORD)).expect("the record is there");
    served.write(RECORD, "---\ntitle: [\n---\n");
    served.until(&mut listener, |served| served.get(PAGE).body.contains("cannot be read as a record"));
    let page = served.get(PAGE);
    assert_eq!(page.status, 404);
    assert!(page.body.contains("data-file=\"incidents/APM-0001.md\""), "{}", page.body);
    served.write(RECORD, &text);
    served.until(&mut listener, |served| served.get(PAGE).status == 200);
}

#[test]
fn a_broken_template_is_shown_and_recovers() {
    let served = serve();
    let mut listener = served.listen();
    served.write("templates/gates.html", "<p>\n{% if <script>alert(1)</script> %}");
    served.until(&mut listener, |served| served.get("/").status == 500);
    let page = served.get("/");
    assert!(page.body.contains("gates.html:2") && page.body.contains("/.registry/live.js"), "{}", page.body);
    assert!(!page.body.contains("<script>alert"), "{}", page.body);
    served.write(
        "templates/gates.html",
        "{% extends \"base.html\" %}{% block content %}{{ page.nope.deeper }}{% endblock %}",
    );
    served.until(&mut listener, |served| served.get("/").status == 200);
    let page = served.get("/gates/");
    assert_eq!(page.status, 500, "it fails only where it is used");
    assert!(page.body.contains("gates.html:1") && page.body.contains("nope"), "{}", page.body);
    served
        .write("templates/gates.html", "{% extends \"base.html\" %}{% block content %}mended{% endblock %}");
    served.until(&mut listener, |served| served.get("/gates/").body.contains("mended"));
    served.says("gates.html:2");
    served.says("gates.html:1");
}

#[test]
fn a_template_with_a_dead_link_says_so_as_a_build_would() {
    let served = serve();
    let mut listener = served.listen();
    let template = "{% extends \"base.html\" %}{% block content %}<a href=\"nowhere/\">x</a>{% endblock %}";
    served.write("templates/gates.html", template);
    served.until(&mut listener, |served| served.get("/gates/").status == 500);
    let page = served.get("/gates/");
    for part in ["`nowhere/`", "leads nowhere", "`gates.html`"] {
        assert!(page.body.contains(part), "{}", page.body);
    }
    assert_eq!(served.get("/").status, 200, "the others are whole");
    served.edit("templates/gates.html", "nowhere/", "deploy/");
    served.until(&mut listener, |served| served.get("/gates/").status == 200);
}

#[test]
fn a_registry_that_goes_away_may_come_back() {
    let served = serve();
    let mut listener = served.listen();
    fs::rename(served.path("registry.toml"), served.path("aside.toml")).expect("a file can be renamed");
    served.until(&mut listener, |served| served.get("/").status == 500);
    assert!(served.get("/").body.contains("there is no `registry.toml`"));
    fs::rename(served.path("aside.toml"), served.path("registry.toml")).expect("a file can be renamed");
    served.until(&mut listener, |served| served.get("/").status == 200);
}

#[test]
fn a_registry_with_errors_is_served_from_the_start() {
    let served = serve_after(|root| edit(root, RECORD, "severity: 3", "severity: 9"));
    assert_eq!(served.get("/").status, 200);
    assert!(served.get("/").body.contains("data-errors=\"1\""));
}

#[test]
fn a_built_site_has_nothing_of_the_server() {
    let folder = base();
    let site = folder.path().join("site");
    let mut command = Command::new(env!("CARGO_BIN_EXE_registry"));
    let output = command.arg("build").arg("--root").arg(folder.path()).arg("--out").arg(&site).output();
    assert!(output.expect("it runs").status.success());
    for (path, bytes) in tree(&site) {
        assert!(!String::from_utf8_lossy(&bytes).contains("/.registry/"), "{path}");
    }
}

#[test]
fn a_port_in_use_is_said_with_the_way_out() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("a socket has an address").port().to_string();
    let folder = base();
    let output = command(folder.path(), &["--port", &port]).output().expect("it runs");
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains(&format!("port {port} is in use")) && said.contains("--port"), "{said}");
}

#[test]
fn only_this_machine_is_listened_to_and_the_port_is_free_again_afterwards() {
    let mut served = serve();
    let port = served.port;
    // Another address of this machine's own network is not answered.
    assert!(TcpStream::connect(("127.0.0.2", port)).is_err());
    assert_eq!(served.get("/").status, 200);
    served.server.kill().expect("it can be ended");
    served.server.wait().expect("it ends");
    assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
}
