//! The command line: lists that are taken whole or not at all, and one clear sentence for whatever
//! keeps the system from starting.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Output;

use palad_system_tests::{House, Listed, MAE_YOM, PASSWORD, PHRAE, Spawned, csv, held, listed, run_to_end};
use serde_json::json;

use crate::PROGRAM;

const HEADING: &str = "code,kind,name,district,province,region,official_email\n";

async fn run(data: &Path, arguments: &[&OsStr]) -> Output {
    let arguments = [&["--data".as_ref(), data.as_os_str(), "--no-demo".as_ref()], arguments].concat();
    let folder = data.ancestors().find(|above| above.is_dir()).expect("a folder");
    run_to_end(PROGRAM, &arguments, folder).await
}

async fn import(data: &Path, text: &str, dry_run: bool) -> Output {
    let list = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(list.path(), text).expect("a file");
    let mut arguments = vec!["import".as_ref(), "agencies".as_ref(), list.path().as_os_str()];
    if dry_run {
        arguments.push("--dry-run".as_ref());
    }
    run(data, &arguments).await
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn complained(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_list_is_taken_and_taking_it_again_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let list = csv(&listed());
    let count = listed().len();
    let dry = import(&data, &list, true).await;
    assert!(dry.status.success(), "{dry:?}");
    assert!(said(&dry).contains(&format!("{count} agencies would be added")), "{dry:?}");
    let first = import(&data, &list, false).await;
    assert!(first.status.success(), "{first:?}");
    assert!(
        said(&first).contains(&format!("{count} agencies added, 0 changed")),
        "a dry run changes nothing: {first:?}"
    );
    let again = import(&data, &list, false).await;
    let unchanged = format!("0 agencies added, 0 changed, {count} already");
    assert!(again.status.success() && said(&again).contains(&unchanged), "{again:?}");

    let system = Spawned::start(PROGRAM, &data, &folder.path().join("log")).await;
    let found = system.browser().get("/api/directory?state=none").await.expect(200).json();
    assert_eq!(found["total"], count);
    let while_running = import(&data, &list, false).await;
    assert!(while_running.status.success() && said(&while_running).contains(&unchanged), "{while_running:?}");
    system.kill().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_bad_row_is_named_and_then_nothing_is_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    assert!(import(&data, &csv(&[PHRAE]), false).await.status.success());
    let rows = "540101,อบต.,แม่ยม,เมืองแพร่,แพร่,ภาคเหนือ,saraban@maeyom.test\n\
                54,ทม.,ก,เมืองแพร่,แพร่,ภาคเหนือ,\n\
                540103,สภา,ก,เมืองแพร่,แพร่,ภาคเหนือ,\n\
                540104,ทม.,ก,เมืองแพร่,แพะ,ภาคเหนือ,\n\
                540105,ทม.,ก,เมืองแพร่,แพร่,ภาคเหนือ,no address\n\
                540101,ทม.,ก,เมืองแพร่,แพร่,ภาคเหนือ,\n\
                540106,ทม.\n\
                540107,ทม.,=HYPERLINK(1),เมืองแพร่,แพร่,ภาคเหนือ,\n";
    for dry_run in [true, false] {
        let refused = import(&data, &format!("{HEADING}{rows}"), dry_run).await;
        assert!(!refused.status.success());
        let complained = complained(&refused);
        for line in 3..=9 {
            let named = complained.lines().find(|text| text.contains(&format!("line {line}:")));
            assert!(named.is_some_and(|text| text.len() > 20), "line {line} in {complained}");
        }
        assert!(
            !complained.contains("line 2:") && complained.contains("nothing was imported"),
            "{complained}"
        );
    }
    for (text, word) in
        [("", "heading"), ("a,b\n1,2\n", "code"), (HEADING, "nothing"), ("\u{0}\u{1}", "heading")]
    {
        let refused = import(&data, text, false).await;
        assert!(!refused.status.success() && complained(&refused).contains(word), "{text:?}: {refused:?}");
    }
    let missing = run(&data, &["import".as_ref(), "agencies".as_ref(), "no-such-file.csv".as_ref()]).await;
    assert!(!missing.status.success() && complained(&missing).contains("no-such-file.csv"), "{missing:?}");
    let again = import(&data, &csv(&[PHRAE]), true).await;
    assert!(said(&again).contains("0 agencies would be added, 0 would be changed, 1 already"), "{again:?}");
    assert!(!said(&again).contains("not in the file"), "only that one agency is stored: {again:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_upgraded_agency_keeps_its_account_and_its_record() {
    let house = House::start().await;
    let office = house.sign_up(PHRAE).await;
    let record = office.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201).json();
    let search = "/api/directory?q=สมชาย";
    let before = house.browser().get(search).await.expect(200).json();
    assert_eq!(before["items"][0]["agency"]["full_name"], "เทศบาลเมืองแพร่");

    let upgraded = Listed { kind: "ทน.", name: "แพร่ใหม่", ..PHRAE };
    let output = import(house.data(), &csv(&[upgraded, MAE_YOM]), false).await;
    assert!(output.status.success(), "{output:?}");
    assert!(said(&output).contains("0 agencies added, 1 changed, 1 already"), "{output:?}");
    assert!(said(&output).contains("are not in the file; they stay"), "{output:?}");

    let after = house.browser().get(search).await.expect(200).json();
    assert_eq!(
        after["items"][0]["agency"]["full_name"], "เทศบาลนครแพร่ใหม่",
        "found under its new name at once"
    );
    let id = record["id"].as_str().unwrap_or_default();
    let _ = office.edit(id, 1, &held("สมชาย", "ใจดีมาก")).await.expect(200);
    let session = office.browser.sign_in(PHRAE.code, PASSWORD).await.expect(201).json();
    assert_eq!(session["agency"]["kind"], "ทน.");
    house.stop().await;
}

/// It ends by itself, not with success, and says why in one sentence.
#[track_caller]
fn assert_refused(output: &Output, words: &[&str]) {
    let complained = complained(output);
    assert!(output.status.code().is_some_and(|code| code != 0), "{output:?}");
    assert_eq!(complained.trim().lines().count(), 1, "one sentence: {complained}");
    for word in words {
        assert!(complained.contains(word), "{word:?} in {complained}");
    }
    for word in ["panicked", "Error {", "Os {"] {
        assert!(!complained.contains(word), "{complained}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_keeps_it_from_starting_is_said_in_one_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let start = async |data: &Path, port: &str| run(data, &["--port".as_ref(), port.as_ref()]).await;

    let data = at("data");
    let system = Spawned::start(PROGRAM, &data, &at("log")).await;
    let site = system.site().to_owned();
    let port = site.rsplit(':').next().expect("a port");
    assert_refused(&start(&data, "0").await, &["a runner is already at work", "data"]);
    assert_refused(&start(&at("other"), port).await, &[port, "taken"]);
    let health = system.browser().get("/local/health").await.expect(200).json();
    assert_eq!(health["status"], json!("ok"), "the one at work is not disturbed");
    system.kill().await;

    std::fs::write(at("file"), "").expect("a file");
    assert_refused(&start(&at("file"), "0").await, &["it is a file, not a folder"]);
    assert_refused(&start(&at("file").join("below"), "0").await, &["cannot write the data folder"]);
    std::fs::create_dir(at("older")).expect("a folder");
    std::fs::write(at("older").join("version"), "0\n").expect("a file");
    let older = start(&at("older"), "0").await;
    assert_refused(&older, &["version", "older"]);
    assert_eq!(older.status.code(), Some(2));
    std::fs::create_dir(at("theirs")).expect("a folder");
    std::fs::write(at("theirs").join("thesis.txt"), "mine").expect("a file");
    assert_refused(&start(&at("theirs"), "0").await, &["holds something else"]);
    assert_eq!(std::fs::read_dir(at("theirs")).expect("a list").count(), 1);

    // Killed, it can be started again at once.
    let system = Spawned::start(PROGRAM, &data, &at("log")).await;
    let _ = system.browser().get("/").await.expect(200);
    system.kill().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_sub_command_works_on_a_stack_by_its_stage() {
    let house = House::start().await;
    let variables = house.variables().await;
    let list = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(list.path(), csv(&listed())).expect("a file");
    let mut command = tokio::process::Command::new(PROGRAM);
    command.args(["--stage", "local", "import", "agencies"]).arg(list.path());
    for name in ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL_DYNAMODB"] {
        command.env(name, variables.get(name).expect("a variable"));
    }
    let again = command.output().await.expect("it runs");
    assert!(again.status.success(), "{again:?}");
    assert!(said(&again).contains(&format!("{} already as in the file", listed().len())), "{again:?}");

    let mut nowhere = tokio::process::Command::new(PROGRAM);
    nowhere.args(["--stage", "local", "import", "agencies"]).arg(list.path()).env_remove("AWS_REGION");
    let refused = nowhere.output().await.expect("it runs");
    assert!(!refused.status.success() && complained(&refused).contains("AWS_"), "{refused:?}");
    house.stop().await;
}
