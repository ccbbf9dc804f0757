//! Accounts after they were opened: their devices, their address, their successor, and the offices that look after
//! them.

mod backwards;
mod care;
mod email;
mod hand_over;
mod notices;
mod own;

use jiff::SignedDuration;
use palad_system_tests::{Browser, House, Listed, PASSWORD, SignedIn, acting, held};
use serde_json::{Value, json};

/// Another number that is not weak.
const OTHER_PASSWORD: &str = "60418273";
/// What a browser says of itself, and what it is called then.
const FIREFOX: (&str, &str) =
    ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox, Linux");
/// Another one.
const CHROME: (&str, &str) = (
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36",
    "Chrome, Android",
);

async fn later(house: &House, by: SignedDuration) {
    house.clock().set(house.clock().now() + by);
}

/// One's own account.
async fn account(browser: &Browser) -> Value {
    browser.get("/api/account").await.expect(200).json()
}

/// Whether the browser's session still changes something: as good as "whether it still stands".
async fn can_write(office: &SignedIn, id: &str) -> bool {
    let version = office.browser.get(&format!("{}/{id}", office.clerks())).await.version().unwrap_or(1);
    // Each time another post, so that a save is one.
    let post = if version % 2 == 0 {
        held("สมชาย", "ใจดี")
    } else {
        acting("มาลี", "รักไทย")
    };
    match office.edit(id, version, &post).await.status {
        200 => true,
        401 => false,
        other => panic!("{other}"),
    }
}

async fn add_record(office: &SignedIn) -> String {
    let record = office.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201).json();
    record["id"].as_str().expect("a key").to_owned()
}

/// Signs in from a browser that the account does not know, which calls itself so.
async fn sign_in_anew(
    house: &House,
    browser: &Browser,
    agency: Listed,
    email: &str,
    password: &str,
    name: &str,
) {
    let body = json!({ "agency": agency.code, "password": password });
    let call = browser.call("POST", "/api/session").header("user-agent", name).json(&body);
    let challenge =
        call.send().await.expect(202).json()["challenge"].as_str().expect("a challenge").to_owned();
    let code = house.mailbox.next_about(email, "เข้าสู่ระบบ").await.code();
    let body = json!({ "challenge": challenge, "code": code });
    let call = browser.call("POST", "/api/session/code").header("user-agent", name).json(&body);
    let _ = call.send().await.expect(201);
}

/// Asks for a link for a new password and answers its token.
async fn ask_for_reset(house: &House, agency: Listed, email: &str) -> String {
    let body = json!({ "agency": agency.code, "email": email });
    let _ = house.browser().post("/api/password-resets", &body).await.expect(202);
    house.mailbox.next_about(email, "ตั้งรหัสผ่านใหม่").await.token()
}

/// Sets a new password by a link's token.
async fn set_password(browser: &Browser, token: &str, password: &str) -> u16 {
    let path = format!("/api/password-resets/{token}");
    browser.post(&path, &json!({ "password": password })).await.status
}

/// Signs in again where the browser is known, so that the password was given a moment ago.
async fn sign_in_again(office: &SignedIn) {
    let _ = office.browser.sign_in(office.code, PASSWORD).await.expect(201);
}
