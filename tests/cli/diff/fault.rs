//! Sides that cannot be read, and words that name no version.

use insta::assert_snapshot;

use super::{kinds, two_files};
use crate::support::{Bench, CASE, bench};

#[test]
fn what_is_neither_file_nor_revision_is_said() {
    let bench = bench().committed();
    assert_snapshot!(bench.run("diff nonesuch"), @r#"
    --- stderr
    error: "nonesuch" is neither a file nor a revision
    help: a file that is gone from the work tree is named after --
    --- exit 2
    "#);
    assert_snapshot!(bench.run("diff HEAD:nonesuch.toml case.toml"), @r#"
    --- stderr
    error: cannot read HEAD:nonesuch.toml: there is no file "nonesuch.toml" in "HEAD"
    help: paths start at the repository's root, or with ./ at this directory
    --- exit 2
    "#);
    assert_snapshot!(bench.run("diff nonesuch:case.toml case.toml"), @r#"
    --- stderr
    error: cannot read nonesuch:case.toml: unknown revision "nonesuch"
    --- exit 2
    "#);
    assert_snapshot!(bench.run("diff HEAD -- nonesuch.toml"), @"
    --- stderr
    error: cannot read nonesuch.toml: there is no such file in HEAD or in the work tree
    --- exit 2
    ");
    assert_snapshot!(bench.run("diff case.toml HEAD"), @r#"
    --- stderr
    error: "HEAD" is a revision and stands after a file
    help: name revisions first, then --, then files
    --- exit 2
    "#);
    assert_snapshot!(bench.run("diff case.toml case.toml case.toml"), @"
    --- stderr
    error: more than two files can only be compared with a revision
    help: put them after --, as in `ach diff HEAD -- FILE...`
    --- exit 2
    ");
    assert_snapshot!(bench.run("diff a b c -- case.toml"), @"
    --- stderr
    error: there are more than two versions
    help: name REV, REV REV, REV..REV or REV...REV
    --- exit 2
    ");
}

#[test]
fn what_is_both_file_and_revision_is_for_the_user_to_say() {
    let bench = bench().file("main", CASE).committed().edit("main", "did not bark", "barked");
    assert_snapshot!(bench.run("diff main"), @r#"
    --- stderr
    error: "main" is both a file and a revision
    help: write `ach diff main --` or `ach diff -- main`
    --- exit 2
    "#);
    assert_eq!(kinds(&bench.json("diff --format json -- main")), ["evidence-field-set"]);
}

#[test]
fn an_inconsistent_side_is_compared_and_told_of() {
    let bench = two_files().edit("case.toml", "name = \"The dog\"", "name = \"The dog\"\nprior = 0.5");
    assert_snapshot!(bench.run("diff old.toml case.toml --only conclusion --method bayes"), @"
    old.toml -> case.toml               TLP:CLEAR
    3 hypotheses, scored by bayes

    The leader changed: The children -> none
    Bayes cannot score the version after, which contradicts itself.

     Hypothesis                Before   After
    ─────────────────────────────────────────────
     dog         The dog       2  29%  -    -
     Kids        The children  1  71%  -    -
     burglar     A burglar     -    -  -    -

    ach table case.toml shows the matrix as it is now

    TLP:CLEAR
    --- stderr
    error[priors]: no prior for children
      --> case.toml:12:1
       |
    10 | prior = 0.5
       |         --- since this hypothesis has one
    11 |
    12 | [[hypothesis]]
       | ^^^^^^^^^^^^^^ expected a prior here too
       |
       = help: give it the 0.5 that is left to 1, or remove every prior: then all start equal
    ");
    assert_snapshot!(bench.run("diff old.toml case.toml --stat"), @"
    TLP:CLEAR

      old.toml -> case.toml  2 judgements, 1 added, 1 renamed, 3 fields, 2 texts; the leader changed:
                             The children -> The dog

    TLP:CLEAR
    --- stderr
    error[priors]: no prior for children
      --> case.toml:12:1
       |
    10 | prior = 0.5
       |         --- since this hypothesis has one
    11 |
    12 | [[hypothesis]]
       | ^^^^^^^^^^^^^^ expected a prior here too
       |
       = help: give it the 0.5 that is left to 1, or remove every prior: then all start equal
    ");
}

#[test]
fn a_broken_side_is_told_with_its_errors() {
    let bench = two_files().edit("case.toml", r#"dog = "CC""#, r#"dog = "CCC""#);
    assert_snapshot!(bench.run("diff old.toml case.toml"), @r#"
    --- stderr
    error[unknown-rating]: unknown rating "CCC"
      --> case.toml:29:7
       |
    29 | dog = "CCC"
       |       ^^^^^ expected one of CC, C, N, I, II, NA
       |
       = help: did you mean "CC"?

    --- exit 2
    "#);
    let bench = bench.file("old.toml", "title = \"no scenario\"\n");
    assert_snapshot!(bench.run("diff old.toml case.toml"), @r#"
    --- stderr
    error[not-a-scenario]: this file is not a scenario: it has no key `ach`
     --> old.toml:1:1
      |
    1 | title = "no scenario"
      | ^ expected `ach = 1`
      |
      = help: a scenario starts with `ach = 1`

    error[unknown-rating]: unknown rating "CCC"
      --> case.toml:29:7
       |
    29 | dog = "CCC"
       |       ^^^^^ expected one of CC, C, N, I, II, NA
       |
       = help: did you mean "CC"?

    --- exit 2
    "#);
}

#[test]
fn a_broken_scenario_does_not_hide_the_others() {
    let bench = Bench::new()
        .file("a.toml", CASE)
        .file("b.toml", CASE)
        .committed()
        .edit("a.toml", r#"dog = "CC""#, r#"dog = "CCC""#)
        .edit("b.toml", "did not bark", "barked");
    assert_snapshot!(bench.run("diff --stat"), @r#"
    TLP:CLEAR

      b.toml  1 text

    TLP:CLEAR
    --- stderr
    error[unknown-rating]: unknown rating "CCC"
      --> a.toml:28:7
       |
    28 | dog = "CCC"
       |       ^^^^^ expected one of CC, C, N, I, II, NA
       |
       = help: did you mean "CC"?

    --- exit 2
    "#);
}

#[cfg(unix)]
#[test]
fn a_file_that_became_a_link_is_gone_in_a_commit_as_in_the_work_tree() {
    let bench =
        bench().file("other.toml", CASE).committed().edit("other.toml", r#"dog = "CC""#, r#"dog = "C""#);
    std::fs::remove_file(bench.path("case.toml")).expect("it is there");
    std::os::unix::fs::symlink("other.toml", bench.path("case.toml")).expect("links can be made");
    let now = bench.result("diff --stat");
    let bench = bench.commit("two");
    assert_eq!(bench.result("diff --stat HEAD~1..HEAD"), now);
    assert!(now.contains("case.toml") && now.contains("other.toml"), "{now}");
}

#[test]
fn a_scenario_that_became_too_large_is_not_told_to_be_gone() {
    let mut large = CASE.as_bytes().to_vec();
    large.resize(64 * 1024 * 1024 + 1, b'\n');
    let bench = bench().committed().file("case.toml", large);
    let said = bench.run("diff");
    assert!(said.contains("over the limit of 64 MiB") && said.ends_with("--- exit 2\n"), "{said}");
    assert!(!said.contains("gone"), "{said}");
}

#[test]
fn a_file_that_a_sparse_checkout_leaves_out_is_not_gone() {
    let bench = bench().committed().edit("case.toml", r#"dog = "CC""#, r#"dog = "N""#).commit("two");
    let bench = bench.git("sparse-checkout set --no-cone /* !/case.toml");
    assert!(!bench.has("case.toml"));
    assert!(!bench.run("diff HEAD -- case.toml").contains("gone"));
    assert!(bench.run("diff HEAD~1 -- case.toml").contains("crumbs"));
}
