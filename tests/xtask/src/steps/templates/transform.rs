//! What the cloud makes of the root template before anything else: SAM's transform, of the release that is installed.
//! `sam validate` and cfn-lint let templates pass that it refuses.

use std::path::Path;
use std::process::Command;

use crate::process::could_not;
use crate::step::House;

const SCRIPT: &str = "tests/xtask/src/steps/templates/transform.py";
/// Where people read what each role allows.
const ROLES: &str = "docs/roles.md";
/// What the linters let pass and the transform refuses.
const REFUSED: (&str, &str) = ("DeadLetterConfig: { Arn:", "DeadLetterConfig: { Type: SQS, Arn:");

/// What it made of a template.
struct Made {
    refusals: Vec<String>,
    /// The policies of AWS's own that it gave to functions: the function's name, and the policy's.
    policies: Vec<(String, String)>,
}

/// Complains of what the transform refuses, and of policies that it gives and the page of roles does not name; and
/// makes sure that a template would be refused.
pub(super) fn complaints(house: &House, programs: &Path) -> Result<Vec<String>, String> {
    let root = house.root.join("template.yaml");
    let Made { refusals, policies } = made(house, programs, &root)?;
    let mut complaints = refusals;

    let page = house.root.join(ROLES);
    let page = std::fs::read_to_string(&page).map_err(|error| format!("{ROLES}: {error}"))?;
    complaints.extend(differences(&page, &policies));

    let whole = std::fs::read_to_string(&root).map_err(|error| format!("template.yaml: {error}"))?;
    let copy = house.root.join("target/refused-template.yaml");
    std::fs::write(&copy, whole.replacen(REFUSED.0, REFUSED.1, 1))
        .map_err(|error| format!("{}: {error}", copy.display()))?;
    if !made(house, programs, &copy)?.refusals.iter().any(|line| line.contains("DeadLetterConfig")) {
        complaints.push("a schedule with two kinds of dead letters passes the transform".to_owned());
    }
    Ok(complaints)
}

fn made(house: &House, programs: &Path, template: &Path) -> Result<Made, String> {
    let mut transform = Command::new(programs.join("python"));
    transform.arg(house.root.join(SCRIPT)).arg(template).current_dir(&house.root);
    let output = transform.output().map_err(|error| could_not(&transform, &error))?;
    let printed = String::from_utf8_lossy(&output.stdout);
    let mut made = Made { refusals: Vec::new(), policies: Vec::new() };
    for line in printed.lines().filter(|line| !line.is_empty()) {
        match line.split('\t').collect::<Vec<_>>()[..] {
            ["policy", function, policy] => made.policies.push((function.to_lowercase(), policy.to_owned())),
            _ => made.refusals.push(format!("the transform: {line}")),
        }
    }
    // Neither refused nor made: Python itself gave up, or there was nothing to transform.
    if made.refusals.is_empty() && (made.policies.is_empty() || !output.status.success()) {
        return Err(format!("{SCRIPT}: {}", String::from_utf8_lossy(&output.stderr).trim()));
    }
    Ok(made)
}

/// Where the page and the transform differ about the policies that are not ours.
fn differences(page: &str, policies: &[(String, String)]) -> Vec<String> {
    let row = |(function, policy): &(String, String)| format!("| {function} | {policy} |");
    let missing = policies.iter().map(row).filter(|row| !page.lines().any(|line| line.starts_with(row)));
    let mut complaints: Vec<_> =
        missing.map(|row| format!("{ROLES} does not have what SAM adds: {row}")).collect();
    let named = page.lines().filter(|line| line.contains(" | AWSLambda"));
    let excess = named.filter(|line| !policies.iter().any(|policy| line.starts_with(&row(policy))));
    complaints.extend(excess.map(|line| format!("{ROLES} has what SAM does not add: {line}")));
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_what_sam_adds_and_nothing_else() {
        let added = [("mail".to_owned(), "AWSLambdaSQSQueueExecutionRole".to_owned())];
        let page = "| mail | AWSLambdaSQSQueueExecutionRole | sqs:DeleteMessage |\n";
        assert_eq!(differences(page, &added), Vec::<String>::new());
        assert_eq!(differences("", &added).len(), 1);
        assert_eq!(differences(page, &[]).len(), 1);
    }
}
