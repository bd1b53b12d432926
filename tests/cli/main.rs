//! Every command as people and scripts meet it: the real program, what it says, how it ends.

mod check;
mod completions;
mod corpus;
mod diff;
mod input;
mod man;
mod page;
mod rank;
mod schema;
mod support;
mod table;
mod usage;
