//! The letters of a province about those that owe: one to each district officer for its municipalities and
//! sub-districts, one to each agency that is written to directly. An official letter is in Thai in every language.

use maud::{Markup, html};
use palad_domain::say::say;

use super::{back, menu, unknown};
use crate::frame::{Context, Page};
use crate::parts::{self, template};

pub(super) fn page() -> Page {
    Page {
        path: "/staff/round/letters",
        title: say("หนังสือติดตาม", "Letters to those that owe"),
        module: "staff-letters",
        listed: false,
        main,
    }
}

fn main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        (menu(context, "/staff/round/letters"))
        (parts::needs_script(lang))
        (parts::waiting(lang))
        div #letters hidden {
            (back(lang))
            p data-slot="about" {}
            div.buttons #ways hidden {
                button.primary #print type="button" { (lang.say("พิมพ์", "Print")) }
            }
            div #sheets {}
            p #everybody hidden { (lang.say("ตอบครบทุกแห่งแล้ว ไม่มีหนังสือต้องส่ง", "Everybody has answered: there is no letter to send.")) }
        }
        (unknown(lang))
        (template("sheet", &html! {
            article.sheet lang="th" {
                div.letterhead { p { "ที่ ......................" } p data-slot="office" {} }
                p.date data-slot="date" {}
                p { strong { "เรื่อง " } "ขอความร่วมมือบันทึกและยืนยันข้อมูลปลัดองค์กรปกครองส่วนท้องถิ่น" }
                p { strong { "เรียน " } span data-slot="to" {} }
                p data-part="reference" { strong { "อ้างถึง " } span data-slot="reference" {} }
                p.indent data-slot="text" {}
                ol data-part="owing" {}
                p.indent data-slot="request" {}
                p.indent { "จึงเรียนมาเพื่อพิจารณาดำเนินการ" }
                div.farewell { p { "ขอแสดงความนับถือ" } p.signature { "(..................................................)" } p data-slot="signer" {} }
            }
        }))
    }
}
