//! The command line from outside.

mod bad_input;
mod case;
mod commands;
mod diff;
mod explain;
mod invisible;
mod suggestions;
