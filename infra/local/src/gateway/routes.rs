//! Which function answers a request: as API Gateway chooses, the most exact route wins.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use crate::invoke::Callable;
use crate::template::Route;

/// The routes of all functions.
pub(crate) struct Routes(Vec<(Route, Callable)>);

/// The route that a request took.
pub(crate) struct Found<'a> {
    pub(crate) route: &'a Route,
    pub(crate) function: &'a Callable,
    /// The values of `{names}`, percent-decoded.
    pub(crate) parameters: BTreeMap<String, String>,
}

impl Routes {
    pub(crate) fn new(mut routes: Vec<(Route, Callable)>) -> Self {
        routes.sort_by_key(|(route, _)| exactness(route));
        Self(routes)
    }

    /// The route for a method and a path as it came over the wire.
    pub(crate) fn find(&self, method: &str, path: &str) -> Option<Found<'_>> {
        self.0.iter().find_map(|(route, function)| {
            let parameters =
                (route.method == method || route.method == "ANY").then(|| matched(&route.path, path))??;
            Some(Found { route, function, parameters })
        })
    }
}

/// Sorts exact segments before `{names}`, those before `{rest+}`, and a method before ANY.
fn exactness(route: &Route) -> (Vec<u8>, bool) {
    let of = |segment: &str| match segment {
        _ if segment.ends_with("+}") => 2,
        _ if segment.starts_with('{') => 1,
        _ => 0,
    };
    (route.path.split('/').map(of).collect(), route.method == "ANY")
}

fn matched(route: &str, path: &str) -> Option<BTreeMap<String, String>> {
    let mut parameters = BTreeMap::new();
    let mut rest = Some(path);
    for segment in route.split('/') {
        let remaining = rest?;
        if let Some(name) = segment.strip_prefix('{').and_then(|name| name.strip_suffix("+}")) {
            parameters.insert(name.to_owned(), decoded(remaining));
            return (!remaining.is_empty()).then_some(parameters);
        }
        let (here, after) = match remaining.split_once('/') {
            Some((here, after)) => (here, Some(after)),
            None => (remaining, None),
        };
        match segment.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(name) if !here.is_empty() => {
                parameters.insert(name.to_owned(), decoded(here));
            }
            None if here == segment => {}
            _ => return None,
        }
        rest = after;
    }
    rest.is_none().then_some(parameters)
}

/// Percent-decoded; what is no UTF-8 then becomes replacement characters.
pub(crate) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::time::Duration;

    fn routes() -> Routes {
        let route = |method: &str, path: &str| {
            let function = Callable {
                name: "toy".into(),
                timeout: Duration::from_secs(1),
                invoke: Arc::new(|event| Box::pin(async { Ok(event) })),
            };
            (Route { method: method.into(), path: path.into() }, function)
        };
        Routes::new(vec![
            route("ANY", "/api/files/{rest+}"),
            route("GET", "/api/{any}/clerks"),
            route("GET", "/api/agencies/{code}/clerks"),
            route("GET", "/api/session"),
            route("ANY", "/api/session"),
            route("GET", "/api/files/list"),
        ])
    }

    fn find(method: &str, path: &str) -> Option<(String, String)> {
        let routes = routes();
        let found = routes.find(method, path)?;
        let parameters: Vec<String> =
            found.parameters.iter().map(|(name, value)| format!("{name}={value}")).collect();
        Some((format!("{} {}", found.route.method, found.route.path), parameters.join("&")))
    }

    fn is(found: Option<(String, String)>, route: &str, parameters: &str) {
        assert_eq!(found, Some((route.to_owned(), parameters.to_owned())));
    }

    #[test]
    fn the_most_exact_route_wins() {
        is(find("GET", "/api/session"), "GET /api/session", "");
        is(find("PUT", "/api/session"), "ANY /api/session", "");
        is(find("GET", "/api/agencies/54/clerks"), "GET /api/agencies/{code}/clerks", "code=54");
        is(find("GET", "/api/files/list"), "GET /api/files/list", "");
        is(find("GET", "/api/files/a/b"), "ANY /api/files/{rest+}", "rest=a/b");
        is(find("GET", "/api/x/clerks"), "GET /api/{any}/clerks", "any=x");
    }

    #[test]
    fn parameters_are_decoded_after_the_path_is_cut() {
        is(
            find("GET", "/api/agencies/a%2Fb%20%E0%B8%81/clerks"),
            "GET /api/agencies/{code}/clerks",
            "code=a/b ก",
        );
    }

    #[test]
    fn what_is_not_declared_is_not_found() {
        for (method, path) in [
            ("GET", "/api/session/"),
            ("GET", "/api/agencies//clerks"),
            ("POST", "/api/agencies/54/clerks"),
            ("GET", "/api/files/"),
            ("GET", "/API/session"),
            ("GET", ""),
        ] {
            assert_eq!(find(method, path), None, "{method} {path}");
        }
    }
}
