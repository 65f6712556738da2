//! Any text as a ledger: errgen withstands it, and reads again what it writes of it.

#![no_main]

use std::str;

use errgen_fuzz::ledger::assert_withstood;
use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Ok(text) = str::from_utf8(bytes) else {
        return Corpus::Reject;
    };
    assert_withstood(text);
    Corpus::Keep
});
