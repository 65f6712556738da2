//! The arguments of the command line.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use semver::Version;

use super::candidates::{errors, places, rules, targets};
use crate::compatibility;
use crate::confine::Budget;
use crate::diagnostic::Color;
use crate::import::{self, Column, Role, parse_column};
use crate::terminal::Stream;

/// Generate the error modules of every SDK and the docs from one catalogue of error codes
#[derive(Debug, Parser)]
#[command(name = "errgen", version, max_term_width = 100)]
pub struct Arguments {
    #[command(flatten)]
    pub common: Common,

    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command. They can come before or after its arguments.
#[derive(Args, Clone, Debug)]
pub struct Common {
    /// The catalogue [default: catalog.yaml in this folder or the nearest folder above]
    #[arg(long, value_name = "FILE", global = true)]
    pub catalog: Option<PathBuf>,

    /// A folder with your own targets, which add to the standard ones or replace those with the same name
    #[arg(long, value_name = "DIR", global = true)]
    pub templates: Option<PathBuf>,

    /// A folder that links in `--templates`, and links to included files and explanations, may lead to, as in the sandbox of a
    /// build; can be repeated
    #[arg(long, value_name = "DIR", global = true)]
    pub allow_links_to: Vec<PathBuf>,

    /// Write to DIR/<target> instead of the folders in the catalogue
    #[arg(long, value_name = "DIR", global = true)]
    pub out: Option<PathBuf>,

    /// How long the targets in the `--templates` folder can take to render, all together
    #[arg(long, value_name = "SECONDS", default_value = SECONDS, value_parser = seconds, global = true)]
    pub template_seconds: Duration,

    /// How much memory the targets in the `--templates` folder can use to render, all together, on top of the catalogue; also the
    /// limit for the total size of their files
    #[arg(long, value_name = "MIB", default_value_t = MIB, value_parser = clap::value_parser!(u64).range(1..=MAX_MEMORY), global = true)]
    pub template_memory: u64,

    /// How long to wait for another errgen that is writing to the same folder
    #[arg(long, value_name = "SECONDS", default_value = SECONDS, value_parser = seconds, global = true)]
    pub wait_seconds: Duration,

    /// How many findings to show at most, errors first; 0 for all
    #[arg(long, value_name = "N", default_value_t = MAX_FINDINGS, global = true)]
    pub max_findings: usize,

    /// Print only diagnostics
    #[arg(long, short, global = true)]
    pub quiet: bool,

    /// Whether to colour diagnostics
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub color: ColorChoice,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    #[command(flatten)]
    Catalog(CatalogCommand),
    /// Generate the targets; files that have not changed are left alone
    Generate {
        /// Targets to generate [default: all of the catalogue's]
        #[arg(value_name = "TARGET", add = targets())]
        targets: Vec<String>,

        /// Write a depfile for make or ninja: the generated files, and the files they were made from
        #[arg(long, value_name = "FILE")]
        depfile: Option<PathBuf>,

        /// Take over output folders that belong to another catalogue or target, such as this catalogue under its former name
        #[arg(long)]
        adopt: bool,

        #[command(flatten)]
        report: ReportOptions,
    },
    /// Check that the generated files are up to date; exit 1 with a diff if one is missing, stale, edited or left over
    Check {
        /// Targets to check [default: all of the catalogue's], and catalogues [default: the one that `--catalog` means]
        #[arg(value_name = "TARGET|FILE", add = targets())]
        targets: Vec<String>,

        /// How much of the differences to show; `full` prints a patch for `git apply` on standard output
        #[arg(long, value_name = "LENGTH", default_value = "short")]
        diff: DiffLength,

        #[command(flatten)]
        report: ReportOptions,
    },
    /// Report all errors and likely mistakes in the catalogue
    Lint {
        /// Catalogues to look at [default: the one that `--catalog` means]
        #[arg(value_name = "FILE")]
        catalogs: Vec<PathBuf>,

        /// Fix what can be fixed with certainty; everything else in the catalogue stays as it is
        #[arg(long)]
        fix: bool,

        /// Show what `--fix` would change, without changing it
        #[arg(long)]
        diff: bool,

        /// Treat warnings as errors
        #[arg(long)]
        deny_warnings: bool,

        #[command(flatten)]
        report: ReportOptions,
    },
    /// Say what has changed since the last release, what that breaks, and which release it needs
    Diff {
        /// What to compare with: a catalogue, a git revision such as `main` or `v1.2.0`, or a catalogue at a revision, such as
        /// `HEAD~3:errors.yaml` [default: what was released last, as the ledger has it]
        #[arg(long, value_name = "FILE|REVISION")]
        against: Option<OsString>,

        /// Exit 1 if a change breaks something, or if no version allows it
        #[arg(long, value_name = "VERDICT")]
        fail_on: Option<Gate>,

        /// How to print the changes, on standard output
        #[arg(long, value_name = "FORMAT", default_value = "human")]
        format: ChangeFormat,
    },
    /// Release a new version: raise `version`, write it in place of every `since: next`, and record in the ledger what is released
    Release {
        /// What to raise: `major`, `minor` or `patch`; or the new version [default: the version that the catalogue states, if it
        /// was not released yet]
        #[arg(value_name = "LEVEL|VERSION", value_parser = StepParser, hide_possible_values = true)]
        step: Option<Step>,

        /// Make a ledger of what was released before there was one: record the catalogue as it is, and change nothing in it
        #[arg(long, conflicts_with = "step")]
        adopt: bool,

        /// With `--adopt`, record the releases that git tags stand for as well: those that match the pattern, or all that start
        /// with `v`
        #[arg(
            long,
            value_name = "PATTERN",
            requires = "adopt",
            num_args = 0..=1,
            default_missing_value = "v*"
        )]
        tags: Option<String>,

        /// Leave out a tag that does not stand for a release; can be repeated
        #[arg(long, value_name = "TAG", requires = "tags")]
        without: Vec<String>,

        /// Show what would change, without changing it
        #[arg(long)]
        diff: bool,

        #[command(flatten)]
        report: ReportOptions,
    },
    /// List the rules, or explain one
    Rule {
        /// The code or the name of a rule
        #[arg(value_name = "CODE|NAME", add = rules())]
        rule: Option<String>,
    },
    /// Generate now, and again whenever the catalogue or a template changes, until Ctrl-C
    Watch {
        /// Targets to generate [default: all of the catalogue's]
        #[arg(value_name = "TARGET", add = targets())]
        targets: Vec<String>,
    },
    /// Serve the site on 127.0.0.1 and reload it whenever something changes, until Ctrl-C
    Serve {
        /// The target to serve [default: the first that is a site]
        #[arg(value_name = "TARGET")]
        target: Option<String>,

        /// The port on 127.0.0.1; 0 for any free port
        #[arg(long, default_value_t = 4000)]
        port: u16,
    },
    /// Explain an error, found by its code, its id, its message or the body of a response
    Explain {
        /// The code, the id, the message as the server sent it, a line of a log, or the JSON body of the response; `-` reads it
        /// from standard input
        #[arg(
            value_name = "CODE|ID|MESSAGE",
            required = true,
            allow_negative_numbers = true,
            add = errors()
        )]
        words: Vec<String>,

        /// Show texts only in the locale that best matches this tag
        #[arg(long, value_name = "TAG")]
        locale: Option<String>,

        /// Print pages of text, or a JSON list with the data that templates see
        #[arg(long, default_value = "text")]
        format: Format,
    },
    /// Hold what servers really send against the catalogue: recorded responses, an API's document, or sources
    Audit(AuditArguments),
    /// List the targets and their output folders
    Targets,
    /// List the files that `generate` writes, one path per line
    Outputs {
        /// Targets to list files of [default: all of the catalogue's]
        #[arg(value_name = "TARGET", add = targets())]
        targets: Vec<String>,
    },
    /// Print the JSON Schema of a catalogue, of a file that it includes or of a `target.yaml`, for editors
    Schema {
        /// A catalogue, a file that it includes, or the `target.yaml` of your own target
        #[arg(value_name = "FILE", default_value = "catalog")]
        document: Document,
    },
    /// Print a completion script for a shell
    Completions { shell: Shell },
    /// Print the man page
    Man,
}

/// What `audit` takes.
#[derive(Args, Debug)]
pub struct AuditArguments {
    /// HTTP archives (HAR), logs with a JSON object in each line, documents of an API (`openapi`), or with `--pattern` files and
    /// folders of sources; `-` reads standard input
    #[arg(value_name = "FILE", required = true)]
    pub inputs: Vec<PathBuf>,

    /// Look for codes in sources: what the group `code` of this regular expression matches, or else its first group
    #[arg(long, value_name = "REGEX", allow_hyphen_values = true)]
    pub pattern: Option<String>,

    /// Where the HTTP status is in a line of a log, as a JSON pointer [default: /status, and where others write it]
    #[arg(long, value_name = "POINTER")]
    pub status: Option<String>,

    /// Where the headers are: an object, or a list of pairs [default: /headers, and where others write them]
    #[arg(long, value_name = "POINTER")]
    pub headers: Option<String>,

    /// Where the body is: as JSON, or as a text with JSON, which may be in base64 [default: /body, and where others write it]
    #[arg(long, value_name = "POINTER")]
    pub body: Option<String>,

    /// Where the time is, for `--since` [default: /time, and where others write it]
    #[arg(long, value_name = "POINTER")]
    pub time: Option<String>,

    /// Warn of codes that were never seen
    #[arg(long)]
    pub unseen: bool,

    /// With `--unseen`, take codes that came before this date as never seen
    #[arg(long, value_name = "DATE", requires = "unseen")]
    pub since: Option<String>,

    /// Which findings make errgen exit 1
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    pub fail_on: AuditGate,

    #[command(flatten)]
    pub report: ReportOptions,
}

/// What writes the catalogue.
#[derive(Debug, Subcommand)]
pub enum CatalogCommand {
    /// Start in this folder: write a small catalogue that generates at once, its schema for editors, and what git, make and GitHub need
    Init {
        /// Targets to generate [default: those of the languages that this folder has a project of]
        #[arg(value_name = "TARGET", add = targets())]
        targets: Vec<String>,

        /// The id of the catalogue, from which names of modules and classes are made [default: from the folder's name]
        #[arg(long)]
        id: Option<String>,

        /// Its title [default: from the id]
        #[arg(long)]
        title: Option<String>,

        /// The locale of the texts; can be repeated, the fallback first [default: en]
        #[arg(long = "locale", value_name = "TAG")]
        locales: Vec<String>,
    },
    /// Take errors over from tables, lists, API documents and files of translations, into a new catalogue or the one that is there
    Import {
        /// Files to read
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,

        /// What the files are [default: by their names]
        #[arg(long)]
        format: Option<import::Format>,

        /// What a column has, by its heading; can be repeated. KEY is code, id, http, category, group, message, description or
        /// resolution, the last three with a locale as in description.de, or - to leave the column out
        #[arg(long = "map", value_name = "COLUMN=KEY", value_parser = parse_column)]
        columns: Vec<(String, Column)>,

        /// The locale of texts that do not say theirs [default: that of the headings or of the file's name, or en]
        #[arg(long, value_name = "TAG")]
        locale: Option<String>,

        /// The HTTP status of errors without one
        #[arg(long, value_name = "STATUS", value_parser = clap::value_parser!(u16).range(100..=599))]
        http: Option<u16>,

        /// What the texts of translations are [default: messages of a new catalogue, or descriptions of one that is there]
        #[arg(long = "as", value_name = "WHAT")]
        role: Option<Role>,

        /// Of translations, only the keys that begin so
        #[arg(
            long,
            value_name = "TEXT",
            default_value = "",
            hide_default_value = true
        )]
        prefix: String,

        /// The id of a new catalogue [default: from the folder's name]
        #[arg(long)]
        id: Option<String>,

        /// The title of a new catalogue [default: from the id]
        #[arg(long)]
        title: Option<String>,

        /// Show what would change, without changing it
        #[arg(long)]
        diff: bool,
    },
    /// Add an error to a category or a group, with the next free code of its range; or add a locale
    Add {
        /// The id of the category or the group, or CATEGORY/GROUP
        #[arg(
            value_name = "GROUP",
            required_unless_present = "locale",
            conflicts_with = "locale",
            add = places()
        )]
        place: Option<String>,

        /// Its code [default: the next one]
        #[arg(long, allow_negative_numbers = true, conflicts_with = "locale")]
        code: Option<String>,

        /// Its id, such as `user_not_found` [default: the code, if that can be an id]
        #[arg(long, conflicts_with = "locale")]
        id: Option<String>,

        /// Its HTTP status [default: that of the group or the category]
        #[arg(long, value_name = "STATUS", conflicts_with = "locale")]
        http: Option<u16>,

        /// Its message; `{name}` stands for a parameter
        #[arg(
            long,
            value_name = "TEXT",
            required_unless_present = "locale",
            conflicts_with = "locale",
            allow_hyphen_values = true
        )]
        message: Option<String>,

        /// What it means, in the fallback locale
        #[arg(
            long,
            value_name = "TEXT",
            conflicts_with = "locale",
            allow_hyphen_values = true
        )]
        description: Option<String>,

        /// Add this locale to those of the catalogue instead of an error
        #[arg(long, value_name = "TAG")]
        locale: Option<String>,

        /// Show what would change, without changing it
        #[arg(long)]
        diff: bool,
    },
    /// Give an error another id; the old one is kept among those that it had
    Rename {
        /// The id of the error, or its code
        #[arg(allow_negative_numbers = true, add = errors())]
        id: String,

        /// The new id
        new: String,

        /// Show what would change, without changing it
        #[arg(long)]
        diff: bool,
    },
    /// Retire an error with the coming release: servers no longer send it
    Retire {
        /// The id of the error, or its code
        #[arg(allow_negative_numbers = true, add = errors())]
        id: String,

        /// Show what would change, without changing it
        #[arg(long)]
        diff: bool,
    },
    /// Deprecate an error with the coming release
    Deprecate {
        /// The id of the error, or its code
        #[arg(allow_negative_numbers = true, add = errors())]
        id: String,

        /// The id of the error that takes its place
        #[arg(long, value_name = "ID", add = errors())]
        r#use: Option<String>,

        /// Show what would change, without changing it
        #[arg(long)]
        diff: bool,
    },
}

/// How to come from the version that the catalogue states to the next one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Raise(compatibility::Step),
    To(Version),
}

/// Reads a step, and tells shells the words that they can complete.
#[derive(Clone)]
struct StepParser;

impl TypedValueParser for StepParser {
    type Value = Step;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<Step, clap::Error> {
        Step::from_str.parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let words = compatibility::Step::RAISES.map(compatibility::Step::name);
        Some(Box::new(words.into_iter().map(PossibleValue::new)))
    }
}

impl FromStr for Step {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut raises = compatibility::Step::RAISES.into_iter();
        if let Some(step) = raises.find(|step| step.name() == text) {
            return Ok(Self::Raise(step));
        }
        Version::parse(text)
            .map(Self::To)
            .map_err(|error| format!("neither `major`, `minor`, `patch` nor a version: {error}"))
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Document {
    Catalog,
    Include,
    Target,
}

/// How much of the differences `check` shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffLength {
    /// Nothing
    None,
    /// The first 100 lines or 8 KiB of each file, 1,000 lines or 64 KiB of all
    Short,
    /// All
    Full,
}

/// Which changes fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Gate {
    /// Those that break something, and those that no version allows
    Breaking,
    /// Those that no version allows
    Forbidden,
}

/// Which findings of an audit fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AuditGate {
    /// Errors
    Error,
    /// Warnings, too
    Warning,
    /// None: errors are shown as warnings
    Never,
}

/// How to print changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ChangeFormat {
    /// Text with the source, and what the changes come to
    Human,
    /// One JSON object per line, and one that sums them up
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// GitHub Actions workflow commands
    Github,
    /// A comment for a pull request
    #[value(name = "markdown")]
    Comment,
}

impl ChangeFormat {
    /// The format of all else that a command says.
    pub fn of_reports(self) -> ReportFormat {
        match self {
            Self::Human | Self::Comment => ReportFormat::Human,
            Self::Json => ReportFormat::Json,
            Self::Sarif => ReportFormat::Sarif,
            Self::Github => ReportFormat::Github,
        }
    }
}

/// How to report diagnostics.
#[derive(Args, Clone, Copy, Debug)]
pub struct ReportOptions {
    /// How to print diagnostics: `human` on standard error, all others on standard output
    #[arg(long = "format", value_name = "FORMAT", default_value = "human")]
    pub format: ReportFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// Text with the source
    #[default]
    Human,
    /// One JSON object per line
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// GitHub Actions workflow commands
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

/// How many findings are shown by default. Nobody reads more, and a log has a limit.
const MAX_FINDINGS: usize = 1000;

/// The default budget for rendering one target, and the default for waiting.
const SECONDS: &str = "60";
const MIB: u64 = 1024;

/// In MiB: more than any machine has, and still countable in bytes.
const MAX_MEMORY: u64 = 1 << 30;

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    let duration = Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())?;
    if duration.is_zero() {
        return Err("must be more than 0".to_owned());
    }
    Ok(duration)
}

impl Common {
    /// The budget for rendering all targets that are not part of errgen.
    pub fn budget(&self) -> Budget {
        Budget {
            time: self.template_seconds,
            memory: self.template_memory << 20,
        }
    }

    /// The options for this budget, without those that have their default value.
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
        match self.color {
            ColorChoice::Always => Color::Always,
            ColorChoice::Auto if Stream::Error.has_colors() => Color::Always,
            ColorChoice::Auto | ColorChoice::Never => Color::Never,
        }
    }
}
