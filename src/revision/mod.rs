//! Reads a catalogue as it was at a revision of the git repository that it is in.
//!
//! git itself finds the revision and hands out what it holds. Only what the catalogue names is read, and nothing is checked out.

mod git;
mod objects;
mod tree;

use std::cell::RefCell;
use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::pipeline::{Draft, with_draft_from};
use crate::read::{Files, Kind};
use git::{Fault, ask};
use objects::Objects;
use tree::Tree;

/// The repository that a catalogue is in.
pub struct Repository<'a> {
    /// As the user gave it.
    catalog: &'a Path,
    /// A folder in the repository.
    folder: PathBuf,
    root: String,
    /// Where the catalogue is, from the root of the repository.
    path: String,
    objects: RefCell<Objects>,
}

/// A tag of a repository.
pub struct Tag {
    pub name: String,
    id: String,
}

/// A catalogue at a revision.
pub struct Revision<'r> {
    tree: Tree<'r>,
    /// From the root of the repository, which is `/`.
    path: PathBuf,
}

/// Reads a catalogue with the files that it names as they were at a revision, and continues with `then`. The revision is anything
/// that git takes, such as `main`, `v1.2.0` or `HEAD~3`; `v1.2.0:old/errors.yaml` is a catalogue that had another path then. It is
/// held against no ledger.
///
/// # Errors
///
/// If the revision or a file cannot be read; otherwise what `then` returns.
pub fn with_draft_at<T>(
    catalog: &Path,
    revision: &str,
    then: impl FnOnce(&Draft) -> Result<T, Diagnostics>,
) -> Result<T, Diagnostics> {
    Repository::of(catalog)?.at(revision)?.with_draft(then)
}

impl<'a> Repository<'a> {
    /// The repository that the folder of a catalogue is in.
    ///
    /// # Errors
    ///
    /// If there is none, or git does not read it.
    pub fn of(catalog: &'a Path) -> Result<Self, Diagnostics> {
        let (folder, rest) = nearest(catalog.parent().unwrap_or(Path::new("")));
        let (root, prefix) = place_of(catalog, &folder)?;
        let rest = rest.join(catalog.file_name().unwrap_or_default());
        Ok(Self {
            catalog,
            root,
            path: below(&prefix, &rest).unwrap_or_default(),
            objects: RefCell::new(Objects::new(&folder)),
            folder,
        })
    }

    /// The catalogue at a revision.
    ///
    /// # Errors
    ///
    /// If git does not know the revision, or there is no catalogue.
    pub fn at(&self, revision: &str) -> Result<Revision<'_>, Diagnostics> {
        let (name, path) = parts(revision);
        let path = match path {
            None => self.path.clone(),
            Some(path) => self.path_in(revision, path)?,
        };
        let tree = Tree::new(&self.objects, name, name);
        let tree = tree.map_err(|fault| refuse(self.catalog, &fault))?;
        let Some(tree) = tree else {
            return Err(self.unknown(name)?.into());
        };
        let revision = Revision::new(tree, &path);
        revision.check()?;
        Ok(revision)
    }

    /// The catalogue at a tag. `None` if it was not there.
    ///
    /// # Errors
    ///
    /// If git cannot read the tag.
    pub fn at_tag(&self, tag: &Tag) -> Result<Option<Revision<'_>>, Diagnostics> {
        let tree = Tree::new(&self.objects, &tag.name, &tag.id);
        let tree = tree.map_err(|fault| refuse(self.catalog, &fault))?;
        let revision = tree.map(|tree| Revision::new(tree, &self.path));
        Ok(revision.filter(|it| !it.is_missing()))
    }

    /// The tags that a pattern of git stands for.
    ///
    /// # Errors
    ///
    /// If the clone is shallow, and may lack some of them.
    pub fn tags(&self, pattern: &str) -> Result<Vec<Tag>, Diagnostics> {
        if self.is_shallow()? {
            let message = "this clone is shallow, and may lack tags and what they hold";
            let diagnostic = unreadable(&self.catalog.display().to_string(), message.to_owned());
            return Err(diagnostic.help(DEEPEN).into());
        }
        let text = self.ask(&[
            "tag",
            "--list",
            "--no-column",
            "--format=%(objectname) %(refname:strip=2)",
            "--",
            pattern,
        ])?;
        let tags = text.lines().filter_map(|line| line.split_once(' '));
        let tag = |(id, name): (&str, &str)| Tag {
            name: name.to_owned(),
            id: id.to_owned(),
        };
        Ok(tags.map(tag).collect())
    }

    /// A path as the user has given it with a revision, from the root of the repository.
    fn path_in(&self, revision: &str, path: &str) -> Result<String, Diagnostics> {
        let is_relative = ["./", "../"].iter().any(|start| path.starts_with(start));
        let prefix = if is_relative {
            let here = place_of(self.catalog, Path::new(".")).ok();
            here.filter(|(root, _)| *root == self.root)
                .map(|(_, prefix)| prefix)
        } else {
            Some(String::new())
        };
        let found = prefix.and_then(|prefix| below(&prefix, Path::new(path)));
        found.ok_or_else(|| {
            let message = format!("`{path}` leads out of the catalogue's repository");
            let help =
                "name the path from the root of the repository, as in `main:errors/catalog.yaml`";
            unreadable(revision, message).help(help).into()
        })
    }

    fn unknown(&self, revision: &str) -> Result<Diagnostic, Diagnostics> {
        let message = format!("git does not know the revision `{revision}`");
        if self.is_shallow()? {
            let message = format!("{message}, and this clone is shallow");
            return Ok(self.about(message).help(DEEPEN));
        }
        Ok(self.about(message).help(
            "name a branch, a tag or a commit of this repository; if it is on a server only, run `git fetch --tags`",
        ))
    }

    fn is_shallow(&self) -> Result<bool, Diagnostics> {
        let said = self.ask(&["rev-parse", "--is-shallow-repository"])?;
        Ok(said.trim() == "true")
    }

    fn ask(&self, words: &[&str]) -> Result<String, Diagnostics> {
        let words = words.iter().map(OsStr::new);
        ask(&self.folder, words).map_err(|fault| refuse(self.catalog, &fault).into())
    }

    fn about(&self, message: String) -> Diagnostic {
        unreadable(&self.catalog.display().to_string(), message)
    }
}

/// What to do if a part of the history is not there.
const DEEPEN: &str = "fetch its history with `git fetch --unshallow --tags`, or with `fetch-depth: 0` in the workflow";

impl<'r> Revision<'r> {
    fn new(tree: Tree<'r>, path: &str) -> Self {
        Self {
            tree,
            path: Path::new("/").join(path),
        }
    }

    /// The catalogue's path in it, as diagnostics name it.
    pub fn shown(&self) -> String {
        self.tree.shown(&self.path).display().to_string()
    }

    fn is_missing(&self) -> bool {
        let kind = self.tree.kind(&self.path);
        kind.is_err_and(|error| error.kind() == ErrorKind::NotFound)
    }

    /// Makes sure that there is a file.
    fn check(&self) -> Result<(), Diagnostics> {
        let real = self.tree.real(&self.path);
        let kind = self.tree.kind(&self.path);
        let (message, help) = match (real, kind) {
            (Ok(real), _) if Tree::is_outside(&real) => (
                "it is a link that leads out of the repository".to_owned(),
                "name the file that it led to",
            ),
            (_, Ok(Kind::File)) => return Ok(()),
            (_, Ok(_)) => (
                "it is a folder".to_owned(),
                "name the catalogue in it, as in `main:errors/catalog.yaml`",
            ),
            (_, Err(error)) if error.kind() == ErrorKind::NotFound => (
                "there is no such file at this revision".to_owned(),
                "if the catalogue had another path then, name that: `main:errors/catalog.yaml`",
            ),
            (_, Err(error)) => (error.to_string(), FETCH),
        };
        Err(unreadable(&self.shown(), message).help(help).into())
    }

    /// Reads the catalogue with the files that it names, and continues with `then`.
    ///
    /// # Errors
    ///
    /// If a file cannot be read; otherwise what `then` returns.
    pub fn with_draft<T>(
        &self,
        then: impl FnOnce(&Draft) -> Result<T, Diagnostics>,
    ) -> Result<T, Diagnostics> {
        with_draft_from(&self.tree, &self.path, then)
    }
}

/// What to do if git lacks an object that it names.
const FETCH: &str = "have git fetch it once, as in `git show main:catalog.yaml`";

/// The nearest folder that exists, at a path or above it, and the path from there.
fn nearest(folder: &Path) -> (PathBuf, PathBuf) {
    let mut ancestors = folder.ancestors();
    let found = ancestors.find_map(|ancestor| {
        let rest = folder.strip_prefix(ancestor).ok()?;
        let here = Path::new(".").join(ancestor);
        here.is_dir().then(|| (here, rest.to_owned()))
    });
    found.unwrap_or_else(|| (PathBuf::from("."), folder.to_owned()))
}

/// The root of the repository that a folder is in, and the path from there to the folder.
fn place_of(catalog: &Path, folder: &Path) -> Result<(String, String), Diagnostics> {
    let words = ["rev-parse", "--show-toplevel", "--show-prefix"];
    let said = ask(folder, words.map(OsStr::new));
    let said = said.map_err(|fault| refuse(catalog, &fault))?;
    let lines = said.strip_suffix('\n').unwrap_or(&said);
    let (root, prefix) = lines.rsplit_once('\n').unwrap_or((lines, ""));
    Ok((root.to_owned(), prefix.to_owned()))
}

/// A revision and the path after it. A colon in braces, or at the start, is part of the revision, as in `HEAD^{/fix: it}`.
fn parts(revision: &str) -> (&str, Option<&str>) {
    let mut depth = 0_usize;
    for (at, character) in revision.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ':' if depth == 0 && at > 0 => return (&revision[..at], Some(&revision[at + 1..])),
            ':' if at == 0 => break,
            _ => {}
        }
    }
    (revision, None)
}

/// A path below a prefix, without `.` and `..`. `None` if it leads above the root.
fn below(prefix: &str, path: &Path) -> Option<String> {
    let mut names: Vec<_> = prefix.split('/').filter(|name| !name.is_empty()).collect();
    let path = path.to_string_lossy();
    for component in Path::new(path.as_ref()).components() {
        match component {
            Component::Normal(name) => names.push(name.to_str()?),
            Component::ParentDir => _ = names.pop()?,
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir => return None,
        }
    }
    Some(names.join("/"))
}

/// Why git has not answered, and what to do about it.
fn refuse(catalog: &Path, fault: &Fault) -> Diagnostic {
    let (said, advice) = fault.said();
    let (message, help) = if fault.is_absence() {
        (
            "git is not installed".to_owned(),
            "install git, or add its folder to `PATH`".to_owned(),
        )
    } else if said.starts_with("not a git repository") {
        (
            "the catalogue is not in a git repository".to_owned(),
            "run errgen in a clone of its repository".to_owned(),
        )
    } else {
        let help = "run `git status` in the catalogue's folder to see what git needs";
        (
            format!("git cannot read the repository: {said}"),
            advice.unwrap_or_else(|| help.to_owned()),
        )
    };
    unreadable(&catalog.display().to_string(), message).help(help)
}

fn unreadable(path: &str, message: String) -> Diagnostic {
    Diagnostic::file(rules::UNREADABLE_REVISION, path, message)
}
