//! A function that lacks a variable, or has one that cannot be read, ends in init with one line that
//! names it: nobody should have to look for the cause in the answers of a running system.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use palad_local::template::{Function, Template};

use crate::say;

/// Variables with a form, and something that does not have it.
const MALFORMED: [(&str, &str); 5] = [
    ("SITE_ORIGIN", "palad.test/with/a/path"),
    ("PASSWORD_PEPPER", "no-key-at-all"),
    ("SESSION_SIGNING_KEY", "k1:short"),
    ("SESSION_VERIFYING_KEYS", "k1:short"),
    ("LINK_KEY", "k1:short"),
];
/// What every function is given, whether it asks for it or not; and what is there in the cloud alone.
const OPTIONAL: [&str; 3] = ["STAGE", "ORIGIN_SECRET", RUNTIME_API];
/// Where Lambda is. Who starts a function without it is told how the system is started on one machine.
const RUNTIME_API: &str = "AWS_LAMBDA_RUNTIME_API";

/// Starts every function in `folder`, once for each variable.
pub(crate) fn check(folder: &Path) -> Result<(), String> {
    let template = Template::embedded(&BTreeMap::new()).map_err(|error| error.to_string())?;
    for function in &template.functions {
        let program = folder.join(&function.name).join("bootstrap");
        let whole = variables(function);
        for name in whole.keys() {
            if OPTIONAL.contains(&name.as_str()) || name.starts_with("AWS_ENDPOINT_URL_") {
                continue;
            }
            let mut without = whole.clone();
            without.remove(name);
            ends_naming(&program, &without, name)?;
        }
        for (name, value) in MALFORMED.iter().filter(|(name, _)| whole.contains_key(*name)) {
            let mut with = whole.clone();
            with.insert((*name).to_owned(), (*value).to_owned());
            let line = ends_naming(&program, &with, name)?;
            if line.contains(value) {
                return Err(format!("{}: its line repeats the value of {name}", function.name));
            }
        }
        say(&format!("ok init of {}: each variable is named that is missing or malformed", function.name));
    }
    Ok(())
}

/// All variables that the function needs, with values that have the right form.
fn variables(function: &Function) -> BTreeMap<String, String> {
    let seed = "A".repeat(43);
    let public = "O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik";
    let mut all = function.environment.clone();
    for (name, value) in &mut all {
        match name.as_str() {
            "PASSWORD_PEPPER" | "LINK_KEY" | "SESSION_SIGNING_KEY" => *value = format!("k1:{seed}"),
            "SESSION_VERIFYING_KEYS" => *value = format!("k1:{public}"),
            _ => {}
        }
    }
    for name in ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] {
        all.insert(name.to_owned(), "local".to_owned());
    }
    // Nothing listens there, and nobody gets so far as to ask.
    all.insert(RUNTIME_API.to_owned(), "127.0.0.1:9".to_owned());
    all
}

/// Starts the program and gives the one line with which it ends, which names the variable.
fn ends_naming(program: &Path, variables: &BTreeMap<String, String>, name: &str) -> Result<String, String> {
    let mut command = Command::new(program);
    command.env_clear().envs(variables).stdin(Stdio::null());
    let output = command.output().map_err(|error| format!("{}: {error}", program.display()))?;
    let printed = String::from_utf8_lossy(&output.stderr).into_owned();
    let place = format!("{}, {name}", program.display());
    if output.status.success() {
        return Err(format!("{place}: it starts all the same"));
    }
    if printed.lines().count() != 1 || !printed.contains(name) {
        return Err(format!("{place}: it does not say in one line what is wrong, but: {printed}"));
    }
    Ok(printed)
}
