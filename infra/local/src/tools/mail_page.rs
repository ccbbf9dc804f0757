//! The mailbox as a page: what was sent, newest first.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use palad_thai::date::bangkok_time;

use crate::mail::Mail;

const STYLE: &str = "body{font:1rem/1.6 system-ui,sans-serif;max-width:46rem;margin:0 auto;padding:1rem;color:#1d2733;background:#f4f6f8}\
h1{font-size:1.4rem}article{background:#fff;border:1px solid #d5dce3;border-radius:.5rem;padding:.75rem 1rem;margin:1rem 0}\
h2{font-size:1.05rem;margin:0}p{margin:.2rem 0;color:#5a6876;font-size:.9rem}\
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;margin:.75rem 0 0}";

/// The page. Nothing in a mail is markup here; addresses on one of `origins` are links.
pub(crate) fn page(mails: &[Mail], origins: &[String]) -> Markup {
    html! {
        (DOCTYPE)
        html lang="th" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "กล่องจดหมายในเครื่องนี้" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { "กล่องจดหมายในเครื่องนี้" }
                p { "จดหมายที่ระบบส่ง ใหม่สุดอยู่บน ไม่มีฉบับใดออกจากเครื่องนี้ · " span lang="en" { "Mail that the system sent, newest first. None of it leaves this machine." } }
                @if mails.is_empty() { p { "ยังไม่มีจดหมาย · " span lang="en" { "No mail yet." } } }
                @for mail in mails {
                    article {
                        h2 { (mail.subject) }
                        p { "ถึง " (mail.to) " · จาก " (mail.from) " · " (time(mail)) }
                        pre { (text(&mail.text, origins)) }
                    }
                }
            }
        }
    }
}

fn time(mail: &Mail) -> Markup {
    html! { time datetime=(mail.at) { (bangkok_time(mail.at).strftime("%Y-%m-%d %H:%M:%S")) } }
}

fn text(text: &str, origins: &[String]) -> Markup {
    let is_link = |word: &str| {
        origins.iter().any(|origin| {
            word.strip_prefix(origin.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    };
    html! {
        @for piece in text.split_inclusive(char::is_whitespace) {
            @let word = piece.trim_end();
            @if is_link(word) { a href=(word) { (word) } (&piece[word.len()..]) } @else { (piece) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_cannot_bring_markup_and_links_lead_to_this_site_only() {
        let mail = Mail {
            id: "1".into(),
            from: "p@palad.test".into(),
            to: "<a@b.test>".into(),
            subject: "<script>".into(),
            text: "ไป http://localhost:8080/reset/new#T\nhttp://localhost:80801/ http://evil.test/ <b>"
                .into(),
            at: "2026-11-23T17:30:00Z".parse().expect("a time"),
        };
        let page = page(&[mail], &["http://localhost:8080".to_owned()]).into_string();
        assert!(page.contains("&lt;script&gt;") && !page.contains("<script"), "{page}");
        assert!(page.contains(r#"<a href="http://localhost:8080/reset/new#T">"#));
        assert_eq!(page.matches("<a href").count(), 1);
        assert!(page.contains("2026-11-24 00:30:00"));
    }
}
