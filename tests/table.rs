//! The decision table, exhaustively: every state of one step, and every pair of a reduced set, judged as records
//! are. Total, monotone, the best of several steps wins, and what is said to change a verdict is what changes it.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use incident_registry::derive;
use incident_registry::files::{Span, Spanned};
use incident_registry::model::change::{Lack, Need, Settled, Settlement};
use incident_registry::model::gate::{Fails, Gate};
use incident_registry::model::id::{Slug, StatementId};
use incident_registry::model::incident::Incident;
use incident_registry::model::path::{Harm, Step};
use incident_registry::model::statement::{StatementRefs, Status};
use incident_registry::model::table::{OneOrMany, Table};
use incident_registry::model::verdict::{Condition, Judgement, Verdict};
use incident_registry::pipeline;

/// What is known of one condition: nothing, or that it holds or not, with a strength of 0 to 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    Nothing,
    Holds(u8),
    Fails(u8),
}

/// The harm: nothing known, or all, some or none of it, with a strength.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    Nothing,
    All(u8),
    Some(u8),
    None(u8),
}

/// One state of one step.
#[derive(Clone, Copy, Debug)]
struct State {
    happened: Known,
    crossed: Known,
    not_approved: Known,
    defeated: Known,
    harm: Extent,
    only_route: Known,
}

const BOTH: [Known; 7] = [
    Known::Nothing,
    Known::Holds(0),
    Known::Holds(1),
    Known::Holds(2),
    Known::Fails(0),
    Known::Fails(1),
    Known::Fails(2),
];
const HARM: [Extent; 10] = [
    Extent::Nothing,
    Extent::All(0),
    Extent::All(1),
    Extent::All(2),
    Extent::Some(0),
    Extent::Some(1),
    Extent::Some(2),
    Extent::None(0),
    Extent::None(1),
    Extent::None(2),
];

/// Every state, from the values that each condition may take.
fn states(happened: &[Known], two_sided: &[Known], defeated: &[Known], harm: &[Extent]) -> Vec<State> {
    let mut all = Vec::new();
    for happened in happened.iter().copied() {
        for crossed in two_sided.iter().copied() {
            for not_approved in two_sided.iter().copied() {
                for defeated in defeated.iter().copied() {
                    for harm in harm.iter().copied() {
                        for only_route in two_sided.iter().copied() {
                            all.push(State { happened, crossed, not_approved, defeated, harm, only_route });
                        }
                    }
                }
            }
        }
    }
    all
}

/// `defeated` reads: nothing recorded (presumed not), `Holds` for recorded and unknown, `Fails` for defeated.
const DEFEATED: [Known; 5] =
    [Known::Nothing, Known::Holds(0), Known::Fails(0), Known::Fails(1), Known::Fails(2)];

fn all_states() -> Vec<State> {
    states(&BOTH[..4], &BOTH, &DEFEATED, &HARM)
}

fn few_states() -> Vec<State> {
    let two_sided = [Known::Nothing, Known::Holds(1), Known::Fails(0)];
    let harm = [Extent::Nothing, Extent::All(1), Extent::Some(1), Extent::None(0)];
    states(&[Known::Nothing, Known::Holds(1)], &two_sided, &[Known::Nothing, Known::Fails(0)], &harm)
}

/// An incident with one statement of each strength, `s0` to `s2`, and `s9`, which counts as unknown.
struct Bench {
    incident: Incident,
    gate: Gate,
}

const STATUSES: [Status; 4] = [Status::Reported, Status::Corroborated, Status::Established, Status::Unknown];

fn spanned<T>(value: T) -> Spanned<T> {
    Spanned::new(value, Span::default())
}

fn refs(strength: u8) -> StatementRefs {
    OneOrMany(vec![spanned(StatementId::new(&format!("s{strength}")).expect("a statement id"))])
}

fn slug(text: &str) -> Spanned<Slug> {
    spanned(Slug::new(text).expect("a slug"))
}

fn under(key: &str, value: StatementRefs) -> Table<StatementRefs> {
    std::iter::once((slug(key), value)).collect()
}

impl Bench {
    fn new(fails: Fails) -> Bench {
        let checked = pipeline::check(&support::base_files());
        let records = checked.registry.records;
        let mut incident = records.incidents.into_iter().next().expect("the base has an incident");
        let template = incident.fields.verified[0].clone();
        incident.fields.verified = ["s0", "s1", "s2", "s9"]
            .iter()
            .map(|id| {
                let mut statement = template.clone();
                statement.id = spanned(StatementId::new(id).expect("a statement id"));
                statement
            })
            .collect();
        incident.fields.unconfirmed.clear();
        let mut gate =
            records.gates.into_iter().find(|gate| &*gate.id.value == "deploy").expect("the base has it");
        gate.fields.fails = fails;
        Bench { incident, gate }
    }

    fn judge(&mut self, states: &[State]) -> Judgement {
        self.incident.fields.path = states.iter().map(step).collect();
        derive::judgement(&self.incident, &self.gate, &STATUSES)
    }

    fn verdict(&mut self, states: &[State]) -> Verdict {
        self.judge(states).verdict
    }
}

fn step(state: &State) -> Step {
    let holds = |known| if let Known::Holds(strength) = known { Some(refs(strength)) } else { None };
    let fails = |known| if let Known::Fails(strength) = known { Some(refs(strength)) } else { None };
    let table =
        |refs: Option<StatementRefs>| refs.map_or_else(Table::default, |refs| under("deploy-pipeline", refs));
    let harm = match state.harm {
        Extent::Nothing => None,
        Extent::All(strength) => Some(Harm { all: Some(refs(strength)), ..Harm::default() }),
        Extent::Some(strength) => Some(Harm { some: Some(refs(strength)), ..Harm::default() }),
        Extent::None(strength) => Some(Harm { none: Some(refs(strength)), ..Harm::default() }),
    };
    let defeats = match state.defeated {
        Known::Nothing => Table::default(),
        Known::Holds(_) => under("deploy", refs(9)),
        Known::Fails(strength) => under("deploy", refs(strength)),
    };
    Step {
        step: slug("step"),
        text: None,
        actor: None,
        action: slug("delete-infrastructure"),
        evidence: holds(state.happened).unwrap_or_default(),
        environment: Table::default(),
        crosses: table(holds(state.crossed)),
        avoids: table(fails(state.crossed)),
        approved: fails(state.not_approved),
        not_approved: holds(state.not_approved),
        defeats,
        only_route: holds(state.only_route),
        other_route: fails(state.only_route),
        harm: harm.map(spanned),
    }
}

/// The table of the design page, read row by row; knows nothing of the implementation.
fn expected(state: &State, fails: Fails) -> Verdict {
    let fails_any = matches!(state.crossed, Known::Fails(_))
        || matches!(state.not_approved, Known::Fails(_))
        || matches!(state.defeated, Known::Fails(_))
        || matches!(state.harm, Extent::None(_));
    if fails_any {
        return Verdict::WouldNotBlock;
    }
    let unknown = state.happened == Known::Nothing
        || state.crossed == Known::Nothing
        || state.not_approved == Known::Nothing
        || matches!(state.defeated, Known::Holds(_))
        || state.harm == Extent::Nothing;
    if unknown {
        return Verdict::Unknown;
    }
    let strengths = [state.happened, state.crossed, state.not_approved, state.only_route];
    let weak = strengths.iter().any(|it| matches!(it, Known::Holds(0)))
        || matches!(state.harm, Extent::All(0) | Extent::Some(0));
    if !matches!(state.only_route, Known::Holds(_)) || weak || fails == Fails::Open {
        return Verdict::OnlyIfRouted;
    }
    if matches!(state.harm, Extent::Some(_)) { Verdict::Partly } else { Verdict::WouldBlock }
}

#[test]
fn the_table_is_total_and_as_designed() {
    let states = all_states();
    assert_eq!(states.len(), 4 * 7 * 7 * 5 * 10 * 7);
    for fails in [Fails::Closed, Fails::Open] {
        let mut bench = Bench::new(fails);
        let mut seen = std::collections::BTreeSet::new();
        for state in &states {
            let verdict = bench.verdict(std::slice::from_ref(state));
            assert_eq!(verdict, expected(state, fails), "{state:?}, fails {fails:?}");
            seen.insert(verdict);
        }
        assert_eq!(seen.len(), if fails == Fails::Closed { 5 } else { 3 });
    }
}

/// Every state that differs from this one in that one unknown condition is settled.
fn settled(state: &State) -> Vec<State> {
    let mut all = Vec::new();
    let two = |known| if known == Known::Nothing { BOTH[1..].to_vec() } else { Vec::new() };
    if state.happened == Known::Nothing {
        all.extend(BOTH[1..4].iter().map(|happened| State { happened: *happened, ..*state }));
    }
    all.extend(two(state.crossed).into_iter().map(|crossed| State { crossed, ..*state }));
    all.extend(two(state.not_approved).into_iter().map(|not_approved| State { not_approved, ..*state }));
    all.extend(two(state.only_route).into_iter().map(|only_route| State { only_route, ..*state }));
    if state.harm == Extent::Nothing {
        all.extend(HARM[1..].iter().map(|harm| State { harm: *harm, ..*state }));
    }
    if matches!(state.defeated, Known::Holds(_)) {
        all.extend(DEFEATED[2..].iter().map(|defeated| State { defeated: *defeated, ..*state }));
    }
    all
}

#[test]
fn settling_an_unknown_weakens_no_positive_verdict_and_turns_no_refusal() {
    for fails in [Fails::Closed, Fails::Open] {
        let mut bench = Bench::new(fails);
        for state in all_states() {
            let before = bench.verdict(&[state]);
            for after in settled(&state) {
                let verdict = bench.verdict(&[after]);
                match before {
                    Verdict::WouldNotBlock => assert_eq!(verdict, before, "{state:?} -> {after:?}"),
                    Verdict::Unknown | Verdict::NotApplicable => {}
                    _ => assert!(verdict >= before, "{state:?} is {before:?}, {after:?} is {verdict:?}"),
                }
            }
        }
    }
}

#[test]
fn of_two_steps_the_better_one_decides() {
    let mut bench = Bench::new(Fails::Closed);
    let states = few_states();
    let alone: Vec<Verdict> = states.iter().map(|state| bench.verdict(std::slice::from_ref(state))).collect();
    for (first, first_alone) in states.iter().zip(&alone) {
        for (second, second_alone) in states.iter().zip(&alone) {
            let judgement = bench.judge(&[*first, *second]);
            assert_eq!(judgement.verdict, *first_alone.max(second_alone), "{first:?} then {second:?}");
            let first_decides = first_alone >= second_alone;
            assert_eq!(judgement.deciding, Some(usize::from(!first_decides)), "{first:?} then {second:?}");
        }
    }
}

#[test]
fn two_steps_are_monotone() {
    let mut bench = Bench::new(Fails::Closed);
    let few = few_states();
    // Every second state is enough for the companion: the pairs above cover all of them.
    for companion in few.iter().step_by(7) {
        for state in &few {
            let before = bench.verdict(&[*companion, *state]);
            for after in settled(state) {
                let verdict = bench.verdict(&[*companion, after]);
                if before > Verdict::Unknown {
                    assert!(verdict >= before, "{companion:?} with {state:?} -> {after:?}");
                }
                let both_refuse = before == Verdict::WouldNotBlock;
                assert!(!both_refuse || verdict == before, "{companion:?} with {state:?} -> {after:?}");
            }
        }
    }
}

#[test]
fn what_no_gate_covers_is_not_applicable_and_no_path_is_unknown() {
    let mut bench = Bench::new(Fails::Closed);
    bench.incident.fields.path.clear();
    let judgement = derive::judgement(&bench.incident, &bench.gate, &STATUSES);
    assert_eq!((judgement.verdict, judgement.assessed, judgement.relevant), (Verdict::Unknown, false, true));
    let state = all_states()[0];
    bench.incident.fields.path = vec![Step { action: slug("answer"), ..step(&state) }];
    let judgement = derive::judgement(&bench.incident, &bench.gate, &STATUSES);
    assert_eq!((judgement.verdict, judgement.row.number()), (Verdict::NotApplicable, 0));
    assert!(!judgement.relevant);
}

#[test]
fn a_gate_counts_unless_the_action_is_known_to_have_gone_another_way() {
    let state = all_states()[0];
    let base = Step { crosses: Table::default(), avoids: Table::default(), ..step(&state) };
    let mut bench = Bench::new(Fails::Closed);
    let mapped = std::mem::take(&mut bench.incident.fields.gates);
    let known = |boundary: &str| under(boundary, refs(0));
    let open = |boundary: &str| under(boundary, refs(9));
    let both = || {
        known("shell")
            .iter()
            .chain(open("deploy-pipeline").iter())
            .map(|(id, it)| (id.clone(), it.clone()))
            .collect()
    };
    for (crosses, avoids, counts) in [
        (Table::default(), Table::default(), true),
        (open("shell"), Table::default(), true),
        (known("shell"), Table::default(), false),
        (known("shell"), known("deploy-pipeline"), true),
        (both(), Table::default(), true),
        (known("deploy-pipeline"), Table::default(), true),
        (Table::default(), known("shell"), true),
    ] {
        bench.incident.fields.path =
            vec![Step { crosses: crosses.clone(), avoids: avoids.clone(), ..base.clone() }];
        let judgement = derive::judgement(&bench.incident, &bench.gate, &STATUSES);
        assert_eq!(judgement.relevant, counts, "crosses {crosses:?}, avoids {avoids:?}");
        bench.incident.fields.gates = mapped.clone();
        assert!(
            derive::judgement(&bench.incident, &bench.gate, &STATUSES).relevant,
            "a gate that the record maps"
        );
        bench.incident.fields.gates.clear();
    }
}

/// The open conditions of some steps, each with the place of its step.
fn open(states: &[State]) -> Vec<(usize, Condition)> {
    let of = |state: &State| {
        let open = [
            (Condition::Happened, state.happened == Known::Nothing),
            (Condition::Crossed, state.crossed == Known::Nothing),
            (Condition::NotApproved, state.not_approved == Known::Nothing),
            (Condition::NotDefeated, matches!(state.defeated, Known::Holds(_))),
            (Condition::HarmDepends, state.harm == Extent::Nothing),
            (Condition::OnlyRoute, state.only_route == Known::Nothing),
        ];
        open.into_iter().filter(|(_, open)| *open).map(|(condition, _)| condition)
    };
    let states = states.iter().enumerate();
    states.flat_map(|(at, state)| of(state).map(move |condition| (at, condition))).collect()
}

/// The open questions: a defeat that is recorded and not known rests on one statement at every step, and is one
/// question. Of what else is open nothing is recorded, so every step asks for itself.
fn questions(states: &[State]) -> Vec<Vec<(usize, Condition)>> {
    let (shared, own): (Vec<_>, Vec<_>) =
        open(states).into_iter().partition(|(_, condition)| *condition == Condition::NotDefeated);
    let own = own.into_iter().map(|it| vec![it]);
    own.chain((!shared.is_empty()).then_some(shared)).collect()
}

/// The steps with these conditions settled, as a record would say it.
fn with(states: &[State], settle: &[Settlement]) -> Vec<State> {
    let mut states = states.to_vec();
    for it in settle {
        let state = &mut states[it.step];
        let known = if it.value == Settled::Fails { Known::Fails(1) } else { Known::Holds(1) };
        match (it.condition, it.value) {
            (Condition::Happened, _) => state.happened = known,
            (Condition::Crossed, _) => state.crossed = known,
            (Condition::NotApproved, _) => state.not_approved = known,
            (Condition::OnlyRoute, _) => state.only_route = known,
            // That a gate was not defeated is what a record says by saying nothing.
            (Condition::NotDefeated, Settled::Fails) => state.defeated = Known::Fails(1),
            (Condition::NotDefeated, _) => state.defeated = Known::Nothing,
            (Condition::HarmDepends, Settled::Holds) => state.harm = Extent::All(1),
            (Condition::HarmDepends, Settled::InPart) => state.harm = Extent::Some(1),
            (Condition::HarmDepends, Settled::Fails) => state.harm = Extent::None(1),
        }
    }
    states
}

/// Every smallest set that changes the verdict, found by trying every assignment of every open condition on a record.
fn by_brute_force(bench: &mut Bench, states: &[State]) -> BTreeMap<BTreeSet<Settlement>, Verdict> {
    let now = bench.verdict(states);
    let mut all: Vec<Vec<Settlement>> = vec![Vec::new()];
    for asked in questions(states) {
        let longer = all.iter().flat_map(|settle| {
            let answers = Settled::of(asked[0].1).iter().map(|value| {
                let at = |(step, condition): &(usize, Condition)| Settlement {
                    step: *step,
                    condition: *condition,
                    value: *value,
                };
                asked.iter().map(at).collect::<Vec<_>>()
            });
            answers.map(|answer| [settle.as_slice(), &answer].concat()).collect::<Vec<_>>()
        });
        let longer: Vec<_> = longer.collect();
        all.extend(longer);
    }
    let flips: BTreeMap<BTreeSet<Settlement>, Verdict> = all
        .into_iter()
        .map(|settle| (bench.verdict(&with(states, &settle)), settle))
        .filter(|(verdict, _)| *verdict != now)
        .map(|(verdict, settle)| (settle.into_iter().collect(), verdict))
        .collect();
    let smaller = |set: &BTreeSet<Settlement>| flips.keys().any(|less| less.is_subset(set) && less != set);
    flips.iter().filter(|(set, _)| !smaller(set)).map(|(set, verdict)| (set.clone(), *verdict)).collect()
}

/// Compares what is printed with what every assignment shows; returns the number of sets.
fn agrees(bench: &mut Bench, states: &[State]) -> usize {
    let judgement = bench.judge(states);
    let changes = derive::changes(&judgement, &bench.gate);
    assert!(!changes.more, "{states:?}");
    let printed: BTreeMap<BTreeSet<Settlement>, Verdict> =
        changes.sets.iter().map(|it| (it.settle.iter().copied().collect(), it.to)).collect();
    assert_eq!(printed.len(), changes.sets.len(), "a set is printed twice: {states:?}");
    assert_eq!(printed, by_brute_force(bench, states), "{states:?}");
    printed.len()
}

/// States in which much is open, and in which little is.
fn open_states() -> Vec<State> {
    let two_sided = [Known::Nothing, Known::Holds(1), Known::Fails(0)];
    let harm = [Extent::Nothing, Extent::All(0), Extent::Some(1), Extent::None(0)];
    states(&[Known::Nothing, Known::Holds(1)], &two_sided, &[Known::Nothing, Known::Holds(0)], &harm)
}

#[test]
fn what_would_change_a_verdict_is_what_changes_it() {
    let states = open_states();
    for fails in [Fails::Closed, Fails::Open] {
        let mut bench = Bench::new(fails);
        let sets: usize = states.iter().map(|state| agrees(&mut bench, std::slice::from_ref(state))).sum();
        assert!(sets > 400, "few sets were found at all: {sets}");
    }
    let mut bench = Bench::new(Fails::Closed);
    let mut pairs = 0;
    for first in states.iter().step_by(11) {
        for second in states.iter().step_by(7) {
            let pair = [*first, *second];
            if open(&pair).len() <= 6 {
                agrees(&mut bench, &pair);
                pairs += 1;
            }
        }
    }
    assert!(pairs > 1000, "few pairs were tried: {pairs}");
}

#[test]
fn three_steps_are_brought_down_together() {
    let mut bench = Bench::new(Fails::Closed);
    let state = State {
        happened: Known::Holds(1),
        crossed: Known::Nothing,
        not_approved: Known::Nothing,
        defeated: Known::Nothing,
        harm: Extent::All(1),
        only_route: Known::Holds(1),
    };
    // Two ways down for each of three steps, and one way up for each.
    assert_eq!(agrees(&mut bench, &[state; 3]), 8 + 3);
}

#[test]
fn beyond_the_bound_it_is_said_that_there_are_more() {
    let mut bench = Bench::new(Fails::Closed);
    let state = State { harm: Extent::Nothing, happened: Known::Holds(1), ..open_states()[0] };
    let judgement = bench.judge(&[state; 20]);
    let changes = derive::changes(&judgement, &bench.gate);
    assert_eq!((changes.sets.len(), changes.more), (derive::MOST_SETS, true));
}

#[test]
fn what_rests_on_one_statement_is_one_question_at_twenty_steps() {
    let mut bench = Bench::new(Fails::Closed);
    let state = State {
        happened: Known::Holds(1),
        crossed: Known::Holds(9),
        not_approved: Known::Holds(9),
        defeated: Known::Nothing,
        harm: Extent::All(1),
        only_route: Known::Nothing,
    };
    let judgement = bench.judge(&[state; 20]);
    let changes = derive::changes(&judgement, &bench.gate);
    let verdicts: Vec<Verdict> = changes.sets.iter().map(|it| it.to).collect();
    assert_eq!(verdicts, [Verdict::WouldNotBlock, Verdict::WouldNotBlock, Verdict::OnlyIfRouted]);
    assert!(!changes.more && changes.sets.iter().all(|it| it.settle.len() >= 20));
}

/// The steps with a lack mended, as a record would say it; a route that was there is another case, and so is the gate.
fn mended(states: &[State], lack: &Lack) -> (Vec<State>, Fails) {
    let (mut states, mut fails) = (states.to_vec(), None);
    let state = &mut states[lack.step];
    let stronger = |known: &mut Known| {
        if *known == Known::Holds(0) {
            *known = Known::Holds(1);
        }
    };
    for need in &lack.needs {
        match need {
            Need::Corroborate { condition, .. } => match condition {
                Condition::Happened => stronger(&mut state.happened),
                Condition::Crossed => stronger(&mut state.crossed),
                Condition::NotApproved => stronger(&mut state.not_approved),
                Condition::OnlyRoute => stronger(&mut state.only_route),
                Condition::NotDefeated => {}
                Condition::HarmDepends => {
                    state.harm = match state.harm {
                        Extent::All(_) => Extent::All(1),
                        Extent::Some(_) => Extent::Some(1),
                        other => other,
                    }
                }
            },
            Need::NoOtherRoute { .. } | Need::ClosedRoute { .. } => state.only_route = Known::Holds(1),
            Need::FailClosed => fails = Some(Fails::Closed),
        }
    }
    (states, fails.unwrap_or(Fails::Open))
}

#[test]
fn what_a_routed_verdict_lacks_is_all_that_it_lacks() {
    let mut seen = BTreeSet::new();
    for fails in [Fails::Closed, Fails::Open] {
        let mut bench = Bench::new(fails);
        for state in all_states() {
            let judgement = bench.judge(&[state]);
            let lacks = derive::changes(&judgement, &bench.gate).lacks;
            if judgement.verdict != Verdict::OnlyIfRouted {
                assert!(lacks.is_empty(), "{state:?}");
                continue;
            }
            let [lack] = lacks.as_slice() else { panic!("one step lacks one thing or more: {state:?}") };
            let verdict = |bench: &mut Bench, lack: &Lack| {
                let (states, mended) = mended(&[state], lack);
                bench.gate.fields.fails = if fails == Fails::Closed { fails } else { mended };
                let verdict = bench.verdict(&states);
                bench.gate.fields.fails = fails;
                verdict
            };
            assert_eq!(verdict(&mut bench, lack), lack.to, "{state:?}, {lack:?}");
            for at in 0..lack.needs.len() {
                let mut less = lack.clone();
                less.needs.remove(at);
                let reached = verdict(&mut bench, &less);
                assert_eq!(reached, Verdict::OnlyIfRouted, "{state:?} does not need {:?}", lack.needs[at]);
            }
            seen.insert((lack.to, lack.needs.len()));
        }
    }
    assert!(seen.len() > 6, "{seen:?}");
}
