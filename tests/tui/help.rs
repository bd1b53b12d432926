//! The help over the matrix, in as many columns as fit.

use insta::assert_snapshot;

use crate::{SMALL, Screen, speech};

fn help(columns: u16, rows: u16, keys: &str) -> String {
    Screen::open(SMALL).size(columns, rows).keys("?").keys(keys).text()
}

#[test]
fn on_a_narrow_screen_it_is_scrolled() {
    assert_snapshot!(help(40, 10, ""), @"
    | Who took the boat             weighted
    |  Move                                 ┃
    |    ↑  k          one row up
    |    ↓  j          one row down
    |    ←  h          one column left
    |    →  l          one column right
    |    PgUp  Ctrl-B  a page up
    |    PgDn  Ctrl-F  a page down
    | ?                        1 to 7 of 285
    | ↑ ↓ scroll  Esc back; letters search
    ");
    assert_snapshot!(help(40, 10, "<PgDn><Up>"), @"
    | Who took the boat             weighted
    |    PgUp  Ctrl-B  a page up            ┃
    |    PgDn  Ctrl-F  a page down
    |    Ctrl-U        half a page up
    |    Ctrl-D        half a page down
    |    g             first row
    |    G             last row
    |    Home  0       first column
    | ?                       6 to 12 of 285
    | ↑ ↓ scroll  Esc back; letters search
    ");
    assert_snapshot!(help(40, 10, "<End>"), @"
    | Who took the boat             weighted
    |                      you think each
    |                      hypothesis is;
    |                      what others said
    |                      is shown
    |                      afterwards
    |    :help             show keys and
    |                      commands         ┃
    | ?                    279 to 285 of 285
    | ↑ ↓ scroll  Esc back; letters search
    ");
    let down = "<Down>".repeat(3);
    let past = help(40, 10, &format!("<End>{down}<Up>"));
    assert_eq!(past, help(40, 10, "<End><Up>"), "no key is lost past the end");
}

#[test]
fn on_a_usual_screen_two_columns_stand_side_by_side() {
    assert_snapshot!(help(120, 40, ""), @"
    | Who took the boat                                                                     weighted   4 items, 3 hypotheses
    |  Move                                                        Signs                                                    ┃
    |    ↑  k          one row up                                    ●                 changed since the last commit: the   ┃
    |    ↓  j          one row down                                                    row, the column, the cell            ┃
    |    ←  h          one column left                               +                 added since the last commit          ┃
    |    →  l          one column right                              !                 a conflict that a merge left         ┃
    |    PgUp  Ctrl-B  a page up                                     ▎                 the lead rests on the item; a step   ┃
    |    PgDn  Ctrl-F  a page down                                                     in the cell changes who leads        ┃
    |    Ctrl-U        half a page up                                ×                 the item does not count: it is       ┃
    |    Ctrl-D        half a page down                                                withdrawn, or rests on one that is   ┃
    |    g             first row                                     ( )               a stronger rating of the same group  ┃
    |    G             last row                                                        covers the cell, which adds nothing  ┃
    |    Home  0       first column                                                                                         ┃
    |    End  $        last column                                 Commands                                                 ┃
    |    Tab           next blank cell, along the row first          :w  :write  :save [FILE]                               ┃
    |    Shift-Tab     previous blank cell                                             save; with a name, write a copy to a
    |                                                                                  new file
    |  Rate                                                          :q  :quit         quit; asks if something is not saved
    |    1             CC, very consistent                           :wq  :x           save and quit
    |    2  c          C, consistent                                 :q!  :quit!       quit without saving
    |    3  n          N, neutral; after a search, n goes to         :e  :edit FILE    open another file; edits of both
    |                  the next match                                                  stay
    |    4  i          I, inconsistent                               :b  :back         back to the file that was in view
    |    5  I          II, very inconsistent                                           before
    |    C             CC, very consistent                           :files            list the open files, with what is
    |    x             NA, not applicable                                              not saved
    |    +             one step more consistent                      :export FILE      write the scenario for another
    |    -             one step more inconsistent                                      program: .csv, .tsv, .xlsx, .md,
    |    Space  Del    blank: rating and confidence go, a note                         .json
    |                  stays                                         :import FILE      import a matrix of a spreadsheet or
    |    .             the last rating again                                           another program, after a question
    |    u             undo                                          :paste            open a field for a block from a
    |    U  Ctrl-R  Ctrl-Y  redo                                                       spreadsheet, where the terminal does
    |                                                                                  not tell pasted text from keys
    |  Edit                                                          :goto ID|NAME|ROW
    |    Enter  F2     the cell: rating, confidence, note                              go to an item, a hypothesis or a row
    |    e             the item                                      :rate RATING|blank row|column
    |    E             the hypothesis                                                  rate all that is shown of a row or a
    | ?                                                                                                        1 to 37 of 95
    | ↑ ↓ scroll  Esc back; letters search
    ");
}

#[test]
fn on_a_large_screen_all_is_seen_at_once() {
    assert_snapshot!(help(250, 90, ""), @"
    | Who took the boat                                                                                                                                                                                                       weighted   4 items, 3 hypotheses
    |  Move                                                                                                     File
    |    ↑  k               one row up                                                                            w  Ctrl-S         save
    |    ↓  j               one row down                                                                          q  Ctrl-C         quit
    |    ←  h               one column left                                                                       Ctrl-Z            back to the shell for a while
    |    →  l               one column right
    |    PgUp  Ctrl-B       a page up                                                                           Signs
    |    PgDn  Ctrl-F       a page down                                                                           ●                 changed since the last commit: the row, the column, the cell
    |    Ctrl-U             half a page up                                                                        +                 added since the last commit
    |    Ctrl-D             half a page down                                                                      !                 a conflict that a merge left
    |    g                  first row                                                                             ▎                 the lead rests on the item; a step in the cell changes who leads
    |    G                  last row                                                                              ×                 the item does not count: it is withdrawn, or rests on one that is
    |    Home  0            first column                                                                          ( )               a stronger rating of the same group covers the cell, which adds nothing
    |    End  $             last column
    |    Tab                next blank cell, along the row first                                                Commands
    |    Shift-Tab          previous blank cell                                                                   :w  :write  :save [FILE]  save; with a name, write a copy to a new file
    |                                                                                                             :q  :quit         quit; asks if something is not saved
    |  Rate                                                                                                       :wq  :x           save and quit
    |    1                  CC, very consistent                                                                   :q!  :quit!       quit without saving
    |    2  c               C, consistent                                                                         :e  :edit FILE    open another file; edits of both stay
    |    3  n               N, neutral; after a search, n goes to the next match                                  :b  :back         back to the file that was in view before
    |    4  i               I, inconsistent                                                                       :files            list the open files, with what is not saved
    |    5  I               II, very inconsistent                                                                 :export FILE      write the scenario for another program: .csv, .tsv, .xlsx, .md, .json
    |    C                  CC, very consistent                                                                   :import FILE      import a matrix of a spreadsheet or another program, after a question
    |    x                  NA, not applicable                                                                    :paste            open a field for a block from a spreadsheet, where the terminal does not tell pasted text from keys
    |    +                  one step more consistent                                                              :goto ID|NAME|ROW  go to an item, a hypothesis or a row
    |    -                  one step more inconsistent                                                            :rate RATING|blank row|column  rate all that is shown of a row or a column, as one step
    |    Space  Del         blank: rating and confidence go, a note stays                                         :open             open the address of the item or its source in the browser
    |    .                  the last rating again                                                                 :confidence [LEVEL]  confidence of the cell or of all selected; without a level, the next
    |    u                  undo                                                                                  :tag TAG|-TAG     tag the selected items, or remove a tag
    |    U  Ctrl-R  Ctrl-Y  redo                                                                                  :group [NAME]     set the group of the selected items; without a name, none
    |                                                                                                             :set FIELD VALUE  set a field: title, scoring.method, ID.FIELD; lists with commas
    |  Edit                                                                                                       :unset FIELD      remove a field
    |    Enter  F2          the cell: rating, confidence, note                                                    :filter [WORDS AND FIELDS]  show some items only; all without words
    |    e                  the item                                                                              :sort ORDER       list the evidence in another order
    |    E                  the hypothesis                                                                        :method NAME      score by another method
    |    t                  title, question, conclusion and other fields                                          :as-of [DATE]     show the matrix as of a day, read-only; without a date, the present
    |    a                  add an item                                                                           :panel NAME       show another panel
    |    A                  add a hypothesis                                                                      :next             go to the blank or doubtful cell that matters most
    |    V                  select cells, again rows, again columns, until Esc; keys then act on all of them      :head             read the last commit again, to mark what changed since
    |    Shift-↑            select upwards                                                                        :theme NAME       use another theme
    |    Shift-↓            select downwards                                                                      :settings         open the configuration in your editor, and apply it
    |    Shift-←            select to the left                                                                    :hints [on|off]   show or hide the guide and the line of keys
    |    Shift-→            select to the right                                                                   :copy cell|row|table  copy for a spreadsheet
    |    d                  delete the row, after a question                                                      :scenario [FIELD]  edit title, question, conclusion and other fields
    |    D                  delete the column, after a question                                                   :outcome          edit the outcome: what turned out to be true
    |    o                  confidence: low, medium, high, none                                                   :source [ID]      edit a source; without an id, a new one
    |    [                  credibility down                                                                      :sources          list the sources: to edit, add and delete
    |    ]                  credibility up                                                                        :source-add ID NAME  add a source
    |    {                  relevance down                                                                        :source-delete ID  delete a source that no item cites
    |    }                  relevance up                                                                          :source-delete! ID  delete a source and its citations
    |    R                  reject the hypothesis, or make it active again                                        :indicators       list the indicators: to edit, add and delete
    |    J                  move the row down in the file                                                         :indicator [ID]   edit an indicator; without an id, a new one
    |    K                  move the row up in the file                                                           :indicator-add ID TEXT  add an indicator
    |    H                  move the column left in the file                                                      :indicator-delete ID  delete an indicator
    |    L                  move the column right in the file                                                     :observe INDICATOR [not] [DATE]  turn an indicator into an item: seen or not, today or on a date
    |    !                  the next error, or a conflict that a merge left                                       :estimate         say how probable you think each hypothesis is; what others said is shown afterwards
    |                                                                                                             :help             show keys and commands
    |  Look
    |    s                  sort by file, diagnosticity, date or id
    |    /                  search ids and texts
    |    N                  after a search, the previous match, until Esc
    |    f                  show some items only
    |    m                  score by another method
    |    z                  one line more for each row
    |    Z                  one line less for each row
    |    <                  narrower column
    |    >                  wider column
    |    y                  copy the cell, the row or the table
    |    b                  blind mode: no scores, columns shuffled, against confirmation bias
    |    v                  choose a panel; twice for the next one
    |    F6                 go into the panel's list
    |    F9                 hide the panel, or show it again
    |    Alt-<              a smaller panel
    |    Alt->              a larger panel
    |    =                  who would lead with each rating of a blank cell
    |    O                  open the address of the item or its source in the browser
    |    *                  the next item that the guide names or the lead rests on
    |    :                  type a command
    |    ?  F1              these keys
    |
    |
    |
    |
    |
    |
    |
    |
    | ?                                                                                                                                                                                                                                  118 keys and commands
    | Esc back; letters search
    ");
}

#[test]
fn letters_search_the_help_and_enter_runs_what_is_found() {
    assert_snapshot!(help(80, 16, "sear"), @"
    | Who took the boat                             weighted   4 items, 3 hypotheses
    |  Rate
    |    3  n               N, neutral; after a search, n goes to the next match
    |
    |  Edit
    |    t                  title, question, conclusion and other fields
    |
    |  Look
    |  ▸ /                  search ids and texts
    |    N                  after a search, the previous match, until Esc
    |
    |  Commands
    |    :scenario [FIELD]  edit title, question, conclusion and other fields
    |
    | ? sear                                              5 of 118 keys and commands
    | Enter runs it  ↑ ↓ choose  Esc back; letters only type
    ");
    assert_snapshot!(help(80, 12, "d"), @"
    | Who took the boat                             weighted   4 items, 3 hypotheses
    |  Move
    |    ↓  j  one row down
    |
    |  Edit
    |  ▸ d     delete the row, after a question
    |    D     delete the column, after a question
    |
    |
    |
    | ? d                                                 3 of 118 keys and commands
    | Enter runs it  ↑ ↓ choose  Esc back; letters only type
    ");
    assert_snapshot!(help(40, 10, "source<Down><Down><Down>"), @"
    | Who took the boat             weighted
    |                  without an id, a new
    |                  one
    |    :sources      list the sources: to
    |                  edit, add and delete
    |    :source-add ID NAME  add a source
    |  ▸ :source-delete ID
    |                  delete a source that
    | ? source          7 of 118 keys and c…
    | Enter runs it  ↑ ↓ choose
    ");
    assert_snapshot!(help(80, 10, "zzz"), @"
    | Who took the boat                             weighted   4 items, 3 hypotheses
    |  No key and no command has these words.
    |
    |
    |
    |
    |
    |
    | ? zzz                                               0 of 118 keys and commands
    | Enter runs it  ↑ ↓ choose  Esc back; letters only type
    ");
    let small = || Screen::open(SMALL).size(80, 12);
    let said = |keys: &str| speech(&small().keys(keys));
    assert_eq!(small().keys("?d5q").file(), SMALL, "letters only type");
    assert_eq!(said("?less cred<Enter>"), "| rope-cut credibility: high -> medium");
    assert_eq!(said("?theme<Enter>"), "| :theme");
    assert_eq!(said("?sear<Enter>"), "| /");
    for closed in ["?<Esc>", "?x<Esc>", "?x<Backspace><Backspace>", "<F1><F1>"] {
        assert_eq!(small().keys(closed).text(), small().text(), "{closed}");
    }
}

#[test]
fn keys_are_told_as_they_are_bound() {
    let (settings, _) = ach_matrix::tui::read_settings("[keys]\nundo = [\"F5\"]\nredo = [\"u\"]\n");
    let text = Screen::with(SMALL, settings).size(120, 40).keys("?").text();
    let line = |says: &str| text.lines().find(|line| line.contains(says)).unwrap_or_default().to_owned();
    assert!(line("  undo").contains("F5  ") && !line("  undo").contains(" u "), "{text}");
    assert!(line("  redo").contains("u  U  Ctrl-R"), "{text}");
}
