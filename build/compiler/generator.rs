//! The functions of a target: one for each template and each component, and the table of those that errgen calls.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::function::{DEEPEST, Function, Knowledge, Source};
use super::program::{Program, Unit};
use super::syntax::Problem;
use super::variables::NAMES;

/// All functions, and the table of those that a file or a path is made by.
///
/// # Errors
///
/// What cannot be compiled, a line for each function.
pub fn functions(program: &Program) -> Result<String, String> {
    let mut known = Knowledge::default();
    // What one function needs of its caller can be what that one needs of its own.
    loop {
        let (code, next) = pass(program, &known)?;
        if next == known {
            return Ok(code + &table(program, &known)?);
        }
        known = next;
    }
}

/// Writes all functions by what is known of them, and says what is known now.
fn pass(program: &Program, known: &Knowledge) -> Result<(String, Knowledge), String> {
    let mut code = String::new();
    let mut next = Knowledge::default();
    let mut problems = Vec::new();
    for unit in program.units() {
        let mut function = Function::new(program, unit, known);
        match function.code() {
            Ok(text) => code.push_str(&text),
            Err(problem) => problems.push(program.message(program.template_of(unit), &problem)),
        }
        next.functions.insert(unit, function.own);
    }
    // The deepest that a unit calls, if it is not too deep.
    let mut depths = BTreeMap::new();
    let mut units = program.units();
    next.counts_calls = units.any(|unit| depth(&next, unit, &mut depths).is_none());
    if problems.is_empty() {
        return Ok((code, next));
    }
    Err(problems.join("\n"))
}

/// How deep calls of components from a unit can become; none where that is deeper than Tera lets them, or has no end.
fn depth(
    known: &Knowledge,
    unit: Unit,
    depths: &mut BTreeMap<Unit, Option<usize>>,
) -> Option<usize> {
    if let Some(depth) = depths.get(&unit) {
        return *depth;
    }
    // Until it is known: a unit that calls itself has no end.
    depths.insert(unit, None);
    let mut deepest = 0;
    for callee in &known.functions[&unit].calls {
        let own = usize::from(matches!(callee, Unit::Component(_)));
        deepest = deepest.max(depth(known, *callee, depths)? + own);
    }
    let deepest = Some(deepest).filter(|deepest| *deepest <= DEEPEST);
    depths.insert(unit, deepest);
    deepest
}

/// The templates by their names; a template that others include may need what no file has, and stands in no table.
fn table(program: &Program, known: &Knowledge) -> Result<String, String> {
    let mut wrappers = String::new();
    let mut rows = String::new();
    let files = program.target.templates.iter().enumerate();
    for (index, file) in files.filter(|(_, file)| file.is_whole) {
        let unit = Unit::Template(index);
        let mut arguments = String::new();
        for ((source, name), origin) in &known.functions[&unit].needs {
            let is_variable = NAMES.contains(&name.as_str());
            if let (Some((template, place)), false) = (*origin, is_variable) {
                let message = format!("there is no variable `{name}`");
                return Err(program.message(template, &Problem { place, message }));
            }
            let value = match source {
                Source::Seen | Source::Context if is_variable => format!("c.{name}"),
                _ => "Value::Undefined".to_owned(),
            };
            let _ = write!(arguments, ", {value}");
        }
        let name = program.function_name(unit);
        let _ = writeln!(
            wrappers,
            "fn whole_{index}<'a>(r: &Renderer<'a>, o: &mut String, c: &Variables<V<'a>>) {{ {name}(r, o{arguments}) }}"
        );
        let _ = writeln!(rows, "({:?}, whole_{index}),", file.name);
    }
    let shows_names_of_others = known.functions.values().any(|it| it.shows_names_of_others);
    let shows_history = known.functions.values().any(|it| it.shows_history);
    Ok(format!(
        "{wrappers}pub static TEMPLATES: &[(&str, CompiledTemplate)] = &[\n{rows}];\n\
         pub const SHOWS_NAMES_OF_OTHERS: bool = {shows_names_of_others};\n\
         pub const SHOWS_HISTORY: bool = {shows_history};\n"
    ))
}
