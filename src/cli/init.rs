//! `registry init`: a new registry that lints clean at once.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::cli::{Outcome, say, usage, workspace};
use crate::write;

/// Make a new registry: configuration, vocabularies and the eleven gates; never overwrites a file
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The folder; it is made if it is not there
    #[arg(default_value = ".", value_name = "DIR")]
    folder: PathBuf,
    /// Also write an example record, as a draft
    #[arg(long)]
    example: bool,
}

/// What every new registry holds.
const FILES: &[(&str, &str)] = &[
    ("registry.toml", include_str!("init/registry.toml")),
    ("taxonomy.yaml", include_str!("../../taxonomy.yaml")),
    ("entities.yaml", include_str!("init/entities.yaml")),
    ("incidents/ids.lock", ""),
    (".gitignore", "/site\n/.*.registry-*\n"),
    ("gates/access-grant.md", include_str!("../../gates/access-grant.md")),
    ("gates/credential.md", include_str!("../../gates/credential.md")),
    ("gates/data-mutation.md", include_str!("../../gates/data-mutation.md")),
    ("gates/deploy.md", include_str!("../../gates/deploy.md")),
    ("gates/infrastructure.md", include_str!("../../gates/infrastructure.md")),
    ("gates/merge.md", include_str!("../../gates/merge.md")),
    ("gates/outbound-message.md", include_str!("../../gates/outbound-message.md")),
    ("gates/publish.md", include_str!("../../gates/publish.md")),
    ("gates/runtime.md", include_str!("../../gates/runtime.md")),
    ("gates/tool-call.md", include_str!("../../gates/tool-call.md")),
    ("gates/value-transfer.md", include_str!("../../gates/value-transfer.md")),
];

/// A record that shows the format, all of it invented and said to be.
const EXAMPLE: (&str, &str) = ("incidents/APM-0000-example.md", include_str!("init/example.md"));

pub(super) fn run(arguments: &Arguments) -> Result<Outcome> {
    let folder: &Path = &arguments.folder;
    if folder.join("registry.toml").symlink_metadata().is_ok() {
        return Ok(usage(format!("`{}` is a registry already; nothing was changed", folder.display())));
    }
    let files = FILES.iter().chain(arguments.example.then_some(&EXAMPLE));
    if let Some(above) = workspace::find_above(folder)? {
        return Ok(usage(format!(
            "`{}` lies in the registry `{}`; a registry in a registry would be read as its records",
            folder.display(),
            above.display()
        )));
    }
    for (name, text) in files {
        let path = folder.join(name);
        if !write::create(&path, text.as_bytes())? {
            say(format_args!("kept `{}`, which was there already", path.display()));
        }
    }
    say(format_args!("made a registry in `{}`", folder.display()));
    say(
        "next: go there; `registry new --help` says how to write a record, `registry lint` checks everything",
    );
    Ok(Outcome::Clean)
}
