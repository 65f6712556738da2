//! From the templates of the standard targets to Rust, so that a run need not read them, nor walk through
//! what it has read. What a template may be made of is what Tera knows, as far as standard targets use it; anything else
//! ends the build with its place. The tests hold what these functions write against what Tera writes.

mod condition;
mod expression;
mod filter;
mod function;
mod generator;
mod lexer;
mod parser;
mod syntax;
mod value;
mod write;

use std::fmt::Write as _;

use generator::Generator;

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
/// The first thing in a template that cannot be compiled, with its place.
pub fn compile(targets: &[SourceTarget]) -> Result<String, String> {
    let mut code = String::from("pub static TARGETS: &[CompiledTarget] = &[\n");
    for (index, target) in targets.iter().enumerate() {
        let names: Vec<_> = target.templates.iter().map(|file| &file.name).collect();
        let _ = writeln!(
            code,
            "CompiledTarget {{ id: {:?}, names: &{names:?}, templates: target_{index}::TEMPLATES, \
             shows_names_of_others: target_{index}::SHOWS_NAMES_OF_OTHERS }},",
            target.id,
        );
    }
    code.push_str("];\n");
    for (index, target) in targets.iter().enumerate() {
        let functions = Generator::new(target)?.functions()?;
        let _ = writeln!(
            code,
            "mod target_{index} {{\nuse super::*;\ntype V<'a> = Value<'a>;\n{functions}}}"
        );
    }
    Ok(code)
}
