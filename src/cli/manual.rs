//! `errgen completions` and `errgen man`: the definition of the command line, for shells and for readers.

use std::io::{self, Write};

use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::Report;
use super::arguments::Arguments;

/// See [`super::Outcome`].
const EXIT_STATUS: [(&str, &str); 3] = [
    ("0", "All is as it should be."),
    ("1", "The catalogue or the output is not as it should be."),
    ("2", "errgen could not do its work."),
];

/// The script with which a shell completes errgen's words.
pub fn completions(shell: Shell) -> Report {
    let mut command = Arguments::command();
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, name, &mut script);
    Report::clean(String::from_utf8_lossy(&script).into_owned())
}

/// One man page for errgen with all of its commands.
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

/// What the page says of one command: the parts of a page of its own, without their headings.
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
    // Memory takes whatever is written to it.
    let _ = write(&mut text);
    String::from_utf8_lossy(&text).into_owned()
}
