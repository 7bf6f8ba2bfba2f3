//! Tells open pages, by server-sent events, which version of the registry is current; they reload by themselves.

use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crate::serve::response::{Response, SAFETY};

/// Where a page listens.
pub(super) const PATH: &str = "/.registry/events";
/// More pages than this hear of nothing; a browser opens six at most.
const MOST: usize = 64;
/// How often a listener is asked whether it is still there.
const HEARTBEAT: Duration = Duration::from_secs(10);
/// An event is a few bytes: a listener that does not take them at once has stopped reading.
const PATIENCE: Duration = Duration::from_millis(200);

/// The pages that listen, and what they were told last.
pub(super) struct Audience {
    state: Mutex<State>,
}

struct State {
    version: String,
    listeners: Vec<TcpStream>,
}

impl Audience {
    /// Nobody listens yet.
    pub(super) fn new(version: &str) -> Audience {
        Audience { state: Mutex::new(State { version: version.to_owned(), listeners: Vec::new() }) }
    }

    /// A connection that will hear of every change, and of the current version at once: a page that was made
    /// before the last change then knows it.
    pub(super) fn join(&self, mut stream: TcpStream) {
        let mut state = self.state();
        state.listeners.retain_mut(is_there);
        if state.listeners.len() >= MOST {
            drop(state);
            return Response::refusal(503, "Too many pages are open.").send(stream, false);
        }
        if greet(&mut stream, &state.version).is_ok() {
            state.listeners.push(stream);
        }
    }

    /// Tells every listener; those that cannot be told are let go.
    pub(super) fn tell(&self, version: &str) {
        let mut state = self.state();
        version.clone_into(&mut state.version);
        state.listeners.retain_mut(|stream| stream.write_all(event(version).as_bytes()).is_ok());
    }

    /// Lets go of listeners that have left, for ever.
    pub(super) fn beat(&self) {
        loop {
            thread::sleep(HEARTBEAT);
            let still_here =
                |stream: &mut TcpStream| is_there(stream) && stream.write_all(b": still here\n\n").is_ok();
            self.state().listeners.retain_mut(still_here);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn event(version: &str) -> String {
    format!("data: {version}\n\n")
}

fn greet(stream: &mut TcpStream, version: &str) -> io::Result<()> {
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n";
    let body = event(version);
    stream.write_all(format!("{head}{SAFETY}Connection: close\r\n\r\nretry: 500\n{body}").as_bytes())
}

/// Whether the other end is still open; what it sends is of no interest.
fn is_there(stream: &mut TcpStream) -> bool {
    if stream.set_nonblocking(true).is_err() {
        return false;
    }
    let heard = stream.read(&mut [0; 64]);
    let is_open = match heard {
        Ok(count) => count > 0,
        Err(error) => error.kind() == ErrorKind::WouldBlock,
    };
    is_open && stream.set_nonblocking(false).is_ok()
}
