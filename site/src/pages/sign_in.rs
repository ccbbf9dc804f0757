//! เข้าสู่ระบบ: the same forms as on the home page, for links that lead back to where one was.

use maud::{Markup, html};
use palad_domain::say::say;

use super::account::sign_in_forms;
use crate::frame::{Context, Page};
use crate::parts;

pub(super) fn page() -> Page {
    Page {
        path: "/sign-in", title: say("เข้าสู่ระบบ", "Sign in"), module: "sign-in", listed: true, main
    }
}

fn main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        div.narrow {
            (parts::needs_script(lang))
            (sign_in_forms(context))
            section {
                h2 { (lang.say("เข้าสู่ระบบไม่ได้", "Cannot sign in?")) }
                ul {
                    li { a href=(lang.path("/reset")) { (lang.say("ลืมรหัสผ่าน ตั้งใหม่ทางอีเมล", "Forgot the password: set a new one by e-mail")) } }
                    li { a href=(lang.path("/register")) { (lang.say(
                        "ผู้ลงทะเบียนคนเดิมย้ายไปแล้ว หรือเข้าอีเมลเดิมไม่ได้: ลงทะเบียนใหม่ด้วยอีเมลของหน่วยงาน",
                        "The officer who registered has left, or the mailbox is lost: register again with the agency's address",
                    )) } }
                    li { (lang.say("โทรสอบถามตามหมายเลขด้านล่างของทุกหน้า", "Call the number at the foot of every page")) }
                }
            }
        }
    }
}
