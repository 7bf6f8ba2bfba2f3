//! The nearest match for a misspelt word.

/// The candidate nearest to a word, if it is near enough to be what was meant.
pub(super) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase().replace(['_', ' '], "-");
    let near = |candidate: &str| strsim::jaro_winkler(&lower, &candidate.replace('_', "-"));
    let scored = candidates.into_iter().map(|candidate| (near(candidate), candidate));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))?;
    // Below this the words share little more than a letter or two.
    (best.0 >= 0.82).then_some(best.1)
}

/// The way out for a word that has a near one; a blank in it that looks like an ordinary space is named.
pub(super) fn meant(word: &str, nearest: &str) -> String {
    match word.chars().find(|it| it.is_whitespace() && !it.is_ascii()) {
        Some(blank) => {
            format!("write `{nearest}`, without U+{:04X}, a blank that looks like a space", u32::from(blank))
        }
        None => format!("did you mean `{nearest}`?"),
    }
}

/// The way out for a word that is not among the candidates.
pub fn suggest(word: &str, candidates: &[&str]) -> String {
    if let Some(nearest) = nearest(word, candidates.iter().copied()) {
        return meant(word, nearest);
    }
    if candidates.is_empty() {
        return "there is none in this registry yet".to_owned();
    }
    format!("use one of {}", list(candidates))
}

/// The candidates in backticks, at most a dozen of them.
pub(super) fn list(candidates: &[&str]) -> String {
    const MOST: usize = 12;
    match candidates.split_at_checked(MOST) {
        Some((first, rest)) if !rest.is_empty() => format!("{}, and {} more", all(first), rest.len()),
        _ => all(candidates),
    }
}

/// The candidates in backticks, every one.
pub(super) fn all(candidates: &[&str]) -> String {
    candidates.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
