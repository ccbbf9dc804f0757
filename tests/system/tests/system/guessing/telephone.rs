//! An agency's own telephone stands on a public list, so that it is no password of that agency.

use std::ffi::OsStr;

use palad_system_tests::{Answer, House, PASSWORD, PHRAE, run_to_end};
use serde_json::json;

use crate::PROGRAM;

fn assert_told(answer: &Answer) {
    answer.assert_problem(422, "invalid");
    assert_eq!(answer.pointers(), ["/password"]);
    assert!(answer.text.contains("telephone"), "{}", answer.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_agencys_own_telephone_is_refused_as_its_password() {
    let house = House::start().await;
    let folder = tempfile::tempdir().expect("a folder");
    let list = folder.path().join("list.csv");
    let line = "549900,ทม.,แพร่,เมืองแพร่,แพร่,ภาคเหนือ,saraban@phrae.test,0-5451-1060";
    let heading = "code,kind,name,district,province,region,official_email,official_phone";
    std::fs::write(&list, format!("{heading}\n{line}\n")).expect("a file");
    let arguments = [
        OsStr::new("--data"),
        house.data().as_os_str(),
        OsStr::new("import"),
        OsStr::new("agencies"),
        list.as_os_str(),
    ];
    let imported = run_to_end(PROGRAM, &arguments, folder.path()).await;
    assert!(imported.status.success(), "{imported:?}");

    let browser = house.browser();
    for number in ["054511060", "511060", "5110609"] {
        assert_told(&browser.register(PHRAE.code, PHRAE.email, number).await);
    }
    let _ = house.sign_up(PHRAE).await;
    let question = json!({ "agency": PHRAE.code, "email": PHRAE.email });
    let _ = browser.post("/api/password-resets", &question).await.expect(202);
    let token = house.mailbox.next_about(PHRAE.email, "ตั้งรหัสผ่านใหม่").await.token();
    let path = format!("/api/password-resets/{token}");
    assert_told(&browser.post(&path, &json!({ "password": "0545110601" })).await);
    // The link is not used up by it.
    let _ = browser.post(&path, &json!({ "password": PASSWORD })).await.expect(204);
    house.stop().await;
}
