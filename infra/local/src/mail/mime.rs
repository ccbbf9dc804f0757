//! As much of MIME as is needed to show a mail: its headers, and the plain text in it.

use data_encoding::BASE64;

/// What is shown of a mail.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Shown {
    pub(crate) from: String,
    pub(crate) to: Vec<String>,
    pub(crate) subject: String,
    pub(crate) text: String,
}

/// Reads a whole mail. What cannot be read is shown as it came.
pub(crate) fn read(raw: &[u8]) -> Shown {
    let raw = String::from_utf8_lossy(raw).replace("\r\n", "\n");
    let (headers, body) = split(&raw);
    Shown {
        from: words(header(&headers, "from").unwrap_or_default()),
        to: header(&headers, "to")
            .map(|to| to.split(',').map(|address| words(address.trim())).collect())
            .unwrap_or_default(),
        subject: words(header(&headers, "subject").unwrap_or_default()),
        text: text(&headers, body, 0),
    }
}

type Headers = Vec<(String, String)>;

fn split(part: &str) -> (Headers, &str) {
    let (head, body) = match part.strip_prefix('\n') {
        // An empty line first: there are no headers at all.
        Some(body) => ("", body),
        None => part.split_once("\n\n").unwrap_or((part, "")),
    };
    let mut headers: Headers = Vec::new();
    for line in head.lines() {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = headers.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            headers.push((name.trim().to_lowercase(), value.trim().to_owned()));
        }
    }
    (headers, body)
}

fn header<'a>(headers: &'a Headers, name: &str) -> Option<&'a str> {
    headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str())
}

/// The plain text of a part, or of the first part in it that has one.
fn text(headers: &Headers, body: &str, depth: usize) -> String {
    let kind = header(headers, "content-type").unwrap_or("text/plain");
    if let Some(boundary) = boundary(kind).filter(|_| depth < 5) {
        let opening = format!("--{boundary}");
        let parts: Vec<(Headers, &str)> = body
            .split(opening.as_str())
            .skip(1)
            .map(|part| split(part.strip_prefix('\n').unwrap_or(part)))
            .collect();
        let is = |headers: &Headers, kind: &str| {
            header(headers, "content-type").unwrap_or("text/plain").to_lowercase().starts_with(kind)
        };
        let chosen = ["text/plain", "multipart/", "text/"]
            .iter()
            .find_map(|kind| parts.iter().find(|(headers, _)| is(headers, kind)));
        return chosen.map_or_else(String::new, |(headers, body)| text(headers, body, depth + 1));
    }
    match header(headers, "content-transfer-encoding").map(str::to_lowercase).as_deref() {
        Some("base64") => {
            let packed: String = body.chars().filter(|c| !c.is_whitespace()).collect();
            BASE64
                .decode(packed.as_bytes())
                .map_or(packed, |bytes| String::from_utf8_lossy(&bytes).replace("\r\n", "\n"))
        }
        Some("quoted-printable") => String::from_utf8_lossy(&quoted(&body.replace("=\n", ""))).into_owned(),
        _ => body.to_owned(),
    }
}

fn boundary(kind: &str) -> Option<&str> {
    let at = kind.to_ascii_lowercase().starts_with("multipart/").then(|| kind.find("boundary="))??;
    let value = kind.get(at + "boundary=".len()..)?;
    match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => value.split([';', ' ']).next(),
    }
}

/// Encoded words: `=?UTF-8?B?...?=` and `=?UTF-8?Q?...?=`, joined where only space is between them.
fn words(value: &str) -> String {
    let mut bytes: Vec<u8> = Vec::new();
    let mut rest = value;
    let mut after_word = false;
    while let Some((before, word)) = rest.split_once("=?") {
        let mut fields = word.splitn(3, '?');
        let (_charset, encoding, tail) = (fields.next(), fields.next(), fields.next().unwrap_or_default());
        let decoded = tail.split_once("?=").and_then(|(data, after)| match encoding {
            Some("B" | "b") => BASE64.decode(data.as_bytes()).ok().map(|bytes| (bytes, after)),
            Some("Q" | "q") => Some((quoted(&data.replace('_', " ")), after)),
            _ => None,
        });
        let Some((decoded, after)) = decoded else { break };
        if !(after_word && before.trim().is_empty()) {
            bytes.extend_from_slice(before.as_bytes());
        }
        bytes.extend_from_slice(&decoded);
        (rest, after_word) = (after, true);
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

/// `=E0=B8=81` as the bytes that it stands for.
fn quoted(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = (*first == b'=').then(|| after.get(..2)).flatten();
        match hex.and_then(|hex| data_encoding::HEXUPPER_PERMISSIVE.decode(hex).ok()) {
            Some(byte) => {
                bytes.extend(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_of_two_parts_shows_its_plain_text() {
        let raw = "From: =?utf-8?Q?=E0=B8=9B=E0=B8=A5=E0=B8=B1=E0=B8=94?= <p@palad.test>\r\nTo: a@b.test,\r\n c@d.test\r\n\
            Subject: =?UTF-8?B?4LijIA==?= =?UTF-8?B?4Lij?= 7\r\nContent-Type: multipart/alternative; boundary=\"x y\"\r\n\r\n\
            preamble\r\n--x y\r\nContent-Type: text/html\r\n\r\n<p>no</p>\r\n--x y\r\n\
            Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n4Lij\r\n4Lij\r\n--x y--\r\n";
        let shown = read(raw.as_bytes());
        assert_eq!(shown.from, "ปลัด <p@palad.test>");
        assert_eq!(shown.to, ["a@b.test", "c@d.test"]);
        assert_eq!(shown.subject, "ร ร 7");
        assert_eq!(shown.text, "รร");
    }

    #[test]
    fn quoted_printable_text_is_unfolded() {
        let raw = b"Content-Transfer-Encoding: quoted-printable\n\n=E0=B8=81 =\nend 1=3D1 = =ZZ\n";
        assert_eq!(read(raw).text, "ก end 1=1 = =ZZ\n");
    }

    #[test]
    fn what_is_no_mail_does_no_harm() {
        for raw in [
            &b""[..],
            b"\n\n\n",
            b"=?UTF-8?B?",
            b"Subject: =?x\n\n",
            b"\xff\xfe",
            "Content-Type: multipart/x; boundary=\n\n--ก".as_bytes(),
        ] {
            read(raw);
        }
    }
}
