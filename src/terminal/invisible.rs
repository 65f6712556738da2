//! Characters that a reader does not see, or that make others appear in a different place.

/// The first and the last code point of each range of invisible characters, sorted.
///
/// The ranges of `Default_Ignorable_Code_Point`, of `Bidi_Control` and of the format characters (`Cf`), of the line and
/// paragraph separators, and of the white space that looks like U+0020: Unicode 16, `DerivedCoreProperties.txt` and
/// `PropList.txt`; and U+FDD0 to U+FDEF, which Unicode reserves for internal use. U+3000, the wide space of Chinese
/// text, is not included.
const INVISIBLE: [(u32, u32); 28] = [
    (0xA0, 0xA0),
    (0xAD, 0xAD),
    (0x34F, 0x34F),
    (0x600, 0x605),
    (0x61C, 0x61C),
    (0x6DD, 0x6DD),
    (0x70F, 0x70F),
    (0x890, 0x891),
    (0x8E2, 0x8E2),
    (0x115F, 0x1160),
    (0x1680, 0x1680),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x2000, 0x200F),
    (0x2028, 0x202F),
    (0x205F, 0x206F),
    (0x3164, 0x3164),
    (0xFDD0, 0xFDEF),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFB),
    (0x110BD, 0x110BD),
    (0x110CD, 0x110CD),
    (0x13430, 0x1343F),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
];

/// The first UTF-8 bytes of hidden characters.
const BEGINS_HIDDEN: [bool; 256] = {
    let mut table = [false; 256];
    // Control characters.
    mark(&mut table, 0, 0x1F);
    mark(&mut table, 0x7F, 0x7F);
    mark(&mut table, 0x80, 0x9F);
    let mut run = 0;
    while run < INVISIBLE.len() {
        mark(&mut table, INVISIBLE[run].0, INVISIBLE[run].1);
        run += 1;
    }
    let mut plane = 0;
    while plane <= 0x10 {
        mark(&mut table, (plane << 16) | 0xFFFE, (plane << 16) | 0xFFFF);
        plane += 1;
    }
    table
};

/// Marks the first bytes of the characters in a range, all of which have the same length in UTF-8.
const fn mark(table: &mut [bool; 256], first: u32, last: u32) {
    let (lead, shift) = match last {
        0..0x80 => (0, 0),
        0x80..0x800 => (0xC0, 6),
        0x800..0x1_0000 => (0xE0, 12),
        _ => (0xF0, 18),
    };
    let mut bits = first >> shift;
    while bits <= last >> shift {
        table[(lead | bits) as usize] = true;
        bits += 1;
    }
}

/// Whether a character has no visible shape, or changes the direction of the text after it.
pub fn is_invisible(character: char) -> bool {
    let code = u32::from(character);
    let run = INVISIBLE.partition_point(|(_, last)| *last < code);
    let is_in_run = INVISIBLE.get(run).is_some_and(|(first, _)| *first <= code);
    // The last two of each plane, which Unicode reserves for internal use as well.
    is_in_run || code & 0xFFFE == 0xFFFE
}

/// Whether a character is hidden: a control character, or an invisible one.
pub fn is_hidden(character: char) -> bool {
    character.is_control() || is_invisible(character)
}

/// Whether a character can make a terminal show something else than the text: a control character, a line or paragraph
/// separator, or one that reorders or annotates the text around it.
pub fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}')
}

/// Whether the UTF-8 of a hidden character can start with a byte. Text without such bytes can be skipped.
pub const fn may_begin_hidden(byte: u8) -> bool {
    BEGINS_HIDDEN[byte as usize]
}
