//! The command line: what is typed after a colon.

use insta::assert_snapshot;

use crate::{SMALL, Screen, speech};

fn screen() -> Screen {
    Screen::open(SMALL).size(80, 12)
}

/// Returns the editor's answer to a command.
fn said(command: &str) -> String {
    speech(&screen().keys(&format!(":{command}<Enter>")))
}

#[test]
fn commands_do_what_the_keys_do() {
    assert_eq!(screen().keys(":w<Enter>").asked(), [] as [&str; 0]);
    assert_eq!(screen().keys(":q<Enter>").asked(), ["Quit"]);
    assert_eq!(screen().keys("2:q!<Enter>").asked(), ["Quit"]);
    assert_snapshot!(speech(&screen().keys("2:q<Enter>")), @"|    Who leads with them, and without: Thief and Owner, level.");
    let saved = screen().keys("2:wq<Enter>").asked();
    assert!(saved.len() == 2 && saved[0].starts_with("Save") && saved[1] == "Quit", "{saved:?}");
    assert_snapshot!(said("sort id"), @"| sorted by id; the file keeps its order");
    assert_snapshot!(said("method bayes"), @"| scored by bayes; the file keeps its method");
    assert_snapshot!(said("filter kind:absence"), @"| shown: 1 of 4 items");
    assert_eq!(screen().keys(":theme plain<Enter>").asked(), [r#"Theme("plain")"#]);
}

#[test]
fn fields_are_set_as_on_the_command_line() {
    assert_snapshot!(said("set title Who stole the boat"), @r#"| title: "Who took the boat" -> "Who stole the boat""#);
    assert_snapshot!(said("set rope-cut.credibility low"), @"| rope-cut credibility: high -> low");
    assert_snapshot!(said(r#"set insured.tags "a, b", "c""#), @r#"| insured tags: [money, papers] -> ["a, b", c]"#);
    assert_snapshot!(said("set insured.tags money, law"), @"| insured tags: [money, papers] -> [money, law]");
    assert_snapshot!(said("set calm-night owner II"), @"| The leaders changed: Thief and Owner -> Thief, by calm-night / owner: · -> II");
    assert_snapshot!(said("set as_of \"2025-03-09\""), @"| as_of: · -> 2025-03-09");
    assert_snapshot!(said("unset rope-cut.group"), @"| rope-cut group: rope -> ·");
    assert_snapshot!(said("set rope-cut.credibility high"), @"| nothing to change");
    assert_snapshot!(said("set scoring.method net"), @"| The leaders changed: Thief and Owner -> Owner, by scoring.method: · -> net");
    assert!(screen().keys(":set scoring.method net<Enter>").text().contains("Net score"));
}

#[test]
fn what_cannot_be_set_is_explained() {
    assert_snapshot!(said("set titel x"), @r#"| the scenario has no field "titel": did you mean "title"?"#);
    assert_snapshot!(said("set rope-cut.credibility hgih"), @r#"| unknown value "hgih": expected one of low, medium, high; did you mean "high"?"#);
    assert_snapshot!(said("set rope-cutt.text x"), @r#"| there is nothing with the id "rope-cutt": did you mean "rope-cut"?"#);
    assert_snapshot!(said("set as_of soon"), @r#"| "soon" is not a value for this field: expected a day such as 2025-12-04"#);
    assert_snapshot!(said("unset title"), @"| title cannot be removed: give it another value instead");
    assert_snapshot!(said("set rope-cut.source nobody"), @r#"| there is no source "nobody": there is only watch"#);
    assert_snapshot!(said("set title"), @"| it takes a field and a value; `:unset FIELD` takes one away");
}

#[test]
fn a_row_or_a_column_is_rated_as_one_step() {
    let rated = screen().keys("j:rate II row<Enter>");
    assert_snapshot!(rated.text(), @"
    | Who took the boat                 3 unsaved   weighted   4 items, 3 hypotheses
    |  Evidence                                                Wt Thief Owner Storm
    |  rope-cut   The mooring rope was cut, not torn         1.41    CC     C    II
    |  insured    The boat was insured a week before         1.00  [▎II]  ▎II    II
    |  calm-night The night was calm                         1.00     ·     ·    II
    |  no-oars    The oars were left in the shed             1.00   ▎ I   ▎ I     N
    |  Weighted inconsistency                                     -3.00 -3.00 -6.83
    |  Rank                                                           1     1     3
    | insured, fact, medium / medium                                               ┃
    | The boat was insured a week before
    | 3 cells -> II (were 1 CC, 1 N, 1 blank)
    | Tab next blank  1-5 rate  u undo  Enter cell  e item  ? help  w save  q quit
    ");
    assert_eq!(rated.keys("u").file(), SMALL);
    // Only what is shown.
    let rated = screen().keys("fkind:absence<Enter>:rate I column<Enter>f<C-u><Enter>");
    assert_snapshot!(rated.text(), @"
    | Who took the boat                 1 unsaved   weighted   4 items, 3 hypotheses
    |  Evidence                                                Wt Thief Owner Storm
    |  rope-cut   The mooring rope was cut, not torn         1.41    CC     C    II
    |  insured    The boat was insured a week before         1.00     N    CC     ·
    |▎ calm-night The night was calm                         1.00  [▎ I]    ·    II
    |  no-oars    The oars were left in the shed             1.00   ▎ I   ▎ I     N
    |  Weighted inconsistency                                     -2.00 -1.00 -4.83
    |  Rank                                                           2     1     3
    | calm-night, absence, medium / medium                                         ┃
    | The night was calm
    | all 4 items are shown
    | Tab next blank  1-5 rate  u undo  Enter cell  e item  ? help  w save  q quit
    ");
    assert_snapshot!(said("rate N"), @"| it takes a rating or `blank`, then `row` or `column`: `:rate C row`");
    assert_snapshot!(said("rate III row"), @r#"| unknown "III": did you mean "II"? expected one of CC, C, N, I, II, NA, blank"#);
    assert_snapshot!(said("rate blank all"), @r#"| unknown "all": expected one of row, column"#);
}

#[test]
fn one_goes_to_items_and_hypotheses_by_their_ids() {
    assert_snapshot!(screen().keys(":goto no-oars<Enter>:goto storm<Enter>").text(), @"
    | Who took the boat                             weighted   4 items, 3 hypotheses
    |  Evidence                                                Wt Thief Owner Storm
    |  rope-cut   The mooring rope was cut, not torn         1.41    CC     C    II
    |  insured    The boat was insured a week before         1.00   ▎ N    CC     ·
    |  calm-night The night was calm                         1.00     ·     ·    II
    |  no-oars    The oars were left in the shed             1.00   ▎ I   ▎ I  [  N]
    |  Weighted inconsistency                                     -1.00 -1.00 -4.83
    |  Rank                                                           1     1     3
    | no-oars, fact, medium / medium                                               ┃
    | The oars were left in the shed
    | Thief and Owner are level, least contradicted; provisional: 2 cells unrated
    | Tab next blank  1-5 rate  Enter cell  e item  a add  / search  ? help  q quit
    ");
    // Short names, names, beginnings of them, and rows.
    for (to, cell) in
        [("Storm", "[ II]"), ("nobody", "[ II]"), ("no-o", "[▎ I]"), ("2", "[▎ N]"), ("goto 4", "[▎ I]")]
    {
        let command = if to.starts_with("goto") || to == "2" { to.to_owned() } else { format!("goto {to}") };
        let gone = screen().keys(&format!(":{command}<Enter>")).text();
        assert!(gone.contains(cell), "{to}: {gone}");
    }
    assert_snapshot!(speech(&screen().keys("fblank<Enter>:goto rope-cut<Enter>")), @"| the filter was cleared, since it hid the item");
    assert_snapshot!(said("goto wach"), @r#"| there is nothing with the id "wach": did you mean "watch"?"#);
    assert_snapshot!(said("goto watch"), @"| a source has no place in the matrix; `:source watch` opens it");
}

#[test]
fn an_unknown_command_is_no_harm() {
    assert_snapshot!(said("srot id"), @r#"| there is no command "srot": did you mean "sort"?"#);
    assert_snapshot!(said("sort idd"), @r#"| unknown "idd": did you mean "id"? expected one of file, diagnosticity, date,"#);
    assert_snapshot!(said("xyzzy"), @r#"| there is no command "xyzzy": `:` lists the commands"#);
    assert_eq!(screen().keys(":  <Enter>").text(), screen().text());
    assert_eq!(screen().keys(":set title x<Esc>").file(), SMALL);
    assert_eq!(screen().keys(":s<Backspace><Backspace>").text(), screen().text());
}

/// The prompt, and the line of keys under it.
fn prompt(keys: &str) -> String {
    let text = screen().keys(keys).text();
    text.lines().skip(10).collect::<Vec<_>>().join("\n")
}

#[test]
fn tab_completes() {
    assert_snapshot!(prompt(":"), @"
    | :                                                                   120 of 120
    | Tab completes  ↑ given before  Esc back
    ");
    assert_snapshot!(prompt(":got<Tab>"), @"
    | :goto
    | goto ID|NAME|ROW  go to an item, a hypothesis or a row
    ");
    assert_snapshot!(prompt(":goto <Tab><Tab>"), @"
    | :goto insured
    | [insured]  calm-night  no-oars  thief  owner  storm  rope-cut
    ");
    assert_snapshot!(prompt(":goto <Tab><S-Tab>"), @"
    | :goto storm
    | [storm]  rope-cut  insured  calm-night  no-oars  thief  owner
    ");
    assert_snapshot!(prompt(":set rope<Tab>cred<Tab>h<Tab>"), @"
    | :set rope-cut.credibility high
    | set FIELD VALUE  set a field: title, scoring.method, ID.FIELD; lists with comm…
    ");
    assert_snapshot!(prompt(":set scoring.m<Tab><Tab>"), @"
    | :set scoring.method inconsistency
    | [inconsistency]  weighted  net  bayes
    ");
    assert_snapshot!(prompt(":filter so<Tab>w<Tab>tag:<Tab>"), @"
    | :filter source:watch tag:money
    | [tag:money]  tag:papers
    ");
    assert_snapshot!(prompt(":zzz<Tab>"), @"
    | :zzz                                                                no command
    | no command and no key has this name  Esc back
    ");
}

#[test]
fn what_was_given_comes_back() {
    let given = ":sort id<Enter>:method net<Enter>:so";
    assert_snapshot!(prompt(&format!("{given}<Up>")), @"
    | :method net
    | method NAME  score by another method
    ");
    assert_snapshot!(prompt(&format!("{given}<Up><Up><Up>")), @"
    | :sort id
    | sort ORDER  list the evidence in another order
    ");
    assert_snapshot!(prompt(&format!("{given}<Up><Up><Down><Down>")), @"
    | :so                                                                  15 of 120
    | Enter writes it out, again runs it  Tab the next  ↑ given before  Esc back
    ");
}

#[test]
fn a_line_longer_than_the_screen_scrolls() {
    let narrow = Screen::open(SMALL).size(40, 10);
    let long = narrow.keys(":set title A title that is longer than the screen 日本語");
    assert_snapshot!(speech(&long), @"| :at is longer than the screen 日本語");
    assert_snapshot!(speech(&long.keys("<Home><Right><Right>")), @"| :set title A title that is longer tha");
}

#[test]
fn pasted_lines_become_one() {
    assert_snapshot!(speech(&screen().keys(":set title ").paste("one\r\ntwo\tthree\u{1b}[31m")), @"| :set title one two three[31m");
    // Where nothing is typed, nothing is pasted without a question.
    assert_eq!(screen().paste("5").file(), SMALL);
}

#[test]
fn the_other_lists_can_be_added_to() {
    assert_snapshot!(said("source-add press The local press"), @"| source press added");
    assert_snapshot!(said("indicator-add resale The boat is offered for sale"), @"| indicator resale added");
    assert_snapshot!(said("source-add watch Again"), @r#"| there is a source "watch" already: choose another id"#);
    assert_snapshot!(said("source-add Bad_Id x"), @"| an id has 1 to 40 characters a-z, 0-9 and -, the first a letter or digit");
    assert_snapshot!(said("source wach"), @r#"| there is no source "wach": did you mean "watch"?"#);
}

#[test]
fn an_indicator_becomes_an_item() {
    for (command, status, item) in [
        (":observe for-sale<Enter>", "observed", "text = \"The boat is offered for sale\"\n"),
        (
            ":observe for-sale not<Enter>",
            "not-observed",
            "text = \"Not observed: The boat is offered for sale\"\nkind = \"absence\"\n",
        ),
    ] {
        let observed = screen().keys(command);
        assert!(
            observed.file().contains(&format!("status = \"{status}\"\n\n[[evidence]]\nid = \"rope-cut\""))
        );
        assert!(observed.file().ends_with(&format!("\n[[evidence]]\nid = \"for-sale\"\n{item}")));
        assert_eq!(observed.keys("u").file(), SMALL, "one step undoes it");
    }
    assert_snapshot!(said("observe for-sal"), @r#"| there is no indicator "for-sal": did you mean "for-sale"?"#);
    assert_snapshot!(said("observe for-sale maybe"), @"| it takes the id of an indicator, `not` if it was not seen, and a date such as");
    for (command, date) in [
        (":observe for-sale<Enter>", "2026-01-05"),
        (":observe for-sale not<Enter>", "2026-01-05"),
        (":observe for-sale 2025-12-04<Enter>", "2025-12-04"),
        (":observe for-sale not 2025-12-04<Enter>", "2025-12-04"),
    ] {
        let observed = screen().on("2026-01-05").keys(command);
        assert!(observed.file().ends_with(&format!("\ndate = {date}\n")), "{command}: {}", observed.file());
    }
    assert_snapshot!(speech(&screen().keys(":observe for-sale<Enter>:observe for-sale<Enter>")), @"| the indicator is observed already: only a pending one can be observed");
    assert_snapshot!(prompt(":observe <Tab>n<Tab>"), @"
    | :observe for-sale not
    | observe INDICATOR [not] [DATE]  turn an indicator into an item: seen or not, t…
    ");
}

#[test]
fn the_outcome_is_given_in_a_form() {
    assert_snapshot!(screen().keys(":outcome<Enter>").text(), @"
    | Who took the boat                             weighted   4 items, 3 hypotheses
    | The outcome
    |   criterion
    | ▸ hypothesis
    |   Id of the hypothesis that was true; letters search, Space shows all
    |   annulled
    |   date
    |   note
    |
    |
    | Thief and Owner are level, least contradicted; provisional: 2 cells unrated
    | Enter accept  Esc back  Tab next
    ");
    assert!(
        screen().keys(":outcome<Enter>thief<C-s>").file().contains("\n[outcome]\nhypothesis = \"thief\"\n")
    );
}

#[test]
fn what_is_copied_is_said() {
    let copied = |keys: &str| {
        let screen = screen().keys(keys);
        format!("{}\n{}", speech(&screen), screen.asked().join("\n"))
    };
    assert_snapshot!(copied("y"), @"| Copy what? c cell  r row  t table");
    assert_snapshot!(copied("yc"), @r#"
    | copied CC
    Copy("CC")
    "#);
    assert_snapshot!(copied("jjyc"), @"| the cell is blank: there is nothing to copy");
    assert_snapshot!(copied("jyr"), @r#"
    | copied the row insured
    Copy("insured\tThe boat was insured a week before\tfact\t\t\t1\t1\tN\tCC\t")
    "#);
    assert_snapshot!(copied("fblank<Enter>:copy table<Enter>"), @r#"
    | copied the table with 2 rows as it is shown
    Copy("id\ttext\tkind\tdate\tsources\tweight\tdiagnosticity\tthief\towner\tstorm\ninsured\tThe boat was insured a week before\tfact\t\t\t1\t1\tN\tCC\t\ncalm-night\tThe night was calm\tabsence\t\twatch\t1\t0\t\t\tII")
    "#);
    assert_eq!(copied("нс"), copied("yc"), "letters answer by their place on the keyboard");
    assert_snapshot!(copied("y<Esc>"), @"| Thief and Owner are level, least contradicted; provisional: 2 cells unrated");
}

#[test]
fn what_rating_on_can_change_is_said_of_blank_cells_alone() {
    let rated = screen()
        .keys(":rate N row<Enter>j:rate N row<Enter>j:rate N row<Enter>j:rate I row<Enter>o:next<Enter>");
    assert_eq!(speech(&rated), "| this cell would tell most");
}

#[test]
fn a_copy_is_written_under_another_name() {
    let copied = screen().keys("2:w a copy.toml<Enter>");
    let asked = copied.asked();
    assert!(
        asked.len() == 1 && asked[0].starts_with("SaveCopy") && asked[0].contains("name: \"a copy.toml\"")
    );
    assert_eq!(speech(&copied), "| a copy is in a copy.toml; in case.toml 1 edit is not saved");
    assert_eq!(speech(&screen().keys(":w a.toml<Enter>")), "| a copy is in a.toml");
}
