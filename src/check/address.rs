//! Web addresses, compared: two that lead to one page are one.

/// An address without what does not change where it leads: scheme, `www.`, fragment, `utm_` and the last slash.
pub(crate) fn normalised(url: &str) -> String {
    let url = url.split('#').next().unwrap_or_default();
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = address.split_once('/').unwrap_or((address, ""));
    let lower = host.to_lowercase();
    let mut normalised = String::with_capacity(rest.len() + 2);
    normalised.extend([lower.strip_prefix("www.").unwrap_or(&lower), "/", path.trim_end_matches('/'), "?"]);
    let kept = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("utm_"));
    for (at, pair) in kept.enumerate() {
        normalised.extend([if at > 0 { "&" } else { "" }, pair]);
    }
    normalised
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_addresses_of_one_page_are_one() {
        let page = normalised("https://a.example/b?x=1&y=2");
        for url in [
            "http://www.A.example/b?x=1&y=2",
            "https://a.example/b/?utm_source=z&x=1&y=2#part",
            "a.example/b?x=1&utm_medium=z&&y=2",
        ] {
            assert_eq!(normalised(url), page, "{url}");
        }
        for url in
            ["https://a.example/b?x=1y=2", "https://a.example/b?y=2&x=1", "https://a.example/B?x=1&y=2"]
        {
            assert_ne!(normalised(url), page, "{url}");
        }
    }
}
