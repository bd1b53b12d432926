//! The palette: commands and keys that a typed line may mean.

use insta::assert_snapshot;

use crate::{SMALL, Screen, speech};

fn screen() -> Screen {
    Screen::open(SMALL).size(80, 12)
}

/// The prompt, and the line of keys under it.
fn prompt(keys: &str) -> String {
    let text = screen().keys(keys).text();
    text.lines().skip(10).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_palette_finds_commands_and_keys_by_name_key_and_word() {
    let wide = || Screen::open(SMALL).size(100, 24);
    let palette = |keys: &str| {
        let text = wide().keys(keys).text();
        text.lines().skip_while(|line| !line.starts_with("|───")).collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(palette(":"), @"
    |────────────────────────────────────────────────────────────────────────────────────────────────────
    | ▸ w [FILE]     w  Ctrl-S  save; with a name, write a copy to a new file                           ┃
    |   q            q  Ctrl-C  quit; asks if something is not saved
    |   wq                      save and quit
    |   q!                      quit without saving
    |   e FILE                  open another file; edits of both stay
    |   b                       back to the file that was in view before
    |   files                   list the open files, with what is not saved
    |   export FILE             write the scenario for another program: .csv, .tsv, .xlsx, .md, .json
    | :                                                                                       120 of 120
    | Tab completes  ↑ given before  Esc back
    ");
    assert_snapshot!(palette(":conf"), @"
    |────────────────────────────────────────────────────────────────────────────────────────────────────
    | ▸ confidence [LEVEL]  o           confidence of the cell or of all selected; without a level, th…
    |   next-conflict       !           the next error, or a conflict that a merge left (none here)
    |   settings                        open the configuration in your editor, and apply it
    |   blank               Space  Del  blank: rating and confidence go, a note stays
    |   edit-cell           Enter  F2   the cell: rating, confidence, note
    |   blind               b           blind mode: no scores, columns shuffled, against confirmation…
    |   filter confidence:  f           show only the items with a value of this field; Tab lists them
    |   filter conflict     f           show only the items that have one
    | :conf                                                                                     8 of 120
    | Enter writes it out, again runs it  Tab the next  ↑ given before  Esc back
    ");
    assert_snapshot!(palette(":["), @"
    |────────────────────────────────────────────────────────────────────────────────────────────────────
    | ▸ less-credible  [  credibility down
    | :[                                                                                        1 of 120
    | Enter writes it out, again runs it  Tab the next  ↑ given before  Esc back
    ");
    assert_snapshot!(palette(":so"), @"
    |────────────────────────────────────────────────────────────────────────────────────────────────────
    | ▸ sort ORDER          s  list the evidence in another order                                       ┃
    |   source [ID]            edit a source; without an id, a new one                                  ┃
    |   sources                list the sources: to edit, add and delete                                ┃
    |   source-add ID NAME     add a source                                                             ┃
    |   source-delete ID       delete a source that no item cites
    |   source-delete! ID      delete a source and its citations
    |   shorter             Z  one line less for each row
    |   step-down           -  one step more inconsistent
    | :so                                                                                      15 of 120
    | Enter writes it out, again runs it  Tab the next  ↑ given before  Esc back
    ");
    assert_snapshot!(palette(":browser"), @"
    |────────────────────────────────────────────────────────────────────────────────────────────────────
    | ▸ open  O  open the address of the item or its source in the browser
    | :browser                                                                                  1 of 120
    | Enter writes it out, again runs it  Tab the next  ↑ given before  Esc back
    ");
    assert_snapshot!(palette(":so<Tab><Tab>"), @"
    |────────────────────────────────────────────────────────────────────────────────────────────────────
    |   sort ORDER          s  list the evidence in another order
    | ▸ source [ID]            edit a source; without an id, a new one
    |   sources                list the sources: to edit, add and delete
    |   source-add ID NAME     add a source
    |   source-delete ID       delete a source that no item cites
    |   source-delete! ID      delete a source and its citations
    | :source                                                                                   6 of 120
    | source [ID]  edit a source; without an id, a new one
    ");
    assert_snapshot!(palette(":zzz"), @"");
    assert_snapshot!(palette(":sort i"), @"");
    assert_snapshot!(palette(":12"), @"");
    assert_snapshot!(Screen::open(SMALL).size(40, 10).keys(":conf").text(), @"
    | Who took the boat             weighted
    |  Evidence        Wt Thief Owner Storm
    |  rope-cut      1.41  [ CC]    C    II
    |  insured       1.00   ▎ N    CC     ·
    |────────────────────────────────────────
    | ▸ confidence […  o  confidence of th… ┃
    |   next-conflict  !  the next error,…
    |   settings          open the configu…
    | :conf                         8 of 120
    | Enter writes it out, again runs it  Ta…
    ");
}

#[test]
fn the_confidence_of_all_selected_cells_is_set_by_name() {
    assert_snapshot!(speech(&screen().keys(":confidence high<Enter>")), @"| rope-cut / thief confidence: · -> high");
    assert_snapshot!(speech(&screen().keys("VjV:confidence low<Enter>")), @"| 5 cells, confidence -> low");
    assert_snapshot!(speech(&screen().keys(":confidence hihg<Enter>")), @r#"| unknown "hihg": did you mean "high"? expected one of low, medium, high, none"#);
}

#[test]
fn a_guess_is_written_out_first_and_run_by_a_second_enter() {
    let guessed = screen().keys(":conf<Enter>");
    assert_eq!(guessed.file(), SMALL, "nothing is done yet");
    assert_snapshot!(prompt(":conf<Enter>"), @"
    | :confidence
    | confidence [LEVEL]  confidence of the cell or of all selected; without a level…
    ");
    assert_snapshot!(speech(&guessed.keys("<Enter>")), @"| rope-cut / thief confidence: · -> low");
    // A name wins over every guess, and over the key of that letter.
    assert_eq!(screen().keys(":q<Enter>").asked(), ["Quit"]);
    assert_snapshot!(speech(&screen().keys(":[<Enter><Enter>")), @"| rope-cut credibility: high -> medium");
    assert_snapshot!(prompt(":srt id<Enter>"), @"
    | :sort id
    | sort ORDER  list the evidence in another order
    ");
    assert_snapshot!(speech(&screen().keys(":undo now<Enter>")), @"| undo takes nothing after it");
    let back = screen().keys(":sort id<Enter>:undo<Enter>:<Up><Up>");
    assert_snapshot!(speech(&back), @"| :sort id");
}
