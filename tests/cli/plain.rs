//! Plain mode: lines in place of keys, sentences in place of screens.

use insta::assert_snapshot;

use crate::support::{Bench, bench};

#[test]
fn what_is_asked_is_answered_and_changes_nothing() {
    let bench = bench();
    let before = bench.read("case.toml");
    let told = bench
        .run_on("help\nscores\nitems\nhypotheses\nnonsense\nundo\nnext\nquit\n", "edit --plain case.toml");
    assert_snapshot!(told, @r#"
    TLP:CLEAR. Who took the cake?
    Where did the cake go between noon and two?
    3 items, 3 hypotheses, all rated. No errors. The children leads by 1.41, least contradicted.
    Give: ITEM HYPOTHESIS RATING, or item, next, undo, save, quit, help.
    ach> ITEM HYPOTHESIS RATING rates a cell: border ja ii. Without an item it is the last one.
    A rating is CC, C, N, I, II, NA, 1 to 5, or blank. It may be followed by low, medium or high, and by note "TEXT".
    ITEM describes an item. next goes to the next blank cell. scores, items and hypotheses list them.
    undo, redo, save, quit, quit! without saving. With a colon, every command of the editor: :set ID.text TEXT.
    ach> dog: rank 2, -2.83.
    Kids: rank 1, -1.41.
    burglar: rank -, -3.83.
    Kids leads by 1.41.
    ach> crumbs: Crumbs lead from the table to the basket
    plate: The plate stands washed in the rack
    barking: The dog did not bark
    ach> dog: The dog
    Kids: The children
    burglar: A burglar
    ach> No item "nonsense". Nothing was changed.
    ach> Nothing to undo.
    ach> plate: The plate stands washed in the rack
    dog II. Kids C. burglar blank.
    Blank: plate, burglar.
    ach>
    "#);
    assert_eq!(bench.read("case.toml"), before);
}

#[test]
fn whatever_is_unclear_changes_nothing_and_what_is_saved_is_saved() {
    let text = "ach = 1\ntitle = \"Cake\"\n[[hypothesis]]\nid = \"dog\"\nname = \"The dog\"\n\
                [[hypothesis]]\nid = \"children\"\nname = \"The children\"\nshort = \"Kids\"\n\
                [[evidence]]\nid = \"crumbs\"\ntext = \"Crumbs lead to the basket\"\nratings = { dog = \"C\" }\n\
                [[evidence]]\nid = \"crust\"\ntext = \"The crust is gone\"\n";
    let bench = Bench::new().file("cake.toml", text);
    let lines = "cru\ncrum\nkids ii low note \"Late.\"\ncrust dogg c\ncrust dog 3\ncrust dog 3\nundo\n\
                 :set crust.group sweet\nquit\nsave\nquit\n";
    assert_snapshot!(bench.run_on(lines, "edit --plain cake.toml"), @r#"
    Cake.
    2 items, 2 hypotheses, 3 blank cells. No errors. The dog leads, least contradicted.
    Give: ITEM HYPOTHESIS RATING, or item, next, undo, save, quit, help.
    ach> "cru" could be crumbs and crust. Nothing was changed.
    ach> crumbs: Crumbs lead to the basket
    dog C. Kids blank.
    ach> crumbs, Kids: blank is now II, and a note. dog still leads, by 2.00. 3 unsaved.
    ach> No hypothesis "dogg". Did you mean "dog"? Nothing was changed.
    ach> crust, dog: blank is now N. dog still leads, by 2.00. 4 unsaved.
    ach> crust, dog is N already. Nothing was changed.
    ach> Undone: crust, dog is blank again. dog still leads, by 2.00. 3 unsaved.
    ach> Crust group: blank to sweet. 4 unsaved.
    ach> 4 edits are not saved. save, then quit; or quit! to leave without saving.
    ach> Saved cake.toml: 4 changes. dog leads by 2.00, least contradicted.
    ach>
    "#);
    assert_snapshot!(bench.read("cake.toml"), @r#"
    ach = 1
    title = "Cake"
    [[hypothesis]]
    id = "dog"
    name = "The dog"
    [[hypothesis]]
    id = "children"
    name = "The children"
    short = "Kids"
    [[evidence]]
    id = "crumbs"
    text = "Crumbs lead to the basket"
    ratings = { dog = "C", children = { rating = "II", confidence = "low", note = "Late." } }
    [[evidence]]
    id = "crust"
    text = "The crust is gone"
    group = "sweet"
    "#);
}

#[test]
fn unsaved_edits_at_the_end_of_the_input_are_kept_and_said() {
    let before = bench().read("case.toml");
    let bench = Bench::new().file("case.toml", &before);
    let ended = bench.run_on(":set title Another\n", "edit --plain case.toml");
    assert!(ended.contains("1 edit is not saved, but kept for when the file is opened again."), "{ended}");
    assert_eq!(bench.read("case.toml"), before);
    assert!(
        bench
            .run_on("n\n", "edit --plain case.toml")
            .contains("were not saved: 1 step. The file has not changed since.")
    );
}

#[test]
fn the_survey_asks_for_blank_cells_alone_and_goes_on_where_it_was_left() {
    let text = "ach = 1\ntitle = \"Cake\"\n[[hypothesis]]\nid = \"dog\"\nname = \"The dog\"\n\
                [[hypothesis]]\nid = \"children\"\nname = \"The children\"\nshort = \"Kids\"\n\
                [[evidence]]\nid = \"crumbs\"\ntext = \"Crumbs lead to the basket\"\nratings = { dog = \"C\" }\n\
                [[evidence]]\nid = \"crust\"\ntext = \"The crust is gone\"\nnote = \"Seen at two\"\n";
    let bench = Bench::new().file("cake.toml", text);
    let survey = "edit --plain --survey --seed 5 cake.toml";
    assert_snapshot!(bench.run_on("n late\ns\n4\nu\nscores\nx\nq\n", survey), @r#"
    Cake.
    1 CC very expected   2 C   3 N either way   4 I   5 II very unexpected   x does not apply
    n note  s later  u undo  q save, stop
    2 of 4; seed 5
    Kids: The children
    If this were true, how expected is
    "Crumbs lead to the basket"
    fact
    ach> 2 of 4; seed 5
    Kids: The children
    If this were true, how expected is
    "Crumbs lead to the basket"
    fact
    Your note: late
    ach> 2 of 4; seed 5
    The dog
    If this were true, how expected is
    "The crust is gone"
    fact
    Seen at two
    ach> 3 of 4; seed 5
    Kids: The children
    If this were true, how expected is
    "The crust is gone"
    fact
    Seen at two
    ach> 2 of 4; seed 5
    The dog
    If this were true, how expected is
    "The crust is gone"
    fact
    Seen at two
    ach> 1 CC very expected   2 C   3 N either way   4 I   5 II very unexpected   x does not apply
    n note  s later  u undo  q save, stop
    2 of 4; seed 5
    The dog
    If this were true, how expected is
    "The crust is gone"
    fact
    Seen at two
    ach> 3 of 4; seed 5
    Kids: The children
    If this were true, how expected is
    "The crust is gone"
    fact
    Seen at two
    ach>
    "#);
    assert_snapshot!(bench.run_on("II\n2\n3\ns\n\nscores\nq\nquit!\n", survey), @r#"
    Cake.
    1 CC very expected   2 C   3 N either way   4 I   5 II very unexpected   x does not apply
    n note  s later  u undo  q save, stop
    3 of 4; seed 5
    Kids: The children
    If this were true, how expected is
    "Crumbs lead to the basket"
    fact
    Your note: late
    ach> 4 of 4; seed 5
    Kids: The children
    If this were true, how expected is
    "The crust is gone"
    fact
    Seen at two
    ach> 4 of 4; seed 5
    Every cell has its answer.
    ach> Every cell has its answer.
    4 of 4; seed 5
    Every cell has its answer.
    ach> No other cell is left to ask.
    4 of 4; seed 5
    Every cell has its answer.
    ach> Cake.
    2 items, 2 hypotheses, all rated. No errors. The dog leads by 2.00, least contradicted.
    Give: ITEM HYPOTHESIS RATING, or item, next, undo, save, quit, help.
    ach> dog: rank 1, 0.00.
    Kids: rank 2, -2.00.
    dog leads by 2.00.
    ach> 2 edits are not saved. save, then quit; or quit! to leave without saving.
    ach>
    "#);
    assert_snapshot!(bench.run_on("", "edit --plain --survey HEAD:cake.toml"), @"
    --- stderr
    error: cannot read HEAD:cake.toml: . is not in a git repository
    help: revisions need a file that is in a git repository
    --- exit 2
    ");
}

#[test]
fn a_session_on_the_worked_case_reads_as_sentences() {
    let case = include_str!("../../scenarios/tajik-border.toml");
    let bench = Bench::new().file("tajik-border.toml", case);
    let lines = "border\nja ii\nno-claim iskp i note \"Claims came late before.\"\nterrain smug n\nundo\n\
                 redo\nundo\njaa c\nno-claim etim c\nsave\nquit\n";
    let told = bench.run_on(lines, "edit --plain tajik-border.toml");
    assert!(!told.contains('\u{1b}'), "{told}");
    assert_snapshot!(told, @r#"
    Attacks on Chinese workers on the Tajik-Afghan border.
    Who carried out the attacks of 26 and 30 November 2025?
    31 items, 6 hypotheses, all rated. No errors. East Turkestan Islamic Movement (ETIM) leads by 1.00, least contradicted.
    Give: ITEM HYPOTHESIS RATING, or item, next, undo, save, quit, help.
    ach> border-post-spared: A Tajik border post not far from the miners' camp was not attacked on 26 November
    Smugglers I. ISKP C. ETIM CC. JA I, low confidence. Rogue T. I. Others blank.
    ach> border-post-spared, JA: I is now II. ETIM still leads, by 1.12. 1 unsaved.
    ach> no-claim, ISKP: II is now I, and a note. ETIM still leads, by 1.12. 3 unsaved.
    ach> terrain, Smugglers: C is now N. ETIM still leads, by 1.12. 4 unsaved.
    ach> Undone: terrain, Smugglers is C again. ETIM still leads, by 1.12. 3 unsaved.
    ach> Redone: terrain, Smugglers is N again. ETIM still leads, by 1.12. 4 unsaved.
    ach> Undone: terrain, Smugglers is C again. ETIM still leads, by 1.12. 3 unsaved.
    ach> No hypothesis "jaa". Did you mean "JA"? Nothing was changed.
    ach> no-claim, ETIM: N is now C. ETIM still leads, by 1.12. 4 unsaved.
    ach> Saved tajik-border.toml: 4 changes. ETIM leads by 1.12, least contradicted.
    ach>
    "#);
}

#[test]
fn what_only_a_screen_can_show_is_said_and_changes_nothing() {
    let bench = bench();
    let before = bench.read("case.toml");
    let lines = ":help\n:search crumbs\n:sources\n:scenario\n:panel scores\n:goto barking\n:nonsense\nquit\n";
    assert_snapshot!(bench.run_on(lines, "edit --plain case.toml"), @r#"
    TLP:CLEAR. Who took the cake?
    Where did the cake go between noon and two?
    3 items, 3 hypotheses, all rated. No errors. The children leads by 1.41, least contradicted.
    Give: ITEM HYPOTHESIS RATING, or item, next, undo, save, quit, help.
    ach> That is for the screen of the editor; :set ID.FIELD TEXT changes a field here.
    ach> Search takes nothing after it.
    ach> That is for the screen of the editor; :set ID.FIELD TEXT changes a field here.
    ach> That is for the screen of the editor; :set ID.FIELD TEXT changes a field here.
    ach> That is for the screen of the editor; :set ID.FIELD TEXT changes a field here.
    ach> barking: The dog did not bark
    dog NA. Kids C. burglar I.
    ach> There is no command "nonsense": `:` lists the commands.
    ach>
    "#);
    assert_eq!(bench.read("case.toml"), before);
}

#[test]
fn bytes_that_are_no_text_and_long_lines_change_nothing_and_end_nothing() {
    use std::io::Write;
    let bench = bench();
    let before = bench.read("case.toml");
    let mut command = bench.command("edit --plain case.toml");
    command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    let line = "x".repeat(10_000);
    let mut input = child.stdin.take().unwrap();
    input.write_all(b"crumbs \xff\xfe dog\n").unwrap();
    input.write_all(format!("{line}\n{}\nquit\n", "a ".repeat(5_000)).as_bytes()).unwrap();
    drop(input);
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{told}");
    assert_eq!(told.matches("Nothing was changed.").count(), 3, "{told}");
    assert!(told.lines().all(|line| line.len() < 200), "{told}");
    assert_eq!(bench.read("case.toml"), before);
}
