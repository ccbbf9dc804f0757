//! Every function has one crypto library and one TLS stack.
//!
//! Features are the union of what all crates ask for: one line in any manifest can bring a second
//! stack into every function, or give jsonwebtoken a backend beside ours, which then panics at its
//! first use. Neither would fail to compile, so the tree is looked at.

use std::collections::{BTreeMap, BTreeSet};

use crate::process::{cargo, printed};
use crate::step::{House, Outcome};

/// Crates that none of our programs may have.
const ABSENT: [&str; 7] =
    ["aws-lc-rs", "aws-lc-sys", "openssl", "openssl-sys", "native-tls", "hyper-tls", "rsa"];
/// Crates of which there may be one version only.
const AT_MOST_ONE: [&str; 8] =
    ["rustls", "hyper-rustls", "tokio-rustls", "rustls-webpki", "ring", "jsonwebtoken", "hyper", "tokio"];
/// Features of jsonwebtoken that bring a backend of its own.
const BACKENDS: [&str; 2] = ["aws_lc_rs", "rust_crypto"];

/// Looks at the tree of each function and of the local runner.
pub(crate) fn check(house: &House) -> Outcome {
    let packages = match house.functions() {
        Ok(functions) => functions.into_iter().chain(["palad-local".to_owned()]),
        Err(message) => return Outcome::failed(message),
    };
    let mut complaints = Vec::new();
    for package in packages {
        match tree(house, &package) {
            Ok(tree) => {
                complaints.extend(faults(&tree).into_iter().map(|fault| format!("{package}: {fault}")))
            }
            Err(message) => complaints.push(format!("{package}: {message}")),
        }
    }
    Outcome::of(complaints)
}

/// One line for each crate: `name vX.Y.Z feature,feature`.
fn tree(house: &House, package: &str) -> Result<String, String> {
    let format = ["--edges", "normal", "--prefix", "none", "--format", "{p}|{f}"];
    printed(cargo(house, &[&["tree", "--locked", "--package", package], &format[..]].concat()))
}

fn faults(tree: &str) -> Vec<String> {
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut faults = Vec::new();
    for line in tree.lines() {
        let (package, features) = line.split_once('|').unwrap_or((line, ""));
        let mut words = package.split_whitespace();
        let (Some(name), Some(version)) = (words.next(), words.next()) else { continue };
        versions.entry(name).or_default().insert(version);
        let backend = features
            .split(',')
            .map(|feature| feature.trim_end_matches(" (*)"))
            .find(|f| BACKENDS.contains(f));
        if let Some(backend) = backend.filter(|_| name == "jsonwebtoken") {
            faults.push(format!("jsonwebtoken has the backend {backend}"));
        }
    }
    faults.extend(
        ABSENT.iter().filter(|name| versions.contains_key(**name)).map(|name| format!("{name} is in it")),
    );
    for name in AT_MOST_ONE {
        if let Some(several) = versions.get(name).filter(|versions| versions.len() > 1) {
            faults.push(format!("{name} is in it in {} versions: {several:?}", several.len()));
        }
    }
    if versions.is_empty() {
        faults.push("its tree is empty".to_owned());
    }
    faults.sort();
    faults.dedup();
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_stack_and_a_second_backend_are_found() {
        assert!(faults("rustls v0.23.1|ring\nring v0.17.14|\njsonwebtoken v11.1.0|use_pem (*)").is_empty());
        assert_eq!(faults("rustls v0.23.1|\nrustls v0.21.0|\naws-lc-sys v0.3.0|").len(), 2);
        assert_eq!(faults("jsonwebtoken v11.1.0|rust_crypto (*)\njsonwebtoken v11.1.0|rust_crypto").len(), 1);
        assert_eq!(faults("").len(), 1);
    }
}
