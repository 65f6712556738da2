//! A catalogue as text, changed at random: where it is valid, it becomes the files of each of its targets.

#![no_main]

use errgen_fuzz::stages::{assert_shown, assert_sound, generate, source};
use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Ok(source) = source(bytes) else {
        return Corpus::Reject;
    };
    match generate(&source, None) {
        Some(Ok(targets)) => assert_sound(&targets),
        Some(Err(diagnostics)) => assert_shown(&diagnostics),
        None => {}
    }
    Corpus::Keep
});
