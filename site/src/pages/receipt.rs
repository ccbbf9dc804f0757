//! ใบรับคำตอบ: whoever has the number of a receipt sees what was answered and when, and can print it.

use maud::{Markup, html};
use palad_domain::say::say;

use crate::frame::{Context, Page};
use crate::parts::{self, Field};

pub(super) fn page() -> Page {
    Page {
        path: "/receipt",
        title: say("ใบรับคำตอบ", "Receipt of an answer"),
        module: "receipt",
        listed: false,
        main,
    }
}

fn main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        div.narrow {
            (parts::needs_script(lang))
            div #found hidden {
                p.notice.done tabindex="-1" data-part="genuine" { (lang.say(
                    "ใบรับนี้ถูกต้อง ออกโดยระบบนี้",
                    "This receipt is genuine: it was given by this system.",
                )) }
                (parts::receipt(lang))
            }
            form #check method="post" novalidate {
                (parts::error_summary(lang))
                (Field::text("number", "/number", say("เลขที่ใบรับ", "Number of the receipt"))
                    .hint(say("ตัวอักษรและตัวเลข 10 ตัวบนใบรับ เช่น 7K3QM-9XHTB", "The ten letters and digits on it, such as 7K3QM-9XHTB"))
                    .class("short")
                    .html(lang))
                div.actions { (parts::submit(lang.say("ตรวจสอบใบรับ", "Look it up"))) }
            }
        }
    }
}
