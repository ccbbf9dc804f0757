//! Files of rounds: permitted exactly, looked at, shown to whoever has the address, named in mails, taken away again.

use data_encoding::BASE64;
use jiff::{SignedDuration, ToSpan};
use palad_system_tests::{Answer, Cut, House, PHRAE, Side, SignedInStaff, eventually};
use palad_thai::date::bangkok_day;
use reqwest::StatusCode;
use serde_json::{Value, json};

/// A PDF that is told from others by `words`.
fn pdf(words: &str) -> Vec<u8> {
    format!("%PDF-1.7\n% {words}\n{}\n%%EOF\n", "x".repeat(2_000)).into_bytes()
}

fn wish(name: &str, bytes: &[u8]) -> Value {
    let sha256 = BASE64.encode(ring::digest::digest(&ring::digest::SHA256, bytes).as_ref());
    json!({ "name": name, "length": bytes.len(), "sha256": sha256 })
}

/// A central office with the draft of a round of the province 54.
struct Desk {
    house: House,
    central: SignedInStaff,
    round: String,
}

impl Desk {
    async fn start() -> Self {
        Self::of(House::start().await).await
    }

    async fn of(house: House) -> Self {
        let central = house.central().await;
        let round = make(&house, &central, false).await;
        Self { house, central, round }
    }

    fn path(&self, rest: &str) -> String {
        format!("/api/rounds/{}{rest}", self.round)
    }

    async fn permit(&self, wish: &Value) -> Answer {
        self.central.browser.post(&self.path("/attachments"), wish).await
    }

    async fn complete(&self, id: &str) -> Answer {
        let path = self.path(&format!("/attachments/{id}/completion"));
        self.central.browser.post(&path, &json!({})).await
    }

    async fn remove(&self, id: &str) -> Answer {
        self.central.browser.call("DELETE", &self.path(&format!("/attachments/{id}"))).send().await
    }

    /// Attaches a file and answers what the round says of it.
    async fn attach(&self, name: &str, bytes: Vec<u8>) -> Value {
        let permission = self.permit(&wish(name, &bytes)).await.expect(201).json();
        assert_eq!(put(&permission, bytes).await, StatusCode::OK);
        self.complete(id(&permission)).await.expect(201).json()
    }

    async fn attachments(&self) -> Value {
        self.central.browser.get(&self.path("")).await.expect(200).json()["attachments"].clone()
    }
}

async fn make(house: &House, central: &SignedInStaff, history: bool) -> String {
    let today = bangkok_day(house.clock().now());
    let from = if history { today.saturating_sub(30.days()) } else { today };
    let terms = json!({
        "title": "สำรวจข้อมูลปลัด", "letter": { "number": "ว 1", "date": from }, "scope": { "provinces": ["54"] },
        "dates": { "opens": from, "deadline": from.saturating_add(10.days()), "closes": from.saturating_add(20.days()) },
        "history": history,
    });
    let made = central.browser.post("/api/rounds", &terms).await.expect(201).json();
    made["id"].as_str().expect("a name").to_owned()
}

fn id(permission: &Value) -> &str {
    permission["id"].as_str().expect("a key")
}

/// Sends `bytes` with a permission, as a browser does: straight to the bucket.
async fn put(permission: &Value, bytes: Vec<u8>) -> StatusCode {
    let upload = &permission["upload"];
    // A connection of its own each time: a bucket that refuses may hang up before it has read all.
    let mut request = reqwest::Client::new().put(upload["url"].as_str().expect("an address")).body(bytes);
    for (name, value) in upload["headers"].as_object().expect("headers") {
        request = request.header(name, value.as_str().expect("a header"));
    }
    request.send().await.expect("an answer of the bucket").status()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_letter_is_attached_fetched_named_in_the_mail_and_taken_away() {
    let desk = Desk::start().await;
    let (house, bytes) = (&desk.house, pdf("the letter"));
    let phrae = house.sign_up(PHRAE).await;
    let permission = desk.permit(&wish("หนังสือ ว ๑.pdf", &bytes)).await.expect(201).json();
    assert_eq!(permission["upload"]["method"], "PUT");
    assert!(permission["expires_at"].is_string());
    desk.complete(id(&permission)).await.assert_problem(409, "not-arrived");
    assert_eq!(put(&permission, bytes.clone()).await, StatusCode::OK);

    let completed = desk.complete(id(&permission)).await.expect(201);
    let file = completed.json();
    let url = file["url"].as_str().expect("an address").to_owned();
    assert_eq!(
        file,
        json!({ "id": permission["id"], "name": "หนังสือ ว 1.pdf", "length": bytes.len(), "url": url })
    );
    assert_eq!(desk.attachments().await, json!([file]));
    // Said twice, done once; and an edit can go on from the version that was answered.
    assert_eq!(desk.complete(id(&permission)).await.expect(201).json(), file);
    assert_eq!(completed.version(), desk.central.browser.get(&desk.path("")).await.version());

    // Whoever has the address fetches the file, which is kept and never opened as a page of the site.
    let fetched = house.browser().get(&url).await.expect(200);
    assert_eq!(fetched.header("content-type"), Some("application/pdf"));
    let kept = fetched.header("content-disposition").expect("how it is kept");
    assert!(kept.starts_with("attachment; ") && kept.contains("%20%E0%B8%A7%201.pdf"), "{kept}");
    assert_eq!(fetched.text.as_bytes(), bytes);

    // The mail of the round names it, and so does the agency's own list.
    let _ = desk.central.browser.post(&desk.path("/opening"), &json!({})).await.expect(200);
    let seen = phrae.browser.get("/api/rounds").await.expect(200).json();
    assert_eq!(seen["items"][0]["attachments"], json!([file]));
    // Within a week there is a working day, on which messages go out.
    let next_week = json!({ "now": house.clock().now() + SignedDuration::from_hours(7 * 24) });
    let _ = house.browser().post("/local/clock", &next_week).await.expect(200);
    let mail = eventually("the reminder", async || {
        house.mailbox.to(PHRAE.email).await.into_iter().find(|mail| mail.text.contains("ยังไม่ได้รับคำตอบ"))
    });
    let mail = mail.await;
    let is_link = |line: &str| line.trim().starts_with("http://") && line.ends_with(&url);
    assert!(mail.text.lines().any(is_link), "{}", mail.text);
    assert!(mail.text.contains("หนังสือ ว 1.pdf"), "{}", mail.text);

    // Taken away: from the round and from the site.
    let _ = desk.central.officer.sign_in(house, &desk.central.browser).await;
    let _ = desk.remove(id(&permission)).await.expect(204);
    assert_eq!(desk.attachments().await, json!([]));
    assert_eq!(house.browser().get(&url).await.status, 404);
    desk.remove(id(&permission)).await.assert_problem(404, "not-found");
    desk.house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn only_the_permitted_file_gets_in_and_only_a_pdf_stays() {
    let desk = Desk::start().await;
    // 30 MB are refused in words, before anything is sent.
    let mut large = wish("หนังสือ.pdf", b"x");
    large["length"] = json!(30 * 1024 * 1024);
    let refused = desk.permit(&large).await;
    refused.assert_problem(422, "invalid");
    assert_eq!(refused.pointers(), ["/length"]);
    assert!(refused.text.contains("30 MB") && refused.text.contains("10 MB"), "{}", refused.text);
    let refused = desk.permit(&json!({ "length": 0, "sha256": "x" })).await;
    assert_eq!(refused.pointers(), ["/name", "/length", "/sha256"]);

    // Another content of the same length, another length, a second time: refused by the bucket itself.
    let bytes = pdf("the letter");
    let permission = desk.permit(&wish("หนังสือ.pdf", &bytes)).await.expect(201).json();
    let mut other = bytes.clone();
    other[100] ^= 1;
    assert!(put(&permission, other).await.is_client_error());
    assert!(put(&permission, bytes[1..].to_vec()).await.is_client_error());
    assert_eq!(put(&permission, bytes.clone()).await, StatusCode::OK);
    assert!(put(&permission, bytes).await.is_client_error());

    // What is no PDF is not shown, and does not wait for a second look.
    for bytes in [b"<html><script>alert(1)</script>".to_vec(), pdf("broken off")[..1_000].to_vec()] {
        let permission = desk.permit(&wish("คู่มือ.pdf", &bytes)).await.expect(201).json();
        assert_eq!(put(&permission, bytes).await, StatusCode::OK);
        let refused = desk.complete(id(&permission)).await;
        refused.assert_problem(422, "invalid");
        assert_eq!(refused.pointers(), ["/file"]);
        desk.complete(id(&permission)).await.assert_problem(409, "not-arrived");
        let path = format!("/files/{}.pdf", id(&permission));
        assert_eq!(desk.house.browser().get(&path).await.status, 404);
    }
    assert_eq!(desk.attachments().await, json!([]));

    // A file of one round is none of another's, and what was never permitted is not there.
    let bytes = pdf("of another round");
    let permission = desk.permit(&wish("ก.pdf", &bytes)).await.expect(201).json();
    assert_eq!(put(&permission, bytes).await, StatusCode::OK);
    let other = make(&desk.house, &desk.central, false).await;
    let path = format!("/api/rounds/{other}/attachments/{}/completion", id(&permission));
    desk.central.browser.post(&path, &json!({})).await.assert_problem(404, "not-found");
    desk.complete(&"A".repeat(22)).await.assert_problem(404, "not-found");
    desk.complete("..%2f..").await.assert_problem(404, "not-found");

    // A day later it is expected no more.
    desk.house.clock().set(desk.house.clock().now() + SignedDuration::from_hours(25));
    let _ = desk.central.officer.sign_in(&desk.house, &desk.central.browser).await;
    desk.complete(id(&permission)).await.assert_problem(404, "not-found");
    desk.house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn files_change_while_the_round_may_and_are_counted() {
    let desk = Desk::start().await;
    let first = desk.attach("หนังสือ.pdf", pdf("1")).await;
    // Two at the same moment are both there.
    let (second, third) =
        tokio::join!(desk.attach("คู่มือ.pdf", pdf("2")), desk.attach("แบบตอบรับ.pdf", pdf("3")));
    let names = desk.attachments().await;
    assert_eq!(names.as_array().map(Vec::len), Some(3), "{names}");
    assert!([&first, &second, &third].iter().all(|file| names.as_array().expect("files").contains(file)));

    // Nor is one there twice, of which two say at the same moment that it was sent.
    let bytes = pdf("4");
    let permission = desk.permit(&wish("ซ้ำ.pdf", &bytes)).await.expect(201).json();
    assert_eq!(put(&permission, bytes).await, StatusCode::OK);
    let (one, other) = tokio::join!(desk.complete(id(&permission)), desk.complete(id(&permission)));
    assert!([&one, &other].iter().any(|answer| answer.status == 201), "{one:?} {other:?}");
    assert_eq!(desk.attachments().await.as_array().map(Vec::len), Some(4));
    let _ = desk.remove(id(&permission)).await.expect(204);

    // A round is not deleted from under its files.
    let version = desk.central.browser.get(&desk.path("")).await.version().expect("a version");
    let delete = |version| desk.central.browser.call("DELETE", &desk.path("")).if_match(version).send();
    delete(version).await.assert_problem(409, "round-state");
    for file in [&second, &third] {
        let _ = desk.remove(file["id"].as_str().expect("a key")).await.expect(204);
    }
    // An edit of the terms leaves the files alone.
    let today = bangkok_day(desk.house.clock().now());
    let terms = json!({
        "title": "สำรวจอีกครั้ง", "letter": { "number": "ว 2", "date": today }, "scope": { "provinces": ["54"] },
        "dates": { "opens": today, "deadline": today, "closes": today },
    });
    let edit =
        desk.central.browser.call("PUT", &desk.path("")).if_match(version + 2).json(&terms).send().await;
    assert_eq!(edit.expect(200).json()["attachments"], json!([first]));

    for at in 1..10 {
        let _ = desk.attach(&format!("{at}.pdf"), pdf(&at.to_string())).await;
    }
    let full = desk.permit(&wish("อีก.pdf", &pdf("x"))).await;
    full.assert_problem(422, "invalid");
    assert_eq!(full.pointers(), ["/name"]);

    // A round that is over keeps what it has; one of the past is entered with its letter.
    for what in ["/opening", "/closing"] {
        let _ = desk.central.browser.post(&desk.path(what), &json!({})).await.expect(200);
    }
    desk.permit(&wish("สาย.pdf", &pdf("late"))).await.assert_problem(409, "round-state");
    desk.remove(first["id"].as_str().expect("a key")).await.assert_problem(409, "round-state");
    let round = make(&desk.house, &desk.central, true).await;
    let past = Desk { round, ..desk };
    let letter = past.attach("หนังสือเดิม.pdf", pdf("of the past")).await;
    let _ = past.remove(letter["id"].as_str().expect("a key")).await.expect(204);
    past.house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_officer_suspended_a_moment_ago_neither_shows_nor_takes_away_a_file() {
    let desk = Desk::start().await;
    let file = desk.attach("หนังสือ.pdf", pdf("shown")).await;
    let [bytes, other] = ["waits", "is no PDF"].map(pdf);
    let other = other[..1_000].to_vec();
    let mut waiting = Vec::new();
    for bytes in [&bytes, &other] {
        let permission = desk.permit(&wish("คู่มือ.pdf", bytes)).await.expect(201).json();
        assert_eq!(put(&permission, bytes.clone()).await, StatusCode::OK);
        waiting.push(permission);
    }
    let (chief, named) = (desk.house.central().await, desk.attachments().await);
    let staff = chief.browser.get("/api/staff").await.expect(200).json();
    let rows = staff["items"].as_array().expect("officers").iter();
    let row = rows.clone().find(|row| row["email"] == desk.central.officer.email).expect("the officer");
    let path = format!("/api/staff/{}/suspension", row["id"].as_str().expect("a key"));
    let _ = chief.browser.post(&path, &json!({})).await.expect(204);

    // A refused browser forgets its session: each attempt has a copy.
    let attempt = async |method: &str, path: &str| {
        desk.central.browser.copy().call(method, &desk.path(path)).json(&json!({})).send().await
    };
    for permission in &waiting {
        let path = format!("/attachments/{}/completion", id(permission));
        attempt("POST", &path).await.assert_problem(401, "not-signed-in");
        let url = format!("/files/{}.pdf", id(permission));
        assert_eq!(desk.house.browser().get(&url).await.status, 404, "nothing is shown");
    }
    let path = format!("/attachments/{}", id(&file));
    attempt("DELETE", &path).await.assert_problem(401, "not-signed-in");
    let shown = desk.house.browser().get(file["url"].as_str().expect("an address")).await.expect(200);
    assert_eq!(shown.text.as_bytes(), pdf("shown"), "what was shown is");

    // Everything waits for an officer who may: nothing of what was sent is lost.
    let desk = Desk { central: chief, ..desk };
    assert_eq!(desk.attachments().await, named);
    let completed = desk.complete(id(&waiting[0])).await.expect(201).json();
    desk.complete(id(&waiting[1])).await.assert_problem(422, "invalid");
    assert_eq!(desk.attachments().await, json!([file, completed]));
    desk.house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_breaks_off_between_the_round_and_the_bucket_is_made_good_by_saying_it_again() {
    let cut = Cut::default();
    let lead = async |surroundings: &mut _| cut.lead(surroundings, &["files"]).await;
    let desk = Desk::of(House::start_with(lead).await).await;
    let bytes = pdf("the letter");
    let permission = desk.permit(&wish("หนังสือ.pdf", &bytes)).await.expect(201).json();
    assert_eq!(put(&permission, bytes.clone()).await, StatusCode::OK);
    let url = format!("/files/{}.pdf", id(&permission));
    let is_shown = async || desk.house.browser().get(&url).await.status == 200;

    // Its third call of the store notes the file; the function never hears that it did.
    cut.arm(3, Side::After);
    assert!(desk.complete(id(&permission)).await.status >= 500);
    cut.mend();
    assert_eq!((desk.attachments().await[0]["url"].as_str(), is_shown().await), (Some(url.as_str()), false));
    let _ = desk.complete(id(&permission)).await.expect(201);
    assert!(is_shown().await);
    let fetched = desk.house.browser().get(&url).await.expect(200);
    assert_eq!(fetched.text.as_bytes(), bytes);

    // Its second call takes the file out of the round.
    cut.arm(2, Side::After);
    assert!(desk.remove(id(&permission)).await.status >= 500);
    cut.mend();
    assert_eq!((desk.attachments().await, is_shown().await), (json!([]), true));
    // Nobody brings it back, or takes it away through another round.
    desk.complete(id(&permission)).await.assert_problem(404, "not-found");
    let other = make(&desk.house, &desk.central, false).await;
    let path = format!("/api/rounds/{other}/attachments/{}", id(&permission));
    desk.central.browser.call("DELETE", &path).send().await.assert_problem(404, "not-found");
    assert!(is_shown().await);
    let _ = desk.remove(id(&permission)).await.expect(204);
    assert!(!is_shown().await);
    desk.remove(id(&permission)).await.assert_problem(404, "not-found");
    desk.house.stop().await;
}

/// What is asked for after somebody was broken off.
#[derive(Clone, Copy, Debug)]
enum Next {
    /// By the same office: leave to send a file of another round.
    Leave,
    /// By the same office: that another file is taken away.
    Removal,
    /// By another office: a list to take along.
    List,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_file_whose_removal_broke_off_goes_with_the_next_call_whatever_that_is_about() {
    let bucket = Cut::default();
    let lead = async |surroundings: &mut _| bucket.lead_to_buckets(surroundings, &["files"]).await;
    let desk = Desk::of(House::start_with(lead).await).await;
    let _ = desk.central.browser.post(&desk.path("/opening"), &json!({})).await.expect(200);
    let is_shown = async |file: &Value| {
        desk.house.browser().get(file["url"].as_str().expect("an address")).await.status == 200
    };
    let (elsewhere, province) =
        (make(&desk.house, &desk.central, false).await, desk.house.province("40").await);
    for next in [Next::Leave, Next::Removal, Next::List] {
        let [file, other, stays] = [
            desk.attach("หนังสือ.pdf", pdf("taken away")).await,
            desk.attach("คู่มือ.pdf", pdf("taken away after it")).await,
            desk.attach("แบบตอบรับ.pdf", pdf("stays")).await,
        ];
        // The bucket is away: the round names the file no longer, and whoever has the address fetches it still.
        bucket.arm(1, Side::Before);
        assert!(desk.remove(id(&file)).await.status >= 500, "{next:?}");
        assert!(bucket.mend() > 0, "{next:?}");
        assert!(!desk.attachments().await.to_string().contains(id(&file)), "{next:?}");
        assert!(is_shown(&file).await, "{next:?}");
        // Nobody is refused another thing for it, and it stays noted.
        bucket.arm(1, Side::Before);
        let _ = desk.permit(&wish("อีก.pdf", b"never sent")).await.expect(201);
        assert!(bucket.mend() > 0 && is_shown(&file).await, "{next:?}");

        let _ = match next {
            Next::Leave => {
                let path = format!("/api/rounds/{elsewhere}/attachments");
                desk.central.browser.post(&path, &wish("อีก.pdf", b"never sent")).await.expect(201)
            }
            Next::Removal => desk.remove(id(&other)).await.expect(204),
            Next::List => {
                province.browser.post("/api/exports", &json!({ "list": "directory" })).await.expect(201)
            }
        };
        assert!(!is_shown(&file).await, "{next:?}");
        assert!(is_shown(&stays).await, "{next:?}");
        desk.remove(id(&file)).await.assert_problem(404, "not-found");
        // It is looked for no more.
        bucket.mend();
        let _ = desk.permit(&wish("อีก.pdf", b"never sent")).await.expect(201);
        assert_eq!(bucket.mend(), 0, "{next:?}");
        for file in [&other, &stays] {
            let status = desk.remove(id(file)).await.status;
            assert!([204, 404].contains(&status), "{next:?}: {status}");
        }
    }
    desk.house.stop().await;
}
