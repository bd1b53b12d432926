//! Every command as people and scripts meet it: the real program, what it says, how it ends.

mod blame;
mod check;
mod completions;
mod corpus;
mod diff;
mod explain;
mod git;
mod input;
mod items;
mod log;
mod man;
mod merge;
mod new;
mod next;
mod page;
mod rank;
mod resolve;
mod robustness;
mod schema;
mod sensitivity;
mod set;
mod support;
mod table;
mod team;
mod timeline;
mod usage;
