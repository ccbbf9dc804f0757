//! The variables by which a sub-command works on a deployed stack: names as the template makes them for its stage,
//! credentials and the rest from the environment, as for the AWS command line.

use std::collections::BTreeMap;

use palad_environment::Variables;

use crate::StartError;
use crate::template::Template;

/// The variables for the stack of `stage`: the template's tables under that stage's name, and before them whatever
/// is set in the environment. Only tables: other names hold the account's number, which the template cannot know.
pub(crate) fn variables(stage: &str) -> Result<Variables, StartError> {
    let template = Template::embedded(&BTreeMap::new())?;
    let tables = template.functions.into_iter().flat_map(|function| function.environment);
    let tables = tables.filter(|(name, _)| name.ends_with("_TABLE"));
    let named = tables.map(|(name, value)| (name, value.replace("palad-local-", &format!("palad-{stage}-"))));
    Ok(Variables::of_process().or(&Variables::of_map(named.collect())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_those_of_the_stage_and_the_queue_is_not_guessed() {
        let variables = variables("trial").expect("the template");
        assert_eq!(variables.get("REGISTRY_TABLE").as_deref(), Some("palad-trial-registry"));
        assert_eq!(variables.get("ACCOUNTS_TABLE").as_deref(), Some("palad-trial-accounts"));
        assert_eq!(variables.get("MAIL_QUEUE_URL"), None);
    }
}
