//! A built site in, a picture of every kind of its pages out: three widths, both themes, and print.
#![allow(dead_code, reason = "the browser's modules are shared with the test")]

mod chromium;
mod findings;
mod page;
mod server;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Parser;

use crate::page::Page;
use crate::server::Server;

/// Writes a PNG of every kind of page of a built site, at 320, 768 and 1440 pixels, light and dark, and for print.
#[derive(Parser)]
struct Arguments {
    /// A folder that `registry build` wrote
    site_dir: PathBuf,
    /// Where the pictures go
    out_dir: PathBuf,
    /// Cuts a long page into pictures of at most so many pixels; a taller one comes out wrong
    #[arg(long, default_value_t = 16000, value_parser = clap::value_parser!(u64).range(100..=16000))]
    height: u64,
    /// Pages, by their path in the site; without any, the largest page of each kind
    pages: Vec<String>,
}

/// Width, medium and theme of each picture; A4 is 794 pixels wide.
const LOOKS: [(u32, &str, &str); 7] = [
    (320, "screen", "light"),
    (320, "screen", "dark"),
    (768, "screen", "light"),
    (768, "screen", "dark"),
    (1440, "screen", "light"),
    (1440, "screen", "dark"),
    (794, "print", "light"),
];

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    fs::create_dir_all(&arguments.out_dir).context("could not make the folder for the pictures")?;
    let server = Server::start(&arguments.site_dir, "/");
    let pages = if arguments.pages.is_empty() { server.kinds() } else { arguments.pages };
    let mut tab = Page::open();
    for page in pages {
        for (width, media, theme) in LOOKS {
            tab.size(width, 900);
            tab.media(media, theme);
            tab.go(&format!("{}{page}", server.base));
            for (part, picture) in (1..).zip(tab.pictures(arguments.height)) {
                let path = arguments.out_dir.join(name(&page, width, media, theme, part));
                fs::write(&path, picture).context("could not write a picture")?;
                writeln!(std::io::stdout(), "{}", path.display())?;
            }
        }
    }
    Ok(())
}

fn name(page: &str, width: u32, media: &str, theme: &str, part: u32) -> String {
    let stem = Path::new(page).with_extension("").to_string_lossy().replace('/', "-");
    let look = if media == "print" { media.to_owned() } else { format!("{width}-{theme}") };
    let part = if part == 1 { String::new() } else { format!("-part{part}") };
    format!("{stem}-{look}{part}.png")
}
