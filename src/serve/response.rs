//! An answer to bytes on a socket, with the headers that keep a page to itself.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use crate::serve::page;

/// On every answer. The policy is that of the pages' own meta tag, and forbids to frame them.
pub(super) const SAFETY: &str = "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'\r\n\
    X-Content-Type-Options: nosniff\r\n\
    Referrer-Policy: no-referrer\r\n\
    Cross-Origin-Resource-Policy: same-origin\r\n\
    Cache-Control: no-store\r\n";
/// How long a client may take for one piece of the answer.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
/// What a client is still sending is read this far, or it would never see the answer.
const MOST_LEFTOVER: u64 = 1 << 20;
/// How long the rest of what a client sends is waited for.
const LEFTOVER_PATIENCE: Duration = Duration::from_millis(500);

/// One answer.
#[derive(Debug)]
pub(super) struct Response {
    /// The status code.
    pub status: u16,
    /// The content type.
    pub kind: &'static str,
    /// Where the client should go instead.
    pub location: Option<String>,
    /// What is shown.
    pub body: Vec<u8>,
    /// What the terminal should hear of it.
    pub trouble: Option<String>,
}

impl Response {
    /// A body that was found or made.
    pub(super) fn new(status: u16, kind: &'static str, body: impl Into<Vec<u8>>) -> Response {
        Response { status, kind, location: None, body: body.into(), trouble: None }
    }

    /// A request that is turned down, with a plain page that says why.
    pub(super) fn refusal(status: u16, why: &str) -> Response {
        Response::new(status, kind("html"), page::plain(reason(status), why))
    }

    /// A better address.
    pub(super) fn redirect(to: String) -> Response {
        let body = page::plain(reason(307), "This page is a folder; its address ends in a slash.");
        Response { location: Some(to), ..Response::new(307, kind("html"), body) }
    }

    /// Writes the answer and closes the connection. A client that is not there to read it is nobody's mistake.
    pub(super) fn send(&self, mut stream: TcpStream, head_only: bool) {
        let _ = self.write(&mut stream, head_only).and_then(|()| hang_up(&mut stream));
    }

    fn write(&self, stream: &mut TcpStream, head_only: bool) -> io::Result<()> {
        stream.set_write_timeout(Some(PATIENCE))?;
        let mut bytes = self.head().into_bytes();
        if !head_only {
            bytes.extend_from_slice(&self.body);
        }
        stream.write_all(&bytes)
    }

    fn head(&self) -> String {
        let (status, reason, kind, length) = (self.status, reason(self.status), self.kind, self.body.len());
        let location = self.location.as_ref().map(|to| format!("Location: {to}\r\n")).unwrap_or_default();
        let allow = if status == 405 { "Allow: GET, HEAD\r\n" } else { "" };
        format!(
            "HTTP/1.1 {status} {reason}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\
             {SAFETY}{location}{allow}Connection: close\r\n\r\n"
        )
    }
}

/// Closing while the client still sends would throw away the answer with what was not read.
fn hang_up(stream: &mut TcpStream) -> io::Result<()> {
    stream.shutdown(Shutdown::Write)?;
    stream.set_read_timeout(Some(LEFTOVER_PATIENCE))?;
    io::copy(&mut stream.take(MOST_LEFTOVER), &mut io::sink()).map(|_| ())
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        307 => "Temporary Redirect",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    }
}

/// The content type that a file's ending stands for.
pub(super) fn kind(ending: &str) -> &'static str {
    match ending {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "ndjson" => "application/x-ndjson; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        "xml" => "application/xml; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "bib" => "application/x-bibtex; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}
