//! R07: an exception that silences nothing, gives no reason, or names what it cannot silence.

use super::{Check, Code, Diagnostic, Rule, Severity, Span, Spanned};
use crate::check::{RULES, rule, similar};
use crate::model::allow::Allow;

pub(crate) static RULE: Rule = Rule {
    code: Code("R07"),
    name: "unused-allow",
    severity: Severity::Error,
    docs: include_str!("unused_allow.md"),
    needs: &[],
    check: Check::Allow,
};

/// The findings for one exception; `idle` says of a word that it names a rule and silences nothing.
pub(in crate::check) fn judge(allow: &Allow, idle: impl Fn(usize, &str) -> bool) -> Vec<Diagnostic> {
    if allow.rules.is_empty() {
        return vec![misshapen(allow)];
    }
    let mut found: Vec<Diagnostic> = allow.rules.iter().filter_map(no_exception).collect();
    let words = allow.rules.iter().enumerate();
    let (idle, kept): (Vec<_>, Vec<_>) = words.partition(|(at, name)| idle(*at, name.as_str()));
    let [idle, kept] = [idle, kept].map(|list| list.into_iter().map(|(_, name)| name).collect::<Vec<_>>());
    // One that goes away needs no reason.
    if allow.reason.is_empty() && !kept.is_empty() && found.is_empty() {
        found.push(unreasoned(allow));
    }
    found.extend(unused(allow, &idle, &kept));
    found
}

fn at(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(RULE.code, span, message)
}

fn misshapen(allow: &Allow) -> Diagnostic {
    at(allow.span, "this comment begins with `registry:` and names no rule to allow")
        .help("write `registry: allow(CODE) and why`, with the code of the finding, or begin the comment with another word")
}

fn unreasoned(allow: &Allow) -> Diagnostic {
    at(allow.span, "this exception gives no reason")
        .help("write after the bracket why the text is right as it is")
}

/// The finding for a word that names no rule, or one that cannot be silenced.
fn no_exception(word: &Spanned<String>) -> Option<Diagnostic> {
    let name = word.as_str();
    let Some(rule) = rule(name) else {
        let help = format!("{} `registry rules` lists them", meant(name));
        return Some(at(word.span, format!("no rule has the code or name `{name}`")).help(help.trim_start()));
    };
    let help = if rule.code == RULE.code {
        "remove it; an exception that is not needed is removed, and one that is needed gives its reason"
    } else {
        "remove it, and mend what the rule finds: unmended, a record could be lost or misread in silence"
    };
    (!rule.may_be_silenced()).then(|| at(word.span, format!("`{name}` cannot be silenced")).help(help))
}

fn meant(name: &str) -> String {
    let names = RULES.iter().map(|rule| rule.name);
    similar::nearest(name, names).map_or_else(String::new, |nearest| format!("did you mean `{nearest}`?"))
}

fn unused(allow: &Allow, idle: &[&Spanned<String>], kept: &[&Spanned<String>]) -> Option<Diagnostic> {
    let first = idle.first()?;
    let help = "remove it, or write it at the end of the line of the finding or on the line above";
    if kept.is_empty() {
        let finding = at(allow.span, "this exception silences nothing").help(help);
        return Some(match allow.removal {
            Some(span) => {
                finding.fix("remove an exception that silences nothing", vec![(span, String::new())])
            }
            None => finding,
        });
    }
    let rest = |finding: Diagnostic, word: &&Spanned<String>| finding.related(word.span, "nor does this");
    let finding = at(first.span, format!("`{}` silences nothing here", first.as_str())).help(help);
    let names: Vec<&str> = kept.iter().map(|word| word.as_str()).collect();
    let list = allow.rules.iter().map(|word| word.span).reduce(Span::to)?;
    let title = format!("remove `{}` from an exception", first.as_str());
    Some(idle[1..].iter().fold(finding, rest).fix(title, vec![(list, names.join(", "))]))
}
