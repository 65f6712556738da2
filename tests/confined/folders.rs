//! Things in a target's folder other than files.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use super::support::{errgen, link, write};
use super::{GENERATE, project, refused};

/// Relative to the project's folder.
const TARGET: &str = "templates/demo";

#[test]
fn links_out_of_the_folder_of_targets() {
    let out = "this link leads out of the `--templates` folder\n  = help: replace it with a copy of what it links to, or allow links there with `--allow-links-to DIR`\n";
    for (path, to) in [
        ("secret.txt", "../../catalog.yaml"),
        ("secret.txt", "/etc/passwd"),
        ("endless.txt", "/dev/zero"),
        ("_part.tera", "../../catalog.yaml"),
        ("folder", "/etc"),
        ("chain.txt", "../chain.txt"),
    ] {
        let project = project();
        link(
            Path::new("../catalog.yaml"),
            &project.path().join("templates/chain.txt"),
        );
        link(Path::new(to), &project.path().join(TARGET).join(path));
        let expected = format!("{TARGET}/{path}: error[E510]: {out}");
        assert_eq!(refused(project.path(), ""), expected);
    }
}

#[test]
fn a_target_that_is_a_link_out_of_the_folder_of_targets() {
    let project = project();
    fs::rename(
        project.path().join(TARGET),
        project.path().join("elsewhere"),
    )
    .expect("moved");
    link(Path::new("../elsewhere"), &project.path().join(TARGET));
    let out = "this link leads out of the `--templates` folder\n  = help: replace it with a copy of what it links to, or allow links there with `--allow-links-to DIR`\n";
    let expected = format!("{TARGET}: error[E510]: {out}");
    assert_eq!(refused(project.path(), ""), expected);
}

#[test]
fn a_manifest_that_is_a_link_out_of_the_folder_of_targets() {
    let project = project();
    let manifest = project.path().join(TARGET).join("target.yaml");
    fs::rename(&manifest, project.path().join("elsewhere.yaml")).expect("moved");
    link(Path::new("../../elsewhere.yaml"), &manifest);
    let out = "this link leads out of the `--templates` folder\n  = help: replace it with a copy of what it links to, or allow links there with `--allow-links-to DIR`\n";
    let expected = format!("{TARGET}/target.yaml: error[E510]: {out}");
    assert_eq!(refused(project.path(), ""), expected);
}

#[test]
fn links_to_folders_and_in_circles() {
    let project = project();
    link(Path::new("."), &project.path().join(TARGET).join("again"));
    let expected = format!(
        "{TARGET}/again: error[E510]: this is a link to a folder, and errgen follows only links to files\n  = help: replace it with a copy of the folder\n"
    );
    assert_eq!(refused(project.path(), ""), expected);
}

#[test]
fn links_within_the_folder_of_targets_are_followed() {
    let project = project();
    write(project.path(), "templates/shared.txt", "shared\n");
    let folder = project.path().join(TARGET);
    link(Path::new("../shared.txt"), &folder.join("static.txt"));
    // Editors create such a link beside an open file.
    link(Path::new("user@host.1234"), &folder.join(".#demo.txt.tera"));
    errgen(project.path(), GENERATE).clean();
    let written = fs::read_to_string(project.path().join("generated/demo/static.txt"));
    assert_eq!(written.expect("a file"), "shared\n");
    // The target itself can be a link, too.
    fs::rename(&folder, project.path().join("templates/real")).expect("moved");
    link(Path::new("real"), &folder);
    errgen(project.path(), GENERATE).clean();
}

#[test]
fn a_pipe_is_not_waited_for() {
    let project = project();
    let pipe = project.path().join(TARGET).join("pipe.txt");
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo starts").success());
    let expected = format!(
        "{TARGET}/pipe.txt: error[E510]: this is neither a file nor a folder\n  = help: remove it from the target's folder\n"
    );
    assert_eq!(refused(project.path(), ""), expected);
}

#[test]
fn files_that_are_too_large() {
    let project = project();
    let path = project.path().join(TARGET).join("large.bin");
    let file = File::create(path).expect("a file");
    // Sparse, so it takes no disk space.
    file.set_len(1 << 40).expect("a length");
    let expected = format!(
        "{TARGET}/large.bin: error[E510]: with this file, the targets are larger than 1024 MiB together\n  = help: remove what is not part of a target, or raise the limit with `--template-memory`\n"
    );
    assert_eq!(refused(project.path(), ""), expected);
}

/// Each folder has two links to the next, so a walk would visit as many as there are ways.
#[test]
fn links_that_multiply_or_lead_back() {
    let options = "--allow-links-to shared";
    let project = project();
    let here = project.path();
    for level in 0..20 {
        for name in ["a", "b"] {
            let folder = here.join(format!("shared/{level}"));
            fs::create_dir_all(&folder).expect("a folder");
            link(Path::new(&format!("../{}", level + 1)), &folder.join(name));
        }
    }
    write(here, "shared/20/last.txt", "\n");
    let many = here.join(TARGET).join("many");
    link(Path::new("../../shared/0"), &many);
    let expected = format!(
        "{TARGET}: error[E510]: the target has more than 100000 files and folders\n  = help: remove what is not part of it\n"
    );
    assert_eq!(refused(here, options), expected);

    fs::remove_file(&many).expect("removed");
    fs::create_dir_all(here.join("shared/x")).expect("a folder");
    fs::create_dir_all(here.join("shared/y")).expect("a folder");
    link(Path::new("../y"), &here.join("shared/x/to"));
    link(Path::new("../x"), &here.join("shared/y/back"));
    link(
        Path::new("../../shared/x"),
        &here.join(TARGET).join("round"),
    );
    let expected = format!(
        "{TARGET}/round/to/back: error[E510]: this link leads back to a folder that it is in\n  = help: remove the link\n"
    );
    assert_eq!(refused(here, options), expected);
}
