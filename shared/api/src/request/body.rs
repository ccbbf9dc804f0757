//! The body of a call as a value of ours.
//!
//! Two questions, two statuses: what is no JSON is a 400, what is JSON of another shape is a 422
//! that names the field. serde's own messages are for programmers and repeat what was sent; they
//! are turned into ours here.

use lambda_http::http::header;
use palad_domain::fields::FieldErrors;
use palad_domain::say::{Say, say};
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::error::Category;
use serde_path_to_error::{Path, Segment};

use super::Request;
use super::lists::Strict;
use crate::problem::ApiError;

/// The largest body that is read.
const MAX_BYTES: usize = 64 * 1024;

impl Request {
    /// The body, read as a `T`. Give `T` `#[serde(deny_unknown_fields)]`.
    ///
    /// # Errors
    /// 415, 413, 400 or 422, in this order.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        if !self.headers().get(header::CONTENT_TYPE).is_some_and(|value| is_json(value.as_bytes())) {
            return Err(ApiError::not_json_type());
        }
        if self.body.len() > MAX_BYTES {
            return Err(ApiError::too_large());
        }
        parse(&self.body)
    }
}

fn is_json(content_type: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(content_type) else { return false };
    let mut parts = text.split(';').map(|part| part.trim().to_ascii_lowercase());
    parts.next().as_deref() == Some("application/json")
        && parts.all(|parameter| {
            !parameter.starts_with("charset=") || matches!(&*parameter, "charset=utf-8" | "charset=\"utf-8\"")
        })
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    let text = std::str::from_utf8(body).map_err(|_| ApiError::not_json())?;
    let value: Value = serde_json::from_str(text).map_err(|_| ApiError::not_json())?;
    if !value.is_object() {
        return Err(ApiError::invalid(FieldErrors::one("", wrong_type())));
    }
    let mut deserializer = serde_json::Deserializer::from_str(text);
    serde_path_to_error::deserialize(Strict(&mut deserializer)).map_err(|error| {
        // It is JSON, as was just seen: what does not fit a choice is called a fault of syntax too.
        let (pointer, say) = match error.inner().classify() {
            Category::Data => explained(error.path(), &error.inner().to_string()),
            Category::Syntax | Category::Eof | Category::Io => (pointer(error.path()), wrong_type()),
        };
        ApiError::invalid(FieldErrors::one(pointer, say))
    })
}

/// Where, and what to do. `message` is only looked at, never repeated.
fn explained(path: &Path, message: &str) -> (String, Say) {
    let mut pointer = pointer(path);
    // Of these two the path ends at the object; the name in the message is that of a field of ours.
    for about_a_field in ["missing field `", "duplicate field `"] {
        if let Some((name, _)) = message.strip_prefix(about_a_field).and_then(|rest| rest.split_once('`')) {
            pointer.push('/');
            pointer.push_str(&escaped(name));
        }
    }
    let say = if message.starts_with("missing field") {
        say("กรุณากรอกช่องนี้", "Fill in this field.")
    } else if message.starts_with("unknown field") {
        say("ไม่รู้จักช่องนี้ กรุณาตัดออก", "This field is not known. Leave it out.")
    } else if message.starts_with("duplicate field") {
        say("ช่องนี้ซ้ำกัน กรุณาส่งเพียงครั้งเดียว", "This field is given twice. Send it once.")
    } else if message.starts_with("unknown variant") {
        say("ค่านี้ไม่อยู่ในตัวเลือก กรุณาเลือกจากรายการ", "This is not one of the choices. Choose one from the list.")
    } else if message.starts_with("invalid type") {
        wrong_type()
    } else {
        say("ค่านี้ใช้ไม่ได้ กรุณาตรวจสอบแล้วแก้ไข", "This value cannot be used. Check and correct it.")
    };
    (pointer, say)
}

fn wrong_type() -> Say {
    say(
        "ชนิดของค่าไม่ถูกต้อง กรุณาตรวจสอบว่าเป็นข้อความ ตัวเลข หรือออบเจกต์ตามที่กำหนด",
        "The type of this value is wrong. Check whether text, a number or an object is expected.",
    )
}

fn pointer(path: &Path) -> String {
    let mut pointer = String::new();
    for segment in path.iter() {
        match segment {
            Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
            Segment::Map { key } => {
                pointer.push('/');
                // A caller's own field name may be as long as the body.
                pointer.extend(escaped(key).chars().take(64));
            }
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    pointer
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Form {
        #[serde(rename = "agency")]
        _agency: palad_domain::agency::AgencyCode,
        #[serde(rename = "person", default)]
        _person: Option<Person>,
        #[serde(rename = "people", default)]
        _people: Vec<Person>,
        #[serde(rename = "kind", default = "held")]
        _kind: Kind,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Person {
        #[serde(rename = "name")]
        _name: String,
        #[serde(rename = "kind", default)]
        _kind: Option<Kind>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        Held,
    }

    fn held() -> Kind {
        Kind::Held
    }

    fn verdict(body: &str) -> (u16, Option<String>) {
        match parse::<Form>(body.as_bytes()) {
            Ok(_) => (200, None),
            Err(error) => {
                for field in error.errors().iter() {
                    assert!(!format!("{field:?}").contains("canary"), "{field:?}");
                    assert!(!field.say.th.is_empty() && field.say.en.ends_with('.'));
                }
                (error.status(), error.errors().iter().next().map(|field| field.pointer.clone()))
            }
        }
    }

    #[test]
    fn what_is_no_json_is_a_400() {
        for body in [
            "",
            " ",
            "{",
            "nonsense",
            "{\"agency\":1,}",
            "\u{feff}{}",
            "{\"agency\":5} x",
            "{\"agency\":\"\\ud800\"}",
        ] {
            assert_eq!(verdict(body).0, 400, "{body}");
        }
        assert_eq!(parse::<Form>(b"\"\xff\"").map(|_| ()).expect_err("not UTF-8").status(), 400);
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(30_000), "]".repeat(30_000));
        assert_eq!(parse::<serde_json::Value>(deep.as_bytes()).expect_err("too deep").status(), 400);
    }

    #[test]
    fn what_has_another_shape_is_a_422_at_its_field() {
        let at = |body: &str| match verdict(body) {
            (422, Some(pointer)) => pointer,
            other => format!("{other:?}"),
        };
        assert_eq!(verdict(r#"{"agency":"540101","person":{"name":"a","kind":"held"}}"#).0, 200);
        for other in ["[]", r#"["540101"]"#, "1", "\"a\"", " true"] {
            assert_eq!(at(other), "", "{other}");
        }
        assert_eq!(at("{}"), "/agency");
        assert_eq!(at(r#"{"agency":12}"#), "/agency");
        assert_eq!(at(r#"{"agency":"canary"}"#), "/agency");
        assert_eq!(at(r#"{"agency":"540101","person":{"name":null}}"#), "/person/name");
        assert_eq!(at(r#"{"agency":"540101","person":{}}"#), "/person/name");
        assert_eq!(at(r#"{"agency":"540101","person":{"name":"a","kind":"canary"}}"#), "/person/kind");
        assert_eq!(at(r#"{"agency":"540101","person":["a","held"]}"#), "/person", "a list is no person");
        assert_eq!(at(r#"{"agency":["540101"]}"#), "/agency");
        assert_eq!(at(r#"{"agency":"540101","people":[{"name":"a"},["b"]]}"#), "/people/1");
        assert_eq!(verdict(r#"{"agency":"540101","people":[{"name":"a"},{"name":"b"}]}"#).0, 200);
        for no_choice in ["[\"held\"]", "7", "null", "{}"] {
            let body = format!(r#"{{"agency":"540101","kind":{no_choice}}}"#);
            assert_eq!(at(&body), "/kind", "{body}");
        }
        assert_eq!(at(r#"{"agency":"540101","a/b~c":1}"#), "/a~1b~0c");
        assert_eq!(at(r#"{"agency":"540101","agency":"540101"}"#), "/agency");
        assert_eq!(at("null"), "");
    }

    #[test]
    fn only_json_in_utf_8_is_json() {
        for good in
            ["application/json", "application/json; charset=utf-8", "Application/JSON;charset=\"UTF-8\""]
        {
            assert!(is_json(good.as_bytes()), "{good}");
        }
        for bad in [
            "",
            "text/plain",
            "application/jsonp",
            "application/json; charset=tis-620",
            "application/x-www-form-urlencoded",
            "text/plain; application/json",
        ] {
            assert!(!is_json(bad.as_bytes()), "{bad}");
        }
    }
}
