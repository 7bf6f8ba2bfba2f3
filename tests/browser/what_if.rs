//! What a reader settles on a card: the script's verdict and words against those of the program, for every state of a
//! step, and on the page as a reader does it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use incident_registry::derive;
use incident_registry::explain;
use incident_registry::model::gate::Fails;
use incident_registry::model::statement::Status;
use incident_registry::model::verdict::{Condition, Extent, Finding, Truth};

use crate::page::{Page, css};
use crate::served;

/// What can be known of a condition: a truth, with each status that may carry it, and for the harm how much of it.
fn values(condition: Condition) -> Vec<Finding> {
    let known = [Status::Reported, Status::Corroborated, Status::Established];
    let finding =
        |truth, status, extent| Finding { condition, truth, status, statements: Vec::new(), extent };
    let each = |truth, extent| known.map(|status| finding(truth, Some(status), extent));
    let mut values = vec![finding(Truth::Unknown, None, None)];
    match condition {
        Condition::Happened => values.extend(each(Truth::True, None)),
        Condition::NotDefeated => {
            values.push(finding(Truth::Presumed, None, None));
            values.extend(each(Truth::False, None));
        }
        Condition::HarmDepends => {
            values.extend(each(Truth::True, Some(Extent::All)));
            values.extend(each(Truth::True, Some(Extent::Some)));
            values.extend(each(Truth::False, Some(Extent::None)));
        }
        Condition::Crossed | Condition::NotApproved | Condition::OnlyRoute => {
            values.extend(each(Truth::True, None));
            values.extend(each(Truth::False, None));
        }
    }
    values
}

/// Every state of a step, as the number of the value of each condition.
fn states(values: &[Vec<Finding>]) -> Vec<Vec<usize>> {
    values.iter().fold(vec![Vec::new()], |states, values| {
        let longer = states.iter().flat_map(|state| {
            (0..values.len()).map(move |at| state.iter().copied().chain([at]).collect::<Vec<usize>>())
        });
        longer.collect()
    })
}

/// A finding as the data of a record has it.
fn data(finding: &Finding) -> String {
    let text = |word: Option<&str>| word.map_or("null".to_owned(), |word| format!("\"{word}\""));
    let truth = match finding.truth {
        Truth::True => "true",
        Truth::Presumed => "presumed",
        Truth::False => "false",
        Truth::Unknown => "unknown",
    };
    let extent = finding.extent.map(|extent| match extent {
        Extent::All => "all",
        Extent::Some => "some",
        Extent::None => "none",
    });
    format!(
        "{{\"condition\":\"{}\",\"truth\":\"{truth}\",\"status\":{},\"extent\":{}}}",
        finding.condition.id(),
        text(finding.status.map(Status::word)),
        text(extent)
    )
}

#[test]
fn the_script_judges_every_state_as_the_program_does() {
    let server = served(0);
    let mut tab = Page::open();
    tab.go(&format!("{}incidents/APM-0005/", server.base));
    let values: Vec<Vec<Finding>> = Condition::ALL.iter().map(|it| values(*it)).collect();
    let states = states(&values);
    assert_eq!(states.len(), 4 * 7 * 7 * 5 * 10 * 7);
    let table: Vec<String> = values
        .iter()
        .map(|values| format!("[{}]", values.iter().map(data).collect::<Vec<_>>().join(",")))
        .collect();
    for (fails, word) in [(Fails::Closed, "closed"), (Fails::Open, "open")] {
        // All states of a step, in the order in which the program goes through them; what is said is numbered.
        let script = format!(
            "(async () => {{
                const table = await (await fetch('../../data/decision-table.json')).json();
                const values = [{}];
                const said = new Map(), of = [];
                const visit = (step, at) => {{
                    if (at < values.length) return values[at].forEach((value) => visit([...step, value], at + 1));
                    const row = WhatIf.row(table, step, '{word}');
                    const text = `${{row.verdict}}|${{WhatIf.because(table, row, step, '{word}')}}`;
                    if (!said.has(text)) said.set(text, said.size);
                    of.push(said.get(text));
                }};
                visit([], 0);
                return [...said.keys()].join('\\n') + '\\n\\n' + of.join(' ');
            }})()",
            table.join(",")
        );
        let answer = tab.text(&script);
        let (said, of) = answer.split_once("\n\n").expect("two parts");
        let said: Vec<&str> = said.lines().collect();
        let of: Vec<usize> = of.split(' ').map(|it| it.parse().expect("a number")).collect();
        assert_eq!(of.len(), states.len());
        let mut wrong = String::new();
        let mut seen = BTreeMap::new();
        for (state, number) in states.iter().zip(of) {
            let findings: Vec<Finding> = values.iter().zip(state).map(|(it, at)| it[*at].clone()).collect();
            let (verdict, row) = derive::decide(&findings, fails);
            let text = format!("{}|{}", verdict.id(), explain::because(row, &findings, fails));
            *seen.entry(verdict).or_insert(0) += 1;
            if said[number] != text && wrong.len() < 2000 {
                let _ = writeln!(wrong, "{state:?}: the script says {}, the program {text}", said[number]);
            }
        }
        assert!(wrong.is_empty(), "{wrong}");
        assert_eq!(seen.len(), if fails == Fails::Closed { 5 } else { 3 });
    }
    assert_eq!(tab.findings(&server.base), [""; 0]);
}

#[test]
fn a_reader_settles_what_is_open_and_goes_back_to_the_record() {
    let server = served(1);
    let mut tab = Page::open();
    tab.go(&format!("{}incidents/APM-0005/", server.base));
    let card = "document.querySelector('#gate-deploy')";
    let badge = format!("{card}.querySelector('h3 .verdict').textContent");
    let because = format!("{card}.querySelector('.because').textContent");
    let recorded = (tab.text(&badge), tab.text(&because));
    assert_eq!(recorded.0, "Unknown");
    let settle = |tab: &mut Page, name: &str, value: &str, until: &str| {
        tab.text(&format!(
            "(() => {{ const field = {card}.querySelector('select[name={name}]'); field.value = '{value}';
               field.dispatchEvent(new Event('change')); return ''; }})()"
        ));
        tab.wait_until(&format!("{badge} === '{until}'"));
    };
    settle(&mut tab, "crossed", "fails", "Would not block");
    assert_eq!(tab.text(&because), "The action did not go through the gate's boundary.");
    settle(&mut tab, "crossed", "holds", "Unknown");
    assert_eq!(tab.text(&because), "Not known: whether it had been approved.");
    settle(&mut tab, "not-approved", "holds", "Only if routed");
    assert!(tab.text(&format!("{card}.querySelector('.supposed').textContent")).contains("2 conditions"));
    assert_eq!(tab.text("document.querySelector('#gate-infrastructure h3 .verdict').textContent"), "Unknown");
    tab.click(&css("#gate-deploy .supposed button"));
    tab.wait_until(&format!("{badge} === 'Unknown'"));
    assert_eq!((tab.text(&badge), tab.text(&because)), recorded);
    assert_eq!(tab.findings(&server.base), [""; 0]);
}
