//! Any bytes as a catalogue: all that errgen finds in them is shown in every form, at places that are there.

#![no_main]

use errgen_fuzz::stages::{assert_shown, findings, source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match source(bytes) {
        Ok(source) => assert_shown(&findings(&source)),
        Err(diagnostics) => assert_shown(&diagnostics),
    }
});
