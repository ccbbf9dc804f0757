//! A photo from the browser to the directory: permitted exactly, made safe, shown while a record shows it.

use data_encoding::{BASE64, BASE64URL_NOPAD};
use image::{ExtendedColorType, ImageEncoder, codecs::jpeg::JpegEncoder};
use palad_system_tests::{Answer, House, PHRAE, SignedIn, eventually, held};
use reqwest::StatusCode;
use serde_json::{Value, json};

/// A portrait of some hundred kilobytes, another one for each `shade`.
fn portrait(shade: u8) -> Vec<u8> {
    let (width, height) = (600_u32, 800_u32);
    let pixel = |at: u32| [shade, (at % 251) as u8, (at / width % 253) as u8];
    let pixels: Vec<u8> = (0..width * height).flat_map(pixel).collect();
    let mut jpeg = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut jpeg, 85);
    encoder.write_image(&pixels, width, height, ExtendedColorType::Rgb8).expect("a picture");
    jpeg
}

fn sha256(bytes: &[u8]) -> String {
    BASE64.encode(ring::digest::digest(&ring::digest::SHA256, bytes).as_ref())
}

struct Officer {
    signed_in: SignedIn,
}

impl Officer {
    async fn of(house: &House) -> Self {
        Self { signed_in: house.sign_up(PHRAE).await }
    }

    async fn permit(&self, bytes: &[u8]) -> Answer {
        let wish = json!({ "length": bytes.len(), "type": "image/jpeg", "sha256": sha256(bytes) });
        self.signed_in.browser.post("/api/agencies/549900/photos", &wish).await
    }

    /// Sends `bytes` with a permission, as a browser does: straight to the bucket.
    async fn put(&self, permission: &Value, bytes: Vec<u8>) -> StatusCode {
        let upload = &permission["upload"];
        // A connection of its own each time: a bucket that refuses may hang up before it has read all.
        let mut request = reqwest::Client::new().put(upload["url"].as_str().expect("an address")).body(bytes);
        for (name, value) in upload["headers"].as_object().expect("headers") {
            request = request.header(name, value.as_str().expect("a header"));
        }
        request.send().await.expect("an answer of the bucket").status()
    }

    /// Permits and sends; answers the photo's name.
    async fn send(&self, bytes: Vec<u8>) -> String {
        let permission = self.permit(&bytes).await.expect(201).json();
        assert_eq!(self.put(&permission, bytes).await, StatusCode::OK);
        permission["photo"].as_str().expect("a name").to_owned()
    }

    async fn photo(&self, id: &str) -> Value {
        self.signed_in.browser.get(&format!("/api/agencies/549900/photos/{id}")).await.expect(200).json()
    }

    async fn settled(&self, id: &str) -> Value {
        eventually("a settled photo", async || {
            let photo = self.photo(id).await;
            (photo["state"] != "processing").then_some(photo)
        })
        .await
    }
}

fn with_photo(first_name: &str, photo: &str) -> Value {
    let mut post = held(first_name, "ใจดี");
    post["person"]["photo"] = json!(photo);
    post
}

async fn status_of(house: &House, path: &str) -> u16 {
    house.browser().get(path).await.status
}

async fn is_reachable(house: &House, path: &str, reachable: bool) {
    let wanted = if reachable { 200 } else { 404 };
    eventually("a picture that comes or goes", async || {
        (status_of(house, path).await == wanted).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_photo_is_shown_while_a_record_shows_it() {
    let house = House::start().await;
    let officer = Officer::of(&house).await;

    // The record does not wait for its photo: it says what is missing until then.
    let bytes = portrait(10);
    let permission = officer.permit(&bytes).await.expect(201).json();
    let first = permission["photo"].as_str().expect("a name").to_owned();
    let record = officer.signed_in.add("key-1", &with_photo("สมชาย", &first)).await.expect(201).json();
    assert_eq!((&record["missing"], &record["photo"]["state"]), (&json!(["photo"]), &json!("processing")));
    assert_eq!(house.browser().get("/api/directory/549900").await.json()["photo"], Value::Null);
    let id = record["id"].as_str().expect("an id");

    // It arrives: the record is complete without a new version, and the next search shows it.
    assert_eq!(officer.put(&permission, bytes).await, StatusCode::OK);
    let ready = officer.settled(&first).await;
    assert_eq!(ready["state"], "ready", "{ready}");
    let screen = officer.signed_in.screen().await.json();
    assert_eq!((&screen["current"]["missing"], &screen["current"]["version"]), (&json!([]), &json!(1)));
    let entry = house.browser().get("/api/directory?q=สมชาย").await.json()["items"][0].clone();
    let small = entry["photo"]["small"].as_str().expect("an address").to_owned();
    assert_eq!(entry["photo"]["large"], ready["large"]);

    // What the public gets is a small JPEG that never changes under its name.
    let picture = house.browser().get(&small).await.expect(200);
    assert_eq!(picture.header("content-type"), Some("image/jpeg"));
    assert!(picture.header("cache-control").is_some_and(|control| control.contains("immutable")));
    let length: usize =
        picture.header("content-length").and_then(|length| length.parse().ok()).expect("a length");
    assert!((500..=12_000).contains(&length), "{length}");

    // Another photo in its place: the first is no longer reachable.
    let second = officer.send(portrait(200)).await;
    let _ = officer.settled(&second).await;
    let _ = officer.signed_in.edit(id, 1, &with_photo("สมชาย", &second)).await.expect(200);
    is_reachable(&house, &small, false).await;
    let second_small = format!("/photos/{second}/small.jpg");
    is_reachable(&house, &second_small, true).await;

    // Deleted with its record, and back with it.
    let _ = officer.signed_in.delete(id, 2).await.expect(204);
    is_reachable(&house, &second_small, false).await;
    let restored = officer.signed_in.restore(id).await.expect(200).json();
    assert_eq!(restored["photo"]["state"], "ready");
    is_reachable(&house, &second_small, true).await;
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn only_the_permitted_file_gets_in_and_only_a_photo_stays() {
    let house = House::start().await;
    let officer = Officer::of(&house).await;

    // Another content of the same length, another length, a second time: refused by the bucket itself.
    let bytes = portrait(30);
    let permission = officer.permit(&bytes).await.expect(201).json();
    let mut other = bytes.clone();
    let last = other.len() - 10;
    other[last] ^= 1;
    assert!(officer.put(&permission, other).await.is_client_error());
    assert!(officer.put(&permission, bytes[1..].to_vec()).await.is_client_error());
    assert_eq!(officer.put(&permission, bytes.clone()).await, StatusCode::OK);
    let photo = permission["photo"].as_str().expect("a name");
    assert_eq!(officer.settled(photo).await["state"], "ready");
    assert!(
        !officer.put(&permission, bytes).await.is_success() || officer.photo(photo).await["state"] == "ready"
    );

    // What is no photo is refused with the reason, in both languages.
    for (file, word) in [
        (b"%PDF-1.7 a letter".to_vec(), "PDF"),
        (b"<html><script>alert(1)</script>".to_vec(), "เว็บ"),
        ([b"\0\0\0\x18ftypheic".as_slice(), &[0; 64]].concat(), "HEIC"),
        (portrait(40)[..20_000].to_vec(), ""),
    ] {
        let id = officer.send(file).await;
        let refused = officer.settled(&id).await;
        assert_eq!(refused["state"], "refused", "{refused}");
        let reason = refused["reason"].as_str().unwrap_or_default();
        assert!(
            reason.contains(word) && !refused["reason_en"].as_str().unwrap_or_default().is_empty(),
            "{refused}"
        );
        assert_eq!(status_of(&house, &format!("/photos/{id}/small.jpg")).await, 404);
    }

    // What cannot be permitted is said at its field; a record names no photo that was never begun.
    let wish = json!({ "length": 40_000_000, "type": "image/heic", "sha256": "x" });
    let refused = officer.signed_in.browser.post("/api/agencies/549900/photos", &wish).await;
    assert_eq!(
        (refused.status, refused.pointers()),
        (422, ["/length", "/type", "/sha256"].map(String::from).to_vec())
    );
    let unknown = BASE64URL_NOPAD.encode(&[7; 16]);
    let refused = officer.signed_in.add("key-2", &with_photo("สมชาย", &unknown)).await;
    assert_eq!((refused.status, refused.pointers()), (422, vec!["/post/person/photo".to_owned()]));
    assert_eq!(officer.signed_in.version().await, 0);

    // An upload that never came is not waited for for ever.
    let never =
        officer.permit(&portrait(50)).await.expect(201).json()["photo"].as_str().expect("a name").to_owned();
    assert_eq!(officer.photo(&never).await["state"], "processing");
    house.clock().set(house.clock().now() + jiff::SignedDuration::from_mins(20));
    let late = officer.photo(&never).await;
    assert!(
        late["state"] == "refused" && late["reason"].as_str().is_some_and(|reason| reason.contains("ส่งใหม่")),
        "{late}"
    );

    // Forty a day.
    let tries = async || officer.permit(b"x").await;
    let limited =
        eventually("the limit of a day", async || Some(tries().await).filter(|answer| answer.status != 201))
            .await;
    limited.assert_problem(429, "too-many-tries");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_event_five_times_is_one() {
    let house = House::start().await;
    let officer = Officer::of(&house).await;
    let photo = officer.send(portrait(60)).await;
    let ready = officer.settled(&photo).await;
    let key = format!("549900/{photo}");
    for (bucket, key) in [
        ("palad-local-intake-000000000000", key.as_str()),
        ("palad-local-intake-000000000000", "attachments/AAAAAAAAAAAAAAAAAAAAAA"),
        ("another", "549900/x"),
        ("another", "?"),
    ] {
        let body = json!({"Records": [{"eventName": "ObjectCreated:Put",
            "s3": {"bucket": {"name": bucket}, "object": {"key": key, "size": 1}}}]});
        let record = json!({"messageId": "m", "receiptHandle": "r", "body": body.to_string(), "eventSource": "aws:sqs",
            "attributes": {"ApproximateReceiveCount": "1"}});
        for _ in 0..5 {
            let event = json!({"Records": [record]});
            let answer = house.browser().post("/local/run/photos", &event).await.expect(200).json();
            assert_eq!(answer["batchItemFailures"], json!([]), "{answer}");
        }
    }
    assert_eq!(officer.photo(&photo).await, ready);
    house.stop().await;
}
