//! The help over the matrix, in as many columns as fit.

use insta::assert_snapshot;

use crate::{SMALL, Screen};

fn help(columns: u16, rows: u16, keys: &str) -> String {
    Screen::open(SMALL).size(columns, rows).keys("?").keys(keys).text()
}

#[test]
fn on_a_narrow_screen_it_is_scrolled() {
    assert_snapshot!(help(40, 10, ""), @"
    | Who took the boat             weighted
    |  Move
    |    ↑  k       one row up
    |    ↓  j       one row down
    |    ←  h       one column left
    |    →  l       one column right
    |    PgUp       a page up
    |    PgDn       a page down
    |    g          first row
    | ↑ ↓ scroll  any other key closes
    ");
    assert_snapshot!(help(40, 10, "<PgDn>k"), @"
    | Who took the boat             weighted
    |    PgDn       a page down
    |    g          first row
    |    G          last row
    |    Home       first column
    |    End        last column
    |    Tab        next blank cell, along
    |               the row first
    |    Shift-Tab  previous blank cell
    | ↑ ↓ scroll  any other key closes
    ");
    assert_snapshot!(help(40, 10, "G"), @"
    | Who took the boat             weighted
    |                      new one
    |    :indicator-add ID TEXT
    |                      add an indicator
    |    :indicator-delete ID
    |                      delete an
    |                      indicator
    |    :help             show keys and
    |                      commands
    | ↑ ↓ scroll  any other key closes
    ");
    assert_eq!(help(40, 10, "Gjjjk"), help(40, 10, "Gk"), "no key is lost past the end");
}

#[test]
fn on_a_usual_screen_two_columns_stand_side_by_side() {
    assert_snapshot!(help(120, 40, ""), @"
    | Who took the boat                                                                     weighted   4 items, 3 hypotheses
    |  Move                                                        File
    |    ↑  k        one row up                                      w  Ctrl-S         save
    |    ↓  j        one row down                                    q  Ctrl-C         quit
    |    ←  h        one column left                                 Ctrl-Z            back to the shell for a while
    |    →  l        one column right
    |    PgUp        a page up                                     Signs
    |    PgDn        a page down                                     ●                 changed since the last commit: the
    |    g           first row                                                         row, the column, the cell
    |    G           last row                                        +                 added since the last commit
    |    Home        first column                                    !                 a conflict that a merge left
    |    End         last column                                     ▎                 the lead rests on the item; a step
    |    Tab         next blank cell, along the row first                              in the cell changes who leads
    |    Shift-Tab   previous blank cell                             ×                 the item does not count: it is
    |                                                                                  withdrawn, or rests on one that is
    |  Rate                                                          ( )               a stronger rating of the same group
    |    1           CC, very consistent                                               covers the cell, which adds nothing
    |    2  c        C, consistent
    |    3  n        N, neutral                                    Commands
    |    4  i        I, inconsistent                                 :w  :write [FILE]
    |    5  I        II, very inconsistent                                             save; with a name, write a copy to a
    |    C           CC, very consistent                                               new file
    |    x           NA, not applicable                              :q  :quit         quit; asks if something is not saved
    |    +           one step more consistent                        :wq  :x           save and quit
    |    -           one step more inconsistent                      :q!  :quit!       quit without saving
    |    Space  Del  blank: rating and confidence go, a note         :goto ID          go to an item or a hypothesis
    |                stays                                           :rate RATING|blank row|column
    |    .           the last rating again                                             rate all that is shown of a row or a
    |    u           undo                                                              column, as one step
    |    U  Ctrl-R   redo                                            :set FIELD VALUE  set a field: title, scoring.method,
    |                                                                                  ID.FIELD; lists with commas
    |  Edit                                                          :unset FIELD      take a field away
    |    Enter       the cell: rating, confidence, note              :filter [WORDS AND FIELDS]
    |    e           the item                                                          show some items only; all without
    |    E           the hypothesis                                                    words
    |    t           title, question, conclusion and more of         :sort ORDER       list the evidence in another order
    |                the whole                                       :method NAME      score by another method
    |    a           add an item                                     :panel NAME       show another panel
    |    A           add a hypothesis                                :next             go to the blank or doubtful cell
    | ↑ ↓ scroll  any other key closes
    ");
}

#[test]
fn on_a_large_screen_all_is_seen_at_once() {
    assert_snapshot!(help(250, 70, ""), @"
    | Who took the boat                                                                                                                                                                                                       weighted   4 items, 3 hypotheses
    |  Move                                                               Look
    |    ↑  k        one row up                                             s                              sort by file, diagnosticity, date or id
    |    ↓  j        one row down                                           /                              search ids and texts
    |    ←  h        one column left                                        f                              show some items only
    |    →  l        one column right                                       m                              score by another method
    |    PgUp        a page up                                              <                              narrower column
    |    PgDn        a page down                                            >                              wider column
    |    g           first row                                              y                              copy the cell, the row or the table
    |    G           last row                                               b                              blind mode: no scores, columns shuffled, against confirmation bias
    |    Home        first column                                           v                              another panel
    |    End         last column                                            V                              into the panel: through its entries
    |    Tab         next blank cell, along the row first                   :                              give a command
    |    Shift-Tab   previous blank cell                                    ?                              these keys
    |
    |  Rate                                                               File
    |    1           CC, very consistent                                    w  Ctrl-S                      save
    |    2  c        C, consistent                                          q  Ctrl-C                      quit
    |    3  n        N, neutral                                             Ctrl-Z                         back to the shell for a while
    |    4  i        I, inconsistent
    |    5  I        II, very inconsistent                                Signs
    |    C           CC, very consistent                                    ●                              changed since the last commit: the row, the column, the cell
    |    x           NA, not applicable                                     +                              added since the last commit
    |    +           one step more consistent                               !                              a conflict that a merge left
    |    -           one step more inconsistent                             ▎                              the lead rests on the item; a step in the cell changes who leads
    |    Space  Del  blank: rating and confidence go, a note stays          ×                              the item does not count: it is withdrawn, or rests on one that is
    |    .           the last rating again                                  ( )                            a stronger rating of the same group covers the cell, which adds nothing
    |    u           undo
    |    U  Ctrl-R   redo                                                 Commands
    |                                                                       :w  :write [FILE]              save; with a name, write a copy to a new file
    |  Edit                                                                 :q  :quit                      quit; asks if something is not saved
    |    Enter       the cell: rating, confidence, note                     :wq  :x                        save and quit
    |    e           the item                                               :q!  :quit!                    quit without saving
    |    E           the hypothesis                                         :goto ID                       go to an item or a hypothesis
    |    t           title, question, conclusion and more of the whole      :rate RATING|blank row|column  rate all that is shown of a row or a column, as one step
    |    a           add an item                                            :set FIELD VALUE               set a field: title, scoring.method, ID.FIELD; lists with commas
    |    A           add a hypothesis                                       :unset FIELD                   take a field away
    |    d           delete the row, after a question                       :filter [WORDS AND FIELDS]     show some items only; all without words
    |    D           delete the column, after a question                    :sort ORDER                    list the evidence in another order
    |    o           confidence: low, medium, high, none                    :method NAME                   score by another method
    |    [           credibility down                                       :panel NAME                    show another panel
    |    ]           credibility up                                         :next                          go to the blank or doubtful cell that would tell most
    |    {           relevance down                                         :head                          read the last commit again, to mark what changed since
    |    }           relevance up                                           :theme NAME                    draw with another theme
    |    R           reject the hypothesis, or take it up again             :hints [on|off]                show or hide the guide and the line of keys
    |    J           move the row down in the file                          :copy cell|row|table           copy for a spreadsheet
    |    K           move the row up in the file                            :scenario [FIELD]              edit title, question, conclusion and more of the whole
    |    H           move the column left in the file                       :source [ID]                   edit a source; without an id, a new one
    |    L           move the column right in the file                      :sources                       list the sources: to edit, add and delete
    |    !           settle the next conflict that a merge left             :source-add ID NAME            add a source
    |                                                                       :source-delete ID              delete a source that no item cites
    |                                                                       :source-delete! ID             delete a source and the citations of it
    |                                                                       :indicators                    list the indicators: to edit, add and delete
    |                                                                       :indicator [ID]                edit an indicator; without an id, a new one
    |                                                                       :indicator-add ID TEXT         add an indicator
    |                                                                       :indicator-delete ID           delete an indicator
    |                                                                       :help                          show keys and commands
    |
    |
    |
    |
    |
    |
    |
    |
    |
    |
    |
    |
    | any key closes
    ");
    let shown = Screen::open(SMALL).size(250, 70).keys("?");
    for key in ["j", "<Esc>"] {
        assert_eq!(
            Screen::open(SMALL).size(250, 70).keys("?").keys(key).keys("<Esc>").text(),
            Screen::open(SMALL).size(250, 70).text()
        );
    }
    assert!(shown.text().contains("any key closes"));
}

#[test]
fn keys_are_told_as_they_are_bound() {
    let (settings, _) = ach_matrix::tui::read_settings("[keys]\nundo = [\"F5\"]\nredo = [\"u\"]\n");
    let text = Screen::with(SMALL, settings).size(120, 40).keys("?").text();
    let line = |says: &str| text.lines().find(|line| line.contains(says)).unwrap_or_default().to_owned();
    assert!(line("  undo").contains("F5  ") && !line("  undo").contains(" u "), "{text}");
    assert!(line("  redo").contains("u  U  Ctrl-R"), "{text}");
}
