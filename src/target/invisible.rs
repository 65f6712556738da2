//! Characters that a reader of code would not see, or would see in another place.

/// Whether a character has no shape of its own, or changes the direction of what follows it.
///
/// The ranges of `Default_Ignorable_Code_Point`, of `Bidi_Control` and of the format characters (`Cf`), of the
/// line and paragraph separators, and of the white space that looks like U+0020: Unicode 16,
/// `DerivedCoreProperties.txt` and `PropList.txt`. U+3000, the wide space of Chinese text, is left as it is.
pub fn is_invisible(character: char) -> bool {
    matches!(u32::from(character),
        0xA0 | 0xAD | 0x34F | 0x600..=0x605 | 0x61C | 0x6DD | 0x70F | 0x890..=0x891 | 0x8E2
        | 0x115F..=0x1160 | 0x1680 | 0x17B4..=0x17B5 | 0x180B..=0x180F
        | 0x2000..=0x200F | 0x2028..=0x202F | 0x205F..=0x206F
        | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB
        | 0x110BD | 0x110CD | 0x13430..=0x1343F | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A
        | 0xE0000..=0xE0FFF
    ) || is_noncharacter(character)
}

/// The 66 code points that Unicode keeps for a program's own use.
fn is_noncharacter(character: char) -> bool {
    let code = u32::from(character);
    (0xFDD0..=0xFDEF).contains(&code) || code & 0xFFFE == 0xFFFE
}
