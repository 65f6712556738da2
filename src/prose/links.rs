//! Finds the links in texts.

/// All `http` and `https` links in a text, each with its start in bytes. A link ends where prose continues: at whitespace,
/// quotation marks and brackets, and before the punctuation of a sentence.
pub fn links(text: &str) -> Vec<(usize, &str)> {
    let mut links = Vec::new();
    let mut offset = 0;
    while let Some(found) = text[offset..].find("http") {
        let at = offset + found;
        let rest = &text[at..];
        offset = at + "http".len();
        if !rest.starts_with("http://") && !rest.starts_with("https://") {
            continue;
        }
        let end = rest.find(ends_link).unwrap_or(rest.len());
        let link = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'']);
        offset = at + link.len();
        // Of a scheme alone, prose speaks: "begins with http:// or https://".
        if !link.ends_with("//") {
            links.push((at, link));
        }
    }
    links
}

fn ends_link(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '"' | '<'
                | '>'
                | '`'
                | '“'
                | '”'
                | '‘'
                | '’'
                | '«'
                | '»'
                | '（'
                | '）'
                | '「'
                | '」'
                | '《'
                | '》'
                | '，'
                | '。'
                | '、'
                | '；'
                | '：'
                | '！'
                | '？'
        )
}
