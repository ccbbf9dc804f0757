//! The holidays that no rule knows: those of the moon, and those that the cabinet adds.

use maud::{Markup, html};
use palad_domain::round::words::HOLIDAY_MAX;
use palad_domain::say::say;

use super::menu;
use crate::frame::{Context, Page};
use crate::parts::{self, Field, dialog, needed_day, template};

pub(super) fn page() -> Page {
    Page {
        path: "/staff/holidays",
        title: say("วันหยุดราชการ", "Public holidays"),
        module: "staff-holidays",
        listed: false,
        main,
    }
}

fn main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        (menu(context, "/staff/holidays"))
        (parts::needs_script(lang))
        (parts::waiting(lang))
        div #holidays.narrow hidden {
            p.lead { (lang.say(
                "ในวันหยุดไม่มีการแจ้งเตือนออกไป ระบบรู้วันเสาร์ วันอาทิตย์ และวันหยุดที่ตรงกันทุกปีแล้ว เช่น วันสงกรานต์",
                "No reminder goes out on a day off. Weekends and holidays with a fixed day, such as Songkran, are known already.",
            )) }
            p { (lang.say(
                "กรอกวันหยุดที่เปลี่ยนไปแต่ละปี เช่น วันมาฆบูชา วันวิสาขบูชา วันอาสาฬหบูชา วันเข้าพรรษา วันหยุดชดเชย และวันที่คณะรัฐมนตรีประกาศเพิ่ม",
                "Enter those that change each year: Makha Bucha, Visakha Bucha, Asanha Bucha, Buddhist Lent, substitute days, and days that the cabinet adds.",
            )) }
            p { button.primary type="button" data-act="add" { (lang.say("เพิ่มวันหยุด", "Add a holiday")) } }
            p #none hidden { (lang.say("ยังไม่ได้กรอกวันหยุด", "No holiday has been entered.")) }
            div #years {}
        }
        (template("year", &html! { section { h2 data-slot="year" {} ul.rows {} } }))
        (parts::row())
        (dialog(lang, "ask-add", lang.say("เพิ่มวันหยุด", "Add a holiday"), &html! {
            (needed_day(lang, ("day", "/day"), &html! { (lang.say("วันหยุด", "Day")) }))
            (Field::text("name", "/name", say("ชื่อวันหยุด", "Name")).thai().max(HOLIDAY_MAX).html(lang))
        }, lang.say("เพิ่ม", "Add")))
        (dialog(lang, "ask-remove", lang.say("ลบวันหยุดนี้?", "Remove this holiday?"), &html! {
            p { strong data-slot="name" lang=[lang.thai_data()] {} br; span data-slot="day" {} }
        }, lang.say("ลบ", "Remove")))
    }
}
