//! Not every region has every service: each template is linted for the region that it is deployed to.

use std::path::Path;
use std::process::Command;

use super::output_of;
use crate::step::House;

/// Complains of what a template has and its region has not.
pub(super) fn complaints(
    house: &House,
    programs: &Path,
    templates: &[std::path::PathBuf],
) -> Result<Vec<String>, String> {
    let read = |name: &str| {
        std::fs::read_to_string(house.root.join(name)).map_err(|error| format!("{name}: {error}"))
    };
    let (root, options) = (read("template.yaml")?, read("samconfig.toml")?);
    let mail = mail_region(&root).ok_or("template.yaml has no MailRegion with a default")?;
    let ours = regions(&options);
    if ours.is_empty() {
        return Err("samconfig.toml names no region".to_owned());
    }
    let (there, here): (Vec<_>, Vec<_>) =
        templates.iter().partition(|path| path.ends_with("infra/mail.yaml"));
    let mut complaints = Vec::new();
    for (regions, templates) in [(ours, here), (vec![mail], there)] {
        let mut lint = Command::new(programs.join("cfn-lint"));
        lint.arg("--regions").args(regions).arg("--").args(templates);
        complaints.extend(output_of(lint)?);
    }
    Ok(complaints)
}

/// The regions that samconfig.toml names, each once.
fn regions(options: &str) -> Vec<&str> {
    let lines = options.lines().filter_map(|line| line.trim().strip_prefix("region = "));
    let mut regions: Vec<_> = lines.map(|value| value.trim_matches('"')).collect();
    regions.sort_unstable();
    regions.dedup();
    regions
}

/// The default of the parameter that says where mail is sent from.
fn mail_region(template: &str) -> Option<&str> {
    let (_, parameter) = template.split_once("\n  MailRegion:\n")?;
    let lines = parameter.lines().take_while(|line| line.starts_with("    "));
    lines.filter_map(|line| line.trim().strip_prefix("Default: ")).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_read_where_they_stand() {
        assert_eq!(regions("[a]\nregion = \"x-1\"\nport = 1\n[b]\nregion = \"x-1\"\n"), ["x-1"]);
        let template = "A:\n  MailRegion:\n    Type: String\n    Default: y-2\n  Other:\n    Default: z-3\n";
        assert_eq!(mail_region(template), Some("y-2"));
        assert_eq!(mail_region("  MailRegion:\n    Type: String\n  Other:\n    Default: z-3\n"), None);
    }
}
