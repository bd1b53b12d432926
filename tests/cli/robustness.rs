//! `ach robustness`.

use insta::assert_snapshot;

use crate::support::{Bench, CASE, bench};

#[test]
fn who_would_come_first_is_said_first() {
    assert_snapshot!(bench().run("robustness case.toml"), @"
    Who took the cake?                                               TLP:CLEAR
    Where did the cake go between noon and two?  3 items, 3 hypotheses, as of 2025-03-09, by weighted

    If ratings were a step off, The children would lead alone in 64.0% of cases and level with others in
    31.5%; next The dog alone in 4.5% of cases and level with others in 31.5%.
    Rejected, so without a rank: A burglar.

     Hypothesis                Alone  Level  Ranks
    ──────────────────────────────────────────────────────────────────────────
     children    The children  64.0%  31.5%  ██████████████████████████▓▓▓▓▓▓
     dog         The dog        4.5%  31.5%  ██████▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓

    Ranks: █ 1st, ▓ 2nd

    How often the hypothesis of the row is ahead of that of the column; a tie counts half:

     Hypothesis    dog   Kids
    ──────────────────────────
     dog                20.2%
     children    79.8%

    A rating stays in 90, 70 or 50 of 100 cases, by its confidence high, medium or low, otherwise it is
    one step off: conventions, not measurements.
    On average 1.5 of 5 ratings move at once.
    Worked out exactly, over every way in which the cells may turn out.
    Cells vary independently of each other, even within a group: where items depend on each other, these
    figures are too sure.

    ach next case.toml shows which cells to settle first

    TLP:CLEAR
    ");
}

#[test]
fn blanks_may_turn_out_either_way_or_count_nothing() {
    let case = CASE.replace("dog = \"II\"\n", "").replace("dog = \"NA\"\n", "");
    let bench = Bench::new().file("case.toml", case);
    assert_snapshot!(bench.run("robustness case.toml -q"), @"
    Who took the cake?                                               TLP:CLEAR
    Where did the cake go between noon and two?  3 items, 3 hypotheses, as of 2025-03-09, by weighted

    If ratings were a step off and blank cells turned out any way, The dog would lead alone in 45.0% of
    cases and level with others in 15.6%; next The children alone in 39.4% of cases and level with
    others in 15.6%.
    Provisional: 2 cells of The dog are not rated; The dog is rated CC to II in 1 of 3 items only.
    Rejected, so without a rank: A burglar.

     Hypothesis                Alone  Level  Ranks
    ──────────────────────────────────────────────────────────────────────────
     dog         The dog       45.0%  15.6%  █████████████████▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓
     children    The children  39.4%  15.6%  ███████████████▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓

    Ranks: █ 1st, ▓ 2nd

    How often the hypothesis of the row is ahead of that of the column; a tie counts half:

     Hypothesis    dog   Kids
    ──────────────────────────
     dog                52.8%
     children    47.2%

    A rating stays in 90, 70 or 50 of 100 cases, by its confidence high, medium or low, otherwise it is
    one step off: conventions, not measurements.
    On average 1.2 of 4 ratings move at once.
    2 blank cells turn out as each of the five ratings equally often; --unrated neutral leaves blanks at
    0.
    Worked out exactly, over every way in which the cells may turn out.
    Cells vary independently of each other, even within a group: where items depend on each other, these
    figures are too sure.

    TLP:CLEAR
    ");
    assert_snapshot!(bench.run("robustness case.toml -q --unrated neutral"), @"
    Who took the cake?                                               TLP:CLEAR
    Where did the cake go between noon and two?  3 items, 3 hypotheses, as of 2025-03-09, by weighted

    If ratings were a step off, The dog would lead alone in 85.0% of cases and level with others in
    15.0%; next The children never alone, level with others in 15.0% of cases.
    Provisional: 2 cells of The dog are not rated; The dog is rated CC to II in 1 of 3 items only.
    Rejected, so without a rank: A burglar.

     Hypothesis                Alone  Level  Ranks
    ──────────────────────────────────────────────────────────────────────────
     dog         The dog       85.0%  15.0%  ██████████████████████████████▓▓
     children    The children   0.0%  15.0%  ██▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓

    Ranks: █ 1st, ▓ 2nd

    How often the hypothesis of the row is ahead of that of the column; a tie counts half:

     Hypothesis   dog   Kids
    ─────────────────────────
     dog               92.5%
     children    7.5%

    A rating stays in 90, 70 or 50 of 100 cases, by its confidence high, medium or low, otherwise it is
    one step off: conventions, not measurements.
    On average 1.2 of 4 ratings move at once.
    2 blank cells count 0 in every case.
    Worked out exactly, over every way in which the cells may turn out.
    Cells vary independently of each other, even within a group: where items depend on each other, these
    figures are too sure.

    TLP:CLEAR
    ");
}

#[test]
fn another_leader_than_today_is_pointed_out() {
    let case = "ach = 1\ntitle = \"T\"\n[[hypothesis]]\nid = \"a\"\nname = \"Alpha\"\n[[hypothesis]]\nid = \"b\"\nname = \"Beta\"\n\
                [[evidence]]\nid = \"e\"\ntext = \"E\"\n[evidence.ratings]\nb = \"I\"\n\
                [[evidence]]\nid = \"f\"\ntext = \"F\"\n[evidence.ratings]\nb = \"CC\"\n\
                [[evidence]]\nid = \"g\"\ntext = \"G\"\n[evidence.ratings]\na = \"N\"\nb = \"N\"\n";
    let bench = Bench::new().file("case.toml", case);
    assert_snapshot!(bench.run("robustness case.toml -q --method inconsistency"), @"
    T
    3 items, 2 hypotheses, by inconsistency

    If ratings were a step off and blank cells turned out any way, Beta would lead alone in 39.7% of
    cases and level with others in 26.5%; next Alpha alone in 33.9% of cases and level with others in
    26.5%.
    As the ratings stand, another leads: Alpha, alone in 33.9% of cases and level with others in 26.5%.
    Provisional: 2 cells of Alpha are not rated; Alpha is rated CC to II in 1 of 3 items only.

     Hypothesis         Alone  Level  Ranks
    ───────────────────────────────────────────────────────────────────
     b           Beta   39.7%  26.5%  █████████████████▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓
     a           Alpha  33.9%  26.5%  ███████████████▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓

    Ranks: █ 1st, ▓ 2nd

    How often the hypothesis of the row is ahead of that of the column; a tie counts half:

     Hypothesis      a      b
    ──────────────────────────
     a                  47.1%
     b           52.9%

    A rating stays in 90, 70 or 50 of 100 cases, by its confidence high, medium or low, otherwise it is
    one step off: conventions, not measurements.
    On average 1.2 of 4 ratings move at once.
    2 blank cells turn out as each of the five ratings equally often; --unrated neutral leaves blanks at
    0.
    Worked out exactly, over every way in which the cells may turn out.
    Cells vary independently of each other, even within a group: where items depend on each other, these
    figures are too sure.
    ");
}

#[test]
fn draws_are_told_with_their_seed_and_error() {
    assert_snapshot!(bench().run("robustness case.toml --method bayes --draws 4000 --seed 7 --unrated neutral --width 60"), @"
    Who took the cake?                                 TLP:CLEAR
    Where did the cake go between noon and two?
    3 items, 3 hypotheses, as of 2025-03-09, by bayes

    If ratings were a step off, The children would lead alone in
    89.7% of cases; next The dog alone in 10.3% of cases.
    Posteriors stand on even priors.
    Rejected, so without a rank: A burglar.

     Hypothesis  Alone  Level  Ranks
    ────────────────────────────────────────────────────────────
     children    89.7%   0.0%  █████████████████████████████▓▓▓
     dog         10.3%   0.0%  ███▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓

    Ranks: █ 1st, ▓ 2nd

    How often the hypothesis of the row is ahead of that of the
    column; a tie counts half:

     Hypothesis    dog   Kids
    ──────────────────────────
     dog                10.3%
     children    89.7%

    A rating stays in 90, 70 or 50 of 100 cases, by its
    confidence high, medium or low, otherwise it is one step
    off: conventions, not measurements.
    On average 1.5 of 5 ratings move at once.
    Counted over 4,000 random draws with seed 7: standard error
    at most 0.79 percentage points.
    Cells vary independently of each other, even within a group:
    where items depend on each other, these figures are too
    sure.

    ach next case.toml shows which cells to settle first

    TLP:CLEAR
    ");
}

#[test]
fn a_narrow_page_has_a_list_for_each_column() {
    assert_snapshot!(bench().run("robustness case.toml --width 44"), @"
    Who took the cake?                 TLP:CLEAR
    Where did the cake go between noon and two?
    3 items, 3 hypotheses, as of 2025-03-09, by
    weighted

    If ratings were a step off, The children
    would lead alone in 64.0% of cases and level
    with others in 31.5%; next The dog alone in
    4.5% of cases and level with others in
    31.5%.
    Rejected, so without a rank: A burglar.

    Leads alone
      children  64.0%
      dog       4.5%

    Leads level with others
      children  31.5%
      dog       31.5%

    How often on each rank
      children  ██████████████████████████▓▓▓▓▓▓
      dog       ██████▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓

    Ranks: █ 1st, ▓ 2nd

    How often the hypothesis of the row is ahead
    of that of the column; a tie counts half:

    Ahead of The dog
      children  79.8%

    Ahead of The children
      dog       20.2%

    A rating stays in 90, 70 or 50 of 100 cases,
    by its confidence high, medium or low,
    otherwise it is one step off: conventions,
    not measurements.
    On average 1.5 of 5 ratings move at once.
    Worked out exactly, over every way in which
    the cells may turn out.
    Cells vary independently of each other, even
    within a group: where items depend on each
    other, these figures are too sure.

    ach next case.toml shows which cells to
    settle first

    TLP:CLEAR
    ");
}

#[test]
fn json_has_every_key() {
    let bench = bench();
    assert_snapshot!(bench.run("robustness case.toml --format json"), @r#"{"format":1,"marking":"TLP:CLEAR","method":"weighted","where":null,"provisional":false,"moving":1.5000000000000002,"cells":5,"exact":true,"draws":null,"seed":null,"unrated":"uniform","alone":{"dog":0.04500000000000001,"children":0.6399999999999999},"level":{"dog":0.315,"children":0.31500000000000006},"acceptability":{"dog":[0.2025,0.7975],"children":[0.7974999999999999,0.20250000000000004]},"pairwise":{"dog":{"children":0.2025},"children":{"dog":0.7975}},"standard_error":null}"#);
    assert_snapshot!(bench.run("robustness case.toml --format json --draws 1000"), @r#"{"format":1,"marking":"TLP:CLEAR","method":"weighted","where":null,"provisional":false,"moving":1.5000000000000002,"cells":5,"exact":false,"draws":1000,"seed":1,"unrated":"uniform","alone":{"dog":0.047,"children":0.647},"level":{"dog":0.306,"children":0.306},"acceptability":{"dog":[0.2,0.8],"children":[0.8,0.2]},"pairwise":{"dog":{"children":0.2},"children":{"dog":0.8}},"standard_error":{"alone":{"dog":0.006692607862410586,"children":0.015112610628213776},"level":{"dog":0.0145727142289966,"children":0.0145727142289966},"acceptability":{"dog":[0.01264911064067352,0.012649110640673518],"children":[0.012649110640673518,0.01264911064067352]},"pairwise":{"dog":{"children":0.01264911064067352},"children":{"dog":0.012649110640673518}}}}"#);
}

#[test]
fn csv_has_a_hypothesis_a_row_and_markdown_a_page() {
    assert_snapshot!(bench().run("robustness case.toml --format csv"), @"
    id,name,alone,level,rank_1,rank_2,ahead_of_dog,ahead_of_children
    dog,The dog,0.04500000000000001,0.315,0.2025,0.7975,,0.2025
    children,The children,0.6399999999999999,0.31500000000000006,0.7974999999999999,0.20250000000000004,0.7975,
    ");
    assert_snapshot!(bench().run("robustness case.toml --format markdown"), @"
    **TLP:CLEAR**

    ### Who took the cake?

    Where did the cake go between noon and two?  
    3 items, 3 hypotheses, as of 2025-03-09, by weighted

    If ratings were a step off, **The children** would lead **alone in 64.0% of cases and level with others in 31.5%**; next The dog alone in 4.5% of cases and level with others in 31.5%.  
    Rejected, so without a rank: A burglar.

    | Hypothesis |  | Alone | Level | Ranks |
    | --- | --- | ---: | ---: | --- |
    | children | The children | **64.0%** | 31.5% | ██████████████████████████▓▓▓▓▓▓ |
    | dog | The dog | 4.5% | 31.5% | ██████▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓ |

    Ranks: █ 1st, ▓ 2nd

    How often the hypothesis of the row is ahead of that of the column; a tie counts half:

    | Hypothesis | dog | Kids |
    | --- | ---: | ---: |
    | dog |  | 20.2% |
    | children | **79.8%** |  |

    A rating stays in 90, 70 or 50 of 100 cases, by its confidence high, medium or low, otherwise it is one step off: conventions, not measurements.  
    On average 1.5 of 5 ratings move at once.  
    Worked out exactly, over every way in which the cells may turn out.  
    Cells vary independently of each other, even within a group: where items depend on each other, these figures are too sure.

    **TLP:CLEAR**
    ");
}

#[test]
fn what_is_known_by_a_day_is_what_counts() {
    let bench = bench();
    let all = bench.json("robustness case.toml --format json");
    let then = bench.json("robustness case.toml --format json --as-of 2025-03-07");
    assert_ne!(all["acceptability"], then["acceptability"]);
}

#[test]
fn a_seed_repeats_whatever_the_number_of_threads() {
    let run = |threads: &str| {
        let bench = bench().env("RAYON_NUM_THREADS", threads);
        bench.result("robustness case.toml --format json --method bayes --draws 20000")
    };
    assert_eq!(run("1"), run("2"));
    assert_eq!(run("1"), run("7"));
    let other = bench().result("robustness case.toml --format json --method bayes --draws 20000 --seed 2");
    assert_ne!(run("1"), other);
}

#[test]
fn without_a_contest_there_is_nothing_to_count() {
    let none = "ach = 1\ntitle = \"None\"\n";
    let one = format!(
        "{none}[[hypothesis]]\nid = \"a\"\nname = \"A\"\n[[evidence]]\nid = \"e\"\ntext = \"E\"\nratings.a = \"N\"\n"
    );
    let bench = Bench::new().file("none.toml", none).file("one.toml", one);
    assert_snapshot!(bench.run("robustness none.toml one.toml"), @"
    None
    0 items, 0 hypotheses, by weighted

    There are no hypotheses yet.

    ach add none.toml hypothesis ID --name NAME adds a hypothesis

    None
    1 item, 1 hypothesis, by weighted

    The only hypothesis to compete leads unopposed: A.

    ach add one.toml hypothesis ID --name NAME adds one to compete with it
    ");
    assert_snapshot!(bench.run("robustness none.toml one.toml --format json"), @r#"[{"format":1,"marking":null,"method":"weighted","where":null,"provisional":false,"moving":0.0,"cells":0,"exact":true,"draws":null,"seed":null,"unrated":"uniform","alone":{},"level":{},"acceptability":{},"pairwise":{},"standard_error":null},{"format":1,"marking":null,"method":"weighted","where":null,"provisional":false,"moving":0.30000000000000004,"cells":1,"exact":true,"draws":null,"seed":null,"unrated":"uniform","alone":{"a":1.0},"level":{"a":0.0},"acceptability":{"a":[1.0]},"pairwise":{"a":{}},"standard_error":null}]"#);
}

#[test]
fn what_cannot_be_is_refused() {
    let priors = "ach = 1\ntitle = \"T\"\n[[hypothesis]]\nid = \"a\"\nname = \"A\"\nprior = 0.5\n[[hypothesis]]\nid = \"b\"\nname = \"B\"\nprior = 0.6\n";
    let bench = bench().file("priors.toml", priors);
    assert_snapshot!(bench.run("robustness case.toml --draws 0"), @"
    --- stderr
    error: invalid value '0' for '--draws <N>': expected a whole number from 1 to 1,000,000,000

    For more information, try '--help'.
    --- exit 2
    ");
    assert_snapshot!(bench.run("robustness case.toml --unrated zero"), @"
    --- stderr
    error: invalid value 'zero' for '--unrated <HOW>'
      [possible values: uniform, neutral]

    For more information, try '--help'.
    --- exit 2
    ");
    assert_snapshot!(bench.run("robustness priors.toml"), @"
    --- stderr
    error[priors]: the priors of the active hypotheses sum to 1.1, not to 1
      --> priors.toml:6:9
       |
     6 | prior = 0.5
       |         ^^^ summed from here
    ...
    10 | prior = 0.6
       |         ---
       |
       = help: lower them by 0.1 in all, or remove every prior: then all start equal

    --- exit 2
    ");
    assert_snapshot!(bench.run("robustness case.toml case.toml --format csv"), @"
    --- stderr
    error: csv holds one table: name one FILE, or use --format json

    Usage: ach robustness [OPTIONS] <FILE>...

    For more information, try '--help'.
    --- exit 2
    ");
}

#[test]
fn more_draws_than_minutes_allow_are_refused_with_what_is_possible() {
    let mut items = String::new();
    for at in 0..400 {
        items += &format!("[[evidence]]\nid = \"e{at}\"\ntext = \"E\"\n");
    }
    // The last item is rated for all, so that all compete.
    let cells: Vec<String> = (0..40).map(|at| format!("h{at} = \"N\"")).collect();
    items += &format!("ratings = {{ {} }}\n", cells.join(", "));
    let hypotheses: String =
        (0..40).map(|at| format!("[[hypothesis]]\nid = \"h{at}\"\nname = \"H\"\n")).collect();
    let bench = Bench::new().file("wide.toml", format!("ach = 1\ntitle = \"T\"\n{hypotheses}{items}"));
    assert_snapshot!(bench.run("robustness wide.toml --draws 1000000000"), @"
    --- stderr
    error: 1,000,000,000 draws of 400 items by 40 hypotheses would take more than ten minutes or so of a processor
    help: --draws 100000000 is about as many as that allows
    --- exit 2
    ");
}

#[test]
fn what_draws_do_not_tell_apart_is_level() {
    let level = "ach = 1\ntitle = \"T\"\nhypothesis = [{ id = \"a\", name = \"Alpha\" }, { id = \"b\", name = \"Beta\" }, \
                 { id = \"c\", name = \"Gamma\" }]\n[[evidence]]\nid = \"e\"\ntext = \"E\"\nratings = { a = \"I\", b = \"I\", c = \"II\" }\n";
    let shown = Bench::new().file("level.toml", level).run("robustness level.toml --draws 2000 -q");
    let first: Vec<&str> = shown.lines().filter(|line| line.contains("would")).collect();
    assert_snapshot!(first.join("\n"), @"If ratings were a step off, Alpha and Beta would lead each alone in about 20.5% of cases and level");
}
