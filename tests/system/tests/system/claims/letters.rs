//! Printing the letters, from the command line.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Output;

use palad_system_tests::{House, MAE_YOM, Spawned, csv, listed, run_to_end};
use serde_json::json;

use super::{begin, printed, prove_by_letter};
use crate::PROGRAM;

async fn run(data: &Path, arguments: &[&str]) -> Output {
    let mut all = vec![OsStr::new("--data"), data.as_os_str(), OsStr::new("--no-demo")];
    all.extend(arguments.iter().map(OsStr::new));
    run_to_end(PROGRAM, &all, data.parent().expect("a folder")).await
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[cfg(unix)]
fn assert_private(file: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(file).expect("the file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn letters_are_printed_through_a_running_system_and_their_codes_work() {
    let house = House::start().await;
    let out = house.data().join("batch.html");
    let path = out.to_str().expect("a path");
    std::fs::write(&out, "an earlier file that everybody may read").expect("a file");
    let count = listed().iter().filter(|agency| agency.province == "แพร่").count();
    let printing = said(&run(house.data(), &["letter-codes", "--province", "54", "--out", path]).await);
    assert!(printing.starts_with(&format!("{count} letters")), "{printing}");
    assert_private(&out);
    let html = std::fs::read_to_string(&out).expect("a file");
    let codes = printed(&html);
    assert_eq!(codes.len(), count);
    let host = house.site().replace("127.0.0.1", "localhost").replace("http://", "");
    assert!(html.contains(&format!(">{host}/register<")), "the address of the site that is at work");
    // Nothing of it is in the folder's tables, and the codes are good.
    let browser = house.browser();
    let proof = begin(&house, &browser, MAE_YOM, "somchai@mail.test").await;
    let proved = prove_by_letter(&browser, &proof.claim, &codes[MAE_YOM.code]).await.expect(200);
    assert_eq!(proved.json(), json!({ "state": "active" }));
    let store = std::fs::read(house.data().join("dynamodb.sqlite")).expect("the tables");
    let code = codes[MAE_YOM.code].replace('-', "");
    assert!(!store.windows(code.len()).any(|window| window == code.as_bytes()));
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn letters_are_printed_in_thai_order_for_a_system_that_is_not_running() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, list) = (folder.path().join("data"), folder.path().join("list.csv"));
    std::fs::write(&list, csv(&listed())).expect("a file");
    said(&run(&data, &["import", "agencies", list.to_str().expect("a path")]).await);
    let out = folder.path().join("all.html");
    let arguments = ["letter-codes", "--all", "--site", "https://palad.example.go.th/", "--out"];
    let printing = said(&run(&data, &[&arguments[..], &[out.to_str().expect("a path")]].concat()).await);
    assert!(printing.starts_with(&format!("{} letters", listed().len())), "{printing}");
    assert_private(&out);
    let html = std::fs::read_to_string(&out).expect("a file");
    assert!(html.contains(">palad.example.go.th/register<") && !html.contains("localhost"));
    let place = |agency: &str| html.find(&format!("รหัสหน่วยงาน {agency}")).expect(agency);
    // By province, then by district: เด่นชัย before เมืองแพร่, ร้องกวาง and ลอง, as a dictionary has them.
    let order =
        ["100001", "390101", "400101", "540501", "549900", "540201", "540301", "540601", "540401", "600101"];
    let places: Vec<usize> = order.iter().map(|agency| place(agency)).collect();
    assert!(places.is_sorted(), "{places:?}");

    // Without --out it goes where the command was given.
    said(&run(&data, &["letter-codes", "--province", "60"]).await);
    assert_private(&folder.path().join("letter-codes.html"));
    let system = Spawned::start(PROGRAM, &data, &folder.path().join("log")).await;
    let browser = system.browser();
    let proof = system.mailbox().begin(&browser, MAE_YOM.code, "somchai@mail.test", super::ANOTHER).await;
    let _ = prove_by_letter(&browser, &proof.claim, &printed(&html)[MAE_YOM.code]).await.expect(200);
    system.kill().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_cannot_be_printed_is_told_in_one_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    for (arguments, words) in [
        (&["letter-codes", "--all"][..], "no agencies"),
        (&["--stage", "trial", "letter-codes", "--all"], "which site"),
    ] {
        let refused = run(&data, arguments).await;
        assert!(!refused.status.success());
        let complained = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(complained.contains(words) && complained.lines().count() == 1, "{complained}");
    }
    let list = folder.path().join("list.csv");
    std::fs::write(&list, csv(&[MAE_YOM])).expect("a file");
    said(&run(&data, &["import", "agencies", list.to_str().expect("a path")]).await);
    let refused = run(&data, &["letter-codes", "--all", "--out", "no/such/folder/x.html"]).await;
    let complained = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && complained.contains("cannot write"), "{complained}");
}
