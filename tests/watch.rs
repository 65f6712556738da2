//! `watch`: it generates after every change, and survives errors.

mod support;

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use support::{CATALOG, TEMPLATE, project, tree, write};
use tempfile::TempDir;

/// How long to wait for a line: long enough for any machine, short enough for the failure to be reported.
const LIMIT: Duration = Duration::from_secs(60);

/// A running `errgen watch`. It ends with its test, however that ends.
struct Watching {
    project: TempDir,
    child: Child,
    /// Its lines on standard output and standard error.
    lines: Receiver<String>,
}

impl Watching {
    fn start(project: TempDir) -> Self {
        Self::start_with(project, &["--templates", "templates"])
    }

    fn start_with(project: TempDir, options: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_errgen"))
            .args(["watch", "demo"])
            .args(options)
            .current_dir(project.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("errgen starts");
        let (sender, lines) = mpsc::channel();
        pass_on(child.stdout.take().expect("a pipe"), sender.clone());
        pass_on(child.stderr.take().expect("a pipe"), sender);
        Self {
            project,
            child,
            lines,
        }
    }

    /// Waits for a line. Earlier lines may be about a state in between.
    #[track_caller]
    fn says(&self, wanted: &str) {
        let mut said = Vec::new();
        loop {
            match self.lines.recv_timeout(LIMIT) {
                Ok(line) if line.contains(wanted) => return,
                Ok(line) => said.push(line),
                Err(error) => panic!("{error} for {wanted:?}; it said {said:#?}"),
            }
        }
    }

    fn write(&self, path: &str, content: &str) {
        write(self.project.path(), path, content);
    }

    /// The catalogue with another message in its first error.
    fn write_message(&self, path: &str, message: &str) {
        let line = format!("message: {message},");
        self.write(path, &CATALOG.replace("message: One,", &line));
    }

    fn rename(&self, from: &str, to: &str) {
        let folder = self.project.path();
        fs::rename(folder.join(from), folder.join(to)).expect("a new name");
    }

    /// The file of the first category.
    fn generated(&self) -> String {
        let path = self
            .project
            .path()
            .join("generated/demo/first/category.txt");
        fs::read_to_string(path).expect("the file")
    }

    /// Presses Ctrl-C.
    #[cfg(unix)]
    fn interrupt(&mut self) -> std::process::ExitStatus {
        let id = self.child.id().to_string();
        let kill = Command::new("kill").args(["-INT", &id]).status();
        assert!(kill.expect("kill starts").success());
        self.child.wait().expect("its status")
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn pass_on(pipe: impl Read + Send + 'static, sender: Sender<String>) {
    thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
}

const ONE_WRITTEN: &str = "demo: 1 written, 0 removed, 2 unchanged in generated/demo";

#[test]
fn a_change_of_the_catalogue_or_a_template_is_generated() {
    let watching = Watching::start(project());
    watching.says("demo: 3 written, 0 removed, 0 unchanged in generated/demo");
    watching.says("watching catalog.yaml and templates; press Ctrl-C to stop");
    watching.write_message("catalog.yaml", "First");
    watching.says(ONE_WRITTEN);
    assert!(watching.generated().ends_with("\nFirst\n"));
    let template = TEMPLATE.replace("error.message.value", "error.id");
    watching.write("templates/demo/category.txt.tera", &template);
    watching.says("demo: 2 written, 0 removed, 1 unchanged");
    assert!(watching.generated().ends_with("\none\n"));
}

#[test]
fn a_broken_catalogue_is_reported_and_one_that_is_mended_is_generated() {
    let watching = Watching::start(project());
    watching.says("watching");
    watching.write("catalog.yaml", &CATALOG.replace("http: 404", "http: 4040"));
    watching.says("error[E203]");
    assert!(watching.generated().ends_with("\nOne\n"));
    watching.write_message("catalog.yaml", "Mended");
    watching.says(ONE_WRITTEN);
    assert!(watching.generated().ends_with("\nMended\n"));
}

#[test]
fn a_ledger_that_comes_and_changes_is_noticed() {
    let watching = Watching::start(project());
    watching.says("watching");
    let folder = watching.project.path();
    support::errgen(folder, ["release", "--adopt"]).clean();
    let ledger = fs::read_to_string(folder.join("catalog.ledger.yaml")).expect("a ledger");
    watching.write("catalog.ledger.yaml", &ledger.replace("404", "410"));
    watching.says("error[E803]");
    watching.write("catalog.ledger.yaml", &ledger);
    watching.says("demo: 0 written, 0 removed, 3 unchanged");
}

#[test]
fn a_catalogue_may_be_broken_from_the_start() {
    let project = project();
    write(project.path(), "catalog.yaml", "catalog: [");
    let watching = Watching::start(project);
    watching.says("error[E004]");
    watching.write("catalog.yaml", CATALOG);
    watching.says("demo: 3 written");
}

#[test]
fn a_file_may_be_replaced_and_may_go_and_come_back() {
    let watching = Watching::start(project());
    watching.says("watching");
    watching.write_message("catalog.yaml~", "Replaced");
    watching.rename("catalog.yaml~", "catalog.yaml");
    watching.says(ONE_WRITTEN);
    assert!(watching.generated().ends_with("\nReplaced\n"));
    watching.rename("catalog.yaml", "catalog.yaml~");
    watching.says("catalog.yaml: error[E001]");
    watching.write_message("catalog.yaml", "Back");
    watching.says(ONE_WRITTEN);
    assert!(watching.generated().ends_with("\nBack\n"));
}

#[test]
fn a_folder_of_templates_may_go_and_come_back() {
    let watching = Watching::start(project());
    watching.says("watching");
    watching.rename("templates", "away");
    watching.says("templates: error[E001]");
    watching.rename("away", "templates");
    watching.says("demo: 0 written, 0 removed, 3 unchanged");
    let template = TEMPLATE.replace("error.message.value", "error.id");
    watching.write("templates/demo/category.txt.tera", &template);
    watching.says("demo: 2 written");
}

#[test]
fn included_files_are_followed_and_those_that_come_later() {
    let project = project();
    let included = CATALOG.replace(
        "categories:",
        "include: [errors/*.yaml, more/*/*.yaml]\ncategories:",
    );
    write(project.path(), "catalog.yaml", &included);
    let category = |code: u32, message: &str| {
        format!(
            "categories:\n  - id: c{code}\n    title: {{ en: C }}\n    errors: [{{ code: {code}, id: e{code}, http: 404, message: {message} }}]\n"
        )
    };
    write(project.path(), "errors/a.yaml", &category(11, "One"));
    let watching = Watching::start(project);
    watching.says("error[E010]: there is no file `more/*/*.yaml`");
    // A folder that was not there, and one in it.
    watching.write("more/one/b.yaml", &category(12, "Two"));
    watching.says("demo: 5 written");
    watching.write("errors/a.yaml", &category(11, "First"));
    watching.says("demo: 1 written");
    watching.write("errors/c.yaml", &category(13, "Three"));
    watching.says("demo: 1 written");
    watching.write("more/two/d.yaml", &category(14, "Four"));
    watching.says("demo: 1 written");
    fs::remove_file(watching.project.path().join("errors/c.yaml")).expect("removed");
    watching.says("1 removed");
}

#[test]
fn explanations_are_followed_and_those_that_come_later() {
    let project = project();
    let category = |code: u32| {
        format!(
            "categories:\n  - id: c{code}\n    title: {{ en: C }}\n    errors: [{{ code: {code}, id: e{code}, http: 404, message: M, explanation: docs/{code}.md }}]\n"
        )
    };
    let catalog = CATALOG
        .replace("categories:", "include: [errors/*.yaml]\ncategories:")
        .replace("message: One,", "message: One, explanation: docs/one.md,");
    write(project.path(), "catalog.yaml", &catalog);
    write(project.path(), "errors/a.yaml", &category(11));
    write(project.path(), "docs/11.md", "Eleven.\n");
    let template = "{% for error in category.errors %}{{ error.explanation.default.value if error.explanation else \"\" }}\n{% endfor %}";
    write(project.path(), "templates/demo/category.txt.tera", template);
    let watching = Watching::start(project);
    watching.says("error[E010]: there is no file `docs/one.md`");
    watching.write("docs/one.md", "First.\n");
    watching.says("demo: 4 written");
    watching.write("docs/one.md", "Second.\n");
    watching.says("demo: 1 written");
    watching.write("docs/11.md", "Another.\n");
    watching.says("demo: 1 written");
    watching.write("docs/one.md", "<b>\n");
    watching.says("docs/one.md:1:1: error[E222]");
}

#[cfg(unix)]
#[test]
fn a_catalogue_behind_a_link_is_watched_where_it_is() {
    let project = project();
    let elsewhere = tempfile::tempdir().expect("a folder");
    write(elsewhere.path(), "real.yaml", CATALOG);
    fs::remove_file(project.path().join("catalog.yaml")).expect("removed");
    let real = elsewhere.path().join("real.yaml");
    support::link(&real, &project.path().join("catalog.yaml"));
    let watching = Watching::start(project);
    watching.says("watching");
    write(
        elsewhere.path(),
        "real.yaml",
        &CATALOG.replace("One", "Linked"),
    );
    watching.says(ONE_WRITTEN);
}

#[test]
fn a_folder_may_become_a_target_and_one_in_it_may_come_later() {
    let watching = Watching::start(project());
    watching.says("watching");
    fs::create_dir(watching.project.path().join("templates/later")).expect("a folder");
    watching.says("demo: 0 written");
    watching.write("templates/later/target.yaml", "no manifest");
    watching.says("templates/later/target.yaml:1:1: error[E505");
    watching.write(
        "templates/later/target.yaml",
        "description: Later\nfiles: []\n",
    );
    watching.says("demo: 0 written");
    // The wanted target gets a file in a folder of its own.
    watching.write("templates/demo/a/b/c/new.txt", "new\n");
    watching.says("demo: 1 written");
    watching.write("templates/demo/a/b/c/new.txt", "newer\n");
    watching.says("demo: 1 written");
}

#[cfg(unix)]
#[test]
fn a_file_behind_a_link_in_a_target_is_followed() {
    let project = project();
    let shared = project.path().join("templates/shared/deep");
    write(&shared, "text.txt", "first\n");
    let place = project.path().join("templates/demo/linked.txt");
    support::link(std::path::Path::new("../shared/deep/text.txt"), &place);
    let watching = Watching::start(project);
    watching.says("demo: 4 written");
    watching.write("templates/shared/deep/text.txt", "second\n");
    watching.says(&ONE_WRITTEN.replace("2 unchanged", "3 unchanged"));
}

#[cfg(unix)]
#[test]
fn a_folder_behind_a_link_is_followed_where_links_may_lead_there() {
    let project = project();
    write(project.path(), "elsewhere/deep/text.txt", "first\n");
    let place = project.path().join("templates/demo/linked");
    support::link(std::path::Path::new("../../elsewhere"), &place);
    let options = ["--templates", "templates", "--allow-links-to", "elsewhere"];
    let watching = Watching::start_with(project, &options);
    watching.says("demo: 4 written");
    watching.write("elsewhere/deep/text.txt", "second\n");
    watching.says(&ONE_WRITTEN.replace("2 unchanged", "3 unchanged"));
}

/// It is refused, and not walked through.
#[cfg(unix)]
#[test]
fn a_folder_behind_another_link_is_not_followed() {
    let project = project();
    let place = project.path().join("templates/demo/linked");
    support::link(std::path::Path::new("/"), &place);
    let watching = Watching::start(project);
    watching.says("templates/demo/linked: error[E510");
    fs::remove_file(watching.project.path().join("templates/demo/linked")).expect("removed");
    watching.says("demo: 3 written");
}

/// The folders that the system watches for a process, as Linux lists them.
#[cfg(target_os = "linux")]
fn watched_folders(process: u32) -> usize {
    let handles = fs::read_dir(format!("/proc/{process}/fdinfo")).expect("a process");
    let texts = handles.map(|handle| fs::read_to_string(handle.expect("a handle").path()));
    let lines = texts.map(|text| text.unwrap_or_default().matches("inotify wd:").count());
    lines.sum()
}

/// With the repository itself as the folder of targets.
#[cfg(target_os = "linux")]
#[test]
fn only_what_generate_reads_is_watched() {
    let project = project();
    fs::rename(
        project.path().join("templates/demo"),
        project.path().join("demo"),
    )
    .expect("moved");
    for number in 0..100 {
        write(
            project.path(),
            &format!("node_modules/{number}/lib/index.js"),
            "",
        );
    }
    let watching = Watching::start_with(project, &["--templates", "."]);
    watching.says("watching");
    watching.write_message("catalog.yaml", "First");
    watching.says(ONE_WRITTEN);
    // The folder itself, and those in it, without what is in `node_modules` and `generated`.
    let watched = watched_folders(watching.child.id());
    assert!((1..=10).contains(&watched), "{watched}");
    // Neither of these is read.
    watching.write("node_modules/0/lib/index.js", "changed");
    watching.write("generated/demo/first/notes.txt", "changed");
    watching.write("generated/notes.txt", "changed");
    thread::sleep(Duration::from_millis(500));
    let said: Vec<_> = watching.lines.try_iter().collect();
    assert!(said.is_empty(), "{said:#?}");
    // What is moved away is no longer watched.
    watching.rename("demo", "away");
    watching.says("error[E");
    watching.rename("away", "demo");
    watching.says("demo: 0 written");
}

#[test]
fn too_many_folders_are_an_error() {
    let project = project();
    for number in 0..1100 {
        let folder = format!("templates/demo/node_modules/{number}");
        fs::create_dir_all(project.path().join(folder)).expect("a folder");
    }
    let run = support::errgen(
        project.path(),
        ["watch", "demo", "--templates", "templates"],
    );
    let message = "templates/demo: error[E706]: there are more folders in it than errgen watches (1000)\n  = help: keep what is not part of a target, such as `node_modules`, out of the `--templates` folder\n";
    assert_eq!((run.status, run.stderr.as_str()), (2, message));
}

#[cfg(unix)]
#[test]
fn it_ends_on_an_interrupt_with_nothing_half_written() {
    let mut watching = Watching::start(project());
    watching.says("watching");
    // It may be busy when it is interrupted.
    watching.write_message("catalog.yaml", "Last");
    assert_eq!(watching.interrupt().code(), Some(0));
    let output = watching.project.path().join("generated/demo");
    let files: Vec<_> = tree(&output).into_keys().collect();
    assert_eq!(
        files,
        [
            ".errgen-files",
            "first/category.txt",
            "second/category.txt",
            "static.txt"
        ]
    );
}
