//! errgen: one YAML catalogue of error codes in, error modules for every SDK and the docs out.
//!
//! Data flows in one direction, one module a stage; a stage imports earlier ones, never later ones:
//!
//! ```text
//! read → parse → include → load → validate → model → render → plan → write | check
//! ```
//!
//! `terminal` and `diagnostic` are leaves that every stage may import: what may be shown, and what is wrong. `portable` knows which names every file system can hold. `target` holds
//! what the stages from `include` to `render` need to know about a language: no Rust source names one. `include` finds the
//! files that a catalogue includes, and `load` reads the targets that it is for; `prose` finds links and placeholders of other
//! systems in texts; past `validate`, a `catalog` cannot be wrong; `lint` finds likely mistakes, `ledger` holds the catalogue
//! against what was released, and `compatibility` says what a change breaks. `render` is pure: the build script has compiled the
//! templates of the standard targets (`build/`), and Tera interprets all others. `pipeline` puts the stages from `read` to `render`
//! together. `revision` reads a catalogue as it was at another time. `origin` names the catalogue for the headers of files.
//! `confine` renders others' templates in a process of their own. `locate` finds the folders that targets write to, and `depfile`
//! tells build tools what was made from what. `diff` shows how a file changes. `write` is the only module that writes files, on
//! several cores by `side_by_side`. `find` and `explain` look up errors and show them, `audit` holds what servers send against them, `watch` waits for changes, and `serve` shows
//! a site. `cli` is the command line.

#![forbid(unsafe_code)]

pub mod terminal;

mod portable;

pub mod diagnostic;

pub mod read;

pub mod parse;

pub mod catalog;
pub mod target;

pub mod include;
mod init;
pub mod load;
pub mod origin;

pub mod prose;

pub mod validate;

pub mod lint;

mod edit;
mod import;

pub mod ledger;

pub mod compatibility;

pub mod find;

mod audit;

pub mod model;
pub mod schema;

pub mod explain;

pub mod render;

mod side_by_side;

pub mod pipeline;

pub mod revision;

pub mod confine;

mod file_list;
mod record;

pub mod locate;

pub mod plan;

pub mod depfile;

mod diff;

pub mod check;
pub mod write;

pub mod serve;
pub mod watch;

pub mod cli;
