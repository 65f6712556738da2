//! Figures, as a reader sees them.

/// A figure, or a dash for none.
pub fn show(figure: Option<f64>, format: impl Fn(f64) -> String) -> String {
    figure.map_or("—".to_owned(), format)
}

/// Seconds, in the unit that suits them.
pub fn time(seconds: f64) -> String {
    match seconds {
        ..0.01 => format!("{:.2} ms", seconds * 1e3),
        ..1.0 => format!("{:.1} ms", seconds * 1e3),
        _ => format!("{seconds:.2} s"),
    }
}

/// Bytes, in the unit that suits them.
pub fn size(bytes: f64) -> String {
    match bytes {
        ..1e7 => format!("{:.2} MB", bytes / 1e6),
        ..1e9 => format!("{:.0} MB", bytes / 1e6),
        _ => format!("{:.2} GB", bytes / 1e9),
    }
}

/// A count, with a comma at every thousand.
pub fn count(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .filter_map(|group| str::from_utf8(group).ok())
        .collect();
    groups.join(",")
}
