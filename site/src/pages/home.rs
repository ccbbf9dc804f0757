//! หน้าหลัก: sign in, register, search; what the letters' direct link leads to.

use maud::{Markup, html};
use palad_domain::say::say;

use super::account::sign_in_forms;
use crate::frame::{Context, Page};
use crate::icons::Icon;
use crate::{parts, rules};

pub(super) fn page() -> Page {
    Page {
        path: "/",
        title: say(
            "ระบบบันทึก - ค้นหา ข้อมูลปลัดองค์กรปกครองส่วนท้องถิ่น ทุกแห่ง",
            "Record and find the chief clerk of every local administrative organisation",
        ),
        module: "sign-in",
        listed: true,
        main,
    }
}

fn main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        p.lead { (lang.say(
            "ทุกหน่วยงานบันทึกชื่อ ตำแหน่ง และโทรศัพท์ของปลัด หรือบันทึกว่าตำแหน่งว่าง ทุกคนค้นหาได้",
            "Every agency records its chief clerk's name, position and telephone, or that the post is vacant. Anyone may search.",
        )) }
        div.columns {
            section.card aria-labelledby="record-heading" {
                h2 #record-heading { (lang.say("บันทึกข้อมูลปลัด อปท.", "Record your clerk")) }
                div data-when="signed-in" {
                    p { (lang.say("ท่านเข้าสู่ระบบแล้วในนาม ", "You are signed in as ")) strong data-part="agency" lang=[lang.thai_data()] {} }
                    p { a.button.primary href=(lang.path("/office")) { (lang.say("ไปที่หน่วยงานของท่าน", "Go to your agency")) } }
                }
                div data-when="staff" {
                    p { (lang.say("ท่านเข้าสู่ระบบแล้วในฐานะเจ้าหน้าที่", "You are signed in as staff")) }
                    p { a.button.primary href=(lang.path("/staff/home")) { (lang.say("ไปที่งานของเจ้าหน้าที่", "Go to your work")) } }
                }
                div data-when="signed-out" {
                    (parts::needs_script(lang))
                    (sign_in_forms(context))
                }
            }
            div {
                section.card aria-labelledby="register-heading" data-when="signed-out" {
                    h2 #register-heading { (lang.say("ยังไม่เคยลงทะเบียน", "Not registered yet?")) }
                    p { (lang.say(
                        "หน่วยงานละหนึ่งบัญชี ใช้เวลาประมาณ 3 นาที เตรียมอีเมลของหน่วยงานไว้รับรหัสยืนยัน",
                        "One account for each agency; about three minutes. Have the agency's mailbox at hand for the code.",
                    )) }
                    p { a.button.secondary href=(lang.path("/register")) { (lang.say("ลงทะเบียน", "Register")) } }
                }
                section.card aria-labelledby="search-heading" {
                    h2 #search-heading { (lang.say("ค้นหาปลัด อปท.", "Find a clerk")) }
                    form role="search" method="get" action=(lang.path("/directory")) {
                        label for="q" { (lang.say("ชื่อปลัด หน่วยงาน จังหวัด หรือเบอร์โทรศัพท์", "Name, agency, province or telephone")) }
                        div.search {
                            input id="q" name="q" type="search" maxlength=(rules::QUERY_MAX) autocomplete="off";
                            button.secondary type="submit" { (Icon::Glass.draw()) (lang.say("ค้นหา", "Search")) }
                        }
                    }
                }
                section.card aria-labelledby="manual-heading" {
                    h2 #manual-heading { (lang.say("คู่มือการกรอกข้อมูลปลัดองค์กรปกครองส่วนท้องถิ่น", "Manual for entering the data")) }
                    ol.steps {
                        li { (lang.say("ลงทะเบียน แล้วเข้าสู่ระบบ", "Register, then sign in")) }
                        li { (lang.say("กดปุ่ม Tools สีแดงทางด้านขวามือ", "Press the red Tools button on the right")) }
                        li { (lang.say("กด เพิ่มปลัด กรอกข้อมูล แล้วกด บันทึก", "Press Add the clerk, fill in, press Save")) }
                    }
                    p { a href=(lang.path("/manual")) { (lang.say("อ่านคู่มือทั้งหมด", "Read the whole manual")) } }
                }
            }
        }
    }
}
