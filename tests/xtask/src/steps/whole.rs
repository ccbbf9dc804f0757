//! Nothing is half done, and nothing points to the machine that it was written on.
//!
//! The words are put together here, so that this file does not accuse itself.

use super::tracked::{File, texts};
use crate::step::{House, Outcome};

/// What no source file may say.
const IN_SOURCE: [&str; 6] = [
    concat!("todo", "!("),
    concat!("unimplemented", "!("),
    concat!("#[", "ignore"),
    concat!("FIX", "ME"),
    concat!("TO", "DO"),
    concat!("XX", "X:"),
];

/// What no file may say: a place on one machine, or where packages happen to come from. Lock files are
/// written by their tools and name registries.
const ANYWHERE: [&str; 6] = [
    concat!("/wo", "rk/"),
    concat!("crates", ".io"),
    concat!("npm", "js.org"),
    concat!("npm", "js.com"),
    concat!("pypi", ".org"),
    concat!("pythonhosted", ".org"),
];

const LOCK_FILES: [&str; 2] = ["Cargo.lock", "package-lock.json"];
const SOURCE: [&str; 8] = [".rs", ".js", ".ts", ".css", ".yaml", ".yml", ".toml", ".sh"];

/// Looks at every file.
pub(crate) fn check(house: &House) -> Outcome {
    Outcome::of_result(texts(house).map(|files| files.iter().flat_map(complaints).collect()))
}

fn complaints(file: &File) -> Vec<String> {
    let name = file.path.rsplit('/').next().unwrap_or_default();
    if LOCK_FILES.contains(&name) {
        return Vec::new();
    }
    let is_source = SOURCE.iter().any(|ending| name.ends_with(ending)) || !name.contains('.');
    let forbidden = ANYWHERE.iter().chain(IN_SOURCE.iter().filter(|_| is_source));
    let mut complaints = Vec::new();
    for word in forbidden {
        for (number, line) in file.text.lines().enumerate().filter(|(_, line)| says(line, word)) {
            complaints.push(format!("{}:{}: {word} in {:?}", file.path, number + 1, line.trim()));
        }
    }
    complaints
}

/// Whether a line has the word, and not only as a part of a longer one.
fn says(line: &str, word: &str) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let joins = |edge: Option<char>, beside: Option<char>| is_letter(edge) && is_letter(beside);
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        !joins(word.chars().next(), before) && !joins(word.chars().next_back(), after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        complaints(&File { path: path.to_owned(), text: text.to_owned() }).len()
    }

    #[test]
    fn what_is_half_done_is_found() {
        assert_eq!(found("a/b.rs", concat!("// TO", "DO: later\nlet x = to", "do!();\n")), 2);
        assert_eq!(found("a/b.rs", concat!("fn a() { un", "implemented!() }")), 1);
        assert_eq!(found("a/b.rs", concat!("#[", "ignore = \"slow\"]")), 1);
        assert_eq!(found("README.md", concat!("TO", "DO in a text is for people")), 0);
        assert_eq!(found("a/b.rs", concat!("TO", "DOS is a word, and so is METO", "DO")), 0);
    }

    #[test]
    fn a_place_of_one_machine_is_found_everywhere_but_in_lock_files() {
        assert_eq!(found("README.md", concat!("see /wo", "rk/main")), 1);
        assert_eq!(found("README.md", concat!("from crates", ".io")), 1);
        assert_eq!(found("Cargo.lock", concat!("crates", ".io")), 0);
        assert_eq!(found("a.rs", "https://example.test/network/x"), 0);
    }
}
