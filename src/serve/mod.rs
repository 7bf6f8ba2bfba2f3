//! The development server: waits for changes, calls the pipeline, shows pages and findings in the browser.
//! Writes nothing to disk, reads nothing but the registry, and answers this machine only.

mod live_reload;
mod page;
mod request;
mod response;
mod snapshot;

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::watch::Watch;
use live_reload::Audience;
use request::{Refused, Request};
use response::Response;
use snapshot::Snapshot;

pub use snapshot::News;

/// More connections than this at once are closed unanswered; a browser opens six.
const MOST_CONNECTIONS: usize = 64;
/// How long a failed `accept` waits, so that a machine out of file handles is not kept busy.
const PAUSE: Duration = Duration::from_millis(50);

/// A socket that answers this machine only.
#[derive(Debug)]
pub struct Listener {
    socket: TcpListener,
    port: u16,
}

/// Listens on a port; 0 takes a free one.
pub fn listen(port: u16) -> std::io::Result<Listener> {
    let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    Ok(Listener { port: socket.local_addr()?.port(), socket })
}

impl Listener {
    /// Where a browser finds it.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }
}

/// What every connection shares.
struct Server {
    port: u16,
    current: RwLock<Arc<Snapshot>>,
    audience: Audience,
    connections: AtomicUsize,
    tell: fn(&News),
}

/// Serves the registry at `root` until the process ends; `tell` hears what the terminal should show.
pub fn run(root: &Path, listener: Listener, tell: fn(&News)) -> Result<()> {
    // Watching begins before the first reading, so that no change falls between the two.
    let mut watch = Watch::new(root)?;
    let (first, news) = Snapshot::take(root, 1);
    news.iter().for_each(tell);
    let server = Arc::new(Server {
        port: listener.port,
        audience: Audience::new(&first.version),
        current: RwLock::new(Arc::new(first)),
        connections: AtomicUsize::new(0),
        tell,
    });
    start(&server, listener.socket)?;
    for number in 2.. {
        if !watch.wait()? {
            break;
        }
        let (next, news) = Snapshot::take(root, number);
        server.show(next);
        news.iter().for_each(tell);
    }
    Ok(())
}

/// One thread takes connections, one finds out which listeners have gone.
fn start(server: &Arc<Server>, listener: TcpListener) -> Result<()> {
    let doing = "could not start a thread";
    let accepting = Arc::clone(server);
    thread::Builder::new()
        .name("accept".into())
        .spawn(move || accept(&accepting, &listener))
        .context(doing)?;
    let beating = Arc::clone(server);
    thread::Builder::new().name("heartbeat".into()).spawn(move || beating.audience.beat()).context(doing)?;
    Ok(())
}

fn accept(server: &Arc<Server>, listener: &TcpListener) {
    loop {
        let Ok((stream, _)) = listener.accept() else {
            thread::sleep(PAUSE);
            continue;
        };
        let Some(place) = Place::take(server) else { continue };
        // A connection has a thread of its own: one that is slow holds up nobody else. No thread, no answer.
        let _ = thread::Builder::new().spawn(move || place.server.serve(stream));
    }
}

/// A connection's place among the few there are; given back however the connection ends.
struct Place {
    server: Arc<Server>,
}

impl Place {
    fn take(server: &Arc<Server>) -> Option<Place> {
        let place = Place { server: Arc::clone(server) };
        (server.connections.fetch_add(1, Ordering::SeqCst) < MOST_CONNECTIONS).then_some(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.server.connections.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Server {
    /// Puts a new snapshot in the place of the old one, and tells every open page.
    fn show(&self, next: Snapshot) {
        let version = next.version.clone();
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
        self.audience.tell(&version);
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// One request, one answer; then the connection is closed, or becomes one that hears of changes.
    fn serve(&self, mut stream: TcpStream) {
        match request::read(&mut stream, self.port) {
            Ok(request) if request.path == live_reload::PATH && !request.head_only => {
                self.audience.join(stream);
            }
            Ok(request) => self.answer(&request).send(stream, request.head_only),
            Err(Refused::Gone) => {}
            Err(Refused::With(response)) => response.send(stream, false),
        }
    }

    fn answer(&self, request: &Request) -> Response {
        let mut response = page::answer(&self.snapshot(), request);
        response.trouble.take().map(News::Trouble).iter().for_each(self.tell);
        response
    }
}
