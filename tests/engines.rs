//! Compiled templates do what Tera does with them: they write the same bytes, and fail where it fails. What they could not do
//! alike ends the build.
//!
//! The templates of the standard targets are Rust by the time that errgen runs, so an errgen is built here that has other
//! standard targets: hand-written ones (`tests/engines/cases.txt`), and random ones. `tests/engines/driver.rs` renders them.

#[path = "../build/compiler/mod.rs"]
mod compiler;
#[path = "engines/generator.rs"]
mod generator;
#[path = "engines/random.rs"]
mod random;
mod support;
#[allow(dead_code, reason = "the random ones are the driver's")]
#[path = "engines/values.rs"]
mod values;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use compiler::{SourceFile, SourceTarget, compile};
use generator::{Generator, VARIABLES};
use serde_json::json;
use support::{copy_into, expect_file, repository, write};
use tera::{Context, Kwargs, State, Tera, Value};

/// How many random cases there are at least, a case being a template with values.
const CASES: &str = "ERRGEN_CASES";
/// Where the random numbers begin.
const SEED: &str = "ERRGEN_SEED";

/// With how many values each random template is rendered.
const VALUES: usize = 50;
const TEMPLATES_PER_TARGET: usize = 50;
/// How many components and how many partials they may use.
const SHARED: usize = 12;

const ESCAPES: &str = r#"
escapes:
  comment: { wrap: 20, replace: { '*/': '* /' } }
  string: { quotes: ['"'], replace: { '\': '\\', '"': '\"' } }
"#;

/// A target that is made up: its templates by name, each of which yields a file but for partials.
#[derive(Default)]
struct MadeUp {
    templates: BTreeMap<String, String>,
}

impl MadeUp {
    fn wholes(&self) -> impl Iterator<Item = &String> {
        self.templates.keys().filter(|name| !name.starts_with('_'))
    }

    fn manifest(&self) -> String {
        let mut manifest = String::from("description: Made up\noptions:\n");
        for (name, _) in VARIABLES {
            let _ = writeln!(manifest, "  {name}: {{ description: Any, values: [1] }}");
        }
        manifest.push_str("files:\n");
        for (index, name) in self.wholes().enumerate() {
            // Every other one has the variable `error` from the start.
            let each = if index % 2 == 0 {
                ""
            } else {
                ", each: [error]"
            };
            let _ = writeln!(
                manifest,
                "  - {{ template: {name}, path: \"{name}.txt\"{each} }}"
            );
        }
        manifest + ESCAPES
    }

    /// Takes a template in, unless it is refused beside what the others share.
    fn has_taken(
        &mut self,
        name: String,
        text: String,
        refusals: &mut BTreeMap<String, usize>,
    ) -> bool {
        let shared = self
            .templates
            .iter()
            .filter(|(name, _)| name.starts_with('_'));
        let mut templates: BTreeMap<_, _> = shared.map(|(a, b)| (a.clone(), b.clone())).collect();
        templates.insert(name.clone(), text.clone());
        let Some(message) = (Self { templates }).refusal() else {
            self.templates.insert(name, text);
            return true;
        };
        *refusals.entry(reason(&message)).or_default() += 1;
        false
    }

    /// Whether Tera renders a template with the fixed values, if filters of errgen's own do nothing.
    fn renders(&self, name: &str) -> bool {
        let mut tera = Tera::new();
        let filter = |value: &Value, _: Kwargs, _: &State| value.clone();
        for own in ["as_comment", "as_string", "escape", "natural_sort"] {
            tera.register_filter(own, filter);
        }
        let shared = self.templates.iter();
        let shared = shared.filter(|(own, _)| own.starts_with('_') || *own == name);
        let added = tera.add_raw_templates(shared.map(|(name, text)| (name.clone(), text.clone())));
        added.expect("templates that Tera has accepted");
        let mut context = Context::new();
        let target = json!({ "options": values::fixed() });
        context.insert_value("target", Value::from_serializable(&target));
        tera.render(name, &context).is_ok()
    }

    /// Why it cannot be compiled, if that is so.
    fn refusal(&self) -> Option<String> {
        let templates = self.templates.iter().map(|(name, text)| SourceFile {
            name: name.clone(),
            text: text.clone(),
            is_whole: !name.starts_with('_'),
        });
        let target = SourceTarget {
            id: "made-up".to_owned(),
            templates: templates.collect(),
            escapes: vec!["comment".to_owned(), "string".to_owned()],
        };
        compile(&[target]).err()
    }
}

/// Why a template is refused, without the place.
fn reason(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    let reason = match line.split_once(".tera:") {
        Some((_, rest)) => rest.split_once(": ").unwrap_or_default().1,
        None => line.trim_start_matches("error: "),
    };
    reason.to_owned()
}

/// What is to be built, and what was refused on the way.
struct Built {
    /// For the hand-written cases: what was refused, by the number of the case.
    refused: BTreeMap<usize, String>,
    program: PathBuf,
}

/// An errgen whose standard targets are made up, as the program that `tests/engines/driver.rs` is. It is built once, for all tests.
fn built() -> &'static Built {
    static BUILT: OnceLock<Built> = OnceLock::new();
    BUILT.get_or_init(|| {
        let (cases, refused) = hand_written_target();
        let mut targets = random_targets();
        targets.insert("cases".to_owned(), cases);
        let program = build(&targets);
        Built { refused, program }
    })
}

fn build(targets: &BTreeMap<String, MadeUp>) -> PathBuf {
    let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let package = temporary.join("engines");
    let _ = fs::remove_dir_all(&package);
    for folder in ["src", "build"] {
        copy_into(&repository().join(folder), &package.join(folder));
    }
    // Else it would be built in the place of errgen itself.
    fs::remove_file(package.join("src/main.rs")).expect("errgen's own program");
    copy_into(
        &repository().join("tests/engines"),
        &package.join("examples/engines"),
    );
    write(&package, "Cargo.toml", &cargo_manifest());
    fs::copy(repository().join("Cargo.lock"), package.join("Cargo.lock")).expect("the lock file");
    for (id, target) in targets {
        let folder = package.join("templates").join(id);
        write(&folder, "target.yaml", &target.manifest());
        for (name, text) in &target.templates {
            write(&folder, name, text);
        }
    }
    // What errgen is built from has been built here already.
    let folder = temporary.parent().expect("the folder of what is built");
    let status = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--offline", "--example", "driver"])
        .arg("--manifest-path")
        .arg(package.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(folder)
        .status()
        .expect("Cargo runs");
    assert!(status.success(), "it does not compile");
    folder.join("debug/examples/driver")
}

/// Runs the driver.
fn drive(words: &[&str]) -> String {
    let output = Command::new(&built().program)
        .args(words)
        .output()
        .expect("the driver runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// errgen's own, with the driver in the place of all else that is built with it.
fn cargo_manifest() -> String {
    let own = fs::read_to_string(repository().join("Cargo.toml")).expect("errgen's manifest");
    let mut manifest = String::new();
    let mut is_kept = false;
    for line in own.lines() {
        if line.starts_with('[') {
            is_kept = !line.starts_with("[[") && !line.contains("dev-dependencies");
        }
        if is_kept {
            manifest.push_str(line);
            manifest.push('\n');
        }
    }
    // Cargo tells packages at the root of a workspace apart by their names: under errgen's own, it would be built in errgen's place.
    let manifest = manifest.replacen("name = \"errgen\"", "name = \"errgen-engines\"", 1);
    // Programs use the library by its own name.
    let manifest = manifest.replacen("[lib]\n", "[lib]\nname = \"errgen\"\n", 1);
    let driver = "path = \"examples/engines/driver.rs\"";
    manifest + &format!("\n[workspace]\n[[example]]\nname = \"driver\"\n{driver}\n")
}

fn cases() -> String {
    let path = repository().join("tests/engines/cases.txt");
    fs::read_to_string(path).expect("the cases")
}

/// The cases as templates, by the numbers of their lines; and why those are refused that are.
fn hand_written_target() -> (MadeUp, BTreeMap<usize, String>) {
    let mut target = MadeUp::default();
    let mut refused = BTreeMap::new();
    for (index, case) in cases().lines().enumerate() {
        if case.is_empty() || case.starts_with('#') {
            continue;
        }
        let mut alone = MadeUp::default();
        let name = format!("{index:04}.tera");
        alone.templates.insert(name, with_variables(case));
        match alone.refusal() {
            None => target.templates.extend(alone.templates),
            Some(message) => {
                refused.insert(index, format!("refused: {}", reason(&message)));
            }
        }
    }
    (target, refused)
}

#[test]
fn every_case_is_rendered_alike_or_refused() {
    let mut results = built().refused.clone();
    let cases = cases();
    let cases: Vec<_> = cases.lines().collect();
    let mut differ = Vec::new();
    let printed = drive(&["fixed"]);
    for line in printed.lines() {
        let (name, compiled, interpreted): (String, Option<String>, Option<String>) =
            serde_json::from_str(line).expect("what the driver prints");
        let index: usize = name[..4].parse().expect("the number of a case");
        let shown = |text: &Option<String>| match text {
            Some(text) => format!("{text:?}"),
            None => "fails".to_owned(),
        };
        if compiled != interpreted {
            let (compiled, interpreted) = (shown(&compiled), shown(&interpreted));
            differ.push(format!("{}: {compiled}, not {interpreted}", cases[index]));
        }
        results.insert(index, shown(&interpreted));
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
    let mut expected = String::new();
    for (index, case) in cases.iter().enumerate() {
        let _ = writeln!(expected, "{case}");
        if let Some(result) = results.get(&index) {
            let _ = writeln!(expected, "    {result}");
        }
    }
    let path = repository().join("tests/engines/cases.expected.txt");
    expect_file(&path, &expected);
}

/// A template with the variables that random ones have.
fn with_variables(text: &str) -> String {
    let mut template = String::new();
    for (name, _) in VARIABLES {
        let _ = write!(template, "{{%- set {name} = target.options.{name} -%}}");
    }
    template + &text.replace("\\n", "\n")
}

fn number(variable: &str, otherwise: usize) -> usize {
    let given = std::env::var(variable).ok();
    given.map_or(otherwise, |it| it.parse().expect("a number"))
}

fn random_targets() -> BTreeMap<String, MadeUp> {
    let count = number(CASES, 5_000).div_ceil(VALUES * TEMPLATES_PER_TARGET);
    let seed = number(SEED, 1);
    let mut refusals = BTreeMap::new();
    let target = |index| {
        let target = random_target(seed * 1_000 + index, &mut refusals);
        (format!("random{index}"), target)
    };
    let targets = (0..count).map(target).collect();
    eprintln!("refused: {refusals:#?}");
    targets
}

#[test]
fn random_templates_are_rendered_alike() {
    let printed = drive(&[&number(SEED, 1).to_string(), &VALUES.to_string()]);
    let mut lines: Vec<_> = printed.lines().collect();
    let summary = lines.pop().unwrap_or_default();
    eprintln!("{summary}");
    assert!(lines.is_empty(), "{printed}");
    let words = summary.split_whitespace();
    let numbers: Vec<usize> = words.filter_map(|word| word.parse().ok()).collect();
    let (rendered, failed) = (numbers[0], numbers[1]);
    assert!(rendered + failed >= number(CASES, 5_000), "{summary}");
    assert!(rendered > failed, "most cases fail: {summary}");
}

fn random_target(seed: usize, refusals: &mut BTreeMap<String, usize>) -> MadeUp {
    let mut generator = Generator::new(seed.try_into().expect("a small number"));
    let mut target = MadeUp::default();
    for index in 0..SHARED {
        let name = format!("_c{index}.tera");
        let text = generator.add_component();
        if !target.has_taken(name, text, refusals) {
            generator.forget_component();
        }
        let name = format!("_p{index}.tera");
        let text = generator.add_partial(&name);
        if !target.has_taken(name, text, refusals) {
            generator.forget_partial();
        }
    }
    while target.wholes().count() < TEMPLATES_PER_TARGET {
        let name = format!("{:04}.tera", target.templates.len());
        let text = generator.template();
        if !target.has_taken(name.clone(), text, refusals) {
            continue;
        }
        // Most that fail do so whatever the values are: of them, a few are enough.
        if !target.renders(&name) && generator.random.chance(90) {
            target.templates.remove(&name);
            *refusals.entry("it fails".to_owned()).or_default() += 1;
        }
    }
    target
}
