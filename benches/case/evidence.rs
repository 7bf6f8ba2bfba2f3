//! What a record rests on: its sources, its statements with the status they are made to have, its path.

use std::collections::BTreeSet;

use chrono::Days;
use incident_registry::model::statement::Status;
use serde_json::{Map, Value, json};

use super::{Aim, Case};
use crate::slug;
use crate::words::{FACTORS, NEWSPAPERS, RUMOURS, SCENES};

/// An entry that every step of a path has: its field and its statement, or nothing.
type Shared = Option<(&'static str, String)>;

/// An object with one more entry, or another value for it.
fn with(mut object: Value, key: &str, value: Value) -> Value {
    object[key] = value;
    object
}

impl Case {
    /// A report, the operator's words and another voice; sometimes a forum, an echo and a finding of weight.
    pub(super) fn sources(&mut self) {
        let papers = self.random.some(3, &NEWSPAPERS);
        let operator = self.operator.clone();
        let voice = self.random.pick(&["news", "first-hand-account", "research"]);
        let sourcing = self.random.pick(&[None, Some("anonymous"), Some("document")]);
        let read = self.random.pick(&[None, None, None, Some("copy"), Some("digest")]);
        let rest = self.random.pick(&[None, None, Some("competitor"), Some("gate-vendor")]);
        self.source("report", "news", papers[0], json!({"sourcing": sourcing, "read": read}));
        self.source("operator", "official-statement", &operator, json!({"interest": "subject"}));
        self.source("voice", voice, papers[1], json!({"interest": rest}));
        match self.random.below(5) {
            0 => self.source("forum", "derivative", "Open Workbench Forum", json!({"origin": "report"})),
            1 => self.source("forum", "social", "Open Workbench Forum", json!({})),
            2 => self.source("forum", "analysis", "Open Workbench Review", json!({})),
            _ => {}
        }
        if self.random.percent(25) {
            let origin = self.random.pick(&["report", "operator"]);
            self.source("echo", "news", papers[2], json!({ "origin": origin }));
        }
        if self.random.percent(35) {
            let kind = self.random.pick(&["court-or-regulator", "security-advisory", "operator-postmortem"]);
            let interest = (kind == "operator-postmortem").then_some("subject");
            self.source("finding", kind, "Office for Automated Systems", json!({"interest": interest}));
        }
    }

    fn source(&mut self, key: &str, kind: &str, publisher: &str, more: Value) {
        let at =
            format!("{}.example/{}/{key}-{}", slug(publisher), self.disclosed.format("%Y/%m"), self.number);
        let digest = more["read"] == "digest";
        let source = json!({
            "title": format!("{} ({key} {})", self.say("The {noun} at {operator}"), self.number),
            "publisher": publisher,
            "url": format!("https://{at}"),
            "published": (self.disclosed + Days::new(self.sources.len() as u64)).to_string(),
            "kind": kind,
            "sourcing": more["sourcing"],
            "origin": if digest { json!(slug(&self.operator)) } else { more["origin"].clone() },
            "interest": more["interest"],
            "archive": self.random.percent(12).then(|| format!("https://archive.example/{at}")),
            "read": more["read"],
            "read_at": (!more["read"].is_null()).then(|| format!("https://reader.example/{at}")),
        });
        self.sources.insert(key.to_owned(), source);
    }

    /// Adds a statement whose sources come to a status, and gives its id.
    fn state(&mut self, template: &str, status: Status) -> String {
        // What only a forum asserts is unknown in a record that cites none.
        let forum = self.sources.contains_key("forum");
        let status = if status == Status::Asserted && !forum { Status::Unknown } else { status };
        let known = status.strength().is_some();
        let list = if known { &self.verified } else { &self.unconfirmed };
        let id = format!("{}{}", if known { "f" } else { "u" }, list.len() + 1);
        let mut fields = json!({"id": id, "text": self.say(template)});
        let carried = match status {
            Status::Unknown => {
                json!({"looked_in": ["report", "operator", "voice"], "looked_on": self.filed.to_string()})
            }
            Status::Disputed => json!({
                "sources": [self.cite("report")],
                "contradicted_by": ["operator"],
                "counter": self.say("{operator} says that this was not so and that the log shows another order of events."),
            }),
            Status::Asserted => json!({"sources": [self.cite("forum")]}),
            Status::Reported => json!({"sources": [self.cite("report")]}),
            Status::Corroborated => json!({"sources": [self.cite("voice"), "operator"]}),
            Status::Established
                if forum && self.sources.contains_key("finding") && self.random.percent(50) =>
            {
                json!({
                    "sources": [self.cite("finding"), "report"],
                    "contradicted_by": ["forum"],
                    "counter": "A post gives another account and names nothing that it rests on.",
                })
            }
            Status::Established => {
                json!({"sources": [self.cite("voice"), "operator"], "conceded_by": ["operator"]})
            }
        };
        fields
            .as_object_mut()
            .into_iter()
            .for_each(|it| it.extend(carried.as_object().cloned().unwrap_or_default()));
        if known {
            self.verified.push(fields);
        } else {
            self.unconfirmed.push(fields);
        }
        id
    }

    /// A citation: now and then with a place and the words themselves.
    fn cite(&mut self, source: &str) -> Value {
        match self.random.below(9) {
            0 => json!({"source": source, "at": format!("paragraph {}", 1 + self.random.below(9))}),
            1 => json!({"source": source, "quote": self.say("nobody had expected {object}")}),
            _ => json!(source),
        }
    }

    /// A status for something that the path rests on, as the aim of the record wants it.
    fn carried(&mut self) -> Status {
        match self.aim {
            Aim::Clear => self.random.pick(&[Status::Corroborated, Status::Established]),
            Aim::Thin | Aim::Refuted => {
                self.random.pick(&[Status::Reported, Status::Reported, Status::Corroborated])
            }
            Aim::Open => self.open(),
        }
    }

    /// A status that counts as unknown, or in some cases a weak one.
    fn open(&mut self) -> Status {
        self.random.pick(&[
            Status::Unknown,
            Status::Unknown,
            Status::Asserted,
            Status::Disputed,
            Status::Reported,
        ])
    }

    pub(super) fn factors(&mut self) -> Map<String, Value> {
        let count = 1 + usize::from(self.random.percent(30));
        let chosen = self.random.some(count, &FACTORS);
        chosen
            .into_iter()
            .map(|(factor, text)| (factor.to_owned(), self.state(text, Status::Reported).into()))
            .collect()
    }

    /// What was lost: the statement that says so, the figures, and the least severity that fits them.
    pub(super) fn harm(&mut self, kind: usize) -> (String, Value, u8) {
        let status = if self.aim == Aim::Clear { Status::Corroborated } else { Status::Reported };
        let harm = self.state("The work of {operator} was disturbed as a consequence of the {noun}.", status);
        let floor =
            if self.scene.impact == "data-exposure" { 4 } else { 1 + u8::from(self.random.percent(60)) };
        if kind < 2 || self.random.percent(50) {
            return (harm, Value::Null, floor);
        }
        let (field, unit, scale) =
            self.random.pick(&[("usd", "USD", 400), ("hours", "hours", 1), ("records", "records", 70)]);
        let amount = scale * (1 + self.random.below(30)) * self.random.pick(&[1, 1, 10]);
        let text = format!("Putting the {{noun}} right took about {amount} {unit} in all.");
        let loss = json!({"amount": amount, "about": true, "statement": self.state(&text, Status::Reported)});
        let least = match (field, amount) {
            ("usd", 100_001..) => 5,
            ("usd", 10_000..) | ("hours", 25..) => 4,
            ("usd", 1_000..) | ("hours", 1..) => 3,
            _ => 1,
        };
        (harm, json!({field: loss}), floor.max(least))
    }

    /// One to three steps, the last of which is what the title tells.
    pub(super) fn steps(&mut self, harm: &str) -> Vec<Value> {
        let before = self.random.pick(&[0, 0, 0, 0, 1, 1, 2]);
        let shared = [self.approval(), self.route()];
        let mut actions = BTreeSet::from([self.scene.action]);
        let (scene, object) = (self.scene, self.object);
        let mut steps = Vec::new();
        for _ in 0..before {
            self.scene = &SCENES[self.random.below(SCENES.len())];
            self.object = self.random.pick(self.scene.objects);
            if actions.insert(self.scene.action) {
                let step = self.step(&shared);
                let harm = if self.random.percent(25) { self.harmless() } else { json!({"some": harm}) };
                steps.push(with(step, "harm", harm));
            }
        }
        (self.scene, self.object) = (scene, object);
        let harm = json!({if self.random.percent(70) { "all" } else { "some" }: harm});
        let step = self.step(&shared);
        steps.push(self.last(with(step, "harm", harm)));
        steps
    }

    /// What says that an earlier step did no harm by itself.
    fn harmless(&mut self) -> Value {
        json!({"none": self.state("No harm came of the {noun} by itself, before the later step.", Status::Reported)})
    }

    /// Whether somebody entitled had agreed.
    fn approval(&mut self) -> Shared {
        let status = self.carried();
        let (field, who) = match self.aim {
            Aim::Open if self.random.percent(20) => return None,
            Aim::Refuted if self.random.percent(50) => ("approved", "A person"),
            _ => ("not_approved", "Nobody"),
        };
        let text =
            "entitled under the rules of {operator} had approved this exact {noun} before it took place.";
        Some((field, self.state(&format!("{who} {text}"), status)))
    }

    /// Whether the same credential could have reached the same effect elsewhere.
    fn route(&mut self) -> Shared {
        let status = self.carried();
        if self.aim == Aim::Clear {
            let text = "The key in use reached {object} by this route and by no other.";
            return Some(("only_route", self.state(text, status)));
        }
        let text = "The key in use also reached {object} by another route.";
        self.random.percent(30).then(|| ("other_route", self.state(text, status)))
    }

    /// A step that happened and of which more is known only from what the whole path shares.
    fn step(&mut self, shared: &[Shared; 2]) -> Value {
        let known = if self.aim == Aim::Clear { Status::Corroborated } else { Status::Reported };
        let evidence = self.state("{system} {past} {object} within the accounts of {operator}.", known);
        let name = format!("{}-{}", self.scene.action, slug(self.object));
        let step = json!({
            "step": name,
            "text": self.say("{system} {past} {object}."),
            "actor": slug(&self.system),
            "action": self.scene.action,
            "evidence": [evidence],
            "environment": self.random.percent(40).then(|| json!({"production": evidence})),
            "crosses": null,
            "avoids": null,
            "approved": null,
            "not_approved": null,
            "defeats": null,
            "only_route": null,
            "other_route": null,
            "harm": null,
        });
        let shared = shared.iter().flatten();
        shared.fold(step, |step, (field, statement)| with(step, field, json!(statement)))
    }

    /// The step that the title tells, with its boundary; in a refuted record one of its conditions does not hold.
    fn last(&mut self, step: Value) -> Value {
        let [first, other] = self.scene.boundaries;
        let (status, boundary) = (self.carried(), first.replace('-', " "));
        let way =
            if self.aim == Aim::Refuted && step["approved"].is_null() { self.random.below(3) } else { 3 };
        if way == 0 {
            let text = format!("The {{noun}} did not pass through the {boundary} boundary.");
            let (avoided, crossed) = (self.state(&text, status), step["evidence"].clone());
            return with(with(step, "crosses", json!({other: crossed})), "avoids", json!({first: avoided}));
        }
        if self.aim == Aim::Open && self.random.percent(30) {
            return step;
        }
        let text = format!("The {{noun}} passed through the {boundary} boundary.");
        let step = with(step, "crosses", json!({first: self.state(&text, status)}));
        match way {
            1 => {
                let text = "Any check at this place ran in a process that {system} itself could restart.";
                with(step, "defeats", json!({self.scene.gate: self.state(text, status)}))
            }
            2 => {
                let text = "The disturbance at {operator} was there in full before the {noun}.";
                with(step, "harm", json!({"none": self.state(text, status)}))
            }
            _ => step,
        }
    }

    /// Brings both lists to their least length.
    pub(super) fn fill_up(&mut self) {
        let is_told = |text: &str| self.verified.iter().any(|it| it["text"] == self.say(text));
        let rest: Vec<&str> = FACTORS.iter().map(|(_, text)| *text).filter(|text| !is_told(text)).collect();
        for text in self.random.some(4usize.saturating_sub(self.verified.len()), &rest) {
            self.state(text, Status::Reported);
        }
        let lacking = (2 + usize::from(self.random.percent(20))).saturating_sub(self.unconfirmed.len());
        for text in self.random.some(lacking, &RUMOURS) {
            let status = self.random.pick(&[Status::Unknown, Status::Asserted, Status::Disputed]);
            self.state(text, status);
        }
    }
}
