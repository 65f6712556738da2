//! What can be said on the command line.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::confine::Budget;
use crate::diagnostic::Color;

/// One catalogue of error codes in; error modules for every SDK and the docs out, always in step.
#[derive(Debug, Parser)]
#[command(name = "errgen", version, max_term_width = 100)]
pub struct Arguments {
    #[command(flatten)]
    pub common: Common,

    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command; they stand before or after its words.
#[derive(Args, Clone, Debug)]
pub struct Common {
    /// The catalogue [default: catalog.yaml, here or in a folder above]
    #[arg(long, value_name = "FILE", global = true)]
    pub catalog: Option<PathBuf>,

    /// Folder with targets of your own: each adds to the standard ones, or takes the place of one
    #[arg(long, value_name = "DIR", global = true)]
    pub templates: Option<PathBuf>,

    /// Write to DIR/<target>, whatever the catalogue says
    #[arg(long, value_name = "DIR", global = true)]
    pub out: Option<PathBuf>,

    /// How long each target in the `--templates` folder may take to render
    #[arg(long, value_name = "SECONDS", default_value = SECONDS, value_parser = seconds, global = true)]
    pub template_seconds: Duration,

    /// How much memory each target in the `--templates` folder may take to render, beyond what the catalogue takes; its files may be as
    /// large together
    #[arg(long, value_name = "MIB", default_value_t = MIB, value_parser = clap::value_parser!(u64).range(1..=MAX_MEMORY), global = true)]
    pub template_memory: u64,

    /// Say nothing where all is well
    #[arg(long, short, global = true)]
    pub quiet: bool,

    /// Whether to colour diagnostics
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub color: ColorChoice,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write what the catalogue says; nothing is touched that has not changed
    Generate {
        /// Targets to generate [default: all of the catalogue's]
        #[arg(value_name = "TARGET")]
        targets: Vec<String>,

        /// Write to FILE, for make or ninja, which files this has written and what it has read for them
        #[arg(long, value_name = "FILE")]
        depfile: Option<PathBuf>,

        #[command(flatten)]
        report: ReportOptions,
    },
    /// Write nothing; exit 1 and show a diff if a file is missing, stale, edited or left over
    Check {
        /// Targets to check [default: all of the catalogue's]
        #[arg(value_name = "TARGET")]
        targets: Vec<String>,

        #[command(flatten)]
        report: ReportOptions,
    },
    /// Say all that is wrong with the catalogue, and what had better not be as it is
    Lint {
        /// Mend in the catalogue what can be mended for certain; everything else stays as it is written
        #[arg(long)]
        fix: bool,

        /// Show what `--fix` would change, and change nothing
        #[arg(long)]
        diff: bool,

        /// Exit 1 where there is a warning, too
        #[arg(long)]
        deny_warnings: bool,

        #[command(flatten)]
        report: ReportOptions,
    },
    /// List the rules, or explain one
    Rule {
        /// Its code or its name
        #[arg(value_name = "CODE|NAME")]
        rule: Option<String>,
    },
    /// Generate, and again after every change of the catalogue or of a template, until Ctrl-C
    Watch {
        /// Targets to generate [default: all of the catalogue's]
        #[arg(value_name = "TARGET")]
        targets: Vec<String>,
    },
    /// Show a site in the browser, from memory, and anew after every change, until Ctrl-C
    Serve {
        /// The target that is the site [default: the one that is]
        #[arg(value_name = "TARGET")]
        target: Option<String>,

        /// The port on 127.0.0.1; 0 for any that is free
        #[arg(long, default_value_t = 4000)]
        port: u16,
    },
    /// Show the errors with a code, an id, or a message that a server sent
    Explain {
        /// The code, the id, the message as it came, or the whole JSON body of the response
        #[arg(
            value_name = "CODE|ID|MESSAGE",
            required = true,
            allow_negative_numbers = true
        )]
        words: Vec<String>,

        /// Show texts in the locale for this tag alone
        #[arg(long, value_name = "TAG")]
        locale: Option<String>,

        /// As pages, or as a list with the data that templates see
        #[arg(long, default_value = "text")]
        format: Format,
    },
    /// List the targets and where they write
    Targets,
    /// List the files that `generate` writes, one path a line
    Outputs {
        /// Targets whose files to list [default: all of the catalogue's]
        #[arg(value_name = "TARGET")]
        targets: Vec<String>,
    },
    /// Print the JSON Schema that editors check a file with
    Schema {
        /// The file that it is for: a catalogue, or the `target.yaml` of a target of your own
        #[arg(value_name = "FILE", default_value = "catalog")]
        document: Document,
    },
    /// Print a script that completes errgen's words in a shell
    Completions { shell: Shell },
    /// Print the man page
    Man,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Document {
    Catalog,
    Target,
}

/// How to say what was found.
#[derive(Args, Clone, Copy, Debug)]
pub struct ReportOptions {
    /// For people, on standard error; for programs, on standard output
    #[arg(long = "format", value_name = "FORMAT", default_value = "human")]
    pub format: ReportFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// Text with the source and carets
    #[default]
    Human,
    /// One JSON object a line
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands of GitHub Actions
    Github,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ColorChoice {
    Auto,
    Always,
    Never,
}

/// What rendering one target may take, where nothing else is said.
const SECONDS: &str = "60";
const MIB: u64 = 1024;

/// In MiB: more than any machine has, and few enough to be counted in bytes.
const MAX_MEMORY: u64 = 1 << 30;

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    let duration = Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())?;
    if duration.is_zero() {
        return Err("it must be more than nothing".to_owned());
    }
    Ok(duration)
}

impl Common {
    /// What rendering a target of somebody's own may take.
    pub fn budget(&self) -> Budget {
        Budget {
            time: self.template_seconds,
            memory: self.template_memory << 20,
        }
    }

    /// The words that give this budget; none for what it is without.
    pub fn budget_words(&self) -> Vec<String> {
        let seconds = self.template_seconds.as_secs_f64().to_string();
        let memory = self.template_memory.to_string();
        let options = [
            ("--template-seconds", seconds, SECONDS.to_owned()),
            ("--template-memory", memory, MIB.to_string()),
        ];
        let given = options
            .into_iter()
            .filter(|(_, value, usual)| value != usual);
        given
            .flat_map(|(name, value, _)| [name.to_owned(), value])
            .collect()
    }

    /// Whether to colour standard error.
    pub fn color(&self) -> Color {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        match self.color {
            ColorChoice::Always => Color::Always,
            ColorChoice::Auto if std::io::stderr().is_terminal() && !set("NO_COLOR") => {
                Color::Always
            }
            ColorChoice::Auto | ColorChoice::Never => Color::Never,
        }
    }
}
