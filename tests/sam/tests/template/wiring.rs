//! One name everywhere: folder, crate, program, resource; and routes that are written once.

use std::collections::BTreeSet;

use palad_sam_tests::resources_of;
use serde_json::Value;

use crate::{sources, templates};

#[test]
fn every_crate_is_a_function_and_every_function_a_crate() {
    let templates = templates();
    let folder = templates.root.join("functions");
    let crates: BTreeSet<String> = std::fs::read_dir(&folder)
        .expect("functions")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    let functions = templates.functions();
    assert_eq!(functions.keys().cloned().collect::<BTreeSet<_>>(), crates);
    for (name, function) in functions {
        assert_eq!(function["CodeUri"], format!("functions/{name}"));
        assert_eq!(function["FunctionName"]["Fn::Sub"], format!("palad-${{Stage}}-{name}"));
        assert_eq!(function["Runtime"], "provided.al2023");
        let manifest = std::fs::read_to_string(folder.join(&name).join("Cargo.toml")).expect("a manifest");
        assert!(manifest.contains(&format!("name = \"palad-{name}\"")), "{name}: the crate's name");
        assert!(manifest.contains(&format!("[[bin]]\nname = \"{name}\"")), "{name}: the program's name");
        let event = templates.root.join(format!("infra/events/{name}.json"));
        let event = std::fs::read_to_string(&event).expect("a sample event for sam local invoke");
        serde_json::from_str::<Value>(&event).expect("an event is JSON");
    }
    for (name, body) in resources_of(templates.main(), "AWS::Serverless::Function") {
        assert_eq!(body["Metadata"]["BuildMethod"], "rust-cargolambda", "{name}");
    }
}

#[test]
fn every_route_has_its_arm_and_every_arm_its_route() {
    let templates = templates();
    for (name, function) in templates.functions() {
        let events = function["Events"].as_object().cloned().unwrap_or_default();
        let mut routes = BTreeSet::new();
        for (event, body) in events.iter().filter(|(_, body)| body["Type"] == "HttpApi") {
            let property = |name: &str| body["Properties"][name].as_str().unwrap_or_default();
            let route = format!("{} {}", property("Method").to_uppercase(), property("Path"));
            assert!(routes.insert(route.clone()), "{name}: {event} repeats {route}");
            assert_eq!(body["Properties"]["ApiId"]["Ref"], "Api", "{name}: {event}");
        }
        let mut arms = BTreeSet::new();
        for (_, text) in sources(&templates.root.join("functions").join(&name).join("src")) {
            let quoted = text.split('"').skip(1).step_by(2);
            arms.extend(quoted.filter(|text| is_route(text)).map(str::to_owned));
        }
        assert_eq!(routes, arms, "{name}: the template's routes, and those that its handler knows");
    }
}

fn is_route(text: &str) -> bool {
    text.split_once(" /").is_some_and(|(method, path)| {
        method.len() >= 3 && method.bytes().all(|byte| byte.is_ascii_uppercase()) && path.starts_with("api")
    })
}

#[test]
fn the_table_of_roles_is_as_the_template_says() {
    let templates = templates();
    let written = std::fs::read_to_string(templates.root.join("docs/roles.md")).unwrap_or_default();
    let made = palad_sam_tests::table(&templates);
    assert!(written == made, "docs/roles.md is old: cargo run -p palad-sam-tests -- roles > docs/roles.md");
}
