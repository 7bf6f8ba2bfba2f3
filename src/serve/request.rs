//! Bytes of a socket to a request that may be answered: within limits, for this host, to read only.

use std::io::Read;
use std::net::TcpStream;
use std::time::Duration;

use crate::serve::response::Response;

/// A longer head is refused; a browser sends one kilobyte.
const MOST_BYTES: usize = 16 * 1024;
/// More header lines than this are refused.
const MOST_HEADERS: usize = 64;
/// How often a head may come in pieces before nobody waits for the rest.
const MOST_READS: usize = 64;
/// How long one piece may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// A request that may be answered.
pub(super) struct Request {
    /// The path as it was sent, without what follows a `?`.
    pub raw: String,
    /// The same with its escapes undone; begins with `/`.
    pub path: String,
    /// Whether only the head of the answer is wanted.
    pub head_only: bool,
}

/// Why a request gets no page.
pub(super) enum Refused {
    /// Nobody is there to be answered.
    Gone,
    /// This is the answer.
    With(Response),
}

/// The request that a client sends, or the answer that turns it down.
pub(super) fn read(stream: &mut TcpStream, port: u16) -> Result<Request, Refused> {
    stream.set_read_timeout(Some(PATIENCE)).map_err(|_| Refused::Gone)?;
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    for _ in 0..MOST_READS {
        let count = stream.read(&mut piece).map_err(|_| Refused::Gone)?;
        if count == 0 {
            return Err(Refused::Gone);
        }
        bytes.extend_from_slice(&piece[..count]);
        if let Some(answer) = parse(&bytes, port) {
            return answer.map_err(Refused::With);
        }
        if bytes.len() > MOST_BYTES {
            return Err(Refused::With(Response::refusal(431, "The head of this request is too long.")));
        }
    }
    Err(Refused::With(Response::refusal(408, "This request came too slowly.")))
}

/// What the bytes so far ask for; nothing while the head is not complete.
fn parse(bytes: &[u8], port: u16) -> Option<Result<Request, Response>> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut head = httparse::Request::new(&mut headers);
    match head.parse(bytes) {
        Ok(httparse::Status::Partial) => None,
        Ok(httparse::Status::Complete(_)) => Some(accept(&head, port)),
        Err(httparse::Error::TooManyHeaders) => {
            Some(Err(Response::refusal(431, "This request has too many headers.")))
        }
        Err(_) => Some(Err(Response::refusal(400, "This is no HTTP request."))),
    }
}

fn accept(head: &httparse::Request<'_, '_>, port: u16) -> Result<Request, Response> {
    guard(head, port)?;
    let head_only = match head.method {
        Some("GET") => false,
        Some("HEAD") => true,
        _ => return Err(Response::refusal(405, "This server only shows pages: GET and HEAD.")),
    };
    let target = head.path.unwrap_or_default();
    let raw = target.split(['?', '#']).next().unwrap_or_default();
    let path = decoded(raw).filter(|path| path.starts_with('/'));
    let path = path.ok_or_else(|| Response::refusal(400, "This address cannot be read."))?;
    Ok(Request { raw: raw.to_owned(), path, head_only })
}

/// A page elsewhere on the web may point a name of its own at this machine, or send requests here;
/// neither is answered.
fn guard(head: &httparse::Request<'_, '_>, port: u16) -> Result<(), Response> {
    let is_ours = |host: &str| {
        let host = host.to_ascii_lowercase();
        ["localhost", "127.0.0.1", "[::1]"]
            .iter()
            .any(|name| host == format!("{name}:{port}") || (port == 80 && host == *name))
    };
    let values = |name: &'static str| {
        let named = head.headers.iter().filter(move |header| header.name.eq_ignore_ascii_case(name));
        named.map(|header| std::str::from_utf8(header.value).unwrap_or_default().trim())
    };
    let mut hosts = values("host");
    let host_is_ours = hosts.next().is_some_and(is_ours) && hosts.next().is_none();
    let origins_are_ours = values("origin").all(|origin| origin.strip_prefix("http://").is_some_and(is_ours));
    if host_is_ours && origins_are_ours {
        return Ok(());
    }
    let text = format!("This server answers at http://127.0.0.1:{port}/ and to its own pages only.");
    Err(Response::refusal(403, &text))
}

/// A path with its escapes undone; nothing when an escape is incomplete, or the result is no clean text.
fn decoded(raw: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first == b'%' {
            let (digits, after) = rest.split_at_checked(2)?;
            bytes.push(hexadecimal(digits[0])? * 16 + hexadecimal(digits[1])?);
            rest = after;
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).ok().filter(|text| !text.chars().any(char::is_control))
}

fn hexadecimal(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}
