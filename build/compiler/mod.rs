//! Compiles the templates of the standard targets to Rust, so that a run need not read them, nor walk through what it has read.
//!
//! What is compiled does exactly what Tera does; the functions in `src/render/compiled/` see to that. So Tera itself reads every
//! template first, and refuses what is wrong in it. What it accepts and this cannot do alike, or has not learned as no
//! standard template uses it, is refused as well, with its place: it ends the build.
//!
//! Tera keeps its parser to itself (its module `parsing` is private), so there is one here, for templates that Tera has accepted.

mod calls;
mod condition;
mod cursor;
mod expressions;
mod function;
mod generator;
mod nodes;
mod program;
mod reader;
mod syntax;
#[path = "../../src/render/tokens.rs"]
mod tokens;
mod value;
#[allow(dead_code, reason = "the names alone are of interest here")]
#[path = "../../src/render/variables.rs"]
mod variables;
mod write;

use std::fmt::Write as _;

use program::Program;
use tera::{Kwargs, State, Tera, Value};

/// A template, or the template of a path that stands in a manifest.
pub struct SourceFile {
    /// As the target's manifest names it.
    pub name: String,
    pub text: String,
    /// Whether a file or a path is made by it; others include the rest.
    pub is_whole: bool,
}

/// A target that is to be compiled.
pub struct SourceTarget {
    pub id: String,
    pub templates: Vec<SourceFile>,
    /// The contexts that it escapes for, sorted.
    pub escapes: Vec<String>,
}

/// A Rust module with a function for each template, and tables of them.
///
/// # Errors
///
/// What cannot be compiled, with its place.
pub fn compile(targets: &[SourceTarget]) -> Result<String, String> {
    let mut code = String::from("pub static TARGETS: &[CompiledTarget] = &[\n");
    let mut modules = String::new();
    let mut problems = Vec::new();
    for (index, target) in targets.iter().enumerate() {
        let names: Vec<_> = target.templates.iter().map(|file| &file.name).collect();
        let _ = writeln!(
            code,
            "CompiledTarget {{ id: {:?}, names: &{names:?}, templates: target_{index}::TEMPLATES, \
             shows_names_of_others: target_{index}::SHOWS_NAMES_OF_OTHERS, \
             shows_history: target_{index}::SHOWS_HISTORY }},",
            target.id,
        );
        match compile_target(target) {
            Ok(functions) => {
                let _ = writeln!(
                    modules,
                    "mod target_{index} {{\nuse super::*;\ntype V<'a> = Value<'a>;\n{functions}}}"
                );
            }
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        return Ok(code + "];\n" + &modules);
    }
    Err(problems.join("\n"))
}

fn compile_target(target: &SourceTarget) -> Result<String, String> {
    check(target).map_err(|error| error.to_string())?;
    let program = Program::read(target)?;
    generator::functions(&program)
}

/// Has Tera read the templates.
fn check(target: &SourceTarget) -> Result<(), tera::Error> {
    let mut tera = Tera::new();
    let filter = |value: &Value, _: Kwargs, _: &State| value.clone();
    let escapes = target.escapes.iter().map(|context| format!("as_{context}"));
    let own = ["escape", "natural_sort"].map(str::to_owned);
    for name in escapes.chain(own) {
        tera.register_filter(name, filter);
    }
    let folder = format!("templates/{}/", target.id);
    tera.set_fallback_prefixes([folder.clone()])?;
    let templates = target.templates.iter();
    tera.add_raw_templates(templates.map(|file| (folder.clone() + &file.name, &file.text)))
}
