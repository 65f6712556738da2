//! The command that renders one target of somebody's own; errgen gives it to itself (`confine`), nobody else does.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::{self, Command, ExitCode};
use std::sync::Arc;
use std::thread::{self, ScopedJoinHandle};

use bumpalo::Bump;
use clap::Parser;

use super::arguments::Common;
use super::inputs::library;
use crate::confine::{Budget, Message, Work, receive_catalog, rendered, wait_for_parent};
use crate::diagnostic::{Diagnostic, Diagnostics, Source, rules};
use crate::model::Model;
use crate::pipeline::{Draft, Project};
use crate::render::{Engine, RenderedFile, Rendering, TeraValues};
use crate::validate::EnabledTarget;

/// The word that begins this command. It stands in no help and in no completion.
pub const WORD: &str = "render-alone";

/// The stack of a renderer in bytes: many times what templates need that do not go on for ever.
const STACK: usize = 8 << 20;

/// A path is shown up to this many characters.
const SHOWN: usize = 200;

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    common: Common,

    /// The target to render.
    id: String,

    /// The targets that the user has named.
    requested: Vec<String>,
}

/// Has a target rendered in a process of its own.
pub fn render_alone(
    common: &Common,
    requested: &[String],
    project: &Project,
    enabled: &EnabledTarget,
) -> Result<Vec<RenderedFile>, Diagnostics> {
    let Project { source, .. } = project;
    let target = &enabled.target;
    let mut command = Command::new(this_program());
    command.arg(WORD).args(options(common, &source.path));
    command.arg("--").arg(&target.id).args(requested);
    rendered(command, &source.text, target, common.budget())
}

/// The options that a renderer needs. The catalogue's path is for diagnostics: its text is handed over.
fn options(common: &Common, catalog: &str) -> Vec<OsString> {
    let mut options = vec![format!("--catalog={catalog}").into()];
    options.extend(common.budget_words().into_iter().map(OsString::from));
    if let Some(folder) = &common.templates {
        let mut option = OsString::from("--templates=");
        option.push(folder);
        options.push(option);
    }
    options
}

/// This very program, also where another one has taken its place meanwhile.
fn this_program() -> OsString {
    let running = Path::new("/proc/self/exe");
    if cfg!(target_os = "linux") && running.exists() {
        return running.into();
    }
    std::env::current_exe().map_or_else(|_| "errgen".into(), Into::into)
}

/// Renders a target of a catalogue that comes in on standard input, and says on standard output what has become of it.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse_from(std::env::args_os().skip(1));
    match answer(&arguments) {
        // Without taking apart what is in memory.
        Ok(()) => process::exit(0),
        Err(_) => ExitCode::FAILURE,
    }
}

fn answer(arguments: &Arguments) -> io::Result<()> {
    let common = &arguments.common;
    let path = common.catalog.as_deref().unwrap_or(Path::new(""));
    let source = Source::new(path.display().to_string(), receive_catalog()?);
    wait_for_parent();
    Message::send_result(render(arguments, &Arc::new(source)))
}

/// The files of the target that is to be rendered.
fn render(arguments: &Arguments, source: &Arc<Source>) -> Result<Vec<RenderedFile>, Diagnostics> {
    let library = library(&arguments.common)?;
    let draft = Draft::parse(source);
    let project = draft
        .analyse(&library, &arguments.requested)
        .into_project()?;
    let mut targets = project.targets.iter();
    match targets.find(|enabled| enabled.target.id == arguments.id) {
        Some(enabled) => render_within(arguments.common.budget(), &project, enabled),
        None => Ok(Vec::new()),
    }
}

/// Renders a target; when the budget is spent, this process ends.
fn render_within(
    budget: Budget,
    project: &Project,
    enabled: &EnabledTarget,
) -> Result<Vec<RenderedFile>, Diagnostics> {
    let target = &enabled.target;
    let arena = Bump::new();
    let model = Model::new(
        &arena,
        &project.catalog,
        &project.loaded_targets(),
        enabled.drops_retired,
    );
    // The budget is the templates' own: it does not count what they are given.
    let values = TeraValues::of(model.for_target(enabled.drops_retired));
    let begin = |template: &str, output: Option<&str>| {
        let work = Work {
            template: template.to_owned(),
            output: output.map(|path| path.chars().take(SHOWN).collect()),
        };
        // Where nobody listens any more, the end is near.
        let _ = Message::Begun(work).send();
    };
    budget.watch();
    thread::scope(|scope| {
        let work = || {
            let engine = Engine::interpreting(target, values)?;
            let own = Bump::new();
            let rendering = Rendering::new(&own, engine, &model, enabled)?;
            Ok(rendering.render(&begin)?.files)
        };
        let builder = thread::Builder::new().stack_size(STACK);
        match builder
            .spawn_scoped(scope, work)
            .map(ScopedJoinHandle::join)
        {
            Ok(Ok(result)) => result,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(error) => {
                let message = format!("no thread can be started to render it: {error}");
                Err(Diagnostic::file(rules::RENDERER_STOPPED, &target.folder, message).into())
            }
        }
    })
}
