//! Links of the documents lead to files that are there, and to headings that are in them.

use std::path::{Component, Path, PathBuf};

use super::tracked::{File, texts};
use crate::step::{House, Outcome};

/// Follows every relative link of every Markdown file. Those to other sites are not: tests have no
/// network.
pub(crate) fn check(house: &House) -> Outcome {
    Outcome::of_result(texts(house).map(|files| {
        let documents = files.iter().filter(|file| file.path.ends_with(".md"));
        documents.flat_map(|file| broken(file, &files, &house.root)).collect()
    }))
}

fn broken(file: &File, files: &[File], root: &Path) -> Vec<String> {
    let mut complaints = Vec::new();
    for target in targets(&file.text) {
        let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
        let resolved = if path.is_empty() { PathBuf::from(&file.path) } else { resolve(&file.path, path) };
        let document = files.iter().find(|other| Path::new(&other.path) == resolved);
        if !root.join(&resolved).exists() {
            complaints.push(format!("{}: {target} is not there", file.path));
        } else if !anchor.is_empty() && path.ends_with(".md") | path.is_empty() {
            let has_heading = document.is_some_and(|other| headings(&other.text).any(|slug| slug == anchor));
            if !has_heading {
                complaints.push(format!("{}: {target} names no heading", file.path));
            }
        }
    }
    complaints
}

/// The targets of `[words](target)` outside code, without those on other sites.
fn targets(text: &str) -> Vec<&str> {
    let mut targets = Vec::new();
    let mut in_code = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        // Every second piece between backticks is code.
        for piece in line.split('`').step_by(2).filter(|_| !in_code) {
            for rest in piece.split("](").skip(1) {
                targets.extend(rest.split([')', ' ']).next().filter(|target| !target.contains(':')));
            }
        }
    }
    targets
}

fn resolve(from: &str, target: &str) -> PathBuf {
    let base = Path::new(from).parent().unwrap_or(Path::new(""));
    let mut resolved = PathBuf::new();
    for part in base.join(target).components() {
        match part {
            Component::ParentDir => {
                resolved.pop();
            }
            Component::Normal(name) => resolved.push(name),
            _ => {}
        }
    }
    resolved
}

/// The headings, in the form that links name them by.
fn headings(text: &str) -> impl Iterator<Item = String> {
    text.lines().filter(|line| line.starts_with('#')).map(|line| {
        let words = line.trim_start_matches('#').trim().to_lowercase();
        let kept = words.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c) || !c.is_ascii());
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_outside_code() {
        let text = "see [a](b.md#c) and [d](https://x.test) `[e](f)`\n```\n[g](h)\n```\n[i](#j)";
        assert_eq!(targets(text), ["b.md#c", "#j"]);
    }

    #[test]
    fn a_link_without_its_file_or_heading_is_broken() {
        let file = |path: &str, text: &str| File { path: path.to_owned(), text: text.to_owned() };
        let files = [
            file("tests/xtask/Cargo.toml", ""),
            file(
                "a.md",
                "# One idea, well said\n[x](#one-idea-well-said) [y](#two) [z](tests/xtask/Cargo.toml) [w](none)",
            ),
        ];
        let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
        // The headings of a.md are read from memory; the file itself has to be there too.
        let found =
            broken(&File { path: "Cargo.toml".to_owned(), text: files[1].text.clone() }, &files, root);
        assert_eq!(found.len(), 3, "{found:?}");
        assert_eq!(headings(&files[1].text).collect::<Vec<_>>(), ["one-idea-well-said"]);
    }
}
