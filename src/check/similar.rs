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

/// The way out for a word that is not among the candidates.
pub(super) fn suggest(word: &str, candidates: &[&str]) -> String {
    if let Some(nearest) = nearest(word, candidates.iter().copied()) {
        return format!("did you mean `{nearest}`?");
    }
    if candidates.is_empty() {
        return "there is none in this registry yet".to_owned();
    }
    format!("use one of {}", list(candidates))
}

/// The candidates in backticks, at most a dozen of them.
pub(super) fn list(candidates: &[&str]) -> String {
    const MOST: usize = 12;
    let mut words: Vec<String> = candidates.iter().take(MOST).map(|word| format!("`{word}`")).collect();
    if candidates.len() > MOST {
        words.push(format!("and {} more", candidates.len() - MOST));
    }
    words.join(", ")
}
