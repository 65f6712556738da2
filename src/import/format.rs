//! The kinds of files that can be imported, and how each is told.

use std::path::Path;

use clap::ValueEnum;

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Tables in Markdown.
    Markdown,
    /// Tables in HTML.
    Html,
    /// Comma-separated (or semicolon-separated) values, with a line of headings.
    Csv,
    /// Tab-separated values, with a line of headings.
    Tsv,
    /// A list of objects in JSON.
    Json,
    /// An `OpenAPI` document 3.x, in JSON or YAML.
    Openapi,
    /// Apple's `.strings`.
    Strings,
    /// Android's `strings.xml`.
    Android,
    /// Java's `.properties`.
    Properties,
    /// Gettext's `.po`.
    Gettext,
}

impl Format {
    /// By the end of a file's name, and for JSON by its text. `None` if that says nothing.
    pub fn of(path: &str, text: &str) -> Option<Self> {
        let extension = Path::new(path).extension()?.to_str()?.to_ascii_lowercase();
        Some(match extension.as_str() {
            "md" | "markdown" | "mdx" => Self::Markdown,
            "html" | "htm" | "xhtml" => Self::Html,
            "csv" => Self::Csv,
            "tsv" | "tab" => Self::Tsv,
            "json" if is_api_document(text) => Self::Openapi,
            "json" => Self::Json,
            "yaml" | "yml" => Self::Openapi,
            "strings" => Self::Strings,
            "xml" => Self::Android,
            "properties" => Self::Properties,
            "po" | "pot" => Self::Gettext,
            _ => return None,
        })
    }

    /// Whether it has texts by key, and nothing else.
    pub fn has_keys(self) -> bool {
        matches!(
            self,
            Self::Strings | Self::Android | Self::Properties | Self::Gettext
        )
    }
}

/// Whether a text in JSON is an `OpenAPI` document, which says so in its first member.
fn is_api_document(text: &str) -> bool {
    let start: String = text.chars().take(1 << 12).collect();
    start.contains("\"openapi\"") || start.contains("\"swagger\"")
}
