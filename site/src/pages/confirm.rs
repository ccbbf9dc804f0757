//! ยืนยันข้อมูลปลัด: where the link of a reminder leads. It shows the record as it stands; only a button answers.

use maud::{Markup, html};
use palad_domain::say::say;

use super::account::call_the_province;
use crate::Lang;
use crate::frame::{Context, Page, help_ways};
use crate::icons::Icon;
use crate::parts::{self, slot_row};

pub(super) fn page() -> Page {
    Page {
        path: "/confirm",
        title: say("ยืนยันข้อมูลปลัด", "Confirm the clerk's record"),
        module: "confirm",
        listed: false,
        main,
    }
}

fn main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        div.narrow {
            (parts::needs_script(lang))
            (parts::waiting(lang))
            div #ask hidden {
                p.deadline data-slot="deadline" {}
                p.notice.warning #changed tabindex="-1" hidden { (lang.say(
                    "ข้อมูลถูกแก้ไขหลังจากส่งอีเมลฉบับนี้ ด้านล่างคือข้อมูลล่าสุด โปรดตรวจอีกครั้งก่อนตอบ",
                    "The record was changed after this mail was written. Below is what stands now: please look again before you answer.",
                )) }
                p.notice.done #answered hidden {
                    span data-slot="answered" {} " "
                    a data-part="receipt" href=(lang.path("/receipt")) {}
                }
                (record(lang))
                (answers(lang))
            }
            section #done hidden {
                h2 tabindex="-1" { (lang.say("ได้รับคำตอบแล้ว ขอบคุณ", "Your answer is received. Thank you.")) }
                (parts::receipt(lang))
                p { (lang.say(
                    "เก็บเลขที่ใบรับไว้เป็นหลักฐาน ถ้าข้อมูลเปลี่ยนไปเมื่อไร เข้าสู่ระบบแล้วแก้ไขได้ตลอดเวลา",
                    "Keep the number of the receipt. Whenever something changes, sign in: the record can be corrected at any time.",
                )) }
            }
            (released(lang))
            section #nothing hidden {
                h2 tabindex="-1" { (lang.say("ยังไม่มีข้อมูลปลัดให้ยืนยัน", "There is nothing to confirm")) }
                p { (lang.say(
                    "ข้อมูลถูกลบไปแล้ว กรุณาเข้าสู่ระบบแล้วบันทึกปลัดของหน่วยงาน หรือบันทึกว่าตำแหน่งว่าง",
                    "The record was deleted. Please sign in and record the agency's clerk, or that the post is vacant.",
                )) }
                p { a.button.primary href=(lang.path("/office/personnel")) { (lang.say("เข้าสู่ระบบ", "Sign in")) } }
            }
            (spent(context))
        }
        (ask_vacant(lang))
        (ask_release(lang))
    }
}

/// The record as anybody may see it.
fn record(lang: Lang) -> Markup {
    html! {
        article.record #shown {
            p.whose lang=[lang.thai_data()] { strong data-slot="agency" {} span data-slot="place" {} }
            div.head {
                (parts::face())
                div {
                    span.badge data-slot="state" {}
                    h2 data-slot="title" lang=[lang.thai_data()] {}
                    p data-slot="position" lang=[lang.thai_data()] {}
                }
            }
            dl.details {
                (slot_row(lang, "level", "ระดับ", "Level"))
                (slot_row(lang, "affiliation", "สังกัด", "Affiliation"))
                div #phones-row { dt { (lang.say("เบอร์โทรศัพท์", "Telephone")) } dd.phones data-part="phones" {} }
                (slot_row(lang, "updated", "ปรับปรุงเมื่อ", "Updated"))
                (slot_row(lang, "confirmed", "ยืนยันล่าสุดเมื่อ", "Last confirmed"))
            }
        }
    }
}

/// One button for each answer, the likeliest first.
fn answers(lang: Lang) -> Markup {
    html! {
        form #link.answers method="post" novalidate aria-labelledby="question" {
            h2 #question { (lang.say("ข้อมูลนี้ยังถูกต้องหรือไม่", "Is this still right?")) }
            button.primary type="submit" disabled {
                (Icon::Tick.draw())
                span { b { (lang.say("ยังถูกต้อง", "Still right")) } small data-slot="still" { (lang.say("ไม่มีอะไรเปลี่ยน", "nothing has changed")) } }
            }
            a.button.act href=(lang.path("/office/personnel/edit")) {
                (Icon::Pencil.draw())
                span { b { (lang.say("แก้ไข", "Change it")) } small { (lang.say("เปลี่ยนคนแล้ว หรือมีที่ผิด (ต้องเข้าสู่ระบบ)", "somebody else, or a mistake (you sign in)")) } }
            }
            button.act type="button" data-act="vacant" {
                (Icon::Person.draw())
                span { b { (lang.say("ตำแหน่งว่าง", "Vacant")) } small { (lang.say("ไม่มีผู้ดำรงตำแหน่งแล้ว", "nobody holds the post any more")) } }
            }
            button.link type="button" data-act="not-mine" { (lang.say(
                "ไม่ใช่ของฉันแล้ว: ไม่ได้ดูแลข้อมูลของหน่วยงานนี้แล้ว",
                "Not mine any more: I do not look after this agency's record",
            )) }
        }
    }
}

/// What follows ไม่ใช่ของฉันแล้ว.
fn released(lang: Lang) -> Markup {
    html! {
        section #released hidden {
            h2 tabindex="-1" { (lang.say("รับทราบแล้ว ขอบคุณ", "Noted. Thank you.")) }
            p { (lang.say(
                "อีเมลเตือนของหน่วยงานนี้จะไม่ส่งมาที่นี่อีก ถ้าไม่มีอีเมลอื่นของหน่วยงานให้ส่ง เจ้าหน้าที่จังหวัดจะเห็นหน่วยงานนี้ในรายชื่อที่ต้องโทรติดตาม ข้อมูลปลัดไม่เปลี่ยน",
                "Reminders for this agency no longer come here. Where the agency has no other address, the province office sees it among those to call. The record stays as it is.",
            )) }
            p { (lang.say(
                "ผู้ดูแลคนใหม่รับช่วงบัญชีได้โดยลงทะเบียนด้วยอีเมลทางการของหน่วยงาน ถ้าบัญชีเดิมใช้อีเมลอื่น ต้องรอ 7 วัน ส่วนรหัสในหนังสือราชการใช้ได้ทันที",
                "Whoever looks after it now can take the account over by registering with the agency's own address. Where the account has another one, that waits for seven days; the code of the official letter works at once.",
            )) }
            p { a.button.primary data-part="take-over" href=(lang.path("/register")) { (lang.say("ลงทะเบียนรับช่วงบัญชี", "Register and take over")) } }
        }
    }
}

/// What stands in the place of the record where the link shows none: why, and the way on.
fn spent(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        section #spent hidden {
            h2 tabindex="-1" data-slot="why" { (lang.say("ลิงก์ไม่สมบูรณ์", "This link is not whole")) }
            p data-slot="what" { (lang.say(
                "เปิดลิงก์จากอีเมลอีกครั้งโดยคัดลอกให้ครบทั้งบรรทัด หรือเข้าสู่ระบบแล้วกดยังถูกต้อง",
                "Open it from the mail again, the whole line, or sign in and press Still right.",
            )) }
            p { a.button.primary href=(lang.path("/office/personnel")) { (lang.say("เข้าสู่ระบบเพื่อตรวจและยืนยัน", "Sign in and confirm there")) } }
            ul {
                li { a href=(lang.path("/reset")) { (lang.say("ลืมรหัสผ่าน ตั้งใหม่ทางอีเมล", "Forgot the password: set a new one by e-mail")) } }
                li { a href=(lang.path("/register")) { (lang.say("ผู้ดูแลคนเดิมย้ายไปแล้ว: ลงทะเบียนรับช่วงบัญชี", "The officer before has left: register and take over")) } }
                li { (call_the_province(lang)) }
            }
            p { (lang.say("สอบถามผู้ดูแลระบบ", "Ask us")) }
            (help_ways(context))
        }
    }
}

fn ask_vacant(lang: Lang) -> Markup {
    let words = html! {
        p { (lang.say(
            "หน่วยงานของท่านไม่มีผู้ดำรงตำแหน่งปลัดแล้ว ใช่หรือไม่ ชื่อเดิมจะย้ายไปอยู่ในประวัติ และระบบจะรับเป็นคำตอบของรอบนี้",
            "Does nobody hold the post of chief clerk any more? The name goes into the history, and this is your answer in this round.",
        )) }
        p { (lang.say(
            "ถ้ามีผู้รักษาราชการแทน ให้กดยกเลิก แล้วกดแก้ไขเพื่อบันทึกชื่อ",
            "If somebody is acting, cancel this and press Change it to record the name.",
        )) }
    };
    let title = lang.say("บันทึกว่าตำแหน่งว่าง", "Record that the post is vacant");
    parts::dialog(lang, "ask-vacant", title, &words, lang.say("ใช่ ตำแหน่งว่าง", "Yes, it is vacant"))
}

fn ask_release(lang: Lang) -> Markup {
    let words = html! {
        p { (lang.say(
            "ท่านไม่ได้ดูแลข้อมูลของหน่วยงานนี้แล้ว ใช่หรือไม่ อีเมลเตือนจะไม่ส่งมาที่นี่อีก ถ้าไม่มีอีเมลอื่นของหน่วยงานให้ส่ง เจ้าหน้าที่จังหวัดจะเห็นหน่วยงานนี้ในรายชื่อที่ต้องโทรติดตาม ข้อมูลปลัดไม่เปลี่ยน",
            "Do you no longer look after this agency's record? Reminders no longer come here. Where the agency has no other address, the province office sees it among those to call. The record stays as it is.",
        )) }
    };
    let title = lang.say("ไม่ใช่ของฉันแล้ว", "Not mine any more");
    parts::dialog(lang, "ask-not-mine", title, &words, lang.say("ใช่ ไม่ใช่ของฉันแล้ว", "Yes, not mine any more"))
}
