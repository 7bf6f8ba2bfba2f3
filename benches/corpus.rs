//! A seed and a number in, a whole registry of that many invented records out: the same bytes for the same two.
//! Verdicts are not guessed: each batch is judged by the program itself and its pins are what that derived.
#![allow(
    clippy::needless_pass_by_value,
    clippy::format_collect,
    clippy::ref_option,
    reason = "a generator that runs once: values are built to be handed over"
)]

mod words;
mod yaml;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use chrono::{Days, NaiveDate};
use clap::Parser;
use incident_registry::files::{File, Files};
use incident_registry::model::body::INCIDENT_SECTIONS;
use incident_registry::model::registry::Derivation;
use incident_registry::model::statement::Status;
use incident_registry::model::verdict::{Judgement, Verdict};
use incident_registry::{pipeline, write};
use serde_json::{Map, Value, json};
use words::{
    COMPANY_NAMES, COMPANY_TRADES, FACTORS, LESSONS, NEWSPAPERS, OCCASIONS, REMARKS, RUMOURS, SCENES,
    SYSTEM_NAMES, SYSTEM_ROLES, Scene,
};

/// Writes a registry of invented records that is valid under every rule.
#[derive(Parser)]
struct Arguments {
    /// How many records
    #[arg(long, default_value_t = 1000)]
    records: u32,
    /// The same seed and number give the same bytes
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// A new or empty folder
    out_dir: PathBuf,
}

const CONFIG: &str = r#"title = "A generated corpus"
base_url = "https://corpus.example/"
id_prefix = "APM"
repository = "https://code.example/corpus"
"#;

macro_rules! policy {
    ($($path:literal),+) => { [$(($path, include_str!(concat!("../", $path)))),+] };
}

/// The repository's own policy, which the records are judged by.
static POLICY: [(&str, &str); 12] = policy![
    "taxonomy.yaml",
    "gates/access-grant.md",
    "gates/credential.md",
    "gates/data-mutation.md",
    "gates/deploy.md",
    "gates/infrastructure.md",
    "gates/merge.md",
    "gates/outbound-message.md",
    "gates/publish.md",
    "gates/runtime.md",
    "gates/tool-call.md",
    "gates/value-transfer.md"
];

/// So many records are in memory at once.
const BATCH: u32 = 1000;

/// With more statements than these a record has no technical read, so that it stays of the size of a real one.
const ROOMY: usize = 11;

/// So many of the verified statements, the last ones, are told again in the text.
const TOLD: usize = 4;

fn main() -> Result<ExitCode> {
    let arguments = Arguments::parse();
    let (records, out) = (arguments.records, &arguments.out_dir);
    if out.exists()
        && !(out.is_dir() && out.read_dir().context("could not list the folder")?.next().is_none())
    {
        let mut stderr = std::io::stderr().lock();
        writeln!(stderr, "error: `{}` is not an empty folder; name one that is new or empty", out.display())?;
        return Ok(ExitCode::from(2));
    }
    let vocabularies = vocabularies();
    for (path, text) in &vocabularies {
        write::create(&out.join(path), text.as_bytes())?;
    }
    let ledger: String =
        (1..=records).map(|number| format!("{} {}\n", id(number), filed(number, records))).collect();
    write::create(&out.join("incidents/ids.lock"), ledger.as_bytes())?;
    let mut titles = BTreeSet::new();
    for first in (1..=records).step_by(BATCH as usize) {
        let numbers = first..=records.min(first + BATCH - 1);
        let cases = numbers.map(|number| Case::new(arguments.seed, number, records, &mut titles)).collect();
        write_batch(out, &vocabularies, cases)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Judges records that have no pins yet, then writes them with the verdicts that were derived.
fn write_batch(out: &Path, vocabularies: &[(String, String)], mut cases: Vec<Case>) -> Result<()> {
    let drafts = cases.iter().map(|case| (case.path(), case.text()));
    let files = vocabularies.iter().cloned().chain(drafts).map(|(path, text)| File::new(path, text));
    let checked = pipeline::check(&Files::new(files.collect()));
    for case in &mut cases {
        let at = checked.registry.incident_index[&id(case.number)];
        case.map_gates(&checked.verdicts.derivations[at]);
        write::create(&out.join(case.path()), case.text().as_bytes())?;
    }
    Ok(())
}

/// Every file of the registry but its records, by path.
fn vocabularies() -> Vec<(String, String)> {
    let files = POLICY.into_iter().chain([("registry.toml", CONFIG)]);
    let mut files: Vec<_> = files.map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
    let entities = json!({
        "systems": terms(&SYSTEM_NAMES, &SYSTEM_ROLES, "An invented assistant that"),
        "organisations": terms(&COMPANY_NAMES, &COMPANY_TRADES, "An invented company that"),
    });
    files.push(("entities.yaml".into(), entities.as_object().map(yaml::document).unwrap_or_default()));
    files
}

fn terms(names: &[&str], kinds: &[&str], what: &str) -> Vec<Value> {
    let pairs = names.iter().flat_map(|name| kinds.iter().map(move |kind| format!("{name} {kind}")));
    pairs
        .map(
            |it| json!({"id": slug(&it), "name": it, "description": format!("{what} appears as {it} here.")}),
        )
        .collect()
}

/// Text as an id: `Marlin Desk` is `marlin-desk`.
fn slug(text: &str) -> String {
    text.to_lowercase().replace(' ', "-")
}

fn id(number: u32) -> String {
    format!("APM-{number:04}")
}

/// Numbers are minted in order, all within one year.
fn filed(number: u32, records: u32) -> NaiveDate {
    let day = u64::from(number) * 280 / u64::from(records.max(1));
    NaiveDate::from_yo_opt(2026, 1).unwrap_or_default() + Days::new(day)
}

/// Splitmix64: small, and the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % bound.max(1) as u64).unwrap_or_default()
    }

    /// Whether something that holds in so many of a hundred cases holds in this one.
    fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// Some of a list, each once, in the list's order.
    fn some<T: Copy>(&mut self, count: usize, from: &[T]) -> Vec<T> {
        let mut at = BTreeSet::new();
        while at.len() < count.min(from.len()) {
            at.insert(self.below(from.len()));
        }
        at.into_iter().map(|at| from[at]).collect()
    }
}

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
struct Case {
    number: u32,
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
    fn new(seed: u64, number: u32, records: u32, titles: &mut BTreeSet<Vec<String>>) -> Case {
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

    /// A report, the operator's words and another voice; sometimes a forum, an echo and a finding of weight.
    fn sources(&mut self) {
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

    fn factors(&mut self) -> Map<String, Value> {
        let count = 1 + self.random.below(2);
        let chosen = self.random.some(count, &FACTORS);
        chosen
            .into_iter()
            .map(|(factor, text)| (factor.to_owned(), self.state(text, Status::Reported).into()))
            .collect()
    }

    /// What was lost: the statement that says so, the figures, and the least severity that fits them.
    fn harm(&mut self, kind: usize) -> (String, Value, u8) {
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
    fn steps(&mut self, harm: &str) -> Vec<Value> {
        let before = self.random.pick(&[0, 0, 0, 0, 0, 1, 1, 1, 2]);
        let approval = self.approval();
        let mut actions = BTreeSet::from([self.scene.action]);
        let (scene, object) = (self.scene, self.object);
        let mut steps = Vec::new();
        for _ in 0..before {
            self.scene = &SCENES[self.random.below(SCENES.len())];
            self.object = self.random.pick(self.scene.objects);
            if actions.insert(self.scene.action) {
                let none = self
                    .state("No harm came of the {noun} by itself, before the later step.", Status::Reported);
                let extent =
                    if self.random.percent(50) { json!({"none": none}) } else { json!({"some": harm}) };
                steps.push(self.step(&approval, extent));
            }
        }
        (self.scene, self.object) = (scene, object);
        let extent = if self.random.percent(70) { json!({"all": harm}) } else { json!({"some": harm}) };
        steps.push(self.step(&approval, extent));
        steps
    }

    /// Whether somebody entitled had agreed: the field of a step and its statement, or nothing.
    fn approval(&mut self) -> Option<(&'static str, String)> {
        let status = self.carried();
        match self.aim {
            Aim::Open if self.random.percent(20) => None,
            Aim::Refuted if self.random.percent(50) => {
                Some(("approved", self.state("A person entitled under the rules of {operator} had approved this exact {noun} before it took place.", status)))
            }
            _ => Some(("not_approved", self.state("Nobody entitled under the rules of {operator} had approved this exact {noun} before it took place.", status))),
        }
    }

    fn step(&mut self, approval: &Option<(&'static str, String)>, harm: Value) -> Value {
        let [first, other] = self.scene.boundaries;
        let known = if self.aim == Aim::Clear { Status::Corroborated } else { Status::Reported };
        let evidence = self.state("{system} {past} {object} in the accounts of {operator}.", known);
        let mut step = json!({
            "step": format!("{}-{}", self.scene.action, slug(self.object)).chars().take(60).collect::<String>().trim_matches('-'),
            "text": self.say("{system} {past} {object}."),
            "actor": slug(&self.system),
            "action": self.scene.action,
            "evidence": [evidence],
        });
        if self.random.percent(40) {
            step["environment"] = json!({"production": evidence});
        }
        let refuted =
            self.aim == Aim::Refuted && approval.as_ref().is_none_or(|(field, _)| *field != "approved");
        let (status, way) = (self.carried(), self.random.below(3));
        let (first, other) = (first.to_owned(), other.to_owned());
        if refuted && way == 0 {
            let text = format!("The {{noun}} did not pass through the {} boundary.", first.replace('-', " "));
            step["crosses"] = json!({other: evidence});
            step["avoids"] = json!({first: self.state(&text, status)});
        } else if self.aim != Aim::Open || way > 0 {
            let text = format!("The {{noun}} passed through the {} boundary.", first.replace('-', " "));
            step["crosses"] = json!({first: self.state(&text, status)});
        }
        if let Some((field, statement)) = approval {
            step[*field] = json!(statement);
        }
        if refuted && way == 1 {
            let text = "Any check at this place ran in a process that {system} itself could restart.";
            step["defeats"] = json!({self.scene.gate: self.state(text, status)});
        }
        self.route(&mut step);
        step["harm"] = if refuted && way == 2 {
            json!({"none": self.state("The disturbance at {operator} was there in full before the {noun}.", status)})
        } else {
            harm
        };
        step
    }

    /// Whether the same credential could have reached the same effect elsewhere.
    fn route(&mut self, step: &mut Value) {
        let (only, other) = (
            "The key in use reached {object} by this route and by no other.",
            "The key in use also reached {object} by another route.",
        );
        let status = self.carried();
        if self.aim == Aim::Clear {
            step["only_route"] = json!(self.state(only, status));
        } else if self.random.percent(30) {
            step["other_route"] = json!(self.state(other, status));
        }
    }

    /// Brings both lists to their least length.
    fn fill_up(&mut self) {
        for (_, text) in self.random.some(3usize.saturating_sub(self.verified.len()), &FACTORS) {
            self.state(text, Status::Reported);
        }
        let lacking = (1 + self.random.below(2)).saturating_sub(self.unconfirmed.len());
        for text in self.random.some(lacking, &RUMOURS) {
            let status = self.random.pick(&[Status::Unknown, Status::Asserted, Status::Disputed]);
            self.state(text, status);
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
    fn map_gates(&mut self, derivation: &Derivation) {
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
            "enforced_at": own.then(|| self.say("The place where {operator} lets a {noun} through, outside the agent's own session.")),
            "still_needs": own.then(|| [self.say("No other key of {operator} reaches {object}.")]),
            "receipt_for": own.then(|| self.say("this one {noun} of {object}, with approver and expiry")),
        })
    }

    fn is_yaml(&self) -> bool {
        self.number % 8 == 4
    }

    fn path(&self) -> String {
        format!("incidents/{}.{}", id(self.number), if self.is_yaml() { "yaml" } else { "md" })
    }

    /// The whole file, in one of the two formats.
    fn text(&self) -> String {
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
