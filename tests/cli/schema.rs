//! `ach schema`.

use crate::support::Bench;

#[test]
fn the_schema_is_draft_07() {
    let schema = Bench::new().json("schema");
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
}
