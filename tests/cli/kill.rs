//! Saves that are killed at any moment.
#![cfg(unix)]
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "files come and go")]

use std::time::Duration;

use crate::support::{CASE, bench};

/// Kills saves after moments that are spread over the time that one takes.
fn kill_saves(count: u32) {
    let (one, two) = ("CC", "II");
    let bench = bench();
    bench.run_words(&["set", "case.toml", "crumbs", "dog", one]);
    let [first, second] = [one, two].map(|rating| {
        bench.run_words(&["set", "case.toml", "crumbs", "dog", rating]);
        bench.read("case.toml")
    });
    for number in 0..count {
        let rating = if bench.read("case.toml") == first { two } else { one };
        let mut child = bench.command(&format!("set case.toml crumbs dog {rating}")).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(u64::from(number) * 7919 % 30_000));
        // It may have ended by itself.
        drop(child.kill());
        child.wait().unwrap();
        let now = bench.read("case.toml");
        assert!(now == first || now == second, "after {number} kills: {now}");
    }
    let rating = if bench.read("case.toml") == first { two } else { one };
    bench.run_words(&["set", "case.toml", "crumbs", "dog", rating]);
    let names = std::fs::read_dir(bench.path("")).unwrap();
    let names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["case.toml"], "nothing is left after the next save");
    assert_eq!(bench.read("case.toml").lines().count(), CASE.lines().count());
}

#[test]
fn a_save_that_is_killed_leaves_a_whole_file() {
    kill_saves(40);
}

#[test]
#[ignore = "takes a minute"]
fn a_thousand_saves_that_are_killed_leave_a_whole_file() {
    kill_saves(1_000);
}
