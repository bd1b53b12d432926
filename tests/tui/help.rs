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
    |  Move
    |    ↑  k          one row up
    |    ↓  j          one row down
    |    ←  h          one column left
    |    →  l          one column right
    |    PgUp  Ctrl-B  a page up
    |    PgDn  Ctrl-F  a page down
    | ?                 117 keys and comman…
    | ↑ ↓ scroll  Esc back; letters search
    ");
    assert_snapshot!(help(40, 10, "<PgDn><Up>"), @"
    | Who took the boat             weighted
    |    PgUp  Ctrl-B  a page up
    |    PgDn  Ctrl-F  a page down
    |    Ctrl-U        half a page up
    |    Ctrl-D        half a page down
    |    g             first row
    |    G             last row
    |    Home  0       first column
    | ?                 117 keys and comman…
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
    |                      commands
    | ?                 117 keys and comman…
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
    |  Move                                                        File
    |    ↑  k          one row up                                    w  Ctrl-S         save
    |    ↓  j          one row down                                  q  Ctrl-C         quit
    |    ←  h          one column left                               Ctrl-Z            back to the shell for a while
    |    →  l          one column right
    |    PgUp  Ctrl-B  a page up                                   Signs
    |    PgDn  Ctrl-F  a page down                                   ●                 changed since the last commit: the
    |    Ctrl-U        half a page up                                                  row, the column, the cell
    |    Ctrl-D        half a page down                              +                 added since the last commit
    |    g             first row                                     !                 a conflict that a merge left
    |    G             last row                                      ▎                 the lead rests on the item; a step
    |    Home  0       first column                                                    in the cell changes who leads
    |    End  $        last column                                   ×                 the item does not count: it is
    |    Tab           next blank cell, along the row first                            withdrawn, or rests on one that is
    |    Shift-Tab     previous blank cell                           ( )               a stronger rating of the same group
    |                                                                                  covers the cell, which adds nothing
    |  Rate
    |    1             CC, very consistent                         Commands
    |    2  c          C, consistent                                 :w  :write  :save [FILE]
    |    3  n          N, neutral; after a search, n goes to                           save; with a name, write a copy to a
    |                  the next match                                                  new file
    |    4  i          I, inconsistent                               :q  :quit         quit; asks if something is not saved
    |    5  I          II, very inconsistent                         :wq  :x           save and quit
    |    C             CC, very consistent                           :q!  :quit!       quit without saving
    |    x             NA, not applicable                            :e  :edit FILE    open another file; edits of both
    |    +             one step more consistent                                        stay
    |    -             one step more inconsistent                    :b  :back         back to the file that was in view
    |    Space  Del    blank: rating and confidence go, a note                         before
    |                  stays                                         :files            list the open files, with what is
    |    .             the last rating again                                           not saved
    |    u             undo                                          :export FILE      write the scenario for another
    |    U  Ctrl-R  Ctrl-Y  redo                                                       program: .csv, .tsv, .xlsx, .md,
    |                                                                                  .json
    |  Edit                                                          :import FILE      import a matrix of a spreadsheet or
    |    Enter  F2     the cell: rating, confidence, note                              another program, after a question
    |    e             the item                                      :paste            open a field for a block from a
    |    E             the hypothesis                                                  spreadsheet, where the terminal does
    | ?                                                                                                114 keys and commands
    | ↑ ↓ scroll  Esc back; letters search
    ");
}

#[test]
fn on_a_large_screen_all_is_seen_at_once() {
    assert_snapshot!(help(250, 90, ""), @"
    | Who took the boat                                                                                                                                                                                                       weighted   4 items, 3 hypotheses
    |  Move                                                                                                     Look
    |    ↑  k               one row up                                                                            s                 sort by file, diagnosticity, date or id
    |    ↓  j               one row down                                                                          /                 search ids and texts
    |    ←  h               one column left                                                                       N                 after a search, the previous match, until Esc
    |    →  l               one column right                                                                      f                 show some items only
    |    PgUp  Ctrl-B       a page up                                                                             m                 score by another method
    |    PgDn  Ctrl-F       a page down                                                                           z                 one line more for each row
    |    Ctrl-U             half a page up                                                                        Z                 one line less for each row
    |    Ctrl-D             half a page down                                                                      <                 narrower column
    |    g                  first row                                                                             >                 wider column
    |    G                  last row                                                                              y                 copy the cell, the row or the table
    |    Home  0            first column                                                                          b                 blind mode: no scores, columns shuffled, against confirmation bias
    |    End  $             last column                                                                           v                 choose a panel; twice for the next one
    |    Tab                next blank cell, along the row first                                                  F6                go into the panel's list
    |    Shift-Tab          previous blank cell                                                                   F9                hide the panel, or show it again
    |                                                                                                             Alt-<             a smaller panel
    |  Rate                                                                                                       Alt->             a larger panel
    |    1                  CC, very consistent                                                                   =                 who would lead with each rating of a blank cell
    |    2  c               C, consistent                                                                         *                 the next item that the guide names or the lead rests on
    |    3  n               N, neutral; after a search, n goes to the next match                                  :                 type a command
    |    4  i               I, inconsistent                                                                       ?  F1             these keys
    |    5  I               II, very inconsistent
    |    C                  CC, very consistent                                                                 File
    |    x                  NA, not applicable                                                                    w  Ctrl-S         save
    |    +                  one step more consistent                                                              q  Ctrl-C         quit
    |    -                  one step more inconsistent                                                            Ctrl-Z            back to the shell for a while
    |    Space  Del         blank: rating and confidence go, a note stays
    |    .                  the last rating again                                                               Signs
    |    u                  undo                                                                                  ●                 changed since the last commit: the row, the column, the cell
    |    U  Ctrl-R  Ctrl-Y  redo                                                                                  +                 added since the last commit
    |                                                                                                             !                 a conflict that a merge left
    |  Edit                                                                                                       ▎                 the lead rests on the item; a step in the cell changes who leads
    |    Enter  F2          the cell: rating, confidence, note                                                    ×                 the item does not count: it is withdrawn, or rests on one that is
    |    e                  the item                                                                              ( )               a stronger rating of the same group covers the cell, which adds nothing
    |    E                  the hypothesis
    |    t                  title, question, conclusion and other fields                                        Commands
    |    a                  add an item                                                                           :w  :write  :save [FILE]  save; with a name, write a copy to a new file
    |    A                  add a hypothesis                                                                      :q  :quit         quit; asks if something is not saved
    |    V                  select cells, again rows, again columns, until Esc; keys then act on all of them      :wq  :x           save and quit
    |    Shift-↑            select upwards                                                                        :q!  :quit!       quit without saving
    |    Shift-↓            select downwards                                                                      :e  :edit FILE    open another file; edits of both stay
    |    Shift-←            select to the left                                                                    :b  :back         back to the file that was in view before
    |    Shift-→            select to the right                                                                   :files            list the open files, with what is not saved
    |    d                  delete the row, after a question                                                      :export FILE      write the scenario for another program: .csv, .tsv, .xlsx, .md, .json
    |    D                  delete the column, after a question                                                   :import FILE      import a matrix of a spreadsheet or another program, after a question
    |    o                  confidence: low, medium, high, none                                                   :paste            open a field for a block from a spreadsheet, where the terminal does not tell pasted text from keys
    |    [                  credibility down                                                                      :goto ID|NAME|ROW  go to an item, a hypothesis or a row
    |    ]                  credibility up                                                                        :rate RATING|blank row|column  rate all that is shown of a row or a column, as one step
    |    {                  relevance down                                                                        :open             open the address of the item or its source in the browser
    |    }                  relevance up                                                                          :tag TAG|-TAG     tag the selected items, or remove a tag
    |    R                  reject the hypothesis, or make it active again                                        :group [NAME]     set the group of the selected items; without a name, none
    |    J                  move the row down in the file                                                         :set FIELD VALUE  set a field: title, scoring.method, ID.FIELD; lists with commas
    |    K                  move the row up in the file                                                           :unset FIELD      remove a field
    |    H                  move the column left in the file                                                      :filter [WORDS AND FIELDS]  show some items only; all without words
    |    L                  move the column right in the file                                                     :sort ORDER       list the evidence in another order
    |    !                  the next error, or a conflict that a merge left                                       :method NAME      score by another method
    |                                                                                                             :panel NAME       show another panel
    |                                                                                                             :next             go to the blank or doubtful cell that matters most
    |                                                                                                             :head             read the last commit again, to mark what changed since
    |                                                                                                             :theme NAME       use another theme
    |                                                                                                             :hints [on|off]   show or hide the guide and the line of keys
    |                                                                                                             :copy cell|row|table  copy for a spreadsheet
    |                                                                                                             :scenario [FIELD]  edit title, question, conclusion and other fields
    |                                                                                                             :outcome          edit the outcome: what turned out to be true
    |                                                                                                             :source [ID]      edit a source; without an id, a new one
    |                                                                                                             :sources          list the sources: to edit, add and delete
    |                                                                                                             :source-add ID NAME  add a source
    |                                                                                                             :source-delete ID  delete a source that no item cites
    |                                                                                                             :source-delete! ID  delete a source and its citations
    |                                                                                                             :indicators       list the indicators: to edit, add and delete
    |                                                                                                             :indicator [ID]   edit an indicator; without an id, a new one
    |                                                                                                             :indicator-add ID TEXT  add an indicator
    |                                                                                                             :indicator-delete ID  delete an indicator
    |                                                                                                             :observe INDICATOR [not] [DATE]  turn an indicator into an item: seen or not, today or on a date
    |                                                                                                             :estimate         say how probable you think each hypothesis is; what others said is shown afterwards
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
    |    F6                 into the panel: through its entries
    |    F9                 hide the panel, or show it again
    |    Alt-<              a smaller panel
    |    Alt->              a larger panel
    |    =                  who would lead with each rating of a blank cell
    |    *                  the next item that the guide names or the lead rests on
    |    :                  give a command
    |    ?  F1              these keys
    |
    |
    |
    |
    |
    |
    |
    |
    |
    | ?                                                                                                                                                                                                                                  117 keys and commands
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
    | ? sear                                              5 of 117 keys and commands
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
    | ? d                                                 3 of 117 keys and commands
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
    | ? source          6 of 117 keys and c…
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
    | ? zzz                                               0 of 117 keys and commands
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
