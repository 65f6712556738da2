//! Names files as those do who show them beside the sources: relative to the root of the repository.

use std::borrow::Cow;
use std::path::{Component, Path, PathBuf};

use crate::read::{repository_of, resolve};

/// What diagnostics name in place of a file if something is wrong with the arguments.
const COMMAND_LINE: &str = "errgen";

/// Where the paths of diagnostics begin, and where those begin that code scanning and pull requests show.
pub struct Paths {
    here: PathBuf,
    /// `None` outside of any repository: paths then stay as they were given.
    root: Option<PathBuf>,
}

impl Paths {
    /// The root is where GitHub has checked the repository out, or else that of the git repository around this folder.
    pub fn of_process() -> Self {
        let here = resolve(&std::env::current_dir().unwrap_or_default());
        let given = std::env::var_os("GITHUB_WORKSPACE").filter(|it| !it.is_empty());
        let root = match given {
            Some(root) => Some(resolve(Path::new(&root))),
            None => repository_of(&here).map(Path::to_owned),
        };
        Self { here, root }
    }

    /// A path with `/` between its parts, relative to the root, or as it was given where it leads elsewhere.
    pub fn shown<'p>(&self, path: &'p str) -> Cow<'p, str> {
        let root = self.root.as_ref().filter(|_| path != COMMAND_LINE);
        let below = root.and_then(|root| {
            let mut whole = PathBuf::new();
            for part in self.here.join(path).components() {
                match part {
                    Component::CurDir => {}
                    Component::ParentDir => _ = whole.pop(),
                    _ => whole.push(part),
                }
            }
            let below = whole.strip_prefix(root).ok()?;
            let parts: Option<Vec<_>> = below.iter().map(|part| part.to_str()).collect();
            parts.map(|parts| parts.join("/"))
        });
        below.map_or(Cow::Borrowed(path), Cow::Owned)
    }
}
