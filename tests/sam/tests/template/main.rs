//! The templates against the workspace, both ways, and against what must be true of every installation.

mod alarms;
mod calls;
mod events;
mod mail;
mod safety;
mod site;
mod variables;
mod wiring;

use palad_sam_tests::Templates;

fn templates() -> Templates {
    Templates::read().expect("the templates")
}

/// The sources of a crate, without those of its tests.
fn sources(folder: &std::path::Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).expect("a source");
                let text = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
                files.push((path.display().to_string(), text));
            }
        }
    }
    assert!(!files.is_empty(), "{} has no sources", folder.display());
    files
}
