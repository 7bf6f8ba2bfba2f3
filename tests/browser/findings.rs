//! One event of the browser in, what is wrong about it out: whatever a strict and self-contained site never causes.

use serde_json::Value;

/// What an event says against a site that begins at `base`, in words.
pub(crate) fn finding(event: &Value, base: &str) -> Option<String> {
    let it = &event["params"];
    match event["method"].as_str()? {
        "Runtime.consoleAPICalled" => console(it),
        "Runtime.exceptionThrown" => Some(format!("exception: {}", it["exceptionDetails"])),
        "Log.entryAdded" => log(&it["entry"]),
        "Audits.issueAdded" => issue(&it["issue"]),
        "Network.requestWillBeSent" => foreign(words(&it["request"]["url"]), base),
        "Network.responseReceived" => answer(&it["response"]),
        "Network.loadingFailed" if it["canceled"] != true => {
            Some(format!("failed request: {}", words(&it["errorText"])))
        }
        _ => None,
    }
}

fn words(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn console(call: &Value) -> Option<String> {
    let quiet = matches!(words(&call["type"]), "log" | "debug" | "info" | "dir" | "table");
    (!quiet).then(|| format!("console {}: {}", words(&call["type"]), call["args"]))
}

fn log(entry: &Value) -> Option<String> {
    let loud = matches!(words(&entry["level"]), "error" | "warning");
    let place = words(&entry["url"]);
    loud.then(|| format!("logged {}: {} {place}", words(&entry["level"]), words(&entry["text"])))
}

fn issue(issue: &Value) -> Option<String> {
    let violation = &issue["details"]["contentSecurityPolicyIssueDetails"];
    (!violation.is_null()).then(|| format!("policy violation: {violation}"))
}

fn foreign(address: &str, base: &str) -> Option<String> {
    let own = address.starts_with(base) || address.starts_with("data:");
    (!own).then(|| format!("foreign request: {address}"))
}

fn answer(response: &Value) -> Option<String> {
    let status = response["status"].as_u64().unwrap_or_default();
    (status >= 400).then(|| format!("failed request: {status} {}", words(&response["url"])))
}
