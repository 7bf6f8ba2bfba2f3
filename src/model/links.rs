//! `links.tsv`: what a link checker was answered at the addresses that records cite. Written by any tool, never by this
//! one.

use crate::files::Span;
use crate::model::date::Date;

/// Where the report stands.
pub const PATH: &str = "links.tsv";
/// Its first line.
pub const HEADER: [&str; 3] = ["url", "checked", "answer"];

/// What was met at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The status of HTTP.
    Status(u16),
    /// Somebody looked, and what was cited is not there, whatever the status.
    Gone,
    /// The name of the host leads nowhere.
    NoHost,
    /// The host takes no connections.
    Refused,
    /// The connection was cut off.
    Reset,
    /// No answer in time.
    Timeout,
    /// The certificate is not valid for the host.
    BadCertificate,
    /// The address leads round in a circle.
    RedirectLoop,
    /// It was not asked for, because the site wants no robots.
    Robots,
    /// Anything else that went wrong.
    Error,
}

impl Answer {
    /// Every answer that is a word, with it.
    pub const WORDS: [(&str, Answer); 9] = [
        ("gone", Answer::Gone),
        ("no-host", Answer::NoHost),
        ("refused", Answer::Refused),
        ("reset", Answer::Reset),
        ("timeout", Answer::Timeout),
        ("bad-certificate", Answer::BadCertificate),
        ("redirect-loop", Answer::RedirectLoop),
        ("robots", Answer::Robots),
        ("error", Answer::Error),
    ];

    /// A status of three digits, or one of the words.
    pub fn parse(text: &str) -> Option<Answer> {
        if text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return text.parse().ok().filter(|status| *status >= 100).map(Answer::Status);
        }
        Answer::WORDS.iter().find(|(word, _)| *word == text).map(|(_, answer)| *answer)
    }

    /// Whether it says that the page is not there any more, rather than "not for you" or "not now": many sites send a
    /// robot 401, 403, 429, 451, 999 or an error of the server, and a reader the page.
    pub fn is_gone(self) -> bool {
        match self {
            Answer::Status(status) => matches!(status, 404 | 410),
            Answer::Gone | Answer::NoHost => true,
            Answer::Refused
            | Answer::Reset
            | Answer::Timeout
            | Answer::BadCertificate
            | Answer::RedirectLoop
            | Answer::Robots
            | Answer::Error => false,
        }
    }
}

/// One line: an address, when it was asked for, and what was answered.
#[derive(Clone, Copy, Debug)]
pub struct LinkCheck {
    /// The line.
    pub line: Span,
    /// The address, as cited; where the line begins.
    pub url: Span,
    /// The day of the check.
    pub checked: Date,
    /// What was met there.
    pub answer: Answer,
}

/// Why a line says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkFault {
    /// The first line is not the header.
    Header,
    /// It has so many columns, and not three.
    Columns(usize),
    /// The first is no web address.
    Address,
    /// The second is no day.
    Day,
    /// The third is neither a status nor one of the words.
    Answer,
}

/// The report as read.
#[derive(Clone, Debug, Default)]
pub struct LinkReport {
    /// The lines that could be read, in their order.
    pub checks: Vec<LinkCheck>,
    /// The first of those that could not, with the place in them.
    pub faults: Vec<(LinkFault, Span)>,
    /// How many more could not.
    pub more_faults: usize,
}
