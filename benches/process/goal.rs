//! What is to be reached.

/// A bound for a ratio.
pub struct Goal {
    what: String,
    bound: Bound,
    figure: Option<f64>,
}

enum Bound {
    AtMost(f64),
    AtLeast(f64),
}

impl Goal {
    pub fn at_most(what: impl Into<String>, bound: f64, figure: Option<f64>) -> Self {
        Self {
            what: what.into(),
            bound: Bound::AtMost(bound),
            figure,
        }
    }

    pub fn at_least(what: impl Into<String>, bound: f64, figure: Option<f64>) -> Self {
        Self {
            what: what.into(),
            bound: Bound::AtLeast(bound),
            figure,
        }
    }

    /// A line of the table of goals.
    pub fn line(&self) -> String {
        let (words, bound) = match self.bound {
            Bound::AtMost(bound) => ("at most", bound),
            Bound::AtLeast(bound) => ("at least", bound),
        };
        let (figure, verdict) = match self.figure {
            Some(figure) => (format!("{figure:.2}"), self.verdict(figure)),
            None => ("—".to_owned(), "not measured".to_owned()),
        };
        format!(
            "| {} | {words} {bound} | {figure} | {verdict} |\n",
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
