//! Catalogues that are composed, so that most are valid: each becomes the files of one of its targets.

#![no_main]

use errgen_fuzz::catalogue::Catalogue;
use errgen_fuzz::stages::{assert_shown, assert_sound, findings, generate, source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (Catalogue, u8)| {
    let (catalogue, target) = input;
    let source = source(catalogue.0.as_bytes()).expect("text is UTF-8");
    match generate(&source, Some(usize::from(target))) {
        Some(Ok(targets)) => assert_sound(&targets),
        Some(Err(diagnostics)) => assert_shown(&diagnostics),
        None => {
            let found = findings(&source);
            let broken = found.iter().find(|it| it.rule.code.starts_with("E0"));
            assert!(broken.is_none(), "{broken:?}");
        }
    }
});
