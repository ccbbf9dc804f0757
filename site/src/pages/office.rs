//! After signing in: the agency's row, with the red Tools button on its right.

use maud::{Markup, html};
use palad_domain::say::say;

use crate::frame::{Context, Page};
use crate::icons::Icon;
use crate::parts;

pub(super) fn page() -> Page {
    Page {
        path: "/office",
        title: say("หน่วยงานของท่าน", "Your agency"),
        module: "office",
        listed: false,
        main,
    }
}

fn main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        (parts::needs_script(lang))
        (parts::waiting(lang))
        div #office hidden {
            table.agencies {
                caption { (lang.say("กดปุ่ม Tools สีแดงทางด้านขวามือ เพื่อเข้าหน้าบุคลากร", "Press the red Tools button on the right for the personnel screen")) }
                thead { tr {
                    th scope="col" { (lang.say("หน่วยงาน", "Agency")) }
                    th scope="col" { (lang.say("อำเภอ", "District")) }
                    th scope="col" { (lang.say("จังหวัด", "Province")) }
                    th scope="col" { (lang.say("ข้อมูลปลัด", "Clerk")) }
                    th scope="col" { span.unseen { (lang.say("เครื่องมือ", "Tools")) } }
                } }
                tbody { tr {
                    th scope="row" data-slot="agency" lang=[lang.thai_data()] {}
                    td data-slot="district" lang=[lang.thai_data()] {}
                    td data-slot="province" lang=[lang.thai_data()] {}
                    td { span.badge data-slot="state" {} }
                    td { a.button.tools href=(lang.path("/office/personnel")) { (Icon::Spanner.draw()) "Tools" } }
                } }
            }
            p #what-next {}
            p.notice.warning #take-over hidden {
                (lang.say("มีผู้ขอรับช่วงบัญชีของหน่วยงานท่าน ", "Somebody asks to take over your agency's account: "))
                a href=(lang.path("/account")) { (lang.say("ตรวจสอบหรือคัดค้าน", "look at it, or object")) }
            }
            p { a href=(lang.path("/account")) { (lang.say(
                "บัญชีของหน่วยงาน: อีเมล รหัสผ่าน เครื่องที่ใช้ ส่งมอบ และประวัติ",
                "The agency's account: address, password, devices, hand-over and history",
            )) } }
        }
    }
}
