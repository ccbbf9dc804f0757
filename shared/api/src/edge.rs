//! What every HTTP function knows about where it stands.

use palad_environment::{Variables, VariablesError};

/// Where calls may come from, and under which stage the function runs.
#[derive(Clone)]
pub struct Edge {
    stage: String,
    origins: Vec<String>,
    origin_secrets: Vec<String>,
}

impl Edge {
    /// Reads `STAGE`, `SITE_ORIGIN` (one or more, separated by spaces; the first is the canonical
    /// one) and, where there is a CDN in front, `ORIGIN_SECRET` (two while it is being changed).
    ///
    /// # Errors
    /// When a variable is missing, or an origin is not a scheme, a host and nothing more.
    pub fn from_environment(variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self {
            stage: variables.require("STAGE")?,
            origins: variables.parse("SITE_ORIGIN", origins)?,
            origin_secrets: words(&variables.get("ORIGIN_SECRET").unwrap_or_default()),
        })
    }

    /// The stage, as in `production`.
    #[must_use]
    pub fn stage(&self) -> &str {
        &self.stage
    }

    /// The site's own address, as it stands in mails: no slash at its end.
    #[must_use]
    pub fn site(&self) -> &str {
        self.origins.first().map_or("", String::as_str)
    }

    pub(crate) fn is_ours(&self, origin: &str) -> bool {
        self.origins.iter().any(|ours| ours == origin)
    }

    pub(crate) fn origin_secrets(&self) -> &[String] {
        &self.origin_secrets
    }
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn origins(text: &str) -> Option<Vec<String>> {
    let origins = words(text);
    let well_formed = |origin: &String| {
        origin
            .strip_prefix("https://")
            .or_else(|| origin.strip_prefix("http://"))
            .is_some_and(|host| !host.is_empty() && !host.contains(['/', '?', '#', '@', '*']))
    };
    (!origins.is_empty() && origins.iter().all(well_formed)).then_some(origins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_a_scheme_and_a_host() {
        assert_eq!(origins("https://palad.test http://localhost:8080").map(|all| all.len()), Some(2));
        for bad in ["", "palad.test", "https://", "https://palad.test/", "https://*.test", "ftp://palad.test"]
        {
            assert_eq!(origins(bad), None, "{bad}");
        }
    }
}
