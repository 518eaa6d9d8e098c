//! The tree that the rules read: every text file of the workspace, by its path from the root.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Text files by path, with `/` between the parts.
pub(super) struct Tree {
    files: BTreeMap<String, String>,
}

impl Tree {
    /// Reads everything below `root` that `.gitignore` does not name. Files that are not UTF-8 are left out.
    ///
    /// It does not ask git, so that it also works in an unpacked archive and on files not yet added.
    pub(super) fn read(root: &Path) -> Result<Self, String> {
        let ignored = Ignored::parse(&fs::read_to_string(root.join(".gitignore")).unwrap_or_default());
        let mut files = BTreeMap::new();
        read_folder(root, "", &ignored, &mut files).map_err(|error| format!("reading the tree: {error}"))?;
        Ok(Self { files })
    }

    /// A tree of the given files, for a test.
    #[cfg(test)]
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        Self { files: files.iter().map(|&(path, text)| (path.to_owned(), text.to_owned())).collect() }
    }

    pub(super) fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    pub(super) fn len(&self) -> usize {
        self.files.len()
    }
}

fn read_folder(
    folder: &Path,
    prefix: &str,
    ignored: &Ignored,
    files: &mut BTreeMap<String, String>,
) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        if name == ".git" || ignored.matches(&path, &name) {
            continue;
        }
        let kind = entry.file_type()?;
        if kind.is_dir() {
            read_folder(&entry.path(), &format!("{path}/"), ignored, files)?;
        } else if kind.is_file()
            && let Ok(text) = String::from_utf8(fs::read(entry.path())?)
        {
            files.insert(path, text);
        }
    }
    Ok(())
}

/// The three forms of line that our `.gitignore` uses: `name`, `/path` and `*.ending`.
struct Ignored(Vec<String>);

impl Ignored {
    fn parse(text: &str) -> Self {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        Self(lines.map(|line| line.trim_end_matches('/').to_owned()).collect())
    }

    fn matches(&self, path: &str, name: &str) -> bool {
        self.0.iter().any(|line| match (line.strip_prefix('/'), line.strip_prefix('*')) {
            (Some(from_root), _) => path == from_root,
            (_, Some(ending)) => name.ends_with(ending),
            _ => name == line,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, expected: bool) {
        let ignored = Ignored::parse("# built\n/target\n/data/\n*.log\nnode_modules\n\n");
        let name = path.rsplit('/').next().unwrap();
        assert_eq!(ignored.matches(path, name), expected, "{path}");
    }

    #[test]
    fn a_line_with_a_slash_means_the_root_only() {
        check("target", true);
        check("data", true);
        check("crates/a/data", false);
    }

    #[test]
    fn a_line_with_a_star_means_an_ending() {
        check("a/b.log", true);
        check("a/log.rs", false);
    }

    #[test]
    fn a_bare_name_means_anywhere() {
        check("a/node_modules", true);
        check("a/node_modules_of_ours", false);
    }
}
