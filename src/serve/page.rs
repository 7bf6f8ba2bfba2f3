//! A request to an answer: a file of the site, made when it is asked for, with the panel of findings over it.

use anyhow::Result;

use crate::model::output::Job;
use crate::render::Site;
use crate::serve::request::Request;
use crate::serve::response::{Response, kind};
use crate::serve::snapshot::{MEND_TEMPLATE, Snapshot, Subject, Trouble};

const SCRIPT: &str = include_str!("live.js");
const STYLE: &str = include_str!("live.css");

/// The answer to a request, of whatever path.
pub(super) fn answer(snapshot: &Snapshot, request: &Request) -> Response {
    match request.path.as_str() {
        "/.registry/live.js" => Response::new(200, kind("js"), SCRIPT),
        "/.registry/live.css" => Response::new(200, kind("css"), STYLE),
        "/.registry/findings.json" => Response::new(200, kind("json"), snapshot.findings.clone()),
        _ => match snapshot.site() {
            Ok(site) => file(snapshot, &site, &snapshot.jobs(&site), request),
            Err(trouble) => troubled(snapshot, &request.path, trouble),
        },
    }
}

/// The file of the site that a path names. It is looked up among the files that the site has, so nothing else on
/// this machine can be reached.
fn file(snapshot: &Snapshot, site: &Site<'_>, jobs: &[Job<'_>], request: &Request) -> Response {
    let name = name(&request.path);
    let find = |name: &str| jobs.iter().find(|job| job.path == name);
    if let Some(job) = find(&name) {
        return made(snapshot, 200, job, || verify(snapshot, site, jobs));
    }
    if find(&format!("{name}/index.html")).is_some() {
        return Response::redirect(format!("{}/", request.raw));
    }
    if let Some(subject) = subject(snapshot, &request.path) {
        return unreadable(snapshot, &name, subject);
    }
    match find("404.html") {
        Some(job) => made(snapshot, 404, job, || verify(snapshot, site, jobs)),
        None => html(snapshot, 404, &name, plain("Not Found", "There is no page at this address.")),
    }
}

/// Whether the pages made so far lead somewhere. In a registry with errors a record may be at fault, and is named.
fn verify(snapshot: &Snapshot, site: &Site<'_>, jobs: &[Job<'_>]) -> Result<()> {
    if snapshot.errors > 0 { Ok(()) } else { site.verify(jobs) }
}

/// The path of the file that an address stands for.
fn name(path: &str) -> String {
    let inside = path.strip_prefix('/').unwrap_or(path);
    if inside.is_empty() || inside.ends_with('/') { format!("{inside}index.html") } else { inside.to_owned() }
}

/// The record that an address is about, with or without the final slash.
fn subject<'a>(snapshot: &'a Snapshot, path: &str) -> Option<&'a Subject> {
    let folder = format!("{}/", path.trim_end_matches('/'));
    snapshot.subjects.get(&name(path)).or_else(|| snapshot.subjects.get(&name(&folder)))
}

/// A file, made now. A page with a link that would stop a build says so at once.
fn made(snapshot: &Snapshot, status: u16, job: &Job<'_>, verify: impl Fn() -> Result<()>) -> Response {
    let ending = job.path.rsplit_once('.').map_or("", |(_, ending)| ending);
    match job.bytes().and_then(|bytes| verify().map(|()| bytes)) {
        Ok(bytes) if ending == "html" => html(snapshot, status, &job.path, bytes),
        Ok(bytes) => Response::new(status, kind(ending), bytes),
        Err(error) => {
            let trouble = Trouble {
                title: "This page cannot be made",
                text: format!("{error:#}"),
                help: MEND_TEMPLATE,
            };
            Response { trouble: Some(trouble.text.clone()), ..troubled(snapshot, &job.path, &trouble) }
        }
    }
}

fn troubled(snapshot: &Snapshot, path: &str, trouble: &Trouble) -> Response {
    let text = crate::diagnostic::escape_lines(&trouble.text);
    let content = format!("<pre>{}</pre>\n<p>{}</p>", escaped(&text), escaped(trouble.help));
    html(snapshot, 500, path, document(trouble.title, &content))
}

/// The page of a record whose file is so broken that there is no record.
fn unreadable(snapshot: &Snapshot, name: &str, subject: &Subject) -> Response {
    let content = format!(
        "<p><code>{}</code> cannot be read as a record. What is wrong is listed below; \
         when it is mended, this page shows itself.</p>",
        escaped(&subject.file)
    );
    html(snapshot, 404, name, document("No page yet", &content))
}

/// A page with the script of the panel in its head. Only a served page has it; a built one never does.
fn html(snapshot: &Snapshot, status: u16, path: &str, bytes: Vec<u8>) -> Response {
    let mut body = bytes;
    let head = script(snapshot, path);
    let end = body.windows(7).position(|part| part == b"</head>").unwrap_or(body.len());
    body.splice(end..end, head.into_bytes());
    Response::new(status, kind("html"), body)
}

fn script(snapshot: &Snapshot, path: &str) -> String {
    let subject = subject(snapshot, &format!("/{path}"));
    let file = subject.map_or("", |subject| &subject.file);
    let draft = if subject.is_some_and(|subject| subject.draft) { " data-draft" } else { "" };
    format!(
        "<script src=\"/.registry/live.js\" defer data-version=\"{}\" data-errors=\"{}\" data-warnings=\"{}\" \
         data-file=\"{}\"{draft}></script>\n",
        snapshot.version,
        snapshot.errors,
        snapshot.warnings,
        escaped(file)
    )
}

/// A page of our own, of a title and one sentence.
pub(super) fn plain(title: &str, sentence: &str) -> Vec<u8> {
    document(title, &format!("<p>{}</p>", escaped(sentence)))
}

fn document(title: &str, content: &str) -> Vec<u8> {
    let title = escaped(title);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"/.registry/live.css\">\n</head>\n\
         <body class=\"plain\">\n<main>\n<h1>{title}</h1>\n{content}\n\
         <p><a href=\"/\">First page</a></p>\n</main>\n</body>\n</html>\n"
    )
    .into_bytes()
}

/// Text that is never markup.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
