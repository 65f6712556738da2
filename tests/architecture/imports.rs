//! Which module of a crate imports which, by the paths in its sources.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

/// A module's path below the crate's root, which is the empty one.
pub type Module = Vec<String>;

/// The modules of a crate, with the paths that each names.
pub struct Crate {
    modules: BTreeMap<Module, Source>,
}

struct Source {
    /// Absolute paths of what the module imports, from the crate's root.
    paths: Vec<Vec<String>>,
    /// What it passes on of its own modules: the absolute path, by name.
    exports: BTreeMap<String, Vec<String>>,
}

/// Modules of one folder that import each other, directly or by way of others.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Circle {
    pub folder: String,
    pub modules: BTreeSet<String>,
}

impl Crate {
    /// Reads the crate that has its root in a folder.
    pub fn read(root: &Path) -> Self {
        let mut modules = BTreeMap::new();
        for entry in WalkDir::new(root).sort_by_file_name() {
            let path = entry.expect("the sources can be read").into_path();
            if path.extension().is_none_or(|extension| extension != "rs") {
                continue;
            }
            let below = path.strip_prefix(root).expect("below the root");
            let text = fs::read_to_string(&path).expect("a source");
            let module = module(below);
            let source = Source::read(&text, &module);
            modules
                .entry(module)
                .and_modify(|root: &mut Source| root.paths.extend(source.paths.clone()))
                .or_insert(source);
        }
        Self { modules }
    }

    /// All circles, whichever folder they are in. A folder's own file may share with the modules in the folder.
    pub fn circles(&self) -> BTreeSet<Circle> {
        let mut imports: BTreeMap<Module, BTreeMap<&str, BTreeSet<&str>>> = BTreeMap::new();
        for (module, source) in &self.modules {
            for path in &source.paths {
                let imported = self.defining_module(path);
                let is_same = |(a, b): &(&String, &String)| a == b;
                let common = module.iter().zip(imported).take_while(is_same).count();
                if let (Some(own), Some(other)) = (module.get(common), imported.get(common)) {
                    let folder = imports.entry(module[..common].to_vec()).or_default();
                    folder.entry(own).or_default().insert(other);
                }
            }
        }
        let circles = imports.iter().flat_map(|(folder, imports)| {
            let reached: BTreeMap<_, _> =
                imports.keys().map(|it| (*it, reach(it, imports))).collect();
            let circle = |module: &&str| {
                let others = reached[module].iter();
                let back = |it: &&&str| reached.get(**it).is_some_and(|it| it.contains(module));
                others.filter(back).map(ToString::to_string).collect()
            };
            let circles: Vec<BTreeSet<String>> = reached.keys().map(circle).collect();
            let circles = circles.into_iter().filter(|modules| modules.len() > 1);
            circles.map(|modules| Circle {
                folder: folder.join("/"),
                modules,
            })
        });
        circles.collect()
    }

    /// How many paths there are.
    pub fn count(&self) -> usize {
        self.modules.values().map(|source| source.paths.len()).sum()
    }

    /// The module that what a path names stands in, however it is passed on.
    fn defining_module<'p>(&'p self, path: &'p [String]) -> &'p [String] {
        let is_module = |length: &usize| self.modules.contains_key(&path[..*length]);
        let length = (0..=path.len()).rev().find(is_module).unwrap_or_default();
        let (module, rest) = path.split_at(length);
        let source = self.modules.get(module);
        let passed_on = rest.first().and_then(|name| source?.exports.get(name));
        match passed_on {
            Some(path) => self.defining_module(path),
            None => module,
        }
    }
}

impl Source {
    fn read(text: &str, module: &[String]) -> Self {
        let lines = text.lines();
        let code = lines.filter(|line| !line.trim_start().starts_with("//"));
        let code: String = code.flat_map(|line| [line, "\n"]).collect();
        let mut paths = Vec::new();
        let mut exports = BTreeMap::new();
        let absolute = |path: Vec<String>| resolve(path, module);
        for statement in statements(&code, "use ") {
            paths.extend(expand(statement).into_iter().filter_map(absolute));
        }
        for statement in statements(&code, "pub use ") {
            for path in expand(statement) {
                let name = path.last().cloned().unwrap_or_default();
                // Without a keyword before it, a path begins with a module of this one.
                let path = match path[0].as_str() {
                    "crate" | "self" | "super" => absolute(path),
                    _ => Some([module, &path].concat()),
                };
                exports.extend(path.map(|path| (name, path)));
            }
        }
        for start in ["crate::", "super::", "self::"] {
            for (at, _) in code.match_indices(start) {
                let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
                if !code[..at].ends_with(is_part) {
                    let rest = &code[at..];
                    let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
                    let parts = rest[..end].split("::").filter(|part| !part.is_empty());
                    paths.extend(absolute(parts.map(ToOwned::to_owned).collect()));
                }
            }
        }
        Self { paths, exports }
    }
}

/// The module that a file holds.
fn module(file: &Path) -> Module {
    let file = file.with_extension("");
    let mut parts: Vec<_> = file
        .iter()
        .map(|it| it.to_string_lossy().into_owned())
        .collect();
    if parts
        .last()
        .is_some_and(|it| ["mod", "lib", "main"].contains(&it.as_str()))
    {
        parts.pop();
    }
    parts
}

/// What stands between a keyword at the beginning of a line and the end of the statement.
fn statements<'t>(code: &'t str, keyword: &str) -> Vec<&'t str> {
    let begins = code.match_indices(keyword).map(|(at, _)| at);
    let begins =
        begins.filter(|at| code[..*at].trim_end_matches(' ').ends_with(['\n', '{']) || *at == 0);
    begins
        .filter_map(|at| code[at + keyword.len()..].split(';').next())
        .collect()
}

/// The paths of a statement that may have braces: `a::{b, c::{d}}` is `a::b` and `a::c::d`.
fn expand(tree: &str) -> Vec<Vec<String>> {
    let tree = tree.trim();
    let Some((before, list)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or_default();
        let parts = path.split("::").map(|part| part.trim().to_owned());
        let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
        return if parts.is_empty() {
            Vec::new()
        } else {
            vec![parts]
        };
    };
    let list = list.strip_suffix('}').unwrap_or(list);
    let mut items = vec![String::new()];
    let mut depth = 0;
    for character in list.chars() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                items.push(String::new());
                continue;
            }
            _ => {}
        }
        items.last_mut().expect("an item").push(character);
    }
    let items = items.iter().filter(|item| !item.trim().is_empty());
    items
        .flat_map(|item| expand(&format!("{before}{}", item.trim())))
        .collect()
}

/// A path from the crate's root; none where it leads out of the crate.
fn resolve(path: Vec<String>, module: &[String]) -> Option<Vec<String>> {
    let mut base = match path.first()?.as_str() {
        "crate" => Vec::new(),
        "self" | "super" => module.to_vec(),
        _ => return None,
    };
    for part in path {
        match part.as_str() {
            "crate" | "self" => {}
            "super" => {
                base.pop();
            }
            _ => base.push(part),
        }
    }
    Some(base)
}

/// All modules that one imports, directly or by way of others.
fn reach<'m>(from: &'m str, imports: &BTreeMap<&'m str, BTreeSet<&'m str>>) -> BTreeSet<&'m str> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<&str> = vec![from];
    while let Some(module) = next.pop() {
        let found = imports.get(module).into_iter().flatten().copied();
        next.extend(found.filter(|it| reached.insert(*it)));
    }
    reached
}
