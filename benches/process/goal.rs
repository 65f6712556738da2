//! What is to be reached.

use crate::figure::show;

/// A bound for a ratio.
pub struct Goal {
    what: String,
    bound: Bound,
    figure: Option<f64>,
    /// The same of the processors' time, which other programs on the machine disturb less.
    computing: Option<f64>,
}

enum Bound {
    AtMost(f64),
    AtLeast(f64),
}

impl Goal {
    pub fn at_most(what: &str, bound: f64, figure: Option<f64>) -> Self {
        Self {
            what: what.to_owned(),
            bound: Bound::AtMost(bound),
            figure,
            computing: None,
        }
    }

    pub fn at_least(what: &str, bound: f64, figure: Option<f64>) -> Self {
        Self {
            what: what.to_owned(),
            bound: Bound::AtLeast(bound),
            figure,
            computing: None,
        }
    }

    /// Says beside the figure what it is by the processors' time.
    pub fn computing(mut self, figure: Option<f64>) -> Self {
        self.computing = figure;
        self
    }

    /// A line of the table of goals.
    pub fn line(&self) -> String {
        let (words, bound) = match self.bound {
            Bound::AtMost(bound) => ("at most", bound),
            Bound::AtLeast(bound) => ("at least", bound),
        };
        let (figure, verdict) = match self.figure {
            Some(figure) => (format!("{figure:.2}"), self.verdict(figure)),
            None => (show(None, |_| String::new()), "not measured".to_owned()),
        };
        let computing = show(self.computing, |it| format!("{it:.2}"));
        format!(
            "| {} | {words} {bound} | {figure} | {computing} | {verdict} |\n",
            self.what
        )
    }

    fn verdict(&self, figure: f64) -> String {
        let excess = match self.bound {
            Bound::AtMost(bound) => figure / bound,
            Bound::AtLeast(bound) => bound / figure,
        };
        if excess <= 1.0 {
            "reached".to_owned()
        } else {
            format!("**short by a factor of {excess:.2}**")
        }
    }
}
