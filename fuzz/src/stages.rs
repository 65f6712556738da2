//! The way of a catalogue through errgen, with nothing read from a disk and nothing written to one.

use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::thread;

use errgen::diagnostic::{
    Color, Diagnostic, Diagnostics, Human, Place, Shown, Source, Span, json_lines, sarif_log,
    workflow_commands,
};
use errgen::pipeline::Draft;
use errgen::read::decode;
use errgen::render::{RenderedTarget, is_safe};
use errgen::target::Library;

/// As it is named in diagnostics.
pub const PATH: &str = "catalog.yaml";

/// The standard targets, each of which is read once.
static LIBRARY: LazyLock<Library> = LazyLock::new(Library::standard);

/// The text of a catalogue, or what is said where its bytes are none.
pub fn source(bytes: &[u8]) -> Result<Arc<Source>, Diagnostics> {
    decode(PATH.to_owned(), bytes.to_vec())
}

/// All that `errgen lint` finds in a catalogue.
pub fn findings(source: &Arc<Source>) -> Diagnostics {
    Draft::parse(source).analyse(&LIBRARY, &[]).lint()
}

/// The files of a catalogue's targets, or of that one alone which `only` picks; `None` where it is not fit to make any of.
pub fn generate(
    source: &Arc<Source>,
    only: Option<usize>,
) -> Option<Result<Vec<RenderedTarget>, Diagnostics>> {
    let draft = Draft::parse(source);
    let project = draft.analyse(&LIBRARY, &[]).into_project().ok()?;
    let targets = &project.targets;
    if targets.is_empty() {
        return None;
    }
    let only = only.map(|index| targets[index % targets.len()].target.id.clone());
    let origin = |_: &_| "catalog.yaml".to_owned();
    let render = || {
        project.render(only.as_slice(), origin, |_| {
            unreachable!("all are standard ones")
        })
    };
    // In a thread, as the program does it: its stack is a smaller one.
    let rendered = thread::scope(|scope| scope.spawn(render).join());
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
    }
    let shown = Shown::most(diagnostics, usize::MAX);
    let json = json_lines(&shown);
    assert_eq!(json.lines().count(), diagnostics.len());
    for line in json.lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).is_ok());
    }
    let commands = workflow_commands(&shown, None, &|path| path.into());
    assert!(!commands.contains('\r'));
    assert_eq!(commands.lines().count(), diagnostics.len());
    assert!(commands.lines().all(|line| line.starts_with("::")));
    let log = sarif_log(&shown, &|path| path.into());
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
