//! The hidden command that renders one target from `--templates`. Only errgen itself calls it, through `confine`.

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
use crate::confine::{
    self, Account, Budget, Message, Received, Sent, Work, receive_catalog, wait_for_parent,
};
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::ledger::Ledger;
use crate::model::{Model, Selection};
use crate::pipeline::{Draft, Project};
use crate::render::{Engine, RenderedFile, Rendering, TeraValues};
use crate::validate::EnabledTarget;

/// The name of this command. It is in neither the help nor the completions.
pub const WORD: &str = "render-alone";

/// The stack of a renderer, in bytes: many times what templates without endless recursion need.
const STACK: usize = 8 << 20;

/// The longest path to show, in characters.
const SHOWN: usize = 200;

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    common: Common,

    /// The target to render.
    id: String,

    /// The targets that the user named.
    requested: Vec<String>,

    /// What its files say they were generated from.
    #[arg(long)]
    origin: String,
}

/// Renders a target in a separate process.
pub fn render_alone(
    common: &Common,
    account: &Account,
    requested: &[String],
    project: &Project,
    enabled: &EnabledTarget,
    origin: &str,
) -> Result<Vec<RenderedFile>, Diagnostics> {
    let sent = Sent {
        catalog: project.source,
        explanations: project.explanations,
        ledger: project.ledger.as_ref().map(Ledger::file),
    };
    let target = &enabled.target;
    let command = |budget: Budget| {
        let mut command = Command::new(this_program());
        command.arg(WORD).args(options(common, budget));
        command.arg(format!("--origin={origin}"));
        command.arg("--").arg(&target.id).args(requested);
        command
    };
    confine::render(command, sent, target, account)
}

/// The options for a renderer. The catalogue is sent to it.
fn options(common: &Common, budget: Budget) -> Vec<OsString> {
    let mut options = vec![
        format!("--template-seconds={}", budget.time.as_secs_f64()).into(),
        format!("--template-memory={}", budget.memory >> 20).into(),
    ];
    if let Some(folder) = &common.templates {
        let mut option = OsString::from("--templates=");
        option.push(folder);
        options.push(option);
    }
    for folder in &common.allow_links_to {
        let mut option = OsString::from("--allow-links-to=");
        option.push(folder);
        options.push(option);
    }
    options
}

/// The running program, even if its file has been replaced since.
fn this_program() -> OsString {
    let running = Path::new("/proc/self/exe");
    if cfg!(target_os = "linux") && running.exists() {
        return running.into();
    }
    std::env::current_exe().map_or_else(|_| "errgen".into(), Into::into)
}

/// Renders a target for the catalogue on standard input, and sends the result to standard output.
pub fn run() -> ExitCode {
    let Ok(arguments) = Arguments::try_parse_from(std::env::args_os().skip(1)) else {
        return ExitCode::FAILURE;
    };
    match answer(&arguments) {
        // Exits without freeing memory piece by piece.
        Ok(()) => process::exit(0),
        Err(_) => ExitCode::FAILURE,
    }
}

fn answer(arguments: &Arguments) -> io::Result<()> {
    let received = receive_catalog()?;
    wait_for_parent();
    Message::send_result(render(arguments, received))
}

/// The files of the target to render.
fn render(arguments: &Arguments, received: Received) -> Result<Vec<RenderedFile>, Diagnostics> {
    let library = library(&arguments.common)?;
    let source = Arc::new(received.catalog);
    let draft = Draft::parse(&source)
        .explained_by(received.explanations)
        .released_by(received.ledger.map(Arc::new));
    let project = draft
        .analyse(&library, &arguments.requested)
        .into_project()?;
    let mut targets = project.targets.iter();
    match targets.find(|enabled| enabled.target.id == arguments.id) {
        Some(enabled) => render_within(arguments, &project, enabled),
        None => Ok(Vec::new()),
    }
}

/// Renders a target. This process ends if it exceeds the budget.
fn render_within(
    arguments: &Arguments,
    project: &Project,
    enabled: &EnabledTarget,
) -> Result<Vec<RenderedFile>, Diagnostics> {
    let budget = arguments.common.budget();
    let target = &enabled.target;
    let arena = Bump::new();
    let model = Model::new(
        &arena,
        &project.catalog,
        &project.history(),
        &project.loaded_targets(),
        [Selection::of(enabled)],
    );
    // The budget is for the templates: their input does not count.
    let values = TeraValues::of(model.for_target(Selection::of(enabled)));
    let begin = |template: &str, output: Option<&str>| {
        let work = Work {
            template: template.to_owned(),
            output: output.map(|path| path.chars().take(SHOWN).collect()),
        };
        // If nobody listens any more, this process is about to end.
        let _ = Message::Begun(work).send();
    };
    budget.watch();
    thread::scope(|scope| {
        let work = || {
            let engine = Engine::interpreting(target, values)?;
            let own = Bump::new();
            let rendering = Rendering::new(&own, engine, &model, enabled, &arguments.origin)?;
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
                let message = format!("cannot start a thread to render it: {error}");
                Err(Diagnostic::file(rules::RENDERER_STOPPED, &target.folder, message).into())
            }
        }
    })
}
