//! The words that generated records are made of. Every system, company and newspaper in here is invented.

/// A kind of action, where it takes place, and how it is told.
pub(crate) struct Scene {
    /// The action's id in the taxonomy.
    pub(crate) action: &'static str,
    /// The gate that a text about it speaks of.
    pub(crate) gate: &'static str,
    /// The boundary it goes through, and another way to the same effect.
    pub(crate) boundaries: [&'static str; 2],
    /// What it harms.
    pub(crate) impact: &'static str,
    /// As a noun, in the present and in the past.
    pub(crate) told: [&'static str; 3],
    /// What it is done to.
    pub(crate) objects: &'static [&'static str],
}

macro_rules! scenes {
    ($($action:literal $gate:literal [$one:literal $other:literal] $impact:literal,
       $noun:literal $present:literal $past:literal: $($object:literal),+;)+) => {
        &[$(Scene {
            action: $action,
            gate: $gate,
            boundaries: [$one, $other],
            impact: $impact,
            told: [$noun, $present, $past],
            objects: &[$($object),+],
        }),+]
    };
}

#[rustfmt::skip]
pub(crate) const SCENES: &[Scene] = scenes! {
    "delete-infrastructure" "deploy" ["deploy-pipeline" "cloud-api"] "service-interruption", "deletion" "deletes" "deleted":
        "the staging cluster", "the ticketing environment", "the mail relay", "the search nodes", "the billing environment", "the archive volume";
    "delete-data" "data-mutation" ["database" "shell"] "data-loss", "deletion" "erases" "erased":
        "the booking table", "the supplier list", "a folder of contracts", "the sample register", "the rota of a ward", "the parts catalogue";
    "modify-data" "data-mutation" ["database" "tool-call"] "data-corruption", "change" "overwrites" "overwrote":
        "the price list", "the address book", "the stock figures", "the grading sheet", "the meter readings", "the seating plan";
    "execute-command" "runtime" ["shell" "network-egress"] "code-execution", "command" "launches" "launched":
        "a clean-up script", "an unsigned installer", "a recursive copy", "a network scan", "a disk repair", "a load test";
    "merge-or-push" "merge" ["code-merge" "shell"] "service-interruption", "merge" "merges" "merged":
        "a rewritten login module", "a change of the tax rules", "a disabled test suite", "an unreviewed patch", "a new routing table", "a dependency update";
    "transfer-value" "value-transfer" ["payment" "tool-call"] "financial-loss", "payment" "settles" "settled":
        "a duplicate invoice", "a refund claim", "a cancelled order", "a deposit", "a freight bill", "an unknown licence fee";
    "make-commitment" "outbound-message" ["outbound-message" "browser"] "false-commitment", "promise" "promises" "promised":
        "a refund outside the rules", "a lifetime warranty", "free delivery abroad", "a seat upgrade", "a rent reduction", "a delivery date";
    "send-or-publish" "publish" ["publishing" "outbound-message"] "misinformation", "publication" "publishes" "published":
        "an unchecked obituary", "a false recall notice", "a draft of the accounts", "an invented timetable", "a wrong dosage table", "an old election result";
    "read-sensitive-data" "tool-call" ["tool-call" "database"] "data-exposure", "disclosure" "reveals" "revealed":
        "a patient file", "the payroll of a branch", "private meeting notes", "a complaint dossier", "the visitor log", "exam results";
    "use-credential" "credential" ["credential-store" "cloud-api"] "unauthorised-access", "sign-in" "borrows" "borrowed":
        "a forgotten service key", "an administrator session", "the backup account", "a partner token", "the release key", "a test login";
    "grant-access" "access-grant" ["access-grant" "tool-call"] "unauthorised-access", "grant" "opens" "opened":
        "a private repository", "the personnel drive", "the door system", "a shared mailbox", "the design archive", "a customer portal";
    "install-or-publish-package" "publish" ["package-registry" "shell"] "code-execution", "release" "releases" "released":
        "a half-finished plugin", "a package with debug code", "an altered driver", "an early firmware", "a browser extension", "a test build";
    "consume-resources" "infrastructure" ["cloud-api" "shell"] "resource-abuse", "allocation" "rents" "rented":
        "a hundred graphics servers", "a fleet of crawlers", "an idle training cluster", "a storage tier", "a translation quota", "a render farm";
    "answer" "outbound-message" ["browser" "tool-call"] "misinformation", "answer" "recommends" "recommended":
        "a closed mountain trail", "an unsuitable cleaning agent", "a repealed tax form", "a wrong bus line", "an unsafe ladder", "a false opening hour";
};

pub(crate) const OCCASIONS: [&str; 30] = [
    "during a nightly migration",
    "after a model update",
    "while closing a ticket",
    "in a pilot project",
    "during a holiday weekend",
    "while tidying a workspace",
    "after an unclear instruction",
    "in a rehearsal",
    "during an audit",
    "while answering a complaint",
    "after a failed login",
    "in a training session",
    "during a power cut",
    "while translating a manual",
    "after a change of supplier",
    "in a shared browser",
    "during an office move",
    "while sorting invoices",
    "after a long conversation",
    "in a customer trial",
    "during a storm warning",
    "while preparing a report",
    "after a restart",
    "in a night shift",
    "during quarterly planning",
    "while testing a connector",
    "after an expired contract",
    "in a public demo",
    "during a hiring round",
    "while merging two accounts",
];

pub(crate) const SYSTEM_NAMES: [&str; 12] = [
    "Marlin", "Tansy", "Quillon", "Bracken", "Ostrel", "Pellin", "Harrowby", "Juniper", "Solvane",
    "Wexcombe", "Dunlin", "Ember",
];
pub(crate) const SYSTEM_ROLES: [&str; 4] = ["Desk", "Pilot", "Clerk", "Runner"];
pub(crate) const COMPANY_NAMES: [&str; 12] = [
    "Haldenby",
    "Corvale",
    "Norrick",
    "Tamsel",
    "Greywater",
    "Lindoro",
    "Pennick",
    "Ashgrove",
    "Velmora",
    "Stonebeck",
    "Ardley",
    "Fennimore",
];
pub(crate) const COMPANY_TRADES: [&str; 4] = ["Foods", "Freight", "Clinics", "Insurance"];
pub(crate) const NEWSPAPERS: [&str; 12] = [
    "Halden Courier",
    "Northmoor Gazette",
    "Evening Lantern",
    "Portside Record",
    "Tideway Post",
    "Ledger and Wire",
    "Uplands Observer",
    "Signal Weekly",
    "Market Bellman",
    "Civic Mirror",
    "Quayside Herald",
    "Daily Almoner",
];

/// Contributing factors, each with the sentence that says so.
pub(crate) const FACTORS: [(&str, &str); 10] = [
    ("inherited-permissions", "{system} worked with the permissions of the person who had started it."),
    ("instruction-as-only-control", "A sentence in the prompt was the only limit on what {system} could do."),
    ("no-environment-separation", "Test work and live operation at {operator} shared one set of accounts."),
    ("untrusted-content", "The task given to {system} contained text from outside {operator}."),
    ("unverified-output", "The output of {system} was passed on without a check against the files."),
    ("over-broad-credential", "The key in use opened every project of {operator} and not this one alone."),
    ("missing-rollback", "No tested way back existed for {object}."),
    ("approval-not-bound", "Approvals at {operator} named a kind of action and not one exact action."),
    ("confirmations-disabled", "Confirmation prompts had been switched off for the session."),
    ("missing-limits", "Nothing capped how many actions {system} could take in one session."),
];

/// What is said and not settled.
pub(crate) const RUMOURS: [&str; 8] = [
    "The same kind of {noun} had happened at {operator} once before.",
    "A customer of {operator} noticed the {noun} before the staff did.",
    "A copy of {object} was kept outside the environment.",
    "The model behind {system} had been replaced in the same week.",
    "A warning was shown on a console before the {noun} took place.",
    "{operator} has compensated those who were affected.",
    "A second team at {operator} had asked for a narrower account.",
    "The session had been running for more than a day.",
];

pub(crate) const LESSONS: [&str; 6] = [
    "An identity of its own, narrower than its user's, limits what an agent can reach before any rule is read.",
    "An approval that names one exact action leaves less room than one that names a tool.",
    "A rule that stands only in a prompt is lost when the conversation is shortened.",
    "Live data and practice data belong behind separate credentials.",
    "A public account that names the control path lets others judge which control matters.",
    "A cap on the number of actions works even while nobody is watching.",
];

/// General sentences for the text of a record.
pub(crate) const REMARKS: [&str; 10] = [
    "The case is of interest beyond {operator}, because the same arrangement is common wherever agents work with borrowed rights.",
    "Nothing in the accounts suggests an attack; each step looked ordinary when seen alone.",
    "The interval between the {noun} and the first question was long enough for the effect to spread to other teams.",
    "What the people involved could see on their screens was a summary written by the agent, and not the action itself.",
    "A receipt for this exact {noun}, bound to {object}, is what a gate at this place asks for.",
    "That a credential allowed the {noun} says what was possible, and not what had been agreed.",
    "The order of events is pieced together from several accounts, which give times in different zones.",
    "Several readers of the first report asked for the log of the session; it has not been made public.",
    "The parties describe the same afternoon in different words, and this record keeps to what both leave standing.",
    "The `approve-all` setting named in one account is **not** documented in the product's handbook.",
];
