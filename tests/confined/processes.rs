//! The two processes, and what happens to one when the other ends.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use super::support::{tree, without_totals, write};
use super::{GENERATE, project};

const ENDLESS: &str =
    "{% for a in range(end=100000) %}{% for b in range(end=100000) %}{% endfor %}{% endfor %}\n";

/// How often to look, and how long to wait in between: half a minute in total, for the slowest machine.
const LOOKS: usize = 3000;
const PAUSE: Duration = Duration::from_millis(10);

fn start(folder: &Path, words: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_errgen"))
        .args(words)
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("errgen starts")
}

/// The process that renders for another process.
fn renderer_of(parent: &Child) -> u32 {
    let is_child = |path: &PathBuf| {
        let status = fs::read_to_string(path.join("status")).unwrap_or_default();
        let is_parent = status
            .lines()
            .any(|line| line == format!("PPid:\t{}", parent.id()));
        // Between fork and exec, it is still a copy of its parent.
        let words = fs::read_to_string(path.join("cmdline")).unwrap_or_default();
        is_parent && words.contains("render-alone")
    };
    for _ in 0..LOOKS {
        let entries = fs::read_dir("/proc").expect("the processes").flatten();
        if let Some(path) = entries.map(|entry| entry.path()).find(is_child) {
            let id = path
                .file_name()
                .and_then(|name| name.to_str())
                .expect("a name");
            return id.parse().expect("the id of a process");
        }
        thread::sleep(PAUSE);
    }
    panic!("no process renders");
}

/// In hundredths of a second, as Linux counts: the fourteenth field. The second is a name in parentheses.
fn processor_time(process: u32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).expect("a process");
    let fields = stat.rsplit(')').next().expect("fields");
    let time = fields.split_whitespace().nth(11).expect("a time");
    time.parse().expect("a number")
}

#[track_caller]
fn until(what: &str, is_so: impl Fn() -> bool) {
    for _ in 0..LOOKS {
        if is_so() {
            return;
        }
        thread::sleep(PAUSE);
    }
    panic!("not in time: {what}");
}

fn kill(id: u32) {
    let killed = Command::new("kill")
        .arg("-KILL")
        .arg(id.to_string())
        .status();
    assert!(killed.expect("kill starts").success());
}

#[test]
fn a_renderer_that_is_killed_is_named() {
    let project = project();
    write(project.path(), "templates/demo/demo.txt.tera", ENDLESS);
    let before = tree(project.path());
    let errgen = start(project.path(), &GENERATE);
    let renderer = renderer_of(&errgen);
    // Reading takes less CPU time than this, in hundredths of a second; the rest is the loop.
    until("it renders", || processor_time(renderer) > 50);
    kill(renderer);
    let output = errgen.wait_with_output().expect("errgen ends");
    let message = "templates/demo/demo.txt.tera: error[E509]: the target `demo` stopped unexpectedly (signal: 9 (SIGKILL)) while rendering `demo.txt`\n  = help: if nothing on this machine killed its process, please report this with the following output\n";
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(without_totals(&said), message);
    assert_eq!(output.status.code(), Some(2));
    assert!(tree(project.path()) == before);
}

#[test]
fn a_renderer_that_the_system_gives_no_more_memory_is_named() {
    let project = project();
    let doubling = "{% set text = catalog.id %}{% for turn in range(end=60) %}{% set_global text = text ~ text %}{% endfor %}\n";
    write(project.path(), "templates/demo/demo.txt.tera", doubling);
    let output = Command::new("sh")
        .args([
            "-c",
            "ulimit -v 524288 && exec \"$0\" \"$@\"",
            env!("CARGO_BIN_EXE_errgen"),
        ])
        .args(GENERATE)
        .current_dir(project.path())
        .output()
        .expect("a shell starts");
    let message = "templates/demo/demo.txt.tera: error[E509]: the target `demo` ran out of memory while rendering `demo.txt`\n  = help: look for a text that grows without end\n";
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(without_totals(&said), message);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_renderer_ends_with_the_errgen_that_has_started_it() {
    let project = project();
    write(project.path(), "templates/demo/demo.txt.tera", ENDLESS);
    let mut errgen = start(project.path(), &GENERATE);
    let renderer = renderer_of(&errgen);
    errgen.kill().expect("killed");
    errgen.wait().expect("it has ended");
    // A process that nobody waits for is listed until the system has noticed its end.
    until("the renderer has ended", || {
        let status = fs::read_to_string(format!("/proc/{renderer}/status")).unwrap_or_default();
        status.is_empty() || status.contains("State:\tZ")
    });
}

#[test]
fn watch_goes_on_after_a_target_was_stopped() {
    let project = project();
    write(project.path(), "templates/demo/demo.txt.tera", ENDLESS);
    let words = [
        "watch",
        "demo",
        "--templates",
        "templates",
        "--template-seconds=0.3",
    ];
    let mut errgen = start(project.path(), &words);
    let mut errors = BufReader::new(errgen.stderr.take().expect("a pipe"));
    let mut line = String::new();
    errors.read_line(&mut line).expect("a line");
    assert!(line.contains("error[E509]"), "{line}");
    write(project.path(), "templates/demo/demo.txt.tera", "mended\n");
    until("the mended template is rendered", || {
        let written = fs::read_to_string(project.path().join("generated/demo/demo.txt"));
        written.is_ok_and(|text| text == "mended\n")
    });
    errgen.kill().expect("killed");
    errgen.wait().expect("it has ended");
}
