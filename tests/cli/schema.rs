//! `ach schema`.

use crate::support::Bench;

#[test]
fn the_schema_is_draft_07() {
    let schema = Bench::new().json("schema");
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
}

#[test]
fn a_new_scenario_names_the_schema_that_is_installed_above_it() {
    let bench = Bench::new().git("init -q").file("cases/readme", "");
    bench.run("new cases/before.toml");
    assert!(!bench.read("cases/before.toml").contains("#:schema"));
    bench.run("schema --install");
    bench.run("new cases/after.toml");
    assert!(bench.read("cases/after.toml").starts_with("#:schema ../scenario.schema.json\n"));
    assert_eq!(
        bench.run("check cases/after.toml --only version-not-first"),
        "cases/after.toml: no findings\n"
    );
    let again = bench.run("schema --install .");
    assert!(again.starts_with("wrote ./scenario.schema.json"), "{again}");
}
