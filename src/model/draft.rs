//! What `registry new` writes where only a person knows what belongs there, so that lint can tell what nobody filled in.

/// The end of a summary that repeats the title.
pub const SUMMARY: &str = "This draft repeats its title here until somebody sums the case up in a paragraph.";

const TITLE: &str = "Publication at ";

/// The title of a source of which no more is known than its host.
pub fn source_title(host: &str) -> String {
    format!("{TITLE}{host}")
}

/// Whether a title of a source is still that one.
pub fn is_source_title(title: &str) -> bool {
    let host = title.trim_end().strip_prefix(TITLE);
    host.is_some_and(|host| host.contains('.') && !host.contains(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_of_somebody_is_none_of_ours() {
        assert!(is_source_title(&source_title("blog.example")));
        for title in
            ["Publication at sea", "Publication at acme.example is delayed", "A Publication at acme.example"]
        {
            assert!(!is_source_title(title), "{title}");
        }
    }
}
