//! Shortens diffs: a log has a limit, and the first lines show what has happened.

use std::fmt::Write;

/// The longest excerpt of one diff.
const OF_ONE: Room = Room {
    lines: 100,
    bytes: 8 << 10,
};

/// The longest all excerpts may be together.
const OF_ALL: Room = Room {
    lines: 1000,
    bytes: 64 << 10,
};

#[derive(Clone, Copy)]
struct Room {
    lines: usize,
    bytes: usize,
}

/// The room that is left for excerpts.
pub struct Excerpts {
    left: Room,
}

impl Default for Excerpts {
    fn default() -> Self {
        Self { left: OF_ALL }
    }
}

impl Excerpts {
    /// The start of a diff, and how many lines are left out.
    pub fn of(&mut self, diff: &str) -> String {
        let mut room = Room {
            lines: OF_ONE.lines.min(self.left.lines),
            bytes: OF_ONE.bytes.min(self.left.bytes),
        };
        let before = room;
        let mut excerpt = String::new();
        let mut lines = diff.split_inclusive('\n');
        for line in lines.by_ref() {
            if room.lines == 0 || room.bytes == 0 {
                break;
            }
            room.lines -= 1;
            excerpt.push_str(start(line, room.bytes));
            room.bytes = room.bytes.saturating_sub(line.len());
        }
        self.left.lines -= before.lines - room.lines;
        self.left.bytes -= before.bytes - room.bytes;
        if excerpt.len() < diff.len() {
            let lines = diff.lines().count() - (before.lines - room.lines);
            if !excerpt.is_empty() && !excerpt.ends_with('\n') {
                excerpt.push_str("…\n");
            }
            let rest = match lines {
                0 => "the rest of a line".to_owned(),
                1 => "1 more line".to_owned(),
                lines => format!("{lines} more lines"),
            };
            // Writing to a string cannot fail.
            let _ = writeln!(excerpt, "… and {rest}: `--diff=full` shows all");
        }
        excerpt
    }
}

/// At most so many bytes of a line.
fn start(line: &str, bytes: usize) -> &str {
    let mut end = bytes.min(line.len());
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    &line[..end]
}
