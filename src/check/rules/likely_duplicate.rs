//! I06: two records that are likely one case: a source or the words of the title in common, at the same time.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use rayon::prelude::*;

use super::duplicate_title::{age, key};
use super::{Check, Code, Incident, Records, Reporter, Rule, Severity, Span};
use crate::check::address;
use crate::model::statement::Tier;

pub(crate) static RULE: Rule = Rule {
    code: Code("I06"),
    name: "likely-duplicate",
    severity: Severity::Warning,
    docs: include_str!("likely_duplicate.md"),
    needs: &[],
    check: Check::Records(check),
};

/// What two records may have in common.
#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Trait {
    Source(String),
    Title(String),
}

type Place<'a> = (&'a Incident, Span);

fn check(records: &Records, reporter: &mut Reporter<'_>) {
    let readable = records.incidents.par_iter().filter(|incident| is_readable(incident));
    let mut traits: Vec<_> = readable.flat_map_iter(traits).collect();
    // Nearly every trait is one record's alone. Numbers are sorted in a fraction of the time that texts are.
    traits.par_sort_by_key(|(hash, ..)| *hash);
    let mut groups: BTreeMap<&Trait, Vec<Place<'_>>> = BTreeMap::new();
    for alike in traits.chunk_by(|a, b| a.0 == b.0).filter(|alike| alike.len() > 1) {
        alike.iter().for_each(|(_, common, place)| groups.entry(common).or_default().push(*place));
    }
    let mut seen = BTreeSet::new();
    for (common, places) in groups {
        let what = match common {
            Trait::Source(_) => "the same source",
            Trait::Title(_) => "nearly the same title",
        };
        for (earlier, later) in pairs(places) {
            if seen.insert((earlier.0.file, later.0.file)) {
                report(earlier, later, what, reporter);
            }
        }
    }
}

fn is_readable(incident: &Incident) -> bool {
    let needs = ["title", "occurred", "sources", "related"];
    incident.occurred.value.is_known()
        && !incident.misshapen.iter().any(|field| needs.contains(&field.as_str()))
}

/// What others may have in common with a record, each with its hash.
fn traits(incident: &Incident) -> impl Iterator<Item = (u64, Trait, Place<'_>)> {
    let strong = incident.sources.iter().filter(|(_, source)| source.kind.value.tier() <= Tier::B);
    let sources =
        strong.map(|(_, source)| (Trait::Source(address::normalised(&source.url.value)), source.url.span));
    let words = Some(words(&incident.title.value)).filter(|words| !words.is_empty());
    let title = words.map(|words| (Trait::Title(words), incident.title.span));
    sources.chain(title).map(move |(it, span)| {
        let mut hasher = DefaultHasher::new();
        it.hash(&mut hasher);
        (hasher.finish(), it, (incident, span))
    })
}

/// The words of a title of more than three letters, sorted.
fn words(title: &str) -> String {
    let lower = title.to_lowercase();
    let words = lower.split(|character: char| !character.is_alphanumeric());
    let words: BTreeSet<&str> = words.filter(|word| word.chars().count() > 3).collect();
    words.into_iter().collect::<Vec<_>>().join(" ")
}

/// Of records with something in common, each with one earlier in time that it overlaps and does not name.
fn pairs(mut places: Vec<Place<'_>>) -> Vec<(Place<'_>, Place<'_>)> {
    places.sort_by_key(|(incident, _)| incident.occurred.value.first_day());
    let (mut found, mut open) = (Vec::new(), BTreeSet::new());
    for (at, &place) in places.iter().enumerate() {
        let when = place.0.occurred.value;
        let mut overlapping = open.range((when.first_day(), 0)..).map(|(_, at): &(_, usize)| places[*at]);
        if let Some(other) = overlapping.find(|other| !is_told_apart(place.0, other.0)) {
            found.push(if age(other.0) < age(place.0) { (other, place) } else { (place, other) });
        }
        open.insert((when.last_day(), at));
    }
    found
}

/// One names the other, or the likeness is reported already: one id, one title.
fn is_told_apart(a: &Incident, b: &Incident) -> bool {
    let names = |a: &Incident, b: &Incident| {
        a.related.contains(&b.id) || a.merged.as_ref().is_some_and(|merge| merge.value.into == b.id)
    };
    a.id == b.id || names(a, b) || names(b, a) || key(a) == key(b)
}

fn report(earlier: Place<'_>, later: Place<'_>, what: &str, reporter: &mut Reporter<'_>) {
    let id = &earlier.0.handle;
    let help =
        format!("if they are two cases, name `{id}` under `related`; if they are one, keep one record");
    let finding =
        reporter.at(later.1, format!("this may be the case that `{id}` tells")).label(what).help(help);
    reporter.push(finding.related(earlier.1, format!("{what}, and the times overlap")));
}
