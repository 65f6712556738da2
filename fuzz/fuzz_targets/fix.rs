//! What `errgen lint --fix` makes of any text: it comes to an end, and breaks nothing that was whole.

#![no_main]

use std::collections::BTreeSet;
use std::sync::Arc;

use errgen::diagnostic::{Diagnostics, apply};
use errgen_fuzz::stages::{findings, source};
use libfuzzer_sys::{Corpus, fuzz_target};

/// As many as `errgen lint --fix` goes through.
const ROUNDS: usize = 10;

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Ok(mut source) = source(bytes) else {
        return Corpus::Reject;
    };
    let mut found = findings(&source);
    let before = rules(&found);
    for round in 0..=ROUNDS {
        let fixes = found.iter().filter_map(|it| it.fix.as_ref());
        let (fixed, count) = apply(&source, fixes);
        if count == 0 {
            break;
        }
        assert!(round < ROUNDS, "without end: {}", fixed.text);
        source = Arc::new(fixed);
        found = findings(&source);
    }
    let after = rules(&found);
    let new: Vec<_> = after.difference(&before).collect();
    assert!(new.is_empty(), "{new:?} in {}", source.text);
    Corpus::Keep
});

/// The rules of errors: what keeps a catalogue from being generated from.
fn rules(diagnostics: &Diagnostics) -> BTreeSet<&'static str> {
    let errors = diagnostics.iter().filter(|it| !it.rule.is_lint());
    errors.map(|it| it.rule.code).collect()
}
