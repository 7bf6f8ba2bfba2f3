//! The decision table, exhaustively: every state of one step, and every pair of a reduced set, judged as records
//! are. Total, monotone, and the best of several steps wins.

mod support;

use incident_registry::derive;
use incident_registry::files::{Span, Spanned};
use incident_registry::model::gate::{Fails, Gate};
use incident_registry::model::id::{Slug, StatementId};
use incident_registry::model::incident::Incident;
use incident_registry::model::path::{Harm, Step};
use incident_registry::model::statement::{StatementRefs, Status};
use incident_registry::model::table::{OneOrMany, Table};
use incident_registry::model::verdict::{Judgement, Verdict};
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
