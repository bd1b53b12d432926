//! `ach diff`.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "what is not as expected fails the test, and files come and go"
)]

mod fault;
mod layout;
mod part;
mod version;

use serde_json::Value;

use crate::support::{Bench, CASE, bench};

/// The case after a second look: judgements, a weight, texts, an item, an order, an id.
fn second_look(bench: Bench) -> Bench {
    bench
        .edit(
            "case.toml",
            r#"children = "I""#,
            r#"children = { rating = "II", confidence = "high", note = "Small shoes." }"#,
        )
        .edit("case.toml", r#"dog = "II""#, r#"dog = "C""#)
        .edit("case.toml", r#"relevance = "high""#, r#"relevance = "low""#)
        .edit("case.toml", "stands washed in", "was put back into")
        .edit("case.toml", r#"id = "barking""#, r#"id = "silence""#)
        .edit(
            "case.toml",
            "name = \"A burglar\"\n",
            "name = \"A burglar\"\nnote = \"Nothing else is missing.\"\n",
        )
        .edit("case.toml", "as_of = 2025-03-09", "as_of = 2025-03-10")
        .edit(
            "case.toml",
            "[[evidence]]\nid = \"plate\"",
            "[[evidence]]\nid = \"fork\"\ntext = \"A fork lies under the table\"\ncredibility = \"low\"\n\
             [evidence.ratings]\ndog = \"I\"\nchildren = \"CC\"\n\n[[evidence]]\nid = \"plate\"",
        )
}

/// Two files: the case and the case after a second look.
fn two_files() -> Bench {
    second_look(bench()).file("old.toml", CASE)
}

/// A committed case, looked at again in the work tree.
fn repository() -> Bench {
    second_look(bench().committed())
}

fn kinds(diff: &Value) -> Vec<String> {
    let changes = diff["changes"].as_array().expect("changes are a list");
    changes.iter().map(|change| change["kind"].as_str().expect("a kind is a text").to_owned()).collect()
}
