//! What verdicts say together: coverage against a count written from the design alone, on random registries, and the
//! open questions against settling each statement and judging again.

mod support;

use std::collections::BTreeSet;

use incident_registry::across::{self, BESTS, Case, Count, Gap, Pick};
use incident_registry::files::{File, Files};
use incident_registry::model::incident::Kind;
use incident_registry::model::verdict::Verdict;
use incident_registry::pipeline::{self, Checked};
use proptest::prelude::*;

const KINDS: [Kind; 3] = [Kind::Incident, Kind::NearMiss, Kind::Demonstration];
const COUNTING: [Verdict; 5] =
    [Verdict::WouldBlock, Verdict::Partly, Verdict::OnlyIfRouted, Verdict::Unknown, Verdict::WouldNotBlock];

/// A registry as coverage sees it: for each case its kind, and for each gate a verdict or none.
#[derive(Clone, Debug)]
struct Plain {
    gates: usize,
    cases: Vec<(Kind, Vec<Option<Verdict>>)>,
    chosen: Vec<bool>,
}

fn plain() -> impl Strategy<Value = Plain> {
    (0..6_usize).prop_flat_map(|gates| {
        let verdict = prop::option::of(prop::sample::select(COUNTING.to_vec()));
        let case = (prop::sample::select(KINDS.to_vec()), prop::collection::vec(verdict, gates));
        let cases = prop::collection::vec(case, 0..12);
        (cases, prop::collection::vec(any::<bool>(), gates)).prop_map(move |(cases, chosen)| Plain {
            gates,
            cases,
            chosen,
        })
    })
}

fn cases(plain: &Plain) -> Vec<Case> {
    let reads = |verdicts: &[Option<Verdict>]| {
        verdicts.iter().enumerate().filter_map(|(gate, verdict)| Some((gate, (*verdict)?))).collect()
    };
    let all = plain.cases.iter().enumerate();
    all.map(|(at, (kind, verdicts))| Case { at, kind: *kind, reads: reads(verdicts) }).collect()
}

/// The best verdict by the words of the design: the first of the list that some gate of the set gets.
fn naive_best(verdicts: &[Option<Verdict>], set: &BTreeSet<usize>) -> Option<Verdict> {
    COUNTING.into_iter().find(|it| set.iter().any(|gate| verdicts[*gate] == Some(*it)))
}

fn naive_count(plain: &Plain, set: &BTreeSet<usize>, best: Option<Verdict>) -> Count {
    let mut count = Count::default();
    for (kind, verdicts) in &plain.cases {
        if naive_best(verdicts, set) == best {
            if *kind == Kind::Incident { count.incidents += 1 } else { count.not_realised += 1 }
        }
    }
    count
}

/// What the two columns of the greedy order hold for a set: blocked in whole or in part, and only if routed.
fn naive_columns(plain: &Plain, set: &BTreeSet<usize>) -> [[isize; 2]; 2] {
    let of = |best| {
        let count = naive_count(plain, set, Some(best));
        [count.incidents, count.not_realised].map(|it| isize::try_from(it).expect("few cases"))
    };
    let (block, partly) = (of(Verdict::WouldBlock), of(Verdict::Partly));
    [[block[0] + partly[0], block[1] + partly[1]], of(Verdict::OnlyIfRouted)]
}

fn chosen_set(plain: &Plain) -> BTreeSet<usize> {
    (0..plain.gates).filter(|gate| plain.chosen[*gate]).collect()
}

fn columns(pick: &Pick) -> [[isize; 2]; 2] {
    [pick.stopped, pick.routed].map(|gain| [gain.incidents, gain.not_realised])
}

fn minus(a: [[isize; 2]; 2], b: [[isize; 2]; 2]) -> [[isize; 2]; 2] {
    [[a[0][0] - b[0][0], a[0][1] - b[0][1]], [a[1][0] - b[1][0], a[1][1] - b[1][1]]]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_tally_is_a_count_of_best_verdicts(plain in plain()) {
        let tally = across::tally(&cases(&plain), &plain.chosen);
        let set = chosen_set(&plain);
        for best in BESTS {
            prop_assert_eq!(tally.of(best), naive_count(&plain, &set, best), "{:?}", best);
        }
        let all: usize = BESTS.iter().map(|best| tally.of(*best).total()).sum();
        prop_assert_eq!(all, plain.cases.len(), "every case counts once");
    }

    #[test]
    fn the_greedy_order_takes_what_adds_most(plain in plain()) {
        let order = across::greedy(&cases(&plain), &plain.chosen);
        let (mut taken, mut left) = (BTreeSet::new(), chosen_set(&plain));
        for pick in &order {
            let gain = |gate: usize| {
                let with: BTreeSet<usize> = taken.iter().copied().chain([gate]).collect();
                minus(naive_columns(&plain, &with), naive_columns(&plain, &taken))
            };
            prop_assert_eq!(columns(pick), gain(pick.gate));
            let worth = |gate: usize| {
                let [stopped, routed] = gain(gate);
                [stopped[0], routed[0], stopped[1], routed[1]]
            };
            let best = left.iter().map(|gate| worth(*gate)).max();
            prop_assert_eq!(Some(worth(pick.gate)), best);
            prop_assert!(left.iter().all(|gate| *gate >= pick.gate || worth(*gate) < worth(pick.gate)));
            left.remove(&pick.gate);
            taken.insert(pick.gate);
        }
        prop_assert!(left.is_empty(), "every gate of the set has its place");
        let sum = order.iter().map(columns).fold([[0; 2]; 2], |sum, it| {
            [[sum[0][0] + it[0][0], sum[0][1] + it[0][1]], [sum[1][0] + it[1][0], sum[1][1] + it[1][1]]]
        });
        prop_assert_eq!(sum, naive_columns(&plain, &taken), "the columns add up to the tally");
    }
}

fn check(registry: &[(String, String)]) -> Checked {
    pipeline::check(&Files::new(registry.iter().map(|(path, text)| File::new(path, text)).collect()))
}

#[test]
fn only_what_counts_is_counted() {
    let checked = check(&support::own());
    let cases = across::cases(&checked.registry, &checked.verdicts);
    for case in &cases {
        let judgements = checked.verdicts.derivations[case.at].judgements.iter().enumerate();
        let relevant: Vec<(usize, Verdict)> =
            judgements.filter(|(_, it)| it.relevant).map(|(gate, it)| (gate, it.verdict)).collect();
        assert_eq!(case.reads, relevant);
        assert!(case.reads.iter().all(|(_, verdict)| *verdict != Verdict::NotApplicable));
    }
    assert_eq!(cases.len(), checked.registry.facets().listed.len());
}

/// Every question of a registry, by case and statement: how many verdicts it moves alone, and with others.
fn found(checked: &Checked) -> Vec<(String, String, (usize, usize))> {
    let questions = across::questions(&checked.registry, &checked.verdicts);
    let named = questions.ranked.iter().map(|at| {
        let question = &questions.statements[*at];
        let incident = &checked.registry.records.incidents[question.case];
        let statement = incident.statements().nth(question.statement).expect("it is a statement of the case");
        (incident.handle.to_string(), statement.id.value.to_string(), question.moved())
    });
    named.collect()
}

#[test]
fn the_questions_of_the_worked_record() {
    let checked = check(&support::own());
    let found = found(&checked);
    let of = |id: &str| -> Vec<(&str, (usize, usize))> {
        found.iter().filter(|it| it.0 == id).map(|it| (it.1.as_str(), it.2)).collect()
    };
    // u1 and u2 decide one gate each, u3 both; u8 moves neither while the others are open.
    assert_eq!(of("APM-0005"), [("u3", (2, 0)), ("u1", (1, 0)), ("u2", (1, 0))]);
    let moved: Vec<(usize, usize)> = found.iter().map(|it| it.2).collect();
    assert!(moved.is_sorted_by(|a, b| a >= b), "those that move most come first: {moved:?}");
}

const RECORD: &str = "incidents/APM-0001.md";

/// The base registry with other words in its first record.
fn edited(edits: &[(&str, &str)]) -> Checked {
    let mut registry = support::base();
    let (_, text) = registry.iter_mut().find(|(path, _)| path == RECORD).expect("the record is there");
    for (from, to) in edits {
        assert!(text.contains(from), "`{from}` is in the record");
        *text = text.replacen(from, to, 1);
    }
    check(&registry)
}

/// The questions without a statement of the first record, with what they move.
fn gaps(checked: &Checked) -> Vec<(Gap, (usize, usize))> {
    let questions = across::questions(&checked.registry, &checked.verdicts);
    let at = checked.registry.incident_index["APM-0001"];
    questions.blanks_of_case(at).iter().map(|it| (it.gap, it.moved())).collect()
}

#[test]
fn a_statement_that_alone_decides_counts_as_such_and_one_of_two_does_not() {
    let deploy = |edits: &[(&str, &str)]| found(&edited(edits));
    assert_eq!(
        deploy(&[]),
        [("APM-0001".into(), "u1".into(), (1, 0)), ("APM-0001".into(), "u2".into(), (1, 0))],
        "each may turn out to be false, which is enough"
    );
    // One statement behind both conditions settles both at once.
    let one = deploy(&[("    not_approved: u2\n", "    not_approved: u1\n")]);
    assert_eq!(one, [("APM-0001".into(), "u1".into(), (1, 0))]);
    // That the action happened can only turn out to be so: then the other two have to be settled, too.
    let three = edited(&[
        ("    evidence: [f3]\n", "    evidence: [u2]\n"),
        ("    not_approved: u2\n", "    not_approved: u1\n"),
    ]);
    assert_eq!(found(&three)[1], ("APM-0001".into(), "u2".into(), (0, 1)));
}

#[test]
fn what_is_not_recorded_is_counted_apart() {
    assert_eq!(gaps(&edited(&[])), [], "nobody has to know of other routes while more is open");
    let silent = edited(&[("    not_approved: u2\n", "")]);
    let [(Gap::Condition { both: false, gate: None, .. }, (1, 0))] = gaps(&silent)[..] else {
        panic!("{:?}", gaps(&silent));
    };
    assert_eq!(found(&silent).len(), 1, "it is no statement");
    let both = edited(&[("    not_approved: u2\n", "    not_approved: f3\n    approved: f3\n")]);
    let [(Gap::Condition { both: true, .. }, (1, 0))] = gaps(&both)[..] else { panic!("{:?}", gaps(&both)) };
}

#[test]
fn a_case_without_a_path_has_one_question() {
    let mut registry = support::base();
    let (_, text) = registry.iter_mut().find(|(path, _)| path == RECORD).expect("the record is there");
    let (from, to) = (text.find("path:\n").expect("a path"), text.find("gates:\n").expect("gates"));
    text.replace_range(from..to, "");
    let checked = check(&registry);
    assert_eq!(gaps(&checked), [(Gap::Path, (1, 0))]);
    assert_eq!(found(&checked), []);
}

/// A statement moves a verdict alone if the record in which it is settled, one way or the other, has another verdict.
/// Settled here means: the entry of the path rests on a statement that two sources carry, or says the contrary.
#[test]
fn what_is_said_to_move_a_verdict_moves_it() {
    let verdict = |edits: &[(&str, &str)]| {
        let checked = edited(edits);
        let at = checked.registry.incident_index["APM-0001"];
        checked.verdicts.derivations[at].judgement("deploy").expect("it is judged").verdict
    };
    assert_eq!(verdict(&[]), Verdict::Unknown);
    assert_eq!(
        verdict(&[("    crosses:\n      deploy-pipeline: u1\n", "    avoids:\n      deploy-pipeline: f3\n")]),
        Verdict::WouldNotBlock
    );
    assert_eq!(verdict(&[("    not_approved: u2\n", "    approved: f3\n")]), Verdict::WouldNotBlock);
    let checked = edited(&[]);
    let questions = across::questions(&checked.registry, &checked.verdicts);
    for question in &questions.statements {
        for it in &question.moves {
            assert!(it.alone);
            assert_eq!(
                (&it.to[..], &it.with_others[..]),
                (&[Verdict::WouldNotBlock][..], &[Verdict::OnlyIfRouted][..])
            );
        }
    }
}

/// What one step's entries rest on: each an unknown statement, a known one, a known one for the contrary, or nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rests {
    Nothing,
    Open(usize),
    Known,
    Denied,
}

#[derive(Clone, Copy, Debug)]
struct Drawn {
    deletes_data: bool,
    happened: Rests,
    /// The first boundary of the gate, and the second of the gate that has two.
    crossed: [Rests; 2],
    not_approved: Rests,
    only_route: Rests,
    harm: Rests,
}

fn rests(contrary: bool) -> impl Strategy<Value = Rests> {
    let open = (0..3_usize).prop_map(Rests::Open);
    let denied = if contrary { Rests::Denied } else { Rests::Known };
    prop_oneof![Just(Rests::Nothing), open, Just(Rests::Known), Just(denied)]
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let entries = (rests(false), rests(true), rests(true), rests(true), rests(true), rests(true));
    (any::<bool>(), entries).prop_map(
        |(deletes_data, (happened, first, second, not_approved, only_route, harm))| Drawn {
            deletes_data,
            happened,
            crossed: [first, second],
            not_approved,
            only_route,
            harm,
        },
    )
}

/// How a statement has been settled, if it has.
type Settling = Option<(usize, bool)>;

/// The entries of a step, once a statement may have been settled: what says that it is so is known then, and what
/// says that it is not stands as its contrary.
struct Entries(Settling);

impl Entries {
    fn place(&self, rests: Rests) -> Rests {
        match (rests, self.0) {
            (Rests::Open(id), Some((other, true))) if id == other => Rests::Known,
            (Rests::Open(id), Some((other, false))) if id == other => Rests::Denied,
            _ => rests,
        }
    }

    /// A line of the record, by the key that holds it or the key that denies it.
    fn line(&self, rests: Rests, holds: &str, denies: &str) -> String {
        match self.place(rests) {
            Rests::Nothing => String::new(),
            Rests::Open(id) => format!("{holds}: q{id}\n"),
            Rests::Known => format!("{holds}: f1\n"),
            Rests::Denied => format!("{denies}: f1\n"),
        }
    }

    /// That the action happened cannot turn out to be false: the table has no row for it.
    fn happened(&self, rests: Rests) -> String {
        match (self.place(rests), rests) {
            (Rests::Nothing, _) => "    evidence: []\n".into(),
            (Rests::Open(id), _) | (Rests::Denied, Rests::Open(id)) => format!("    evidence: [q{id}]\n"),
            (Rests::Known | Rests::Denied, _) => "    evidence: [f1]\n".into(),
        }
    }

    fn boundaries(&self, crossed: [Rests; 2], names: [&str; 2]) -> String {
        let side = |key: &str, denied: bool| {
            let here =
                crossed.iter().zip(names).filter(|(it, _)| (self.place(**it) == Rests::Denied) == denied);
            let lines: Vec<String> = here
                .map(|(it, name)| self.line(*it, &format!("      {name}"), &format!("      {name}")))
                .collect();
            if lines.concat().is_empty() { String::new() } else { format!("    {key}:\n{}", lines.concat()) }
        };
        side("crosses", false) + &side("avoids", true)
    }

    fn step(&self, at: usize, step: &Drawn) -> String {
        let (action, names) = if step.deletes_data {
            ("delete-data", ["database", "cloud-api"])
        } else {
            ("delete-infrastructure", ["deploy-pipeline", "cloud-api"])
        };
        [
            format!("  - step: step-{at}\n    action: {action}\n"),
            self.happened(step.happened),
            self.boundaries(step.crossed, names),
            self.line(step.not_approved, "    not_approved", "    approved"),
            self.line(step.only_route, "    only_route", "    other_route"),
            self.line(step.harm, "    harm:\n      all", "    harm:\n      none"),
        ]
        .concat()
    }
}

/// The path of a record.
fn record(steps: &[Drawn], settled: Settling) -> String {
    let steps = steps.iter().enumerate().map(|(at, step)| Entries(settled).step(at, step));
    format!("path:\n{}", steps.collect::<Vec<_>>().concat())
}

/// The base registry with this path in its first record, which has three unknown statements of its own.
fn judged(steps: &[Drawn], settled: Settling) -> Checked {
    let mut registry = support::base();
    let (_, gate) =
        registry.iter_mut().find(|(path, _)| path == "gates/data-mutation.md").expect("the gate is there");
    *gate = gate.replacen("boundaries: [database]", "boundaries: [database, cloud-api]", 1);
    let (_, text) = registry.iter_mut().find(|(path, _)| path == RECORD).expect("the record is there");
    let (from, to) = (text.find("path:\n").expect("a path"), text.find("gates:\n").expect("gates"));
    text.replace_range(from..to, &record(steps, settled));
    let open = |id| {
        format!(
            "  - id: q{id}\n    text: Something that nobody says, number {id}.\n    looked_in: [gazette]\n"
        )
    };
    let open = [0, 1, 2].map(open).concat();
    *text = text.replacen("unconfirmed:\n", &format!("unconfirmed:\n{open}"), 1);
    check(&registry)
}

fn verdicts_of(checked: &Checked) -> Vec<Verdict> {
    let at = checked.registry.incident_index["APM-0001"];
    checked.verdicts.derivations[at].judgements.iter().map(|it| it.verdict).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, ..ProptestConfig::default() })]

    /// A statement moves a verdict alone exactly if the record in which it is settled, one way or the other, has
    /// another verdict.
    #[test]
    fn alone_means_that_settling_it_is_enough(steps in prop::collection::vec(drawn(), 1..3)) {
        let checked = judged(&steps, None);
        let before = verdicts_of(&checked);
        let questions = across::questions(&checked.registry, &checked.verdicts);
        let at = checked.registry.incident_index["APM-0001"];
        let incident = &checked.registry.records.incidents[at];
        for id in 0..3 {
            let settled = [true, false].map(|holds| verdicts_of(&judged(&steps, Some((id, holds)))));
            let moved: Vec<bool> =
                (0..before.len()).map(|gate| settled.iter().any(|after| after[gate] != before[gate])).collect();
            let name = format!("q{id}");
            let found = questions.of_case(at).into_iter().find(|it| {
                incident.statements().nth(it.statement).is_some_and(|it| *it.id.value == *name)
            });
            let alone = |gate: usize| found.is_some_and(|it| it.moves.iter().any(|it| it.gate == gate && it.alone));
            let said: Vec<bool> = (0..before.len()).map(alone).collect();
            prop_assert_eq!(said, moved, "{} in {}", name, record(&steps, None));
        }
    }
}
