//! What cases are gathered by: each value of each facet has a page with its cases.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::model::incident::Incident;
use crate::model::registry::Records;
use crate::model::taxonomy::Vocabulary;

/// One way of gathering cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// The AI systems that acted.
    System,
    /// Who ran them.
    Operator,
    /// What was done.
    Action,
    /// What it went through, or may have.
    Boundary,
    /// What kinds of harm were done.
    Impact,
    /// What contributed.
    Factor,
    /// How bad it was.
    Severity,
    /// The year in which it happened or began.
    Year,
}

impl Facet {
    /// Every facet, in the order in which a reader meets them.
    pub const ALL: [Facet; 8] = [
        Facet::System,
        Facet::Operator,
        Facet::Action,
        Facet::Boundary,
        Facet::Impact,
        Facet::Factor,
        Facet::Severity,
        Facet::Year,
    ];

    /// The folder of its pages.
    pub fn folder(self) -> &'static str {
        match self {
            Facet::System => "systems",
            Facet::Operator => "operators",
            Facet::Action => "actions",
            Facet::Boundary => "boundaries",
            Facet::Impact => "impacts",
            Facet::Factor => "factors",
            Facet::Severity => "severity",
            Facet::Year => "years",
        }
    }

    /// Its name in an address: `?system=kiro`.
    pub fn key(self) -> &'static str {
        match self {
            Facet::System => "system",
            Facet::Operator => "operator",
            Facet::Action => "action",
            Facet::Boundary => "boundary",
            Facet::Impact => "impact",
            Facet::Factor => "factor",
            Facet::Severity => "severity",
            Facet::Year => "year",
        }
    }

    /// Its name above many of its values.
    pub fn title(self) -> &'static str {
        match self {
            Facet::System => "Systems",
            Facet::Operator => "Operators",
            Facet::Action => "Actions",
            Facet::Boundary => "Boundaries",
            Facet::Impact => "Impacts",
            Facet::Factor => "Factors",
            Facet::Severity => "Severity",
            Facet::Year => "Years",
        }
    }

    /// Its name beside one of its values.
    pub fn noun(self) -> &'static str {
        match self {
            Facet::System => "System",
            Facet::Operator => "Operator",
            Facet::Action => "Action",
            Facet::Boundary => "Boundary",
            Facet::Impact => "Impact",
            Facet::Factor => "Factor",
            Facet::Severity => "Severity",
            Facet::Year => "Year",
        }
    }

    /// What it tells a reader.
    pub fn question(self) -> &'static str {
        match self {
            Facet::System => "Which AI system acted.",
            Facet::Operator => "Who ran the system when it happened.",
            Facet::Action => "What kind of action did the harm.",
            Facet::Boundary => "Which control boundary an action crossed, or may have crossed.",
            Facet::Impact => "What kind of harm was done.",
            Facet::Factor => "What contributed, each resting on a statement of its record.",
            Facet::Severity => "How bad the realised harm was, from 1 to 5.",
            Facet::Year => "The year in which it happened or began.",
        }
    }

    /// The vocabulary its values come from, if they do.
    pub fn vocabulary(self) -> Option<Vocabulary> {
        match self {
            Facet::System => Some(Vocabulary::Systems),
            Facet::Operator => Some(Vocabulary::Organisations),
            Facet::Action => Some(Vocabulary::Actions),
            Facet::Boundary => Some(Vocabulary::Boundaries),
            Facet::Impact => Some(Vocabulary::Impacts),
            Facet::Factor => Some(Vocabulary::Factors),
            Facet::Severity | Facet::Year => None,
        }
    }

    /// Whether its vocabulary is closed, so that a value without a case is news as well.
    pub fn is_closed(self) -> bool {
        matches!(self, Facet::Action | Facet::Boundary | Facet::Impact | Facet::Factor | Facet::Severity)
    }

    /// The values of a record, each once, in written order.
    pub fn values(self, incident: &Incident) -> Vec<Cow<'_, str>> {
        let mut values: Vec<Cow<'_, str>> = match self {
            Facet::System => incident.systems.iter().map(|id| Cow::Borrowed(&*id.value)).collect(),
            Facet::Operator => incident.operators.iter().map(|id| Cow::Borrowed(&*id.value)).collect(),
            Facet::Action => incident.path.iter().map(|step| Cow::Borrowed(&*step.action.value)).collect(),
            Facet::Boundary => {
                let crossed = incident.path.iter().flat_map(|step| step.crosses.keys());
                crossed.map(|id| Cow::Borrowed(&*id.value)).collect()
            }
            Facet::Impact => incident.impacts.iter().map(|id| Cow::Borrowed(&*id.value)).collect(),
            Facet::Factor => incident.factors.keys().map(|id| Cow::Borrowed(&*id.value)).collect(),
            Facet::Severity => vec![Cow::Owned(incident.severity.value.to_string())],
            Facet::Year => {
                let occurred = incident.occurred.value;
                let year = occurred.is_known().then(|| Cow::Owned(occurred.from.year().to_string()));
                year.into_iter().collect()
            }
        };
        let mut at = 0;
        while at < values.len() {
            let (before, value) = (&values[..at], &values[at]);
            if value.is_empty() || before.contains(value) {
                values.remove(at);
            } else {
                at += 1;
            }
        }
        values
    }
}

/// The cases of one value of a facet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gathered {
    /// The value: a term's id, a level, a year.
    pub id: String,
    /// Its listed cases by position in the records, the latest first.
    pub cases: Vec<usize>,
}

/// The listed cases, and what they are gathered by.
#[derive(Clone, Debug, Default)]
pub struct Facets {
    /// Every listed case by position in the records, the latest first.
    pub listed: Vec<usize>,
    /// The place of each record in `listed`; past its end for one that is not listed.
    pub rank: Vec<usize>,
    /// The values of each facet, in the order of [`Facet::ALL`].
    pub values: Vec<Vec<Gathered>>,
}

impl Facets {
    /// Gathers the listed cases. A value that only a withdrawn or merged case has is there too, without cases,
    /// so that its link leads somewhere.
    pub(super) fn gather(records: &Records) -> Facets {
        let mut listed: Vec<usize> =
            (0..records.incidents.len()).filter(|at| records.incidents[*at].is_listed()).collect();
        listed.sort_by_cached_key(|at| {
            let incident = &records.incidents[*at];
            Reverse((incident.occurred.value.first_day(), incident.handle.to_string()))
        });
        let values = Facet::ALL.into_iter().map(|facet| gather(records, &listed, facet)).collect();
        let mut rank = vec![usize::MAX; records.incidents.len()];
        listed.iter().enumerate().for_each(|(place, at)| rank[*at] = place);
        Facets { listed, rank, values }
    }

    /// The values of a facet.
    pub fn of(&self, facet: Facet) -> &[Gathered] {
        self.values.get(facet as usize).map_or(&[], Vec::as_slice)
    }

    /// The cases of one value of a facet.
    pub fn cases(&self, facet: Facet, id: &str) -> &[usize] {
        self.of(facet).iter().find(|it| it.id == id).map_or(&[], |it| it.cases.as_slice())
    }
}

fn gather(records: &Records, listed: &[usize], facet: Facet) -> Vec<Gathered> {
    let mut found: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for at in listed {
        for value in facet.values(&records.incidents[*at]) {
            if let Some(cases) = found.get_mut(&*value) {
                cases.push(*at);
            } else {
                found.insert(value.into_owned(), vec![*at]);
            }
        }
    }
    for incident in records.incidents.iter().filter(|it| it.is_public() && !it.is_listed()) {
        for value in facet.values(incident) {
            found.entry(value.into_owned()).or_default();
        }
    }
    for id in known(records, facet) {
        found.entry(id).or_default();
    }
    let mut gathered: Vec<Gathered> = found.into_iter().map(|(id, cases)| Gathered { id, cases }).collect();
    if matches!(facet, Facet::Severity | Facet::Year) {
        // The worst, and the latest, first.
        gathered.reverse();
    }
    gathered
}

/// The values that have a page even before a case has them.
fn known(records: &Records, facet: Facet) -> Vec<String> {
    match facet.vocabulary() {
        Some(vocabulary) if facet.is_closed() => {
            records.taxonomy.ids(vocabulary).into_iter().map(ToOwned::to_owned).collect()
        }
        None if facet.is_closed() => {
            records.taxonomy.severity.iter().map(|level| level.level.value.to_string()).collect()
        }
        _ => Vec::new(),
    }
}
