//! What it costs to hold long logs and archives against the real catalogue.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use crate::goal::Goal;
use crate::page::{Section, Table};
use crate::programs::repository;
use crate::released::on;
use crate::row::{Row, ratio, take_turns};

/// How many responses an input has, and how many runs each row gets.
const ROWS: [(&str, Shape, usize, usize); 4] = [
    ("a log of 100,000 lines", Shape::Lines, 100_000, 5),
    ("a log of 1,000,000 lines", Shape::Lines, 1_000_000, 3),
    ("an archive of 100,000 entries", Shape::Archive, 100_000, 5),
    (
        "an archive of 1,000,000 entries",
        Shape::Archive,
        1_000_000,
        3,
    ),
];

/// The memory of one with a million responses may be so many times that of one with a tenth.
const GROWTH: f64 = 1.1;

const BUDGET: Duration = Duration::from_secs(120);

#[derive(Clone, Copy)]
enum Shape {
    Lines,
    Archive,
}

/// # Errors
///
/// If the inputs cannot be written.
pub fn measure(folder: &Path) -> io::Result<Section> {
    let place = folder.join("audit");
    fs::create_dir_all(&place)?;
    let responses = responses()?;
    let catalog = repository().join("catalog.yaml");
    let rows = ROWS
        .iter()
        .enumerate()
        .map(|(at, (name, shape, count, runs))| {
            let path = place.join(at.to_string());
            write(&path, *shape, *count, &responses)?;
            let command = on(&catalog, &["audit", &path.display().to_string()]);
            Ok(Row::new(name, command, *runs))
        });
    let mut rows = rows.collect::<io::Result<Vec<_>>>()?;
    take_turns(&mut rows, 1, BUDGET);
    fs::remove_dir_all(&place)?;
    let mut table = Table::new(&rows[0]);
    for row in &rows {
        table.add(row);
    }
    let mut goals = Vec::new();
    for (what, one, ten) in [("a log", 0, 1), ("an archive", 2, 3)] {
        let name = format!("{what} of 1,000,000 responses, peak memory × that of 100,000");
        goals.push(Goal::at_most(
            &name,
            GROWTH,
            ratio(rows[ten].peak(), rows[one].peak()),
        ));
        let name = format!("{what} of 1,000,000 responses, peak memory in MB");
        goals.push(Goal::at_most(
            &name,
            100.0,
            rows[ten].peak().map(|peak| peak / 1e6),
        ));
    }
    Ok(Section {
        title: "An audit",
        text: format!("{INTRODUCTION}\n{}", table.text),
        goals,
    })
}

const INTRODUCTION: &str = "\
`errgen audit` of responses of the real catalogue: three of five are answers without an error, the others an error each, all of
which turn up. A response is about 300 bytes in a log, and 700 in an archive. × is against the first row.
";

/// The responses that the catalogue's test vectors have.
fn responses() -> io::Result<Vec<Value>> {
    let path = repository().join("generated/conformance/vectors.json");
    let vectors: Value = serde_json::from_str(&fs::read_to_string(path)?)?;
    let vectors = vectors["vectors"].as_array().cloned().unwrap_or_default();
    Ok(vectors
        .into_iter()
        .map(|it| it["response"].clone())
        .collect())
}

fn write(path: &Path, shape: Shape, count: usize, errors: &[Value]) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    if matches!(shape, Shape::Archive) {
        writeln!(file, r#"{{"log":{{"version":"1.2","entries":["#)?;
    }
    for number in 0..count {
        let (status, body) = if number % 5 < 3 || errors.is_empty() {
            let title = "An article with a title ".repeat(number % 7);
            let body =
                json!({ "id": number, "user": format!("user{}", number % 977), "title": title });
            (200.into(), Value::from(body.to_string()))
        } else {
            let error = &errors[number % errors.len()];
            (error["status"].clone(), error["body"]["text"].clone())
        };
        let line = match shape {
            Shape::Lines => {
                json!({ "status": status, "headers": HEADERS.into_iter().collect::<Value>(), "body": body })
            }
            Shape::Archive => {
                let headers = HEADERS.map(|(name, value)| json!({ "name": name, "value": value }));
                json!({
                    "startedDateTime": "2026-11-30T10:00:00.000Z",
                    "time": 12.5,
                    "request": { "method": "GET", "url": format!("https://api.example.org/{number}"), "headers": headers },
                    "response": {
                        "status": status,
                        "headers": headers,
                        "content": { "mimeType": "application/json", "text": body },
                    },
                })
            }
        };
        let is_last = number + 1 == count;
        let end = if matches!(shape, Shape::Archive) && !is_last {
            ","
        } else {
            ""
        };
        writeln!(file, "{line}{end}")?;
    }
    if matches!(shape, Shape::Archive) {
        writeln!(file, "]}}}}")?;
    }
    file.flush()
}

const HEADERS: [(&str, &str); 3] = [
    ("Content-Type", "application/json"),
    ("Date", "Mon, 30 Nov 2026 10:00:00 GMT"),
    ("X-Request-Id", "0f8fad5b-d9cb-469f-a165-70867728950e"),
];
