//! A Chromium for one test: found, started with an empty profile, spoken to over a pipe, and ended with the test.
//!
//! Its debugging protocol runs over two pipes instead of a web socket: there is no port that another program could
//! reach, and a browser whose test was killed ends by itself, because its pipe closes.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const PLACES: [&str; 2] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const MISSING: &str =
    "no Chromium found, by `CHROME` or on the PATH; the browser tests need one and are never skipped
  on Debian: apt-get install chromium
  elsewhere: install Chromium or Chrome, or say where yours is: CHROME=/path/to/chrome ./test";

/// No name but this machine's resolves, so that nothing a page asks for can leave it.
const FLAGS: [&str; 14] = [
    "--headless",
    "--remote-debugging-pipe",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--hide-scrollbars",
    "--no-default-browser-check",
    "--no-first-run",
];

/// Protects a test from a browser that hangs; nothing is measured against it.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running browser, and what it has said so far.
pub(crate) struct Chromium {
    process: Child,
    commands: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// What the tab said by itself, in order.
    pub(crate) events: Vec<Value>,
    /// The tab that commands go to; the browser itself while empty.
    pub(crate) session: Option<String>,
    last_id: u64,
    profile: TempDir,
}

impl Chromium {
    pub(crate) fn start() -> Chromium {
        let browser = find().unwrap_or_else(|| panic!("{MISSING}"));
        let profile = tempfile::tempdir().expect("a temporary folder can be made");
        let mut process = command(&browser, profile.path()).spawn().expect("`sh` runs");
        let commands = process.stdin.take();
        let (sender, messages) = channel();
        let output = process.stdout.take().expect("the pipe was asked for");
        std::thread::spawn(move || read(output, &sender));
        Chromium { process, commands, messages, events: Vec::new(), session: None, last_id: 0, profile }
    }

    /// Sends a command and waits for its answer.
    pub(crate) fn call(&mut self, method: &str, parameters: Value) -> Value {
        self.last_id += 1;
        let mut command = json!({ "id": self.last_id, "method": method });
        command["params"] = parameters;
        if let Some(session) = &self.session {
            command["sessionId"] = json!(session);
        }
        let pipe = self.commands.as_mut().expect("the pipe is open until the end");
        let sent = pipe.write_all(format!("{command}\0").as_bytes()).and_then(|()| pipe.flush());
        sent.unwrap_or_else(|_| self.hung(method));
        loop {
            let mut message = self.receive(method);
            if message["id"] == self.last_id {
                assert!(message["error"].is_null(), "`{method}` failed: {}", message["error"]);
                return message["result"].take();
            }
            self.hear(message);
        }
    }

    /// Waits for an event that came after the first `seen`, and gives it.
    pub(crate) fn wait(&mut self, seen: usize, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let mut at = seen;
        loop {
            if let Some(event) = self.events[at..].iter().find(|event| wanted(event)) {
                return event.clone();
            }
            at = self.events.len();
            let message = self.receive(what);
            self.hear(message);
        }
    }

    /// Only the tab that is open counts.
    fn hear(&mut self, event: Value) {
        if event["sessionId"].as_str() == self.session.as_deref() {
            self.events.push(event);
        }
    }

    fn receive(&mut self, what: &str) -> Value {
        self.messages.recv_timeout(PATIENCE).unwrap_or_else(|_| self.hung(what))
    }

    fn hung(&self, what: &str) -> ! {
        let said = fs::read_to_string(log(self.profile.path())).unwrap_or_default();
        let end: Vec<&str> = said.lines().rev().take(8).collect();
        panic!("Chromium did not answer `{what}`; the last lines it wrote, newest first:\n{}", end.join("\n"))
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // A closed pipe asks it to end; one that does not is killed, by its id. Its folder is removed after it.
        self.commands = None;
        let ended = (0..100).any(|_| {
            std::thread::sleep(Duration::from_millis(20));
            matches!(self.process.try_wait(), Ok(Some(_)))
        });
        if !ended {
            let _ = self.process.kill();
            let _ = self.process.wait();
        }
    }
}

/// The one that `CHROME` names, by its path or as a command, or else the first that is installed.
fn find() -> Option<PathBuf> {
    let own = std::env::var("CHROME").ok().filter(|it| !it.is_empty());
    let names = own.as_deref().map_or(NAMES.to_vec(), |it| vec![it]);
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&folders).collect();
    let on_path = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    let places = PLACES.iter().filter(|_| own.is_none()).map(PathBuf::from);
    on_path.chain(places).find(|it| runs(it))
}

fn runs(program: &Path) -> bool {
    fs::metadata(program).is_ok_and(|it| it.is_file() && it.mode() & 0o111 != 0)
}

fn command(browser: &Path, profile: &Path) -> Command {
    let said = fs::File::create(log(profile)).expect("the profile's folder can be written");
    let mut command = Command::new("sh");
    // The browser reads commands from descriptor 3 and answers on 4.
    command.args(["-c", r#"exec "$@" 3<&0 4>&1 0</dev/null 1>/dev/null"#, "sh"]);
    command.arg(browser).args(FLAGS);
    command.arg(format!("--user-data-dir={}", profile.display()));
    // Its sandbox refuses to run as root.
    if fs::metadata(profile).is_ok_and(|it| it.uid() == 0) {
        command.arg("--no-sandbox");
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(said);
    command
}

fn log(profile: &Path) -> PathBuf {
    profile.join("chromium.log")
}

/// Messages end with a zero byte.
fn read(output: ChildStdout, messages: &Sender<Value>) {
    let mut output = BufReader::new(output);
    let mut bytes = Vec::new();
    while output.read_until(0, &mut bytes).is_ok_and(|read| read > 0) {
        bytes.pop();
        let message = serde_json::from_slice(&bytes).expect("the browser sends JSON");
        if messages.send(message).is_err() {
            return;
        }
        bytes.clear();
    }
}
