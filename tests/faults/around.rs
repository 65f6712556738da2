//! Faults in the environment: permissions, limits, links, names and clocks.

use std::ffi::OsStr;
use std::fs::{self, File, FileTimes, Permissions};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;
use walkdir::WalkDir;

use super::support::{CATALOG, copy_of, errgen, link, project, tree, without_totals, write};
use super::{CHECK, Case, GENERATE, OUTPUT, changed_catalog, outdated_project};

/// Runs errgen in a shell that sets a limit, and returns its exit status and standard error.
fn limited(folder: &Path, limit: &str) -> (Option<i32>, String) {
    let output = Command::new("/bin/sh")
        .args(["-c", &format!("{limit}; exec \"$@\""), "sh"])
        .arg(env!("CARGO_BIN_EXE_errgen"))
        .args(GENERATE)
        .current_dir(folder)
        .output()
        .expect("a shell");
    let stderr = String::from_utf8(output.stderr).expect("UTF-8");
    let stderr = without_totals(&stderr).to_owned();
    (output.status.code(), stderr)
}

#[test]
fn out_of_file_handles() {
    let case = Case::of(outdated_project());
    let mut failures = 0;
    for handles in 4..40 {
        let project = copy_of(case.old.path());
        let (status, stderr) = limited(project.path(), &format!("ulimit -n {handles}"));
        let what = format!("{handles}: {stderr}");
        case.assert_whole(project.path(), &what);
        match status {
            Some(0) => assert!(tree(project.path()) == tree(case.new.path()), "{what}"),
            // The system could not even load the program.
            Some(127) => {}
            _ => {
                failures += 1;
                assert_eq!(status, Some(2), "{what}");
                assert!(stderr.contains("(os error 24)"), "{what}");
            }
        }
        case.assert_mended(project.path(), &what);
    }
    assert!(failures > 0);
}

#[test]
fn a_file_larger_than_the_limit() {
    let project = outdated_project();
    let long = CATALOG.replace(
        "message: One",
        &format!("message: {}", "long ".repeat(1000)),
    );
    write(project.path(), "catalog.yaml", &long);
    let case = Case::of(project);
    for (limit, status) in [
        ("ulimit -f 1", None),
        ("trap '' XFSZ; ulimit -f 1", Some(2)),
    ] {
        let project = copy_of(case.old.path());
        let (ended, stderr) = limited(project.path(), limit);
        assert_eq!(ended, status, "{stderr}");
        if status.is_some() {
            let message = "generated/demo/first/category.txt: error[E608]: cannot be written: File too large (os error 27)\n";
            assert_eq!(stderr, message);
        }
        case.assert_whole(project.path(), limit);
        case.assert_mended(project.path(), limit);
    }
}

/// Runs errgen without root's permissions, which allow it to write anywhere.
fn without_rights(project: &TempDir) -> (Option<i32>, String) {
    let is_root = fs::metadata(project.path()).expect("the project").uid() == 0;
    let binary = project.path().join("errgen-binary");
    let mut command = Command::new(env!("CARGO_BIN_EXE_errgen"));
    if is_root {
        // Other users may not have access to the build folder.
        // A separate process copies it: our own handle, open for writing, could live on in another test's child.
        let mut copy = Command::new("cp");
        let copied = copy.arg(env!("CARGO_BIN_EXE_errgen")).arg(&binary).status();
        assert!(copied.expect("cp starts").success());
        command = Command::new(&binary);
        for entry in WalkDir::new(project.path()) {
            chown(entry.expect("an entry").path(), Some(65534), Some(65534)).expect("an owner");
        }
        command.uid(65534).gid(65534);
    }
    let output = command
        .args(GENERATE)
        .current_dir(project.path())
        .output()
        .expect("errgen");
    if is_root {
        fs::remove_file(&binary).expect("removed");
    }
    let stderr = String::from_utf8(output.stderr).expect("UTF-8");
    let stderr = without_totals(&stderr).to_owned();
    (output.status.code(), stderr)
}

#[test]
fn no_permission() {
    let faults = [
        (
            "generated/demo",
            0o555,
            "generated/demo/.errgen-files: error[E608]: cannot be written",
        ),
        (
            "generated/demo/first",
            0o555,
            "generated/demo/first/category.txt: error[E608]: cannot be written",
        ),
        (
            "generated/demo/second",
            0o555,
            "generated/demo/second/category.txt: error[E608]: cannot be removed",
        ),
        (
            "generated/demo/first/category.txt",
            0o000,
            "generated/demo/first/category.txt: error[E001]: cannot be read",
        ),
        (
            "catalog.yaml",
            0o000,
            "catalog.yaml: error[E001]: cannot be read",
        ),
    ];
    let case = Case::of(outdated_project());
    for (path, mode, message) in faults {
        let project = copy_of(case.old.path());
        let place = project.path().join(path);
        let before = fs::metadata(&place).expect("the place").permissions();
        fs::set_permissions(&place, Permissions::from_mode(mode)).expect("set");
        let (status, stderr) = without_rights(&project);
        assert_eq!(
            stderr,
            format!("{message}: Permission denied (os error 13)\n")
        );
        assert_eq!(status, Some(2), "{path}");
        fs::set_permissions(&place, before).expect("set");
        case.assert_whole(project.path(), path);
        case.assert_mended(project.path(), path);
    }
}

#[test]
fn a_folder_where_a_file_should_be() {
    for path in ["first/category.txt", "third/category.txt", ".errgen-files"] {
        let project = outdated_project();
        let place = project.path().join(OUTPUT).join(path);
        let _ = fs::remove_file(&place);
        write(&place, "mine.txt", "not errgen's\n");
        let before = tree(project.path());
        let run = errgen(project.path(), GENERATE);
        let message = format!(
            "{OUTPUT}/{path}: error[E605]: errgen needs to write here, but did not create what is already there\n  = help: move or delete it, then generate again\n"
        );
        assert_eq!((run.status, run.stderr), (1, message));
        assert!(tree(project.path()) == before);
    }
}

#[test]
fn links_out_of_the_tree() {
    let project = outdated_project();
    write(project.path(), "outside/category.txt", "not errgen's\n");
    let first = project.path().join(OUTPUT).join("first");
    fs::remove_dir_all(&first).expect("removed");
    link(Path::new("../../outside"), &first);
    let before = tree(project.path());
    let run = errgen(project.path(), GENERATE);
    let message = "generated/demo/first: error[E606]: this link leads out of the output folder\n  = help: remove the link: errgen writes only inside the output folder\n";
    assert_eq!((run.status, run.stderr.as_str()), (1, message));
    assert!(tree(project.path()) == before);
}

#[test]
fn many_errgens_at_once() {
    for old in [project(), outdated_project()] {
        let case = Case::of(old);
        let project = copy_of(case.old.path());
        let start = |_| {
            Command::new(env!("CARGO_BIN_EXE_errgen"))
                .args(GENERATE)
                .current_dir(project.path())
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .expect("errgen")
        };
        for run in (0..8).map(start).collect::<Vec<_>>() {
            let output = run.wait_with_output().expect("errgen ends");
            let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!((output.status.code(), stderr.as_str()), (Some(0), ""));
        }
        case.assert_mended(project.path(), "many at once");
    }
}

/// Their folders differ, but they share the record of folders.
#[test]
fn many_errgens_with_different_targets_at_once() {
    let project = project();
    let targets: Vec<_> = (0..6).map(|index| format!("target{index}")).collect();
    for target in &targets {
        super::support::copy_into(
            &project.path().join("templates/demo"),
            &project.path().join("templates").join(target),
        );
    }
    let start = |target: &String| {
        Command::new(env!("CARGO_BIN_EXE_errgen"))
            .args(["generate", target, "--templates", "templates"])
            .current_dir(project.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("errgen")
    };
    for run in targets.iter().map(start).collect::<Vec<_>>() {
        let output = run.wait_with_output().expect("errgen ends");
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), stderr.as_str()), (Some(0), ""));
    }
    let record = fs::read_to_string(project.path().join(".errgen/folders")).expect("the record");
    for target in &targets {
        let line = format!("generated/{target}\t{target}\tcatalog.yaml\n");
        assert!(record.contains(&line), "{record}");
    }
}

#[test]
fn a_folder_that_stays_locked() {
    for place in [OUTPUT, "."] {
        let project = outdated_project();
        // The record of folders is in the catalogue's folder.
        fs::remove_dir_all(project.path().join(".errgen")).expect("removed");
        let before = tree(project.path());
        let folder = File::open(project.path().join(place)).expect("a folder");
        folder.lock().expect("locked");
        let run = errgen(
            project.path(),
            GENERATE.into_iter().chain(["--wait-seconds", "1.2"]),
        );
        let expected = format!(
            "\
errgen: waiting for another errgen, which is writing to {place}
{place}: error[E612]: another errgen has been writing to this folder for 1.2 seconds
  = help: wait until it has finished, or stop it; `--wait-seconds` sets how long to wait
"
        );
        assert_eq!((run.status, run.stderr), (2, expected));
        assert!(tree(project.path()) == before);
        drop(folder);
        errgen(project.path(), GENERATE).clean();
    }
}

#[test]
fn only_what_errgen_leaves_is_swept() {
    let project = outdated_project();
    let output = project.path().join(OUTPUT);
    let kept = [
        ".errgen-0123456789abcde.tmp",
        ".errgen-0123456789abcde_.tmp",
        "errgen-0123456789abcdef.tmp",
    ];
    for name in kept {
        write(&output.join("first"), name, "not errgen's\n");
    }
    write(
        &output.join("first/.errgen-0123456789abcdeF.tmp"),
        "mine.txt",
        "in a folder\n",
    );
    write(
        &output.join("mine"),
        ".errgen-0123456789abcdef.tmp",
        "where errgen does not write\n",
    );
    link(
        Path::new("mine.txt"),
        &output.join(".errgen-fedcba9876543210.tmp"),
    );
    let case = Case::of(project);
    let project = copy_of(case.old.path());
    write(
        &project.path().join(OUTPUT),
        "first/.errgen-0123456789abcdef.tmp",
        "half",
    );
    write(
        &project.path().join(OUTPUT),
        ".errgen-abcdefABCDEF0123.tmp",
        "",
    );
    case.assert_mended(project.path(), "swept");
    for name in kept {
        assert!(
            project
                .path()
                .join(OUTPUT)
                .join("first")
                .join(name)
                .is_file()
        );
    }
    assert!(
        project
            .path()
            .join(OUTPUT)
            .join(".errgen-fedcba9876543210.tmp")
            .is_symlink()
    );
}

#[test]
fn odd_names_clocks_and_locales() {
    let plain = project();
    errgen(plain.path(), GENERATE).clean();
    let odd = tempfile::tempdir().expect("a temporary folder");
    let folder = odd.path().join(OsStr::from_bytes(b"caf\xe9 \n"));
    if fs::create_dir(&folder).is_err() {
        eprintln!("SKIPPED: this file system holds no names but UTF-8");
        return;
    }
    super::support::copy_into(plain.path(), &folder);
    for age in [Duration::ZERO, Duration::from_secs(4_102_444_800)] {
        let times = FileTimes::new().set_modified(SystemTime::UNIX_EPOCH + age);
        for path in ["catalog.yaml", "generated/demo/first/category.txt"] {
            let file = File::options()
                .write(true)
                .open(folder.join(path))
                .expect("a file");
            file.set_times(times).expect("set");
        }
        for catalog in [changed_catalog().replace('\n', "\r\n"), CATALOG.to_owned()] {
            fs::write(folder.join("catalog.yaml"), &catalog).expect("written");
            write(plain.path(), "catalog.yaml", &catalog);
            errgen(plain.path(), GENERATE).clean();
            let status = Command::new(env!("CARGO_BIN_EXE_errgen"))
                .arg("generate")
                .arg("demo")
                .arg("--catalog")
                .arg(folder.join("catalog.yaml"))
                .arg("--templates")
                .arg(folder.join("templates"))
                .envs([
                    ("LC_ALL", "tr_TR.ISO-8859-9"),
                    ("LANG", "xx"),
                    ("TZ", "Nowhere/None"),
                ])
                .stdout(Stdio::null())
                .status()
                .expect("errgen");
            assert_eq!(status.code(), Some(0));
            assert!(tree(&folder) == tree(plain.path()));
            errgen(&folder, CHECK).clean();
        }
    }
}
