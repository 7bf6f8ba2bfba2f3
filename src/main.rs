//! Arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    match incident_registry::cli::run() {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            use std::io::Write as _;
            // A closed standard error is nobody's mistake.
            let _ = writeln!(std::io::stderr(), "error: {error:#}");
            ExitCode::from(3)
        }
    }
}
