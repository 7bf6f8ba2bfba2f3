//! T06: a link that a reader should not follow, or cannot.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{Check, Code, Gate, Incident, Reporter, Rule, Severity, Span, Spanned, wrong_type};
use crate::model::body::{Body, Link};

pub(crate) static RULE: Rule = Rule {
    code: Code("T06"),
    name: "unsafe-link",
    severity: Severity::Error,
    docs: include_str!("unsafe_link.md"),
    needs: &[],
    check: Check::Each(&[Check::Incident(incident), Check::Gate(gate)]),
};

/// What is wrong, and the way out.
type Fault = (String, &'static str);

const WHOLE: &str = "write the whole address, beginning with `https://`";

fn incident(incident: &Incident, reporter: &mut Reporter<'_>) {
    let sources = incident.sources.iter().map(|(_, source)| source);
    let sources =
        sources.flat_map(|source| [Some(&source.url), source.archive.as_ref(), source.read_at.as_ref()]);
    let addresses = sources.flatten().chain(incident.further_reading.iter().map(|text| &text.url));
    judge(&incident.body, addresses, reporter);
}

fn gate(gate: &Gate, reporter: &mut Reporter<'_>) {
    judge(&gate.body, gate.implementations.iter().map(|product| &product.url), reporter);
}

fn judge<'a>(body: &Body, addresses: impl Iterator<Item = &'a Spanned<String>>, reporter: &mut Reporter<'_>) {
    for link in &body.links {
        if let Some((message, help)) = link_fault(&link.value) {
            reporter.report(target_span(link, reporter), message, help);
        }
    }
    // A text below the least length of an address is reported as too short.
    for url in addresses.filter(|url| url.value.len() >= 8) {
        if let Some((message, help)) = fault(&url.value) {
            reporter.report(url.span, message, help);
        }
    }
}

/// The address within a link, or the whole link where it is written in another way.
fn target_span(link: &Spanned<Link>, reporter: &Reporter<'_>) -> Span {
    let (text, target) = (reporter.text(link.span), &link.value.target);
    // It follows the text of the link, which may be the address as well, and may be followed by a title.
    let from = text.find("](").unwrap_or_default();
    let found = text[from..].find(target.as_str()).map(|at| from + at).filter(|_| !target.is_empty());
    let start = link.span.start as usize;
    found.map_or(link.span, |at| Span::new(link.span.file, start + at..start + at + target.len()))
}

fn link_fault(link: &Link) -> Option<Fault> {
    if link.image {
        return Some(("an image is loaded from elsewhere".into(), "link to the page that shows it"));
    }
    if scheme(&link.target).is_none() {
        let help = "refer to a statement as `[f3]`, to a record as `[APM-0003]`, to a gate as `[gate:deploy]`; write other addresses in full";
        return Some((format!("`{}` is not a whole address", link.target), help));
    }
    fault(&link.target)
}

fn fault(url: &str) -> Option<Fault> {
    if wrong_type::unquoted(url).is_some() {
        let message = "typographic quotation marks are part of the address, and do not quote it";
        return Some((message.into(), "leave them out; straight ones, `\"`, quote a text"));
    }
    if url
        .contains(|character: char| character.is_whitespace() || character.is_control() || character == '\\')
    {
        return Some(if url.split_whitespace().filter(|word| word.contains("://")).count() > 1 {
            ("two addresses stand here".into(), "keep one; what stands at the other is a source of its own")
        } else if url.trim() != url {
            ("a blank stands before or after the address".into(), "take it away")
        } else {
            ("the address holds a blank or a backslash".into(), "write a blank as `%20`")
        });
    }
    let Some(scheme) = scheme(url) else { return Some((format!("`{url}` is not a whole address"), WHOLE)) };
    if !matches!(scheme.as_str(), "https" | "http") {
        return Some((format!("a link may not begin with `{scheme}:`"), WHOLE));
    }
    let rest = &url[scheme.len() + 1..];
    let authority =
        rest.strip_prefix("//").and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
    if authority.contains('@') {
        return Some(("the address holds a user name".into(), "leave out everything up to the `@`"));
    }
    let host = host(authority);
    if host.is_empty() {
        return Some(("the address names no host".into(), WHOLE));
    }
    let help = "cite an address that every reader can open";
    (!is_public(&host)).then(|| (format!("`{host}` is not a host that every reader can reach"), help))
}

/// What stands before the colon, in lower case.
fn scheme(url: &str) -> Option<String> {
    let (scheme, _) = url.split_once(':')?;
    let fits = scheme.chars().all(|character| character.is_ascii_alphanumeric() || "+-.".contains(character));
    (fits && scheme.starts_with(|first: char| first.is_ascii_alphabetic())).then(|| scheme.to_lowercase())
}

/// The host without port, brackets and last dot, in lower case.
fn host(authority: &str) -> String {
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    host.trim_end_matches('.').to_lowercase()
}

fn is_public(host: &str) -> bool {
    match host.parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => is_public_v4(address),
        Ok(IpAddr::V6(address)) => is_public_v6(address),
        Err(_) => is_public_name(host),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    let shared = first == 100 && (64..128).contains(&second);
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || first == 0
        || shared
        || first >= 224)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let local = matches!(address.segments()[0], 0xfc00..=0xfdff | 0xfe80..=0xfebf | 0xff00..=0xffff);
    let inner = address.to_ipv4_mapped().is_none_or(is_public_v4);
    inner && !(local || address.is_loopback() || address.is_unspecified())
}

/// Names of one word are local ones, and so is what reads like a number (`0x7f.1` is `127.0.0.1` to a browser).
fn is_public_name(host: &str) -> bool {
    const LOCAL: [&str; 5] = [".localhost", ".local", ".internal", ".lan", ".home.arpa"];
    let last = host.rsplit('.').next().unwrap_or_default();
    let number = last.starts_with("0x") || last.chars().all(|character| character.is_ascii_digit());
    host.contains('.')
        && !number
        && !host.contains(['%', ':'])
        && !LOCAL.iter().any(|end| host.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reader_can_reach_a_public_host() {
        for host in [
            "a.example",
            "a.example.",
            "1.1.1.1",
            "99.64.0.1",
            "100.63.0.1",
            "100.128.0.1",
            "223.255.255.255",
            "[2606:4700::1]",
            "0x.example",
        ] {
            assert_eq!(fault(&format!("https://{host}/x")), None, "{host}");
        }
        for host in [
            "localhost",
            "wiki",
            "a.local",
            "100.64.0.1",
            "100.127.255.255",
            "224.0.0.1",
            "255.255.255.255",
            "0.0.0.1",
            "127.0.0.2",
            "10.0.0.1",
            "[::]",
            "[::1]",
            "[fe80::1]",
            "[ff02::1]",
            "127.1",
            "a.0x7f",
            "a%2eb.example",
        ] {
            let said =
                fault(&format!("https://{host}:443/x")).map(|(message, _)| message).unwrap_or_default();
            assert!(said.ends_with("is not a host that every reader can reach"), "{host}: {said}");
        }
    }

    #[test]
    fn a_scheme_begins_with_a_letter() {
        for (url, words) in [
            ("git+ssh://a.example/", "a link may not begin with `git+ssh:`"),
            ("a1-b.c:x", "a link may not begin with `a1-b.c:`"),
            ("ht_tp://a.example/", "`ht_tp://a.example/` is not a whole address"),
            ("1https://a.example/", "`1https://a.example/` is not a whole address"),
            ("https://a.example/\u{7}", "the address holds a blank or a backslash"),
        ] {
            assert_eq!(fault(url).map(|(message, _)| message).as_deref(), Some(words), "{url}");
        }
    }
}
