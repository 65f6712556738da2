//! The way of a catalogue through errgen, with nothing read from a disk and nothing written to one.

use std::path::Path;
use std::slice;
use std::sync::{Arc, LazyLock};
use std::thread;

use bumpalo::Bump;
use errgen::diagnostic::{
    Color, Diagnostic, Diagnostics, Human, Place, Source, Span, json_line, sarif_log,
    workflow_command,
};
use errgen::lint::lint;
use errgen::model::Model;
use errgen::parse::parse;
use errgen::parse::raw::Catalog;
use errgen::read::decode;
use errgen::render::{Engine, RenderedTarget, Rendering, is_safe};
use errgen::target::{Library, Target};
use errgen::validate::{EnabledTarget, enabled_targets, too_old, validate};

/// As it is named in diagnostics.
pub const PATH: &str = "catalog.yaml";

static LIBRARY: LazyLock<Library> = LazyLock::new(Library::standard);

/// A catalogue's targets, and what it says of them.
type Targets = (Vec<Target>, Vec<EnabledTarget>);

/// All standard targets, as a catalogue has them that names none. They are the same each time, so that they are read once.
static STANDARD: LazyLock<Targets> = LazyLock::new(|| {
    let empty = Arc::new(Source::new(PATH, ""));
    let catalogue = Catalog::default();
    enabled_targets(&empty, &catalogue, &LIBRARY, &[], &mut Vec::new())
});

/// The text of a catalogue, or what is said where its bytes are none.
pub fn source(bytes: &[u8]) -> Result<Arc<Source>, Diagnostics> {
    decode(PATH.to_owned(), bytes.to_vec())
}

/// All that `errgen lint` finds in a catalogue.
pub fn findings(source: &Arc<Source>) -> Diagnostics {
    let (raw, mut diagnostics) = parse(source);
    let Some(raw) = raw else {
        return diagnostics;
    };
    if let Some(diagnostic) = too_old(source, &raw) {
        return diagnostic.into();
    }
    let own = own_targets(source, &raw, &mut diagnostics);
    let (targets, _) = own.as_ref().unwrap_or(&STANDARD);
    validate(source, &raw, targets, &mut diagnostics);
    diagnostics.extend(lint(source, &raw));
    errgen::diagnostic::sort(&mut diagnostics);
    diagnostics
}

/// The targets that a catalogue names, if it does.
fn own_targets(
    source: &Arc<Source>,
    raw: &Catalog,
    diagnostics: &mut Diagnostics,
) -> Option<Targets> {
    raw.targets.as_ref()?;
    Some(enabled_targets(source, raw, &LIBRARY, &[], diagnostics))
}

/// The files of a catalogue's targets, or of that one alone which `only` picks; `None` where it is not fit to make any of.
pub fn generate(
    source: &Arc<Source>,
    only: Option<usize>,
) -> Option<Result<Vec<RenderedTarget>, Diagnostics>> {
    let (raw, mut diagnostics) = parse(source);
    let raw = raw?;
    if too_old(source, &raw).is_some() {
        return None;
    }
    let own = own_targets(source, &raw, &mut diagnostics);
    let (targets, enabled) = own.as_ref().unwrap_or(&STANDARD);
    let catalog = validate(source, &raw, targets, &mut diagnostics)?;
    if !diagnostics.is_empty() || enabled.is_empty() {
        return None;
    }
    let named: Vec<&Target> = targets.iter().collect();
    let drops_retired = enabled.iter().any(|enabled| enabled.drops_retired);
    let arena = Bump::new();
    let model = Model::new(&arena, &catalog, &named, drops_retired);
    let wanted = match only {
        Some(index) => slice::from_ref(&enabled[index % enabled.len()]),
        None => enabled,
    };
    let render_one = |enabled: &EnabledTarget| {
        let target = &targets[enabled.index];
        let own = Bump::new();
        let engine = Engine::new(target)?;
        Rendering::new(&own, engine, &model, target, enabled)?.render(&|_, _| {})
    };
    // In a thread, as the program does it: its stack is a smaller one.
    let rendered = thread::scope(|scope| {
        let work = || wanted.iter().map(render_one).collect();
        scope.spawn(work).join()
    });
    Some(rendered.expect("rendering ends"))
}

/// Asserts that files are where they may be, and that JSON is JSON.
pub fn assert_sound(targets: &[RenderedTarget]) {
    for target in targets {
        assert!(!target.files.is_empty(), "{} has no files", target.id);
        for file in &target.files {
            assert!(is_safe(&file.path), "{}: {}", target.id, file.path);
            if Path::new(&file.path)
                .extension()
                .is_some_and(|it| it == "json")
            {
                let json = serde_json::from_slice::<serde_json::Value>(&file.content);
                assert!(json.is_ok(), "{}: {}: {json:?}", target.id, file.path);
            }
        }
    }
}

/// Renders diagnostics in every form, and asserts that all they point to is there.
pub fn assert_shown(diagnostics: &[Diagnostic]) {
    let plain = Human::new(Color::Never);
    let coloured = Human::new(Color::Always);
    for diagnostic in diagnostics {
        assert_in_bounds(diagnostic);
        assert!(plain.render(diagnostic).ends_with('\n'));
        assert!(coloured.render(diagnostic).ends_with('\n'));
        let json = json_line(diagnostic);
        assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok());
        assert_eq!(json.find('\n'), Some(json.len() - 1));
        let command = workflow_command(diagnostic);
        assert_eq!(command.find(['\n', '\r']), Some(command.len() - 1));
    }
    let log = sarif_log(diagnostics);
    assert!(serde_json::from_str::<serde_json::Value>(&log).is_ok());
}

fn assert_in_bounds(diagnostic: &Diagnostic) {
    let Place::Span(source, span) = &diagnostic.place else {
        return;
    };
    let related = diagnostic.related.iter().map(|related| related.span);
    let edits = diagnostic.fix.iter().flat_map(|fix| &fix.edits);
    let spans = [*span].into_iter().chain(related);
    for Span { start, end } in spans.chain(edits.map(|edit| edit.span)) {
        let is_in = source.text.get(start as usize..end as usize).is_some();
        assert!(
            is_in,
            "{start}..{end} of {}: {diagnostic:?}",
            source.text.len()
        );
    }
}
