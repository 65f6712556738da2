//! The files of a revision. Links are followed in it alone: nothing on the disk is read.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;

use super::git::Fault;
use super::objects::{Object, Objects};
use crate::read::{Files, Kind};

/// The largest folder, in bytes: some hundred thousand files.
const MAX_FOLDER: u64 = 1 << 26;

/// The longest link, in bytes, and the most links on the way to a file, as on Linux.
const MAX_LINK: u64 = 1 << 12;
const MAX_LINKS: usize = 40;

/// Where a link leads that leaves the repository. Paths in it start with a slash.
const OUTSIDE: &str = "..";

/// The files of a revision, by their paths from the root of the repository, which is `/`.
pub struct Tree<'r> {
    objects: &'r RefCell<Objects>,
    /// As the user names it.
    revision: String,
    root: String,
    /// Folders that have been read, by their hashes.
    folders: RefCell<HashMap<String, Rc<Entries>>>,
}

type Entries = BTreeMap<String, Node>;

#[derive(Clone)]
enum Node {
    File(String),
    Folder(String),
    Link(String),
    /// Another repository, which is not in this one.
    Repository,
    Outside,
}

impl<'r> Tree<'r> {
    /// The files of a revision that git knows by a name. `None` if there is no such revision.
    pub fn new(
        objects: &'r RefCell<Objects>,
        revision: &str,
        name: &str,
    ) -> Result<Option<Self>, Fault> {
        let found = objects
            .borrow_mut()
            .get(&format!("{name}^{{tree}}"), MAX_FOLDER)?;
        Ok(found.map(|Object { id, .. }| Self {
            objects,
            revision: revision.to_owned(),
            root: id,
            folders: RefCell::default(),
        }))
    }

    /// Whether a path without links leads out of the repository.
    pub fn is_outside(path: &Path) -> bool {
        path == Path::new(OUTSIDE)
    }

    /// The bytes of an object that is known to exist.
    fn object(&self, id: &str, limit: u64) -> io::Result<Vec<u8>> {
        match self.objects.borrow_mut().get(id, limit) {
            Ok(Some(object)) => Ok(object.bytes),
            // Only a clone that is partial, or damaged, lacks something that it names.
            Ok(None) => Err(absent("git does not have it")),
            Err(fault) => Err(absent(&fault.said().0)),
        }
    }

    fn entries(&self, id: &str) -> io::Result<Rc<Entries>> {
        if let Some(known) = self.folders.borrow().get(id) {
            return Ok(Rc::clone(known));
        }
        let bytes = self.object(id, MAX_FOLDER)?;
        if bytes.len() as u64 > MAX_FOLDER {
            return Err(io::Error::other("there are too many files in its folder"));
        }
        let entries = Rc::new(entries(&bytes, id.len() / 2));
        let known = Rc::clone(&entries);
        self.folders.borrow_mut().insert(id.to_owned(), known);
        Ok(entries)
    }

    /// What a path leads to, with the path without links.
    fn walk(&self, path: &Path) -> io::Result<(PathBuf, Node)> {
        let mut way = vec![(String::new(), Node::Folder(self.root.clone()))];
        let mut rest: Vec<String> = names(path).collect();
        rest.reverse();
        let mut links = 0;
        while let Some(name) = rest.pop() {
            if name == ".." {
                way.pop();
            }
            let Some((_, here)) = way.last() else {
                return Ok((PathBuf::from(OUTSIDE), Node::Outside));
            };
            if name == ".." {
                continue;
            }
            let node = match here {
                Node::Folder(id) => self.entries(id)?.get(&name).cloned(),
                _ => None,
            };
            match node.ok_or(ErrorKind::NotFound)? {
                Node::Link(id) => {
                    links += 1;
                    if links > MAX_LINKS {
                        return Err(io::Error::other("too many links lead to it"));
                    }
                    let target = self.object(&id, MAX_LINK)?;
                    let target = String::from_utf8_lossy(&target).into_owned();
                    if target.starts_with('/') {
                        return Ok((PathBuf::from(OUTSIDE), Node::Outside));
                    }
                    let start = rest.len();
                    rest.extend(names(Path::new(&target)));
                    rest[start..].reverse();
                }
                node => way.push((name, node)),
            }
        }
        let node = way.last().map_or(Node::Outside, |(_, node)| node.clone());
        let mut path = PathBuf::from("/");
        path.extend(way.into_iter().map(|(name, _)| name).skip(1));
        Ok((path, node))
    }
}

impl Files for Tree<'_> {
    fn resolve(&self, path: &Path) -> PathBuf {
        let mut ancestors = path.ancestors();
        let real = ancestors.find_map(|ancestor| {
            let rest = path.strip_prefix(ancestor).ok()?;
            Some(self.walk(ancestor).ok()?.0.join(rest))
        });
        real.unwrap_or_else(|| path.to_owned())
    }

    fn real(&self, path: &Path) -> io::Result<PathBuf> {
        Ok(self.walk(path)?.0)
    }

    fn kind(&self, path: &Path) -> io::Result<Kind> {
        // Nobody knows what is there. As a folder, it is refused, not left out.
        if Self::is_outside(path) {
            return Ok(Kind::Folder);
        }
        Ok(match self.walk(path)?.1 {
            Node::File(_) => Kind::File,
            Node::Folder(_) | Node::Repository => Kind::Folder,
            Node::Link(_) | Node::Outside => Kind::Stream,
        })
    }

    fn names<'a>(&'a self, folder: &Path) -> Box<dyn Iterator<Item = OsString> + 'a> {
        let entries = match self.walk(folder) {
            Ok((_, Node::Folder(id))) => self.entries(&id).unwrap_or_default(),
            _ => Rc::default(),
        };
        let names: Vec<_> = entries.keys().map(OsString::from).collect();
        Box::new(names.into_iter())
    }

    fn content(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        match self.walk(path)?.1 {
            Node::File(id) => self.object(&id, limit),
            _ => Err(io::Error::other("it is not a file")),
        }
    }

    fn shown(&self, path: &Path) -> PathBuf {
        let names: Vec<_> = names(path).collect();
        PathBuf::from(format!("{}:{}", self.revision, names.join("/")))
    }
}

fn absent(said: &str) -> io::Error {
    io::Error::other(format!(
        "its content is not in this clone, which is partial or damaged: {said}"
    ))
}

/// The names that a path consists of, `..` included.
fn names(path: &Path) -> impl Iterator<Item = String> {
    let names = path.components().filter_map(|component| match component {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        Component::ParentDir => Some("..".to_owned()),
        Component::Prefix(_) | Component::RootDir | Component::CurDir => None,
    });
    names.collect::<Vec<_>>().into_iter()
}

/// The entries of a folder: each has a mode, a name and a hash of so many bytes.
fn entries(bytes: &[u8], hash: usize) -> Entries {
    let mut entries = Entries::new();
    let mut rest = bytes;
    while let Some(end) = rest.iter().position(|byte| *byte == 0) {
        let head = String::from_utf8_lossy(&rest[..end]).into_owned();
        let Some(id) = rest.get(end + 1..end + 1 + hash) else {
            break;
        };
        rest = &rest[end + 1 + hash..];
        let digits: Vec<_> = id.iter().map(|byte| format!("{byte:02x}")).collect();
        let id = digits.concat();
        let Some((mode, name)) = head.split_once(' ') else {
            break;
        };
        let node = match mode.trim_start_matches('0') {
            "40000" => Node::Folder(id),
            "120000" => Node::Link(id),
            "160000" => Node::Repository,
            _ => Node::File(id),
        };
        entries.insert(name.to_owned(), node);
    }
    entries
}
