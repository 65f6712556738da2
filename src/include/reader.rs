//! Reads the files that a catalogue names: regular ones below its folder, each within a limit, and all of them within another.

use std::path::Path;
use std::sync::Arc;

use super::pattern::Fault;
use super::places::{Places, Refusal};
use crate::diagnostic::{Diagnostic, Diagnostics, Rule, Source, Span, push, rules};
use crate::parse::raw::Scalar;
use crate::read::{MAX_BYTES, decode_text};

/// The largest file, in bytes: some thousands of errors, or a book. Nobody reads a larger one.
const MAX_FILE: u64 = 1 << 20;

/// The most files that a catalogue can name.
pub const MAX_FILES: usize = 10_000;

/// What the files are for, as far as it decides what to do about one that is not read.
pub struct Purpose {
    /// What to name instead of a folder.
    pub not_a_folder: &'static str,
    /// What to do about a text that is too long.
    pub too_large: &'static str,
}

/// Reads files, and collects what is wrong with them and with their paths.
pub struct Reader<'a> {
    pub places: Places<'a>,
    /// What names the files.
    catalog: &'a Arc<Source>,
    purpose: &'static Purpose,
    /// How many bytes all files together can still have.
    left: u64,
    pub diagnostics: Diagnostics,
}

impl<'a> Reader<'a> {
    /// A reader for a catalogue, the files of which that have been read count as well.
    pub fn new(places: Places<'a>, catalog: &'a Arc<Source>, purpose: &'static Purpose) -> Self {
        Self {
            places,
            catalog,
            purpose,
            left: MAX_BYTES.saturating_sub(catalog.text.len() as u64),
            diagnostics: Diagnostics::new(),
        }
    }

    /// The path and the text of a file, which is at `real`, and which the catalogue names at `span`.
    pub fn file(&mut self, path: &Path, real: &Path, span: Span) -> Option<(String, String)> {
        let shown = self.places.shown(path).display().to_string();
        let bytes = match self.places.content(real, MAX_FILE) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.report(span, path, Refusal::Unreadable(error));
                return None;
            }
        };
        let length = bytes.len() as u64;
        if length > MAX_FILE {
            self.report_size(span, format!("`{shown}` is larger than 1 MiB"));
            return None;
        }
        if !self.count(length, span) {
            return None;
        }
        let text = decode_text(&shown, bytes);
        let text = text.map_err(|error| self.diagnostics.extend(error)).ok()?;
        Some((shown, text))
    }

    /// Counts a text of so many bytes. Returns whether there is room for it.
    pub fn count(&mut self, length: u64, span: Span) -> bool {
        let rest = self.left.checked_sub(length + 1);
        match rest {
            Some(rest) => self.left = rest,
            None => self.report_size(span, "all files together are larger than 1 GiB".to_owned()),
        }
        rest.is_some()
    }

    fn report_size(&mut self, span: Span, message: String) {
        let diagnostic = self.at(rules::FILE_TOO_LARGE, span, message);
        push(
            &mut self.diagnostics,
            diagnostic.help(self.purpose.too_large),
        );
    }

    /// Reports a path that is not one of files to read.
    pub fn report_path(&mut self, path: &Scalar, fault: Fault) {
        let diagnostic = self.at(rules::BAD_PATH, path.span, fault.message);
        push(&mut self.diagnostics, diagnostic.help(fault.help));
    }

    /// Reports that there is nothing at a path.
    pub fn report_missing(&mut self, path: &Scalar) {
        let message = format!("there is no file `{}`", path.value);
        let help = "correct the path, which starts at the catalogue's folder, or remove it";
        self.refuse(path.span, message, help);
    }

    /// Reports a file that is not read.
    pub fn report(&mut self, span: Span, path: &Path, refusal: Refusal) {
        let shown = self.places.shown(path);
        let shown = shown.display();
        let (message, help) = match refusal {
            Refusal::Unreadable(error) => {
                let message = format!("`{shown}` cannot be read: {error}");
                let diagnostic = self.at(rules::UNREADABLE_FILE, span, message);
                push(&mut self.diagnostics, diagnostic);
                return;
            }
            Refusal::Outside => (
                format!("`{shown}` leads out of the catalogue's folder"),
                "move the files there, or allow links elsewhere with `--allow-links-to DIR`",
            ),
            Refusal::Hidden => (
                format!("`{shown}` leads to a hidden file"),
                "errgen reads no hidden files: remove the link",
            ),
            Refusal::Folder => (format!("`{shown}` is a folder"), self.purpose.not_a_folder),
            Refusal::Stream => (
                format!("`{shown}` is a pipe or a device"),
                "errgen reads only files: remove it from the folder",
            ),
            Refusal::Endless => (
                format!("there are too many files to look through in `{shown}`"),
                "keep the files that a catalogue includes in a folder of their own",
            ),
        };
        self.refuse(span, message, help);
    }

    pub fn refuse(&mut self, span: Span, message: impl Into<String>, help: &str) {
        let diagnostic = self.at(rules::UNFIT_INCLUDE, span, message);
        push(&mut self.diagnostics, diagnostic.help(help));
    }

    fn at(&self, rule: &'static Rule, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::at(rule, self.catalog, span, message)
    }
}
