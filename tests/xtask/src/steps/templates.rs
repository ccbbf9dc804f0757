//! The templates, as SAM's own validation, cfn-lint and SAM's transform see them. All work without a network or an
//! account.

mod regions;
mod transform;

use std::process::Command;

use crate::process::printed;
use crate::step::{House, Outcome};
use crate::tools;

/// Lints every template, and makes sure that a parameter which breaks its pattern would be found.
pub(crate) fn lint(house: &House) -> Outcome {
    match linted(house) {
        Ok(complaints) => Outcome::of(complaints),
        Err(message) => Outcome::failed(message),
    }
}

fn linted(house: &House) -> Result<Vec<String>, String> {
    let programs = tools::SAM.programs(house)?;
    let mut complaints = Vec::new();
    let mut sam = Command::new(programs.join("sam"));
    sam.args(["validate", "--lint"]).env("SAM_CLI_TELEMETRY", "0").current_dir(&house.root);
    // It asks for a region, and for nothing in it.
    sam.env("AWS_REGION", "ap-southeast-1");
    complaints.extend(printed(sam).err().map(|error| format!("sam validate --lint: {error}")));

    let mut templates = vec![house.root.join("template.yaml")];
    let entries = std::fs::read_dir(house.root.join("infra")).map_err(|error| format!("infra: {error}"))?;
    let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
    templates.extend(paths.filter(|path| path.extension().is_some_and(|extension| extension == "yaml")));
    let mut lint = Command::new(programs.join("cfn-lint"));
    lint.args(&templates);
    complaints.extend(output_of(lint)?);
    complaints.extend(regions::complaints(house, &programs, &templates)?);

    let whole = std::fs::read_to_string(&templates[0]).map_err(|error| format!("template.yaml: {error}"))?;
    let broken = whole.replacen("Default: local", "Default: \"Not a stage\"", 1);
    let copy = house.root.join("target/broken-template.yaml");
    std::fs::write(&copy, broken).map_err(|error| format!("{}: {error}", copy.display()))?;
    let mut lint = Command::new(programs.join("cfn-lint"));
    lint.arg(&copy);
    if !output_of(lint)?.iter().any(|line| line.contains("E2015")) {
        complaints.push("a stage that breaks its pattern passes cfn-lint".to_owned());
    }
    complaints.extend(transform::complaints(house, &programs)?);
    Ok(complaints)
}

/// What a linter complains about, in lines; nothing if it succeeds.
fn output_of(mut lint: Command) -> Result<Vec<String>, String> {
    let output = lint.output().map_err(|error| format!("cfn-lint could not be run: {error}"))?;
    if output.status.success() {
        return Ok(Vec::new());
    }
    let text =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    Ok(text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect())
}
