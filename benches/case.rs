//! A number in, one invented record out: its title, its fields in the order of the format, its text, its pins.

mod evidence;

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use incident_registry::model::body::INCIDENT_SECTIONS;
use incident_registry::model::registry::Derivation;
use incident_registry::model::verdict::{Judgement, Verdict};
use serde_json::{Map, Value, json};

use crate::random::Random;
use crate::words::{
    COMPANY_NAMES, COMPANY_TRADES, LESSONS, OCCASIONS, REMARKS, SCENES, SYSTEM_NAMES, SYSTEM_ROLES, Scene,
};
use crate::{filed, id, slug, yaml};

/// With more statements than these a record has no technical read, so that it stays of the size of a real one.
const ROOMY: usize = 11;

/// So many of the verified statements, the last ones, are told again in the text.
const TOLD: usize = 4;
/// What the evidence of a record is made to come to.
#[derive(Clone, Copy, PartialEq)]
enum Aim {
    /// Everything is corroborated and no other route is open.
    Clear,
    /// All is known but rests on little, or another route is open.
    Thin,
    /// A condition is known not to hold.
    Refuted,
    /// Something is not settled.
    Open,
}

/// One record in the making.
pub(crate) struct Case {
    /// Its number in the ledger.
    pub(crate) number: u32,
    records: u32,
    random: Random,
    aim: Aim,
    scene: &'static Scene,
    object: &'static str,
    system: String,
    operator: String,
    filed: NaiveDate,
    disclosed: NaiveDate,
    sources: Map<String, Value>,
    verified: Vec<Value>,
    unconfirmed: Vec<Value>,
    fields: Map<String, Value>,
    sections: Vec<(usize, String)>,
}

impl Case {
    /// The record of a number, without pins.
    pub(crate) fn new(seed: u64, number: u32, records: u32, titles: &mut BTreeSet<Vec<String>>) -> Case {
        let mut random = Random(seed ^ u64::from(number).wrapping_mul(0xd134_2543_de82_ef95));
        let filed = filed(number, records);
        let scene = &SCENES[random.below(SCENES.len())];
        let mut case = Case {
            number,
            records,
            aim: random.pick(&[
                Aim::Clear,
                Aim::Clear,
                Aim::Thin,
                Aim::Thin,
                Aim::Refuted,
                Aim::Open,
                Aim::Open,
                Aim::Open,
            ]),
            scene,
            object: random.pick(scene.objects),
            system: String::new(),
            operator: String::new(),
            filed,
            disclosed: filed - Days::new(20 + random.below(1500) as u64),
            sources: Map::new(),
            verified: Vec::new(),
            unconfirmed: Vec::new(),
            fields: Map::new(),
            sections: Vec::new(),
            random,
        };
        let title = case.title(titles);
        case.write(title);
        case
    }

    /// A title that shares its set of longer words with no other; decides who did what to whom.
    fn title(&mut self, titles: &mut BTreeSet<Vec<String>>) -> String {
        loop {
            let random = &mut self.random;
            self.system = format!("{} {}", random.pick(&SYSTEM_NAMES), random.pick(&SYSTEM_ROLES));
            self.operator = format!("{} {}", random.pick(&COMPANY_NAMES), random.pick(&COMPANY_TRADES));
            self.object = random.pick(self.scene.objects);
            let occasion = random.pick(&OCCASIONS);
            let title = self.say(&format!("{{system}} {{present}} {{object}} {occasion} at {{operator}}"));
            let words = title.split(|it: char| !it.is_alphanumeric()).filter(|word| word.len() > 3);
            let words: BTreeSet<String> = words.map(str::to_lowercase).collect();
            if titles.insert(words.into_iter().collect()) {
                return title;
            }
        }
    }

    /// A sentence about this case.
    fn say(&self, template: &str) -> String {
        let [noun, present, past] = self.scene.told;
        let parts = [("{noun}", noun), ("{present}", present), ("{past}", past), ("{object}", self.object)];
        let parts = parts.into_iter().chain([("{system}", &*self.system), ("{operator}", &*self.operator)]);
        parts.fold(template.to_owned(), |text, (mark, word)| text.replace(mark, word))
    }

    /// Fills in every field, in the order of the format.
    fn write(&mut self, title: String) {
        let (occurred, kind) = (self.occurred(), self.random.below(12));
        self.sources();
        let factors = self.factors();
        let (harm, losses, severity) = self.harm(kind);
        let path = if self.random.percent(94) { self.steps(&harm) } else { Vec::new() };
        self.fill_up();
        self.body(&path);
        let kind = ["near-miss", "demonstration"].get(kind).copied();
        let status = self.status();
        let summary =
            "{system} {past} {object} of {operator}. The accounts agree on the outline of the {noun}.";
        let fields = json!({
            "id": id(self.number),
            "title": title,
            "kind": kind,
            "status": status.as_object().and_then(|it| it.keys().next()),
            "withdrawn": status.get("withdrawn"),
            "merged": status.get("merged"),
            "occurred": occurred,
            "disclosed": self.disclosed.to_string(),
            "filed": self.filed.to_string(),
            "updated": (self.number % 10 == 3).then(|| (self.filed + Days::new(9)).to_string()),
            "severity": if kind.is_some() { 1 } else { severity },
            "potential_severity": kind.map(|_| severity),
            "severity_basis": [harm],
            "systems": [slug(&self.system)],
            "operators": [slug(&self.operator)],
            "impacts": [if kind.is_some() { "none" } else { self.scene.impact }],
            "factors": factors,
            "autonomy": self.random.pick(&[None, Some("unknown"), Some("suggests"), Some("acts-with-approval"), Some("acts-unattended")]),
            "losses": losses,
            "summary": self.say(summary),
            "sources": self.sources,
            "further_reading": self.further_reading(),
            "verified": self.verified,
            "unconfirmed": self.unconfirmed,
            "path": path,
            "gates": null,
            "timeline": self.timeline(&occurred),
            "lessons": self.lessons(),
            "responses": if status.get("disputed").is_some() || self.random.percent(40) { self.responses() } else { Vec::new() },
            "corrections": if self.number % 10 == 3 { self.corrections() } else { Vec::new() },
            "aliases": (self.number % 6 == 1).then(|| json!({"oecd-aim": format!("corpus-{}", self.number)})),
            "related": self.related(),
            "attribution": self.random.pick(&["anonymous", "Corpus generator"]),
        });
        self.fields = fields.as_object().cloned().unwrap_or_default();
    }

    /// When it happened: to the day, over some days, or to the month; always before it became public.
    fn occurred(&mut self) -> String {
        let day = self.disclosed - Days::new(40 + self.random.below(60) as u64);
        match self.random.below(4) {
            0 => day.format("%Y-%m").to_string(),
            1 => format!("{day}/{}", day + Days::new(2)),
            _ => day.to_string(),
        }
    }

    /// Where the record stands, by number, so that a merged one never leads to another merged one.
    fn status(&mut self) -> Value {
        let on = self.filed + Days::new(12);
        match self.number {
            number if number % 61 == 13 => {
                json!({"merged": {"into": id(number - 1), "reason": "Both records tell the same case; the other one came first."}})
            }
            number if number % 53 == 7 => {
                json!({"withdrawn": {"on": on.to_string(), "reason": "The publisher of the first report has taken it back."}})
            }
            number if number % 37 == 5 => json!({"disputed": true}),
            _ => json!({}),
        }
    }

    fn further_reading(&mut self) -> Vec<Value> {
        let url = format!("https://reading.example/agents/{}", self.number);
        let reading = json!({"title": self.say("Agents and the rights they borrow, a reader on cases such as {operator}"), "url": url});
        if self.random.percent(30) { vec![reading] } else { Vec::new() }
    }

    /// The event, then the report and whatever no statement rests on, then something of which only the order is known.
    fn timeline(&mut self, occurred: &str) -> Vec<Value> {
        let mut entries = vec![
            json!({"date": occurred, "text": self.say("{system} {past} {object} of {operator}."), "sources": ["report"]}),
        ];
        let told = |key: &str| key != "report" && self.rests_on(key);
        for (key, source) in self.sources.iter().filter(|(key, _)| !told(key)) {
            let publisher = source["publisher"].as_str().unwrap_or_default();
            entries.push(json!({"date": source["published"], "text": format!("{publisher} publishes its account."), "sources": [key]}));
        }
        entries.push(json!({"text": self.say("At a date not given, {operator} gives {system} an account of its own."), "sources": ["operator"]}));
        entries
    }

    /// Whether a statement is carried by this source.
    fn rests_on(&self, key: &str) -> bool {
        let mut citations =
            self.verified.iter().chain(&self.unconfirmed).filter_map(|it| it["sources"].as_array()).flatten();
        citations.any(|it| it == key || it["source"] == key)
    }

    fn lessons(&mut self) -> Vec<&'static str> {
        let count = 1 + self.random.below(2);
        self.random.some(count, &LESSONS)
    }

    fn responses(&self) -> Vec<Value> {
        let text =
            "{operator} says that the {noun} was put right and that the account of {system} is narrower now.";
        let date = self.sources["operator"]["published"].clone();
        vec![
            json!({"party": slug(&self.operator), "date": date, "source": "operator", "text": self.say(text)}),
        ]
    }

    fn corrections(&self) -> Vec<Value> {
        let date = (self.filed + Days::new(9)).to_string();
        vec![
            json!({"date": date, "text": "An earlier version gave another order of events; the order is now that of the first report."}),
        ]
    }

    /// Up to two other records.
    fn related(&mut self) -> Vec<String> {
        let count = self.random.below(3);
        let number = self.number;
        let others: BTreeSet<u32> = (0..count).map(|_| self.another()).filter(|it| *it != number).collect();
        others.into_iter().map(id).collect()
    }

    fn another(&mut self) -> u32 {
        1 + u32::try_from(self.random.below(self.records as usize)).unwrap_or_default()
    }

    /// The sections: the statements in short, with the case's gate and another record.
    fn body(&mut self, path: &[Value]) {
        let retold = |it: &Value| {
            format!(
                "{} [{}].",
                it["text"].as_str().unwrap_or_default().trim_end_matches('.'),
                it["id"].as_str().unwrap_or_default()
            )
        };
        let count = self.verified.len();
        let told: Vec<String> = self.verified.iter().skip(count.saturating_sub(TOLD)).map(retold).collect();
        let open: Vec<String> =
            self.unconfirmed.iter().take(2).map(|it| format!("- {}", retold(it))).collect();
        let mut remarks =
            self.random.some(4, &REMARKS).into_iter().map(|it| self.say(it)).collect::<Vec<_>>().into_iter();
        let mut remark = |count: usize| remarks.by_ref().take(count).collect::<Vec<_>>().join(" ");
        let (first, rest) = told.split_at(told.len() / 2);
        self.sections.push((0, format!("{}\n\n{}", first.join(" "), rest.join(" "))));
        self.sections.push((1, remark(1)));
        let other = Some(self.another()).filter(|it| *it != self.number);
        let like =
            other.map(|it| format!(" A case with the same outline is [{}].", id(it))).unwrap_or_default();
        let gate = format!("The place to look is the [gate:{}].{like}", self.scene.gate);
        self.sections.push((2, format!("{gate} {}\n\nNot settled:\n\n{}", remark(1), open.join("\n"))));
        let room = self.verified.len() + self.unconfirmed.len() <= ROOMY;
        if room && self.random.percent(60) {
            let rows = path.iter().map(|it| {
                format!(
                    "| {} | `{}` |",
                    it["text"].as_str().unwrap_or_default(),
                    it["action"].as_str().unwrap_or_default()
                )
            });
            let table: Vec<String> =
                ["| step | action |", "| --- | --- |"].into_iter().map(str::to_owned).chain(rows).collect();
            self.sections.push((3, format!("{}\n\n{}", remark(1), table.join("\n"))));
        }
        if self.random.percent(40) {
            self.sections.push((
                4,
                format!("{}\n\n### On the dates\n\nDays are those of the publications [f1].", remark(1)),
            ));
        }
    }

    /// Maps every gate that covers a step, the scene's own first; without a path that one alone.
    pub(crate) fn map_gates(&mut self, derivation: &Derivation) {
        let own = |it: &&Judgement| *it.gate == *self.scene.gate;
        let mapped = |it: &&Judgement| if it.assessed { it.relevant } else { own(it) };
        let (first, others): (Vec<&Judgement>, Vec<&Judgement>) =
            derivation.judgements.iter().filter(mapped).partition(own);
        let gates: Vec<Value> = first.into_iter().chain(others).map(|it| self.mapping(it)).collect();
        self.fields.insert("gates".into(), gates.into());
    }

    fn mapping(&self, judgement: &Judgement) -> Value {
        let note = match judgement.verdict {
            Verdict::WouldBlock => {
                "The accounts agree on the route and on the missing approval, and no other way is known."
            }
            Verdict::Partly => {
                "The route and the missing approval are agreed on; part of the harm has other roots."
            }
            Verdict::OnlyIfRouted => {
                "The {noun} came this way, and other ways to the same effect are not known to be closed."
            }
            Verdict::Unknown => "The accounts leave open which way the {noun} took, or who had agreed to it.",
            Verdict::WouldNotBlock | Verdict::NotApplicable => {
                "One of the conditions is known not to hold in this case."
            }
        };
        let own = *judgement.gate == *self.scene.gate;
        json!({
            "gate": *judgement.gate,
            "verdict": judgement.verdict.id(),
            "note": self.say(note),
            "enforced_at": own.then(|| self.say("The point at which the {noun} leaves the agent's own session at {operator}.")),
            "still_needs": own.then(|| [self.say("No other key of {operator} reaches {object}.")]),
            "receipt_for": own.then(|| self.say("this one {noun} of {object}, with approver and expiry")),
        })
    }

    fn is_yaml(&self) -> bool {
        self.number % 8 == 4
    }

    /// Where it stands below the root.
    pub(crate) fn path(&self) -> String {
        format!("incidents/{}.{}", id(self.number), if self.is_yaml() { "yaml" } else { "md" })
    }

    /// The whole file, in one of the two formats.
    pub(crate) fn text(&self) -> String {
        let mut fields = self.fields.clone();
        if self.is_yaml() {
            let sections = self
                .sections
                .iter()
                .map(|(at, text)| (INCIDENT_SECTIONS[*at].0.to_owned(), format!("{text}\n").into()));
            fields.insert("body".into(), Value::Object(sections.collect()));
            return yaml::document(&fields);
        }
        let sections =
            self.sections.iter().map(|(at, text)| format!("\n## {}\n\n{text}\n", INCIDENT_SECTIONS[*at].1));
        format!("---\n{}---\n{}", yaml::document(&fields), sections.collect::<String>())
    }
}
