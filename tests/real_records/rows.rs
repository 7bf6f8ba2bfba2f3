//! The mistakes: what is written in place of what, and what must be found. Data only.

/// One mistake, and all that is found of it.
pub(crate) struct Row {
    /// The rule.
    pub(crate) code: &'static str,
    /// What a contributor did.
    pub(crate) mistake: &'static str,
    /// How.
    pub(crate) edits: &'static [Edit],
    /// Every finding, that of the rule first.
    pub(crate) found: &'static [Found],
    /// Why others come with it, where they do.
    pub(crate) because: &'static str,
}

/// One edit of the repository.
pub(crate) enum Edit {
    /// In a file, one text in place of another, which stands there once.
    Put(&'static str, &'static str, &'static str),
    /// The same, with bytes that need not be text; read from a disk.
    Bytes(&'static str, &'static str, &'static [u8]),
    /// In a file, one text in place of another wherever it stands.
    Everywhere(&'static str, &'static str, &'static str),
    /// A file filled up to a size; read from a disk.
    Grow(&'static str, usize),
    /// A file under a further name.
    Copy(&'static str, &'static str),
    /// A file under another name.
    Rename(&'static str, &'static str),
    /// A file that was not there.
    Write(&'static str, &'static str),
    /// A file that goes.
    Remove(&'static str),
    /// A symbolic link to somewhere; read from a disk.
    Link(&'static str, &'static str),
    /// A text as it was before the change, where it is another now.
    Before(&'static str, &'static str, &'static str),
    /// Nothing; the row is judged as a change.
    Compared,
    /// A workflow of the repository that the change edits.
    Workflow(&'static str),
}

/// A finding.
#[derive(Debug)]
pub(crate) struct Found {
    /// Its rule.
    pub(crate) code: &'static str,
    /// Its file.
    pub(crate) path: &'static str,
    /// A part of its line, with marks around all that is underlined.
    pub(crate) at: &'static str,
    /// Essential words of the message, the help or a label.
    pub(crate) says: &'static str,
}

const fn row(
    code: &'static str,
    mistake: &'static str,
    edits: &'static [Edit],
    found: &'static [Found],
) -> Row {
    Row { code, mistake, edits, found, because: "" }
}

const fn found(code: &'static str, path: &'static str, at: &'static str, says: &'static str) -> Found {
    Found { code, path, at, says }
}

use Edit::{Before, Bytes, Compared, Copy, Everywhere, Grow, Link, Put, Remove, Rename, Workflow, Write};

const CURSOR: &str = "incidents/APM-0003.md";
const KIRO: &str = "incidents/APM-0005.md";
const TILL: &str = "incidents/APM-0008.md";
const BYLINES: &str = "incidents/APM-0046.md";
const LEDGER: &str = "incidents/ids.lock";
const TAXONOMY: &str = "taxonomy.yaml";
const ENTITIES: &str = "entities.yaml";
const CONFIG: &str = "registry.toml";
const DEPLOY: &str = "gates/deploy.md";

pub(crate) const ROWS: &[Row] = &[
    row(
        "S01",
        "a colon in a title without quotes",
        &[Put(
            TILL,
            "title: McDonald's ends IBM's voice ordering test, during",
            "title: McDonald's: IBM's test ends, during",
        )],
        &[found("S01", TILL, "title: McDonald's«:» IBM's", "")],
    ),
    row(
        "S01",
        "an apostrophe inside single quotes",
        &[Put(
            TILL,
            "title: McDonald's ends IBM's voice ordering test, during which customers filmed wrong orders",
            "title: 'McDonald's ends the voice ordering test'",
        )],
        &[found("S01", TILL, "title: 'McDonald«'»s ends", "")],
    ),
    row(
        "S02",
        "the plural of a field",
        &[Put(KIRO, "    publisher: Engadget\n", "    publishers: Engadget\n")],
        &[found("S02", KIRO, "«publishers»: Engadget", "`engadget` has no field")],
    ),
    row(
        "S02",
        "prose in flow style, with a comma",
        &[Put(
            KIRO,
            "  - id: f16\n    text: Kiro came out in July 2025.\n    sources:\n      - ft\n      - engadget\n",
            "  - {id: f16, text: Kiro came out, in July 2025, sources: [ft]}\n",
        )],
        &[found("S02", KIRO, "text: Kiro came out, «in July 2025», sources", "")],
    ),
    row(
        "S02",
        "a misspelt list of statements",
        &[Put(KIRO, "\nverified:\n", "\nverifed:\n")],
        &[found("S02", KIRO, "«verifed»:", "")],
    ),
    row(
        "S02",
        "the sources in the singular",
        &[Put(KIRO, "\nsources:\n", "\nsource:\n")],
        &[found("S02", KIRO, "«source»:", "")],
    ),
    row(
        "S02",
        "a path in the plural",
        &[Put(KIRO, "\npath:\n", "\npaths:\n")],
        &[found("S02", KIRO, "«paths»:", "")],
    ),
    row("S02", "one gate", &[Put(CURSOR, "\ngates:\n", "\ngate:\n")], &[found("S02", CURSOR, "«gate»:", "")]),
    row(
        "S02",
        "open statements under another word",
        &[Put(TILL, "\nunconfirmed:\n", "\nunverified:\n")],
        &[found("S02", TILL, "«unverified»:", "")],
    ),
    row(
        "S03",
        "a source without its publisher",
        &[Put(KIRO, "    publisher: Engadget\n", "")],
        &[found("S03", KIRO, "«engadget»:", "")],
    ),
    row("S03", "no severity", &[Put(KIRO, "severity: 3\n", "")], &[found("S03", KIRO, "«id»: APM-0005", "")]),
    row(
        "S04",
        "a word where a number belongs",
        &[Put(KIRO, "severity: 3\n", "severity: moderate\n")],
        &[found("S04", KIRO, "severity: «moderate»", "")],
    ),
    row(
        "S04",
        "a figure with its unit",
        &[Put(KIRO, "    amount: 13\n", "    amount: 13 hours\n")],
        &[found("S04", KIRO, "amount: «13 hours»", "")],
    ),
    row(
        "S05",
        "a misspelt system",
        &[Put(KIRO, "systems: [kiro]", "systems: [kro]")],
        &[found("S05", KIRO, "systems: [«kro»]", "")],
    ),
    row(
        "S05",
        "a boundary in the plural",
        &[Put(TILL, "      tool-call: u1\n", "      tool-calls: u1\n")],
        &[found("S05", TILL, "«tool-calls»: u1", "")],
    ),
    row(
        "S05",
        "a gate that covers an action there is not",
        &[Put(DEPLOY, "  - deploy-release\n", "  - deploy-releases\n")],
        &[found("S05", DEPLOY, "- «deploy-releases»", "")],
    ),
    row(
        "S06",
        "a field pasted twice",
        &[Put(TILL, "operators: [mcdonalds]\n", "operators: [mcdonalds]\noperators: [mcdonalds, ibm]\n")],
        &[found("S06", TILL, "«operators»: [mcdonalds, ibm]", "")],
    ),
    row(
        "S07",
        "a date as it is spoken",
        &[Put(KIRO, "disclosed: 2026-02-20\n", "disclosed: 20 February 2026\n")],
        &[found("S07", KIRO, "disclosed: «20 February 2026»", "")],
    ),
    row(
        "S07",
        "a thirty-first of June in the timeline",
        &[Put(TILL, "  - date: 2024-06-13\n", "  - date: 2024-06-31\n")],
        &[found("S07", TILL, "date: «2024-06-31»", "")],
    ),
    row(
        "S08",
        "a text that begins with an asterisk",
        &[Put(KIRO, "    text: Kiro is launched.\n", "    text: *Kiro* is launched.\n")],
        &[found("S08", KIRO, "text: «*Kiro*» is launched.", "")],
    ),
    row(
        "S08",
        "a list that is to be used again",
        &[Put(KIRO, "operators: [aws]\n", "operators: &who [aws]\n")],
        &[found("S08", KIRO, "operators: «&who» [aws]", "")],
    ),
    row(
        "S09",
        "a summary that tells everything",
        &[Put(
            TILL,
            "How an order got from the voice system to the till is not public.",
            "How an order got from the voice system to the till is not public, and neither is who confirmed it there, if anybody did, before the kitchen started to prepare the food that nobody in the car had asked for.",
        )],
        &[found(
            "S09",
            TILL,
            "«From 2021 a voice system supplied by IBM took drive-thru orders in more than 100 McDonald's restaurants.»",
            "`summary` has",
        )],
    ),
    row(
        "S09",
        "an answer where a title belongs",
        &[Put(
            TILL,
            "title: McDonald's ends IBM's voice ordering test, during which customers filmed wrong orders",
            "title: none",
        )],
        &[found("S09", TILL, "title: «none»", "no more than an answer")],
    ),
    row(
        "S10",
        "a heading that reads a little otherwise",
        &[Put(TILL, "## Why it matters\n", "## Why it mattered\n")],
        &[found("S10", TILL, "## «Why it mattered»", "")],
    ),
    row(
        "S10",
        "sections in another order",
        &[
            Put(TILL, "## Notes\n", "## Why it counts\n"),
            Put(TILL, "## Why it matters\n", "## Notes\n"),
            Put(TILL, "## Why it counts\n", "## Why it matters\n"),
        ],
        &[found("S10", TILL, "## «Missing authorization check»", "")],
    ),
    Row {
        code: "S04",
        mistake: "a boundary that is not indented below its key",
        edits: &[Put(KIRO, "      deploy-pipeline: u1\n      cloud-api: u2\n", "    deploy-pipeline: u1\n")],
        found: &[
            found("S04", KIRO, "«crosses»", "indent it by two spaces more"),
            found("S02", KIRO, "«deploy-pipeline»: u1", "indent it by two spaces more"),
        ],
        because: "one tells what is empty, the other what stands beside it; both tell the same way out",
    },
    Row {
        code: "S09",
        mistake: "a summary that is not indented",
        edits: &[Put(
            KIRO,
            "summary: >-\n  In December 2025 one Region",
            "summary: >-\nIn short: one Region",
        )],
        found: &[
            found("S09", KIRO, "«summary»", "the line below is not indented"),
            found("S02", KIRO, "«In short»", "indent it by two spaces more"),
        ],
        because: "one tells what is empty, the other what stands beside it; both tell the same way out",
    },
    row(
        "S10",
        "a gate that does not say what it does not show",
        &[Put(DEPLOY, "## What it does not show\n", "### What it does not show\n")],
        &[found("S10", DEPLOY, "«### What it does not show»", "is not read as the section")],
    ),
    row(
        "S11",
        "a file saved on another system",
        &[Everywhere(TILL, "\n", "\r\n")],
        &[found("S11", TILL, "---«»", "CRLF")],
    ),
    row(
        "S11",
        "a byte order mark",
        &[Put(TILL, "---\nid: ", "\u{feff}---\nid: ")],
        &[found("S11", TILL, "«\\u{feff}»---", "byte order mark")],
    ),
    row(
        "S12",
        "two dates in another order",
        &[Put(
            KIRO,
            "disclosed: 2026-02-20\nfiled: 2026-02-21\n",
            "filed: 2026-02-21\ndisclosed: 2026-02-20\n",
        )],
        &[found("S12", KIRO, "«disclosed»: 2026-02-20", "")],
    ),
    row(
        "S13",
        "a number sign in a text",
        &[Put(
            KIRO,
            "    text: Kiro is launched.\n",
            "    text: Kiro is launched as tool #1 of its maker.\n",
        )],
        &[found("S13", KIRO, "Kiro is launched as tool «#1 of its maker.»", "")],
    ),
    row(
        "S14",
        "a code block without an end",
        &[Put(KIRO, "## Technical read\n", "## Technical read\n\n```console\n$ terraform destroy\n")],
        &[found("S14", KIRO, "«```»console", "")],
    ),
    row(
        "I01",
        "another number in the file than in its name",
        &[Put(KIRO, "id: APM-0005\ntitle", "id: APM-0006\ntitle")],
        &[found("I01", KIRO, "id: «APM-0006»", "")],
    ),
    row(
        "I01",
        "a draft's file with capitals in its name",
        &[
            Copy(TILL, "incidents/APM-0000-Voice Orders.md"),
            Put("incidents/APM-0000-Voice Orders.md", "id: APM-0008\n", "id: APM-0000\n"),
            Put("incidents/APM-0000-Voice Orders.md", "title: McDonald's ends", "title: A chain ends"),
            Put("incidents/APM-0000-Voice Orders.md", "attribution:", "related: [APM-0008]\nattribution:"),
        ],
        &[found(
            "I01",
            "incidents/APM-0000-Voice Orders.md",
            "id: «APM-0000»",
            "holds capitals and a blank\nname the file `APM-0000-voice-orders`",
        )],
    ),
    row(
        "I02",
        "a copied record that keeps its number",
        &[Copy(TILL, "incidents/APM-0009.md")],
        &[found("I02", "incidents/APM-0009.md", "id: «APM-0008»", "")],
    ),
    row(
        "I02",
        "a number minted twice",
        &[Put(LEDGER, "APM-0046 2026-11-21\n", "APM-0046 2026-11-21\nAPM-0046 2026-11-22\n")],
        &[found("I02", LEDGER, "«APM-0046 2026-11-22»", "")],
    ),
    row(
        "I03",
        "a number that nobody minted",
        &[Put(LEDGER, "APM-0008 2024-06-20\n", "")],
        &[found("I03", TILL, "id: «APM-0008»", "this range is held back")],
    ),
    row(
        "I03",
        "a new record under a number of one's own choice",
        &[
            Copy(TILL, "incidents/APM-0101.md"),
            Put("incidents/APM-0101.md", "id: APM-0008\n", "id: APM-0101\n"),
            Put("incidents/APM-0101.md", "title: McDonald's ends", "title: A chain ends"),
            Put("incidents/APM-0101.md", "attribution:", "related: [APM-0008]\nattribution:"),
        ],
        &[found("I03", "incidents/APM-0101.md", "id: «APM-0101»", "")],
    ),
    row(
        "I04",
        "a record that is removed",
        &[Remove(TILL)],
        &[found("I04", LEDGER, "«APM-0008 2024-06-20»", "was minted and has no record")],
    ),
    row(
        "I04",
        "a published record made a draft",
        &[Put(TILL, "status: published\n", "status: draft\n")],
        &[found("I04", TILL, "status: «draft»", "")],
    ),
    row(
        "I04",
        "a record removed with its line",
        &[Remove(TILL), Put(LEDGER, "APM-0008 2024-06-20\n", "")],
        &[found("I04", LEDGER, "«»APM-0001..APM-0100 reserved", "takes `APM-0008` out of the ledger")],
    ),
    row(
        "I05",
        "a case filed a second time",
        &[
            Copy(TILL, "incidents/APM-0000-voice.md"),
            Put("incidents/APM-0000-voice.md", "id: APM-0008\n", "id: APM-0000\n"),
        ],
        &[found("I05", "incidents/APM-0000-voice.md", "title: «McDonald's ends IBM's voice", "")],
    ),
    row(
        "I05",
        "the title of another record",
        &[Put(
            TILL,
            "title: McDonald's ends IBM's voice ordering test, during which customers filmed wrong orders",
            "title: Cursor's AI support agent announces a one-device rule that did not exist",
        )],
        &[found(
            "I05",
            TILL,
            "title: «Cursor's AI support agent announces a one-device rule that did not exist»",
            "",
        )],
    ),
    row(
        "I06",
        "a case that is there already, under another title",
        &[
            Copy(TILL, "incidents/APM-0000-drive-thru.md"),
            Put("incidents/APM-0000-drive-thru.md", "id: APM-0008\n", "id: APM-0000\n"),
            Put(
                "incidents/APM-0000-drive-thru.md",
                "title: McDonald's ends IBM's voice ordering test, during which customers filmed wrong orders",
                "title: A drive-thru voice system misunderstands its customers",
            ),
        ],
        &[found(
            "I06",
            "incidents/APM-0000-drive-thru.md",
            "url: «https://ca.news.yahoo.com/mcdonalds-end-ai-drive-thru-212136352.html»",
            "",
        )],
    ),
    row(
        "I07",
        "a record withdrawn without a word",
        &[Put(TILL, "status: published\n", "status: withdrawn\n")],
        &[found("I07", TILL, "status: «withdrawn»", "")],
    ),
    row(
        "I07",
        "a contested record without the party's response",
        &[
            Put(CURSOR, "status: published\n", "status: disputed\n"),
            Put(
                CURSOR,
                "responses:\n  - party: anysphere\n    date: 2025-04\n    source: cursor-reply\n    text: The company said that it has no such rule, that Cursor may be used on several machines, and that its AI support had answered wrongly.\n",
                "",
            ),
        ],
        &[found("I07", CURSOR, "status: «disputed»", "")],
    ),
    row(
        "I08",
        "a record merged into one that is not there",
        &[Put(
            TILL,
            "status: published\n",
            "status: merged\nmerged:\n  into: APM-0007\n  reason: It is one and the same test.\n",
        )],
        &[found("I08", TILL, "into: «APM-0007»", "")],
    ),
    row(
        "I08",
        "two records merged into each other",
        &[
            Put(
                TILL,
                "status: published\n",
                "status: merged\nmerged:\n  into: APM-0003\n  reason: It is one and the same test.\n",
            ),
            Put(
                CURSOR,
                "status: published\n",
                "status: merged\nmerged:\n  into: APM-0008\n  reason: It is one and the same test.\n",
            ),
        ],
        &[found("I08", CURSOR, "into: «APM-0008»", "")],
    ),
    row(
        "L01",
        "a statement misspelt in the text",
        &[Put(
            KIRO,
            "and Amazon counts no customer inquiry about it [f12].",
            "and Amazon counts no customer inquiry about it [f112].",
        )],
        &[found("L01", KIRO, "no customer inquiry about it «[f112]».", "")],
    ),
    row(
        "L01",
        "another id for a statement that is cited",
        &[Put(KIRO, "  - id: f4\n", "  - id: f40\n")],
        &[found("L01", KIRO, "severity_basis: [f1, «f4», f19]", "")],
    ),
    row(
        "L01",
        "a statement misspelt in the path",
        &[Put(KIRO, "      cloud-api: u2\n", "      cloud-api: u22\n")],
        &[found("L01", KIRO, "cloud-api: «u22»", "")],
    ),
    row(
        "L02",
        "a misspelt source",
        &[Put(KIRO, "    source: engadget\n", "    source: engaget\n")],
        &[found("L02", KIRO, "source: «engaget»", "")],
    ),
    row(
        "L02",
        "an origin that nobody knows",
        &[Put(TILL, "    origin: cnbc\n", "    origin: cnn\n")],
        &[found("L02", TILL, "origin: «cnn»", "")],
    ),
    row(
        "L03",
        "a related record that is not there",
        &[Put(TILL, "attribution:", "related: [APM-0033]\nattribution:")],
        &[found("L03", TILL, "related: [«APM-0033»]", "")],
    ),
    row(
        "L03",
        "a record misspelt in the text",
        &[Put(TILL, "## Notes\n\nSeverity 2:", "## Notes\n\nCompare [APM-0030]. Severity 2:")],
        &[found("L03", TILL, "Compare «[APM-0030]». Severity", "")],
    ),
    row(
        "L04",
        "a gate misspelt in the text",
        &[Put(TILL, "The [gate:tool-call] read", "The [gate:toolcall] read")],
        &[found("L04", TILL, "The «[gate:toolcall]» read", "")],
    ),
    row(
        "L04",
        "a misspelt gate",
        &[Put(TILL, "  - gate: tool-call\n", "  - gate: toolcall\n")],
        &[found("L04", TILL, "- gate: «toolcall»", "")],
    ),
    row(
        "L05",
        "a source that supports nothing",
        &[Put(
            TILL,
            "further_reading:\n",
            "  cnbc-report:\n    title: McDonald's to end AI drive-thru test\n    publisher: CNBC\n    url: https://www.cnbc.com/2024/06/17/mcdonalds-to-end-ibm-ai-drive-thru-test.html\n    published: 2024-06-17\n    kind: news\nfurther_reading:\n",
        )],
        &[found("L05", TILL, "«cnbc-report»:", "")],
    ),
    row(
        "L06",
        "a statement's id used again",
        &[Put(KIRO, "  - id: f16\n", "  - id: f15\n")],
        &[found("L06", KIRO, "- id: «f15»", "")],
    ),
    row(
        "L07",
        "two references in one pair of brackets",
        &[Put(
            KIRO,
            "what their accounts cost [f1]. The place was mainland China [f2].",
            "what their accounts cost, in mainland China [f1, f2].",
        )],
        &[found("L07", KIRO, "in mainland China «[f1, f2]». Other", "")],
    ),
    row(
        "E01",
        "a verified statement without a source",
        &[Put(
            KIRO,
            "    text: Kiro came out in July 2025.\n    sources:\n      - ft\n      - engadget\n",
            "    text: Kiro came out in July 2025.\n",
        )],
        &[found("E01", KIRO, "- id: «f16»", "")],
    ),
    row(
        "E02",
        "a contradiction noted at a verified statement",
        &[Put(
            KIRO,
            "    text: AWS received no customer inquiries about the interruption.\n    sources:\n      - amazon\n",
            "    text: AWS received no customer inquiries about the interruption.\n    sources:\n      - amazon\n    contradicted_by:\n      - ft\n    counter: Several customers had asked about it.\n",
        )],
        &[found("E02", KIRO, "- id: «f12»", "\nsupported by `amazon`, tier B")],
    ),
    row(
        "E03",
        "a statement that only a derivative text supports",
        &[Put(
            KIRO,
            "      - source: engadget\n        at: Amazon's remarks to the press\n",
            "      - mashable-copy\n",
        )],
        &[found("E03", KIRO, "- id: «f10»", "")],
    ),
    row(
        "E04",
        "a digest that does not say where it was read",
        &[Put(
            KIRO,
            "    read_at: https://euno.news/posts/en/an-ai-coding-bot-took-down-amazon-web-services-67f1e8\n",
            "",
        )],
        &[found("E04", KIRO, "read: «digest»", "")],
    ),
    row(
        "E05",
        "a day where the sources know the month",
        &[Put(KIRO, "occurred: 2025-12\n", "occurred: 2025-12-15\n")],
        &[found("E05", KIRO, "occurred: «2025-12-15»", "")],
    ),
    row(
        "E06",
        "a loss that nobody has confirmed",
        &[Put(KIRO, "    about: true\n    statement: f19\n", "    about: true\n    statement: u13\n")],
        &[found("E06", KIRO, "statement: «u13»", "")],
    ),
    row(
        "E07",
        "a severity below the recorded hours",
        &[Put(KIRO, "severity: 3\n", "severity: 2\n")],
        &[found("E07", KIRO, "severity: «2»", "")],
    ),
    row(
        "E07",
        "a severity that rests on an open statement",
        &[Put(KIRO, "severity_basis: [f1, f4, f19]", "severity_basis: [f1, u6, f19]")],
        &[found("E07", KIRO, "severity_basis: [f1, «u6», f19]", "")],
    ),
    row(
        "E08",
        "another tracker as a source",
        &[Put(KIRO, "    kind: derivative\n", "    kind: aggregator\n")],
        &[found("E08", KIRO, "kind: «aggregator»", "")],
    ),
    row(
        "E09",
        "an open statement nobody looked for",
        &[Put(
            KIRO,
            "    text: The task given to Kiro was a minor bug fix.\n    looked_in: [amazon, ft, engadget, verge]\n    looked_on: 2026-11-21\n",
            "    text: The task given to Kiro was a minor bug fix.\n",
        )],
        &[found("E09", KIRO, "- id: «u12»", "")],
    ),
    row(
        "E10",
        "an open statement of two independent sources",
        &[Put(
            KIRO,
            "    text: The person using Kiro was in the production environment by mistake.\n    sources:\n      - register\n",
            "    text: The person using Kiro was in the production environment by mistake.\n    sources:\n      - ft\n      - amazon\n",
        )],
        &[found("E10", KIRO, "- id: «u11»", "")],
    ),
    row(
        "E11",
        "a report told as a report",
        &[Put(
            KIRO,
            "Cost Explorer, was interrupted in one of 39",
            "Cost Explorer, was reportedly interrupted in one of 39",
        )],
        &[found("E11", KIRO, "was «reportedly» interrupted", "")],
    ),
    row(
        "E11",
        "the name of the paper in the statement",
        &[Put(
            KIRO,
            "    text: One AWS service, Cost Explorer,",
            "    text: The Financial Times reported that one AWS service, Cost Explorer,",
        )],
        &[found("E11", KIRO, "The Financial Times «reported that» one AWS", "")],
    ),
    row(
        "E12",
        "an address without the s",
        &[Put(
            KIRO,
            "    url: https://www.theregister.com/2026/02/24/amazon_blame_human_not_ai\n",
            "    url: http://www.theregister.com/2026/02/24/amazon_blame_human_not_ai\n",
        )],
        &[found("E12", KIRO, "url: «http://www.theregister.com/2026/02/24/amazon_blame_human_not_ai»", "")],
    ),
    row(
        "E14",
        "the wrong year of disclosure",
        &[Put(KIRO, "disclosed: 2026-02-20\n", "disclosed: 2025-02-20\n")],
        &[found("E14", KIRO, "disclosed: «2025-02-20»", "")],
    ),
    row(
        "E14",
        "news from before the event",
        &[Put(CURSOR, "    published: 2025-04-19\n", "    published: 2024-04-19\n")],
        &[found("E14", CURSOR, "published: «2024-04-19»", "")],
    ),
    row(
        "E14",
        "a timeline that goes backwards",
        &[Put(TILL, "  - date: 2024-06-13\n", "  - date: 2024-07-13\n")],
        &[found("E14", TILL, "date: «2024-06-14»", "")],
    ),
    row(
        "E15",
        "a contradiction without the other account",
        &[Put(KIRO, "    counter: The cause was user error in the access controls and not AI.\n", "")],
        &[found("E15", KIRO, "- «amazon»", "")],
    ),
    row(
        "V01",
        "a verdict one would like",
        &[Put(
            KIRO,
            "  - gate: deploy\n    verdict: unknown\n",
            "  - gate: deploy\n    verdict: would-block\n",
        )],
        &[found("V01", KIRO, "verdict: «would-block»", "")],
    ),
    row(
        "V01",
        "a lost line of the path, and the verdict as it was",
        &[Put(CURSOR, "    not_approved: f3\n", "")],
        &[found("V01", CURSOR, "verdict: «only-if-routed»", "")],
    ),
    row(
        "V02",
        "a claim in the note of a gate",
        &[Put(
            KIRO,
            "If it was made by direct calls with the engineer's role, a check in the workflow never came into play.",
            "The gate would have blocked it.",
        )],
        &[found("V02", KIRO, "The gate «would have blocked» it.", "")],
    ),
    row(
        "V02",
        "a claim in a lesson",
        &[Put(
            TILL,
            "  - Read an unusual amount back to the customer, or show it to a crew member, before the kitchen starts.\n",
            "  - A receipt at the till would have prevented the wrong orders.\n",
        )],
        &[found("V02", TILL, "A receipt at the till «would have prevented» the wrong orders.", "")],
    ),
    row(
        "V03",
        "a step that nothing shows",
        &[Put(TILL, "    evidence:\n      - f4\n", "")],
        &[found("V03", TILL, "- step: «enter-wrong-order»", "")],
    ),
    row(
        "V04",
        "a gate that the evidence speaks for, left out",
        &[Put(
            CURSOR,
            "gates:\n  - gate: outbound-message\n    verdict: only-if-routed\n    note: >-\n      The e-mail stated a term of use that was no decision of the company. A gate helps only if messages that state\n      terms are told apart from ordinary answers and held; a tired signer could still pass a plausible sentence.\n    enforced_at: The sending side of the support inbox, before an answer leaves the company.\n    still_needs:\n      - Every answer that states a price, a right or a rule is held until it matches an approved text or a person entitled to set terms has signed it.\n      - The AI system has no second channel to customers.\n    receipt_for: \"state this rule to a customer: exact wording, policy entry, recipient, approver\"\n",
            "",
        )],
        &[found("V04", CURSOR, "action: «make-commitment»", "")],
    ),
    row(
        "V05",
        "a gate of another kind",
        &[Put(
            KIRO,
            "  - gate: infrastructure\n    verdict: unknown\n",
            "  - gate: data-mutation\n    verdict: not-applicable\n",
        )],
        &[found("V05", KIRO, "- gate: «data-mutation»", "")],
    ),
    row(
        "V06",
        "a step without its harm",
        &[Put(TILL, "    harm:\n      all: f4\n", "")],
        &[found("V06", TILL, "- step: «enter-wrong-order»", "")],
    ),
    row(
        "V07",
        "a boundary crossed and avoided",
        &[Put(
            KIRO,
            "    not_approved: u3\n",
            "    avoids:\n      deploy-pipeline: u2\n    not_approved: u3\n",
        )],
        &[found("V07", KIRO, "«deploy-pipeline»: u2", "")],
    ),
    row(
        "V08",
        "a gate without limits",
        &[Put(
            DEPLOY,
            "limits:\n  - Calls made straight to a cloud account or an internal tool never meet it.\n  - Access rules that are changed by hand after the release are outside its view.\n  - An approver who is given the same wrong information as the agent may sign a harmful release.\n",
            "limits: []\n",
        )],
        &[found("V08", DEPLOY, "«limits»: []", "")],
    ),
    row(
        "V09",
        "a question that the path rests on",
        &[Put(
            KIRO,
            "    text: The deletion went through a deploy pipeline.\n",
            "    text: Whether the deletion went through a deploy pipeline.\n",
        )],
        &[found("V09", KIRO, "text: «Whether the deletion went through a deploy pipeline.»", "")],
    ),
    row(
        "V10",
        "a gate without a verdict",
        &[Put(KIRO, "  - gate: deploy\n    verdict: unknown\n", "  - gate: deploy\n")],
        &[found("V10", KIRO, "- gate: «deploy»", "")],
    ),
    row(
        "T01",
        "a zero-width space that came with a quotation",
        &[Put(
            KIRO,
            "quote: delete and recreate the environment",
            "quote: delete and recreate\u{200b} the environment",
        )],
        &[found("T01", KIRO, "delete and recreate«\\u{200b}» the environment", "")],
    ),
    row(
        "T01",
        "a mark that turns the text",
        &[Put(KIRO, "The place was mainland China [f2].", "The place was \u{202e}mainland China [f2].")],
        &[found("T01", KIRO, "The place was «\\u{202e}»mainland", "")],
    ),
    row(
        "T02",
        "blame in a lesson",
        &[Put(
            KIRO,
            "  - Taking down a live environment deserves",
            "  - The engineer was careless, and taking down a live environment deserves",
        )],
        &[found("T02", KIRO, "The engineer was «careless», and", "")],
    ),
    row(
        "T03",
        "somebody's mail address",
        &[Put(CURSOR, "One of them wrote to support.", "One of them, jane.doe@posteo.de, wrote to support.")],
        &[found("T03", CURSOR, "One of them, «jane.doe@posteo.de», wrote", "")],
    ),
    row(
        "T03",
        "a telephone number in a statement",
        &[Put(
            TILL,
            "    text: Wrong orders were the reason for ending the test.\n",
            "    text: The restaurant with the number +49 30 901820 ended the test for wrong orders.\n",
        )],
        &[found("T03", TILL, "the number «+49 30 901820» ended", "")],
    ),
    row(
        "T04",
        "a key in a command",
        &[Put(
            KIRO,
            "The place was mainland China [f2].",
            concat!(
                "The place was mainland China [f2], as `AWS_ACCESS_KEY_ID=AK",
                "IA5XQ2R7MD4KTW9B1C` shows."
            ),
        )],
        &[found("T04", KIRO, concat!("_ID=«AK", "IA5XQ2R7MD4KTW9B1C»` shows"), "")],
    ),
    row(
        "T05",
        "a line break in HTML",
        &[Put(KIRO, "The place was mainland China [f2].", "The place was mainland China [f2].<br>")],
        &[found("T05", KIRO, "[f2].«<br>» Other", "")],
    ),
    row(
        "T06",
        "a link to one's own machine",
        &[Put(
            KIRO,
            "The place was mainland China [f2].",
            "The place was [mainland China](http://localhost:8000/map) [f2].",
        )],
        &[found("T06", KIRO, "[mainland China](«http://localhost:8000/map») [f2]", "")],
    ),
    row(
        "T06",
        "a source on the company's own network",
        &[Put(
            BYLINES,
            "    url: https://futurism.com/sports-illustrated-ai-generated-writers\n",
            "    url: https://wiki.futurism.internal/sports\n",
        )],
        &[found("T06", BYLINES, "url: «https://wiki.futurism.internal/sports»", "")],
    ),
    row(
        "T07",
        "a handle",
        &[Put(TILL, "attribution: anonymous\n", "attribution: \"@voice-orders\"\n")],
        &[found("T07", TILL, "attribution: \"«@voice-orders»\"", "")],
    ),
    row(
        "T08",
        "a note to oneself",
        &[Put(TILL, "## Technical read\n", "## Technical read\n\nTODO: ask the vendor.\n")],
        &[found("T08", TILL, "«TODO»: ask", "")],
    ),
    row(
        "T09",
        "a letter of another alphabet",
        &[Put(KIRO, "  - id: f16\n    text: Kiro came out", "  - id: f16\n    text: K\u{456}ro came out")],
        &[found("T09", KIRO, "text: K«\u{456}»ro came out", "")],
    ),
    row(
        "T10",
        "a full stop after a title",
        &[Put(
            TILL,
            "during which customers filmed wrong orders\n",
            "during which customers filmed wrong orders.\n",
        )],
        &[found("T10", TILL, "wrong orders«.»", "")],
    ),
    row(
        "R01",
        "a log pasted into a record",
        &[Grow(TILL, 2 << 20)],
        &[found("R01", TILL, "«»", "has 2097152 bytes")],
    ),
    row(
        "R02",
        "a record in a subfolder",
        &[Copy(TILL, "incidents/2024/APM-0000-voice.md"), Grow("incidents/2024/APM-0000-voice.md", 9000)],
        &[found("R02", "incidents/2024/APM-0000-voice.md", "«»", "")],
    ),
    row(
        "R02",
        "a link in place of a record",
        &[Link("incidents/APM-0000-linked.md", "APM-0008.md")],
        &[found("R02", "incidents/APM-0000-linked.md", "«»", "is a symlink")],
    ),
    row(
        "R02",
        "a record filed under its year",
        &[Rename(BYLINES, "incidents/2023/APM-0046.md")],
        &[found("R02", "incidents/2023/APM-0046.md", "«»", "stands in a subfolder")],
    ),
    row(
        "R03",
        "a name that differs in case only",
        &[Copy(DEPLOY, "gates/Deploy.md")],
        &[found("R03", "gates/deploy.md", "«»---", "")],
    ),
    row(
        "R04",
        "a text in Latin-1",
        &[Bytes(TILL, "publisher: Tasting Table\n", b"publisher: Caf\xe9 Table\n")],
        &[found("R04", TILL, "publisher: Caf«»", "")],
    ),
    row(
        "R05",
        "a misspelt setting",
        &[Put(CONFIG, "title = ", "base-url = \"https://registry.example/\"\ntitle = ")],
        &[found("R05", CONFIG, "«base-url» = ", "")],
    ),
    row(
        "R05",
        "a rule by its name",
        &[Put(
            CONFIG,
            "title = \"AI Agent Incident Registry\"\n",
            "title = \"AI Agent Incident Registry\"\n\n[lint]\nblame-wording = \"off\"\n",
        )],
        &[found("R05", CONFIG, "«blame-wording» = ", "")],
    ),
    row(
        "R06",
        "a system that is there already",
        &[Put(
            ENTITIES,
            "organisations:\n",
            "  - id: kiro\n    name: Kiro CLI\n    description: Amazon's agentic coding tool on the command line.\norganisations:\n",
        )],
        &[found("R06", ENTITIES, "- id: «kiro»", "")],
    ),
    row(
        "R06",
        "a level of severity there twice",
        &[Put(TAXONOMY, "  - level: 4\n    label: high\n", "  - level: 3\n    label: high\n")],
        &[found("R06", TAXONOMY, "- level: «3»", "")],
    ),
    row(
        "R07",
        "an exception that nothing needs",
        &[Put(
            TILL,
            "attribution: anonymous\n",
            "attribution: anonymous # registry: allow(T07) the vendor's own name\n",
        )],
        &[found("R07", TILL, "anonymous «# registry: allow(T07) the vendor's own name»", "")],
    ),
    row(
        "R08",
        "a gate edited beside",
        &[Put(DEPLOY, "fails: closed\n", "fails: open\n")],
        &[found("R08", DEPLOY, "«fails: open»", "edits `gates/deploy.md`")],
    ),
    row(
        "R08",
        "a workflow edited beside",
        &[Workflow(".github/workflows/records.yml")],
        &[found("R08", CONFIG, "«»title", "edits `.github/workflows/records.yml`")],
    ),
    row(
        "R08",
        "a system renamed",
        &[Put(ENTITIES, "    name: Kiro\n", "    name: Kiro IDE\n")],
        &[found("R08", ENTITIES, "name: «Kiro IDE»", "what `kiro` is")],
    ),
    row(
        "R09",
        "a statement reworded",
        &[Put(
            KIRO,
            "    text: The interruption lasted about 13 hours.\n",
            "    text: The interruption lasted about 11 hours.\n",
        )],
        &[found("R09", KIRO, "text: «The interruption lasted about 11 hours.»", "`f19` was reworded")],
    ),
    row(
        "R09",
        "another severity",
        &[Put(KIRO, "severity: 3\n", "severity: 4\n")],
        &[found("R09", KIRO, "severity: «4»", "")],
    ),
    row(
        "E02",
        "a contradiction noted where two sources agree",
        &[
            Put(
                KIRO,
                "    conceded_by:\n      - amazon\n  - id: f2\n",
                "    contradicted_by:\n      - register\n    counter: No service was interrupted.\n  - id: f2\n",
            ),
            Put(KIRO, "    kind: analysis\n    read: copy\n", "    kind: news\n    read: copy\n"),
        ],
        &[found("E02", KIRO, "- id: «f1»", "best supported by `amazon`, tier B")],
    ),
    row(
        "L04",
        "a misspelt gate, which is not missing besides",
        &[Put(CURSOR, "  - gate: outbound-message\n", "  - gate: outbound-mesage\n")],
        &[found("L04", CURSOR, "- gate: «outbound-mesage»", "did you mean `outbound-message`?")],
    ),
    row(
        "I02",
        "a copied record under another title",
        &[
            Copy(TILL, "incidents/APM-0009.md"),
            Put("incidents/APM-0009.md", "title: McDonald's ends", "title: A chain ends"),
        ],
        &[found("I02", "incidents/APM-0009.md", "id: «APM-0008»", "")],
    ),
    row(
        "S04",
        "a floor that is no number, and a record that it would have spoken of",
        &[
            Put(TAXONOMY, "  - level: 3\n    hours: 1\n", "  - level: 3\n    hours: one\n"),
            Put(KIRO, "severity: 3\n", "severity: 2\n"),
        ],
        &[found("S04", TAXONOMY, "hours: «one»", "")],
    ),
    row(
        "S01",
        "a colon in the title of a record that another leads to",
        &[
            Put(TILL, "title: McDonald's ends", "title: McDonald's: ends"),
            Put(CURSOR, "attribution:", "related: [APM-0008]\nattribution:"),
            Put(
                KIRO,
                "status: published\n",
                "status: merged\nmerged:\n  into: APM-0008\n  reason: It is one and the same test.\n",
            ),
        ],
        &[found("S01", TILL, "title: McDonald's«:» ends", "")],
    ),
    row(
        "I01",
        "a renamed file of a record that another leads to",
        &[
            Rename(TILL, "incidents/APM-0009.md"),
            Put(CURSOR, "attribution:", "related: [APM-0008]\nattribution:"),
            Put(
                KIRO,
                "status: published\n",
                "status: merged\nmerged:\n  into: APM-0008\n  reason: It is one and the same test.\n",
            ),
        ],
        &[found("I01", "incidents/APM-0009.md", "id: «APM-0008»", "name the file `APM-0008`")],
    ),
    row(
        "I08",
        "a record merged into one of two that lead to each other",
        &[
            Put(
                CURSOR,
                "status: published\n",
                "status: merged\nmerged:\n  into: APM-0005\n  reason: It is one and the same test.\n",
            ),
            Put(
                KIRO,
                "status: published\n",
                "status: merged\nmerged:\n  into: APM-0008\n  reason: It is one and the same test.\n",
            ),
            Put(
                TILL,
                "status: published\n",
                "status: merged\nmerged:\n  into: APM-0005\n  reason: It is one and the same test.\n",
            ),
        ],
        &[found(
            "I08",
            KIRO,
            "into: «APM-0008»",
            "`APM-0005` and what it is merged into lead round in a circle",
        )],
    ),
    row(
        "S04",
        "a figure that cannot be read, in a record that was published",
        &[Compared, Put(KIRO, "severity: 3\n", "severity: moderate\n")],
        &[found("S04", KIRO, "severity: «moderate»", "")],
    ),
    row(
        "S04",
        "a system that cannot be read",
        &[Compared, Put(ENTITIES, "    name: Kiro\n", "    name: [Kiro]\n")],
        &[found("S04", ENTITIES, "name: «[Kiro]»", "")],
    ),
    row(
        "S01",
        "a line of the ledger that cannot be read",
        &[Compared, Put(LEDGER, "APM-0008 2024-06-20\n", "APM-0008 in June\n")],
        &[found("S01", LEDGER, "«APM-0008 in June»", "")],
    ),
    row(
        "R09",
        "a figure mended that could not be read",
        &[Before(KIRO, "severity: 3\n", "severity: moderate\n")],
        &[],
    ),
    row(
        "S05",
        "a misspelt action, on which a verdict rests",
        &[Put(CURSOR, "    action: make-commitment\n", "    action: make-commitments\n")],
        &[found("S05", CURSOR, "action: «make-commitments»", "")],
    ),
    row(
        "S05",
        "a misspelt boundary, on which a verdict rests",
        &[Put(CURSOR, "      outbound-message: f2\n", "      outbound-messages: f2\n")],
        &[found("S05", CURSOR, "«outbound-messages»: f2", "")],
    ),
    row(
        "L04",
        "a misspelt gate that was defeated",
        &[Put(
            CURSOR,
            "    not_approved: f3\n",
            "    not_approved: f3\n    defeats:\n      outbond-message: f2\n",
        )],
        &[found("L04", CURSOR, "«outbond-message»: f2", "")],
    ),
    row(
        "L01",
        "a misspelt statement, on which a verdict rests",
        &[Put(CURSOR, "    not_approved: f3\n", "    not_approved: f55\n")],
        &[found("L01", CURSOR, "not_approved: «f55»", "")],
    ),
    row(
        "L02",
        "a misspelt source, on which a verdict rests",
        &[Put(
            CURSOR,
            "      - source: ars\n        quote: core security feature\n      - wired\n",
            "      - arss\n",
        )],
        &[found("L02", CURSOR, "- «arss»", "")],
    ),
    row(
        "L02",
        "a misspelt source that concedes",
        &[Put(
            CURSOR,
            "    conceded_by:\n      - cursor-reply\n  - id: f4\n",
            "    conceded_by:\n      - cursor-replies\n  - id: f4\n",
        )],
        &[found("L02", CURSOR, "- «cursor-replies»", "")],
    ),
    row(
        "L02",
        "another id for a source that is cited",
        &[Put(KIRO, "  verge:\n    title", "  vergee:\n    title")],
        &[found("L02", KIRO, "- «verge»", "the nearest there is")],
    ),
    row(
        "S01",
        "a gate that cannot be read, and records that name it",
        &[Put(DEPLOY, "name: Deploy Gate\n", "name: Deploy: Gate\n")],
        &[found("S01", DEPLOY, "name: Deploy«:» Gate", "")],
    ),
    row(
        "S04",
        "a level that is no number",
        &[Put(TAXONOMY, "  - level: 1\n    label: minimal\n", "  - level: one\n    label: minimal\n")],
        &[found("S04", TAXONOMY, "level: «one»", "")],
    ),
    row(
        "S04",
        "an organisation's id with a blank, and a source that names it",
        &[Put(ENTITIES, "  - id: cnbc\n", "  - id: CN BC\n")],
        &[found("S04", ENTITIES, "id: «CN BC»", "")],
    ),
    Row {
        code: "S03",
        mistake: "two systems without an id",
        edits: &[
            Put(ENTITIES, "  - id: kiro\n    name", "  - name"),
            Put(ENTITIES, "  - id: advon-content\n    name", "  - name"),
        ],
        found: &[
            found("S03", ENTITIES, "«name»: Kiro", "`id` is missing"),
            found("S03", ENTITIES, "«name»: AdVon", "`id` is missing"),
        ],
        because: "each is a mistake of its own; that neither has an id is no likeness",
    },
    row(
        "S09",
        "a word in place of an address",
        &[Put(
            BYLINES,
            "    url: https://futurism.com/sports-illustrated-ai-generated-writers\n",
            "    url: here\n",
        )],
        &[found("S09", BYLINES, "url: «here»", "")],
    ),
    row(
        "I01",
        "a number of one's own in a file without one",
        &[
            Copy(TILL, "incidents/APM-0000-voice.md"),
            Put("incidents/APM-0000-voice.md", "id: APM-0008\n", "id: APM-0009\n"),
            Put("incidents/APM-0000-voice.md", "title: McDonald's ends", "title: A chain ends"),
            Put("incidents/APM-0000-voice.md", "attribution:", "related: [APM-0008]\nattribution:"),
        ],
        &[found(
            "I01",
            "incidents/APM-0000-voice.md",
            "id: «APM-0009»",
            "write `APM-0000`, or name the file `APM-0009`",
        )],
    ),
    Row {
        code: "V04",
        mistake: "a gate that the evidence speaks for, and another in its place",
        edits: &[Put(
            CURSOR,
            "  - gate: outbound-message\n    verdict: only-if-routed\n",
            "  - gate: publish\n    verdict: not-applicable\n",
        )],
        found: &[
            found("V04", CURSOR, "action: «make-commitment»", "add an entry with `gate: outbound-message`"),
            found("V05", CURSOR, "- gate: «publish»", ""),
        ],
        because: "the gate that is there does not apply, whichever is missing",
    },
    Row {
        code: "S10",
        mistake: "a heading of one's own, in a record with a figure that cannot be read",
        edits: &[
            Put(TILL, "severity: 2\n", "severity: low\n"),
            Put(TILL, "## What happened\n", "## Root cause\n"),
        ],
        found: &[
            found("S10", TILL, "## «Root cause»", "no section is called `Root cause`"),
            found("S10", TILL, "## «Root cause»", "the section `What happened` is missing"),
            found("S04", TILL, "severity: «low»", ""),
        ],
        because: "a field has nothing to do with the sections; that one is missing says what the heading should be",
    },
    Row {
        code: "I03",
        mistake: "two numbers that nobody minted",
        edits: &[Put(LEDGER, "APM-0005 2026-02-21\nAPM-0008 2024-06-20\n", "")],
        found: &[found("I03", KIRO, "id: «APM-0005»", ""), found("I03", TILL, "id: «APM-0008»", "")],
        because: "each record has a number of its own",
    },
    row(
        "I03",
        "no ledger",
        &[Remove(LEDGER)],
        &[found("I03", CURSOR, "id: «APM-0003»", "there is no ledger")],
    ),
    Row {
        code: "T09",
        mistake: "a letter of another alphabet in the name of a field",
        edits: &[Put(KIRO, "attribution: anonymous\n", "attributi\u{43e}n: anonymous\n")],
        found: &[
            found("T09", KIRO, "attributi«\u{43e}»n: anonymous", ""),
            found("S02", KIRO, "«attributi\u{43e}n»: anonymous", ""),
        ],
        because: "without the letter the two names are one to the eye",
    },
    row(
        "S07",
        "a case that is there already, at a time that cannot be read",
        &[
            Copy(TILL, "incidents/APM-0000-drive-thru.md"),
            Put("incidents/APM-0000-drive-thru.md", "id: APM-0008\n", "id: APM-0000\n"),
            Put("incidents/APM-0000-drive-thru.md", "title: McDonald's ends", "title: A chain ends"),
            Put("incidents/APM-0000-drive-thru.md", "occurred: 2021/2024\n", "occurred: 2021 to 2024\n"),
        ],
        &[found("S07", "incidents/APM-0000-drive-thru.md", "occurred: «2021 to 2024»", "")],
    ),
    Row {
        code: "I06",
        mistake: "a case that is there already, with a figure that cannot be read",
        edits: &[
            Copy(TILL, "incidents/APM-0000-drive-thru.md"),
            Put("incidents/APM-0000-drive-thru.md", "id: APM-0008\n", "id: APM-0000\n"),
            Put("incidents/APM-0000-drive-thru.md", "title: McDonald's ends", "title: A chain ends"),
            Put("incidents/APM-0000-drive-thru.md", "severity: 2\n", "severity: low\n"),
        ],
        found: &[
            found("I06", "incidents/APM-0000-drive-thru.md", "url: «https://ca.news.yahoo.com/", ""),
            found("S04", "incidents/APM-0000-drive-thru.md", "severity: «low»", ""),
        ],
        because: "a figure has nothing to do with the likeness",
    },
    Row {
        code: "V01",
        mistake: "a verdict one would like, beside a gate with a version that cannot be read",
        edits: &[
            Put(DEPLOY, "version: 1\n", "version: one\n"),
            Put(
                KIRO,
                "  - gate: deploy\n    verdict: unknown\n",
                "  - gate: deploy\n    verdict: would-block\n",
            ),
        ],
        found: &[
            found("V01", KIRO, "verdict: «would-block»", ""),
            found("S04", DEPLOY, "version: «one»", ""),
        ],
        because: "a version decides no verdict",
    },
    row(
        "S01",
        "a range of the ledger that cannot be read",
        &[Compared, Put(LEDGER, "APM-0001..APM-0100 reserved\n", "APM-0001 to APM-0100 reserved\n")],
        &[found("S01", LEDGER, "«APM-0001 to APM-0100 reserved»", "")],
    ),
    Row {
        code: "R08",
        mistake: "a system renamed, beside an organisation that cannot be read",
        edits: &[
            Put(ENTITIES, "    name: CNBC\n", "    name: [CNBC]\n"),
            Put(ENTITIES, "    name: Kiro\n", "    name: Kiro IDE\n"),
        ],
        found: &[
            found("R08", ENTITIES, "name: «Kiro IDE»", ""),
            found("S04", ENTITIES, "name: «[CNBC]»", ""),
        ],
        because: "systems and organisations are judged apart",
    },
    Row {
        code: "E07",
        mistake: "a severity below the recorded hours, beside an action that cannot be read",
        edits: &[
            Put(TAXONOMY, "    name: Delete data\n", "    name: [Delete data]\n"),
            Put(KIRO, "severity: 3\n", "severity: 2\n"),
        ],
        found: &[
            found("E07", KIRO, "severity: «2»", ""),
            found("S04", TAXONOMY, "name: «[Delete data]»", ""),
        ],
        because: "an action has nothing to do with the floors",
    },
    Row {
        code: "R06",
        mistake: "a level of severity there twice, beside an action that cannot be read",
        edits: &[
            Put(TAXONOMY, "    name: Delete data\n", "    name: [Delete data]\n"),
            Put(TAXONOMY, "  - level: 4\n    label: high\n", "  - level: 3\n    label: high\n"),
        ],
        found: &[
            found("R06", TAXONOMY, "level: «3»", ""),
            found("S04", TAXONOMY, "name: «[Delete data]»", ""),
        ],
        because: "each part of the vocabularies is judged by itself",
    },
    row(
        "S04",
        "an impact's id with a blank, and a floor that names it",
        &[Put(TAXONOMY, "  - id: data-exposure\n", "  - id: Data exposure\n")],
        &[found("S04", TAXONOMY, "id: «Data exposure»", "")],
    ),
    row(
        "E13",
        "a source that a link checker found gone",
        &[Write(
            "links.tsv",
            "url\tchecked\tanswer\nhttps://arstechnica.com/ai/2025/04/cursor-ai-support-bot-invents-fake-policy-and-triggers-user-uproar/\t2026-11-20\t404\n",
        )],
        &[found(
            "E13",
            CURSOR,
            "url: «https://arstechnica.com/ai/2025/04/cursor-ai-support-bot-invents-fake-policy-and-triggers-user-uproar/»",
            "answered 404",
        )],
    ),
    row(
        "R10",
        "a report with blanks for tabs",
        &[Write(
            "links.tsv",
            "url\tchecked\tanswer\nhttps://arstechnica.com/ai/2025/04/cursor-ai-support-bot-invents-fake-policy-and-triggers-user-uproar/ 2026-11-20 200\n",
        )],
        &[found("R10", "links.tsv", "«", "")],
    ),
    row(
        "R11",
        "a merge that was not finished, in the text",
        &[Put(
            KIRO,
            "## Why it matters\n",
            "<<<<<<< HEAD\n## Why it matters\n=======\n## Why it matters\n>>>>>>> wording\n",
        )],
        &[found("R11", KIRO, "«<<<<<<< HEAD»", "")],
    ),
];
