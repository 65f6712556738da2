//! What all changes come to.

use std::collections::BTreeMap;
use std::fmt::Write;

use semver::Version;
use serde_json::{Value, json};

use super::change::Change;
use super::step::{Step, allows, lowest};
use super::verdict::Verdict;
use crate::diagnostic::count;

/// What all changes come to, for each audience.
#[derive(Debug)]
pub struct Summary {
    /// What the catalogue was compared with: `1.2.0`, `main`.
    pub against: String,
    /// The version that it had.
    pub version: Version,
    /// How many there are of each verdict, the most severe first.
    pub counts: Vec<(Verdict, usize)>,
    pub verdict: Option<Verdict>,
    pub step: Step,
    /// Whether clients in the field read or decide differently.
    pub breaks_wire: bool,
    /// By target.
    pub targets: BTreeMap<String, TargetSummary>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TargetSummary {
    pub step: Step,
    pub breaks_source: bool,
    /// `None` if the target does not tell.
    pub breaks_binary: Option<bool>,
}

impl Summary {
    /// The targets are those that programs use, each with whether it tells what breaks programs that are compiled.
    pub fn new<'a>(
        against: String,
        version: Version,
        changes: &[Change],
        targets: impl Iterator<Item = (&'a str, bool)>,
    ) -> Self {
        let is_counted = |change: &&Change| change.verdict >= Verdict::Breaking;
        let breaking = || changes.iter().filter(is_counted);
        let counts = Verdict::ALL.map(|verdict| {
            let own = changes.iter().filter(|change| change.verdict == verdict);
            (verdict, own.count())
        });
        let verdict = changes.iter().map(|change| change.verdict).max();
        let others = changes
            .iter()
            .map(|change| change.verdict.min(Verdict::Compatible));
        let others = others.max().map_or(Step::None, Verdict::step);
        let target = |(id, tells_binary): (&str, bool)| {
            let own = breaking().flat_map(|change| &change.broken);
            let own: Vec<_> = own.filter(|broken| broken.target == id).collect();
            let summary = TargetSummary {
                step: if own.is_empty() { others } else { Step::Major },
                breaks_source: own.iter().any(|broken| broken.source.is_some()),
                breaks_binary: tells_binary
                    .then(|| own.iter().any(|broken| broken.binary.is_some())),
            };
            (id.to_owned(), summary)
        };
        Self {
            against,
            version,
            counts: counts.to_vec(),
            verdict,
            step: verdict.map_or(Step::None, Verdict::step),
            breaks_wire: breaking().any(|change| change.wire.is_some()),
            targets: targets.map(target).collect(),
        }
    }

    pub fn is_forbidden(&self) -> bool {
        self.verdict == Some(Verdict::Forbidden)
    }

    /// The lowest version that the changes ask for.
    pub fn lowest(&self) -> Version {
        lowest(self.step, &self.version)
    }

    /// Whether the changes can be released as a version.
    pub fn allows(&self, version: &Version) -> bool {
        allows(self.step, &self.version, version)
    }

    /// What is needed, in a line.
    pub fn need(&self) -> String {
        match self.step {
            _ if self.is_forbidden() => "no version allows these changes".to_owned(),
            Step::None => "no release is needed".to_owned(),
            _ if !self.version.pre.is_empty() => {
                format!(
                    "a release is needed: any that is higher than {}",
                    self.version
                )
            }
            step => format!(
                "a {} release is needed: {} or higher",
                step.name(),
                self.lowest()
            ),
        }
    }

    /// How many there are of each verdict, in a line.
    pub fn tally(&self) -> String {
        let counts = self.counts.iter().filter(|(_, number)| *number > 0);
        let counts: Vec<_> = counts
            .map(|(verdict, number)| {
                let what = match verdict {
                    Verdict::Documents => "in documents alone",
                    other => other.name(),
                };
                format!("{} {what}", count(*number))
            })
            .collect();
        if counts.is_empty() {
            format!("nothing has changed since {}", self.against)
        } else {
            format!("{} since {}", counts.join(", "), self.against)
        }
    }

    /// A paragraph and a table, for people.
    pub fn text(&self) -> String {
        let mut text = format!("{}\n", self.tally());
        if self.verdict.is_none() {
            return text;
        }
        let width = self
            .targets
            .keys()
            .map(String::len)
            .max()
            .unwrap_or_default()
            .max(4);
        text.push('\n');
        let wire = if self.breaks_wire {
            "breaking"
        } else {
            "compatible"
        };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{:width$}  {wire}", "wire");
        for (id, target) in &self.targets {
            let line = format!("{id:width$}  {:5}  {}", target.step.name(), target.broken());
            text.push_str(line.trim_end());
            text.push('\n');
        }
        let _ = writeln!(text, "\n{}", self.need());
        text
    }

    /// The same for programs.
    pub fn value(&self) -> Value {
        let counts = self.counts.iter();
        let counts: BTreeMap<_, _> = counts
            .map(|(verdict, number)| (verdict.name(), number))
            .collect();
        let targets = self.targets.iter().map(|(id, target)| {
            let binary = target.breaks_binary.map(word);
            let value = json!({
                "step": target.step.name(),
                "source": word(target.breaks_source),
                "binary": binary,
            });
            (id, value)
        });
        json!({
            "summary": {
                "against": self.against,
                "version": self.version.to_string(),
                "verdict": self.verdict.map(Verdict::name),
                "step": self.step.name(),
                "lowest": (!self.is_forbidden()).then(|| self.lowest().to_string()),
                "counts": counts,
                "wire": word(self.breaks_wire),
                "targets": targets.collect::<BTreeMap<_, _>>(),
            }
        })
    }
}

pub fn word(breaks: bool) -> &'static str {
    if breaks { "breaking" } else { "compatible" }
}

impl TargetSummary {
    /// What is broken: `source, binary`.
    pub fn broken(self) -> String {
        let broken = [
            self.breaks_source.then_some("source"),
            self.breaks_binary.unwrap_or_default().then_some("binary"),
        ];
        let broken: Vec<_> = broken.into_iter().flatten().collect();
        broken.join(", ")
    }
}
