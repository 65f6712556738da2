//! errgen: one YAML catalogue of error codes in, error modules for every SDK and the docs out.
//!
//! The way of the data is one direction, a module a stage; later ones import earlier ones, never the reverse:
//!
//! ```text
//! read → parse → validate → model → render → plan → write | check
//! ```
//!
//! `diagnostic` is a leaf that every stage may import. `target` reads what the stages from validate to render need to
//! know of a language: no Rust source names one. Past `validate` a `catalog` cannot be wrong; `lint` says what had better not
//! be as it is; `render` is pure, by templates that the build script has compiled (`precompile`, no module of this crate) or that
//! Tera interprets, and `confine` lets others' templates be rendered in a process of their own; `depfile` tells
//! build tools what is made of what; `write` alone writes, on several cores by `side_by_side`. `find` and `explain` look for
//! errors and show them; `watch` waits for changes, and `serve` shows a site. `cli` puts the stages together.

#![forbid(unsafe_code)]

pub mod diagnostic;

pub mod read;

pub mod parse;

pub mod catalog;
pub mod target;
pub mod validate;

pub mod lint;

pub mod find;

pub mod model;
pub mod schema;

pub mod explain;

pub mod render;

pub mod confine;

mod file_list;
pub mod plan;

pub mod depfile;

mod side_by_side;

pub mod check;
pub mod write;

pub mod serve;
pub mod watch;

pub mod cli;
