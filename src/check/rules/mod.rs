//! The table of rules. One rule is a small file of logic and a Markdown page beside it, which is its
//! documentation, `registry explain CODE`, its page on the site, and its tests.

pub(crate) mod aggregator_as_source;
pub(crate) mod anchor_alias_or_tag;
pub(crate) mod archive_missing;
pub(crate) mod asserted_as_verified;
pub(crate) mod bare_mention;
pub(crate) mod blame_wording;
pub(crate) mod body_sections;
pub(crate) mod config_unknown_key;
pub(crate) mod confirmed_but_unconfirmed;
pub(crate) mod contradiction_without_counter;
pub(crate) mod contradictory_path;
pub(crate) mod control_bidi_or_invisible_character;
pub(crate) mod correction_missing;
pub(crate) mod dates_out_of_order;
pub(crate) mod digest_without_origin;
pub(crate) mod disputed_as_verified;
pub(crate) mod duplicate_id;
pub(crate) mod duplicate_key;
pub(crate) mod duplicate_statement_id;
pub(crate) mod duplicate_title;
pub(crate) mod false_precision;
pub(crate) mod gate_incomplete;
pub(crate) mod gate_unmapped;
pub(crate) mod harm_missing;
pub(crate) mod id_filename_mismatch;
pub(crate) mod id_not_in_ledger;
pub(crate) mod invalid_date;
pub(crate) mod invalid_yaml;
pub(crate) mod key_order;
pub(crate) mod leftover_todo;
pub(crate) mod likely_duplicate;
pub(crate) mod line_endings_or_bom;
pub(crate) mod links_report_invalid;
pub(crate) mod mapped_gate_not_applicable;
pub(crate) mod merge_target_missing_or_cyclic;
pub(crate) mod missing_field;
pub(crate) mod mixed_script;
pub(crate) mod not_a_proposition;
pub(crate) mod not_a_regular_file;
pub(crate) mod number_without_statement;
pub(crate) mod overclaim_in_prose;
pub(crate) mod path_collision;
pub(crate) mod personal_data;
pub(crate) mod pin_differs;
pub(crate) mod pin_missing;
pub(crate) mod policy_changed;
pub(crate) mod raw_html;
pub(crate) mod reporting_as_fact;
pub(crate) mod secret;
pub(crate) mod severity_basis;
pub(crate) mod source_not_https;
pub(crate) mod step_without_evidence;
pub(crate) mod taxonomy_invalid;
pub(crate) mod text_cut_by_comment;
pub(crate) mod text_length;
pub(crate) mod title_style;
pub(crate) mod too_large;
pub(crate) mod unclosed_code_block;
pub(crate) mod unfinished_merge;
pub(crate) mod unknown_field;
pub(crate) mod unknown_gate;
pub(crate) mod unknown_incident;
pub(crate) mod unknown_source;
pub(crate) mod unknown_statement_reference;
pub(crate) mod unknown_term;
pub(crate) mod unread_reference;
pub(crate) mod unreadable_utf8;
pub(crate) mod unsafe_link;
pub(crate) mod unsearched_unknown;
pub(crate) mod unsupported_statement;
pub(crate) mod unused_allow;
pub(crate) mod unused_source;
pub(crate) mod vanished_id;
pub(crate) mod withdrawn_without_reason;
pub(crate) mod wrong_type;

// What rules are written with, so that each file names only what is its own.
pub(crate) use super::{Change, Check, Reporter, Rule};
pub(crate) use crate::diagnostic::{Code, Diagnostic, Severity};
pub(crate) use crate::files::{File, FileId, Files, Span, Spanned};
pub(crate) use crate::model::gate::Gate;
pub(crate) use crate::model::id::Slug;
pub(crate) use crate::model::incident::Incident;
pub(crate) use crate::model::registry::{Derivation, Records, Registry};
pub(crate) use crate::model::tree::Document;

/// Every rule, by family and number.
pub static RULES: &[&Rule] = &[
    &invalid_yaml::RULE,
    &unknown_field::RULE,
    &missing_field::RULE,
    &wrong_type::RULE,
    &unknown_term::RULE,
    &duplicate_key::RULE,
    &invalid_date::RULE,
    &anchor_alias_or_tag::RULE,
    &text_length::RULE,
    &body_sections::RULE,
    &line_endings_or_bom::RULE,
    &key_order::RULE,
    &text_cut_by_comment::RULE,
    &unclosed_code_block::RULE,
    &id_filename_mismatch::RULE,
    &duplicate_id::RULE,
    &id_not_in_ledger::RULE,
    &vanished_id::RULE,
    &duplicate_title::RULE,
    &likely_duplicate::RULE,
    &withdrawn_without_reason::RULE,
    &merge_target_missing_or_cyclic::RULE,
    &unknown_statement_reference::RULE,
    &unknown_source::RULE,
    &unknown_incident::RULE,
    &unknown_gate::RULE,
    &unused_source::RULE,
    &duplicate_statement_id::RULE,
    &unread_reference::RULE,
    &unsupported_statement::RULE,
    &disputed_as_verified::RULE,
    &asserted_as_verified::RULE,
    &digest_without_origin::RULE,
    &false_precision::RULE,
    &number_without_statement::RULE,
    &severity_basis::RULE,
    &aggregator_as_source::RULE,
    &unsearched_unknown::RULE,
    &confirmed_but_unconfirmed::RULE,
    &reporting_as_fact::RULE,
    &source_not_https::RULE,
    &archive_missing::RULE,
    &dates_out_of_order::RULE,
    &contradiction_without_counter::RULE,
    &pin_differs::RULE,
    &overclaim_in_prose::RULE,
    &step_without_evidence::RULE,
    &gate_unmapped::RULE,
    &mapped_gate_not_applicable::RULE,
    &harm_missing::RULE,
    &contradictory_path::RULE,
    &gate_incomplete::RULE,
    &not_a_proposition::RULE,
    &pin_missing::RULE,
    &control_bidi_or_invisible_character::RULE,
    &blame_wording::RULE,
    &personal_data::RULE,
    &secret::RULE,
    &raw_html::RULE,
    &unsafe_link::RULE,
    &bare_mention::RULE,
    &leftover_todo::RULE,
    &mixed_script::RULE,
    &title_style::RULE,
    &too_large::RULE,
    &not_a_regular_file::RULE,
    &path_collision::RULE,
    &unreadable_utf8::RULE,
    &config_unknown_key::RULE,
    &taxonomy_invalid::RULE,
    &unused_allow::RULE,
    &policy_changed::RULE,
    &correction_missing::RULE,
    &links_report_invalid::RULE,
    &unfinished_merge::RULE,
];
