//! `errgen completions` and `errgen man`: the command line, for shells and for readers.

use std::io::{self, Write};

use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_complete::env::{CompleteEnv, Shells};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::Report;
use super::arguments::Arguments;

/// The command, as shells find it.
const NAME: &str = "errgen";

/// See [`super::Outcome`].
const EXIT_STATUS: [(&str, &str); 3] = [
    ("0", "Success."),
    (
        "1",
        "The catalogue has an error, or the output is not up to date.",
    ),
    (
        "2",
        "errgen could not do its work: an argument, a template or a file is at fault.",
    ),
];

/// By which shells ask what a word can be.
const VARIABLE: &str = "ERRGEN_COMPLETE";

/// Answers a shell that asks what a word can be, and ends the process. Does nothing if none asks.
pub fn complete() {
    CompleteEnv::with_factory(Arguments::command)
        .var(VARIABLE)
        .complete();
}

/// The script by which a shell asks errgen what a word can be.
pub fn completions(shell: Shell) -> Report {
    let shells = Shells::builtins();
    let mut script = Vec::new();
    if let Some(completer) = shells.completer(&shell.to_string()) {
        // Writing to memory cannot fail.
        let _ = completer.write_registration(VARIABLE, NAME, NAME, NAME, &mut script);
    }
    Report::clean(String::from_utf8_lossy(&script).into_owned())
}

/// One man page for errgen and all its commands.
pub fn page() -> Report {
    let command = Arguments::command();
    let man = Man::new(command.clone());
    let mut page = roff(|out| {
        man.render_title(out)?;
        man.render_name_section(out)?;
        man.render_synopsis_section(out)?;
        man.render_description_section(out)?;
        man.render_options_section(out)?;
        writeln!(out, ".SH COMMANDS")
    });
    for subcommand in command.get_subcommands() {
        page.push_str(&section(&command, subcommand));
    }
    page.push_str(&roff(|out| exit_status().to_writer(out)));
    page.push_str(&roff(|out| man.render_version_section(out)));
    Report::clean(page)
}

fn exit_status() -> Roff {
    let mut section = Roff::new();
    section.control("SH", ["EXIT STATUS"]);
    for (status, meaning) in EXIT_STATUS {
        section.control("TP", []);
        section.text([bold(status)]).text([roman(meaning)]);
    }
    section
}

/// The section for one command: the parts of its own man page, without their headings.
fn section(command: &Command, subcommand: &Command) -> String {
    let name = format!("{} {}", command.get_name(), subcommand.get_name());
    let subcommand = subcommand.clone().disable_help_flag(true);
    let man = Man::new(subcommand.bin_name(&name));
    let parts = roff(|out| {
        man.render_synopsis_section(out)?;
        writeln!(out, ".PP")?;
        man.render_description_section(out)?;
        man.render_options_section(out)
    });
    let is_part = |line: &&str| !line.starts_with(".SH ") && !line.contains(" .ds Aq ");
    let lines = parts
        .lines()
        .filter(is_part)
        .map(|line| format!("{line}\n"));
    format!(".SS {name}\n{}", lines.collect::<String>())
}

fn roff(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> String {
    let mut text = Vec::new();
    // Writing to memory cannot fail.
    let _ = write(&mut text);
    String::from_utf8_lossy(&text).into_owned()
}
