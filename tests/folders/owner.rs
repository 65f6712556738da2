//! Whose an output folder is.

use std::fs;

use super::support::{CATALOG, errgen, project, tree, write};
use super::{ALL, CHECK, CHECK_ALL, GENERATE, case, project_of_two, read, recorded, with_targets};

#[test]
fn a_list_says_whose_folder_it_is() {
    let project = project();
    let here = project.path();
    write(
        here,
        "shop/errors.yaml",
        &with_targets("{ demo: { out: ../sdk/demo } }"),
    );
    let options = ["--catalog", "shop/errors.yaml", "--templates", "templates"];
    errgen(here, ["generate"].into_iter().chain(options)).clean();
    // Without a repository, nobody knows which folders above the catalogue are part of a checkout.
    let head = |text: &str| {
        text.lines()
            .skip(1)
            .take_while(|line| line.contains(": "))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let list = "sdk/demo/.errgen-files";
    assert_eq!(head(&read(here, list)), "catalog: shop\ntarget: demo");
    fs::create_dir(here.join(".git")).expect("a folder");
    errgen(here, ["generate"].into_iter().chain(options)).clean();
    let whole = "catalog: shop\nfile: ../../shop/errors.yaml\ntarget: demo";
    assert_eq!(head(&read(here, list)), whole);
    // What is known already is kept by whoever does not know it.
    fs::remove_dir(here.join(".git")).expect("removed");
    for out in [[].as_slice(), &["--out", "sdk"]] {
        let words = ["generate"].into_iter().chain(options);
        errgen(here, words.chain(out.iter().copied())).clean();
        assert_eq!(head(&read(here, list)), whole);
    }
    errgen(
        here,
        ["generate", "--out", "new"].into_iter().chain(options),
    )
    .clean();
    assert_eq!(
        head(&read(here, "new/demo/.errgen-files")),
        "catalog: shop\ntarget: demo"
    );
}

#[test]
fn a_second_catalogue_does_not_take_the_folders_of_the_first() {
    let project = case("two-catalogues");
    let here = project.path();
    errgen(here, ["generate", "--catalog", "a.yaml"]).clean();
    let before = tree(here);
    let expected = "\
generated/markdown: error[E609]: this folder belongs to the target `markdown` of the catalogue `alpha` in `a.yaml`
  = help: set a different `out`, or run `errgen generate --adopt` if this catalogue or target was moved or renamed

generated/openapi: error[E609]: this folder belongs to the target `openapi` of the catalogue `alpha` in `a.yaml`
  = help: set a different `out`, or run `errgen generate --adopt` if this catalogue or target was moved or renamed
";
    for command in ["generate", "check", "outputs"] {
        let run = errgen(here, [command, "--catalog", "b.yaml"]);
        assert_eq!(
            (run.status, run.stderr.as_str()),
            (1, expected),
            "{command}"
        );
        assert_eq!(run.stdout, "");
        assert!(tree(here) == before, "nothing has changed");
    }
    // Even if they have the same id.
    let other = read(here, "b.yaml").replace("catalog: beta", "catalog: alpha");
    write(here, "b.yaml", &other);
    let run = errgen(here, ["generate", "--catalog", "b.yaml"]);
    assert_eq!((run.status, run.stderr.as_str()), (1, expected));
    // With folders of their own, both live side by side.
    let own = "targets: { markdown: { out: b/markdown }, openapi: { out: b/openapi } }";
    write(
        here,
        "b.yaml",
        &other.replace("targets: { markdown: {}, openapi: {} }", own),
    );
    errgen(here, ["generate", "--catalog", "b.yaml"]).clean();
    for catalog in ["a.yaml", "b.yaml"] {
        errgen(here, ["check", "--catalog", catalog]).clean();
    }
    assert_eq!(
        recorded(here),
        [
            "b/markdown markdown b.yaml",
            "b/openapi openapi b.yaml",
            "generated/markdown markdown a.yaml",
            "generated/openapi openapi a.yaml",
        ]
    );
}

#[test]
fn one_foreign_folder_keeps_every_target_from_being_written() {
    let project = project_of_two();
    let here = project.path();
    write(
        here,
        "other.yaml",
        &CATALOG.replace("catalog: shop", "catalog: store"),
    );
    errgen(
        here,
        [
            "generate",
            "more",
            "--templates",
            "templates",
            "--catalog",
            "other.yaml",
        ],
    )
    .clean();
    let before = tree(here);
    let run = errgen(
        here,
        ["generate", "demo", "more", "--templates", "templates"],
    );
    assert_eq!(run.status, 1);
    assert!(
        run.stderr.starts_with("generated/more: error[E609]"),
        "{}",
        run.stderr
    );
    assert!(tree(here) == before);
}

#[test]
fn a_renamed_catalogue_or_target_takes_its_folders_over_when_told_to() {
    let project = project();
    let here = project.path();
    errgen(here, ALL.into_iter().chain(["demo"])).clean();
    let whole = tree(here);
    fs::rename(here.join("catalog.yaml"), here.join("errors.yaml")).expect("a new name");
    let renamed = ["--catalog", "errors.yaml"];
    let generate = || GENERATE.into_iter().chain(renamed);
    let run = errgen(here, generate());
    let expected = "\
generated/demo: error[E609]: this folder belongs to the target `demo` of the catalogue `shop` in `catalog.yaml`, which does not exist
  = help: set a different `out`, or run `errgen generate --adopt` if this catalogue or target was moved or renamed
";
    assert_eq!((run.status, run.stderr.as_str()), (1, expected));
    let run = errgen(here, generate().chain(["--adopt"])).clean();
    assert_eq!(
        run.stdout,
        "demo: 2 written, 0 removed, 1 unchanged in generated/demo\n"
    );
    errgen(here, CHECK.into_iter().chain(renamed)).clean();
    assert_eq!(recorded(here), ["generated/demo demo errors.yaml"]);
    fs::rename(here.join("errors.yaml"), here.join("catalog.yaml")).expect("the old name");
    errgen(here, GENERATE.into_iter().chain(["--adopt"])).clean();
    assert!(tree(here) == whole);

    // The target that takes a folder over removes what it does not write itself.
    write(
        here,
        "templates/more/target.yaml",
        "description: More\nfiles: []\n",
    );
    write(here, "templates/more/more.txt", "more\n");
    write(
        here,
        "catalog.yaml",
        &with_targets("{ more: { out: generated/demo } }"),
    );
    let run = errgen(here, ALL);
    assert!(
        run.stderr
            .contains("belongs to the target `demo` of the catalogue `shop`"),
        "{}",
        run.stderr
    );
    let run = errgen(here, ALL.into_iter().chain(["--adopt"])).clean();
    assert_eq!(
        run.stdout,
        "more: 1 written, 3 removed, 0 unchanged in generated/demo\n"
    );
    errgen(here, CHECK_ALL).clean();
}

#[test]
fn a_list_of_errgen_0_1_is_accepted_and_says_whose_it_is_from_then_on() {
    let project = project();
    let here = project.path();
    errgen(here, GENERATE).clean();
    let list = "generated/demo/.errgen-files";
    let whole = tree(here);
    let old: String = read(here, list)
        .split_inclusive('\n')
        .filter(|line| line.starts_with('#') || line.contains("  "))
        .collect();
    write(here, list, &old);
    fs::remove_dir_all(here.join(".errgen")).expect("removed");
    let run = errgen(here, GENERATE).clean();
    assert_eq!(
        run.stdout,
        "demo: 0 written, 0 removed, 3 unchanged in generated/demo\n"
    );
    assert!(tree(here) == whole);
}

#[test]
fn conflict_markers_in_the_head_of_a_list_are_accepted() {
    let project = project();
    let here = project.path();
    errgen(here, GENERATE).clean();
    let whole = tree(here);
    let list = "generated/demo/.errgen-files";
    let (ours, theirs) = ("file: ../../catalog.yaml", "file: ../../errors.yaml");
    let conflict = format!("<<<<<<< HEAD\n{ours}\n=======\n{theirs}\n>>>>>>> theirs");
    write(here, list, &read(here, list).replace(ours, &conflict));
    errgen(here, GENERATE).clean();
    assert!(tree(here) == whole);
}
