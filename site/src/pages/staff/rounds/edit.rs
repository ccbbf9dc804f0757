//! A round is made or changed: its letter, its dates, who is asked, and which reminders go out.

use maud::{Markup, html};
use palad_domain::agency::AgencyKind;
use palad_domain::round::terms::STEP_DAYS_MAX;
use palad_domain::round::words::{LETTER_NUMBER_MAX, REASON_MAX, TEXT_MAX, TITLE_MAX};
use palad_domain::say::say;

use super::{back, menu, unknown};
use crate::Lang;
use crate::frame::{Context, Page};
use crate::parts::{self, Field, dialog, needed_day, select, template};
use crate::rules;

pub(super) fn page() -> Page {
    Page {
        path: "/staff/round/edit",
        title: say("ข้อมูลของรอบ", "A round's terms"),
        module: "staff-round-edit",
        listed: false,
        main,
    }
}

fn main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        (menu(context, "/staff/round/edit"))
        (parts::needs_script(lang))
        (parts::waiting(lang))
        form #edit.narrow method="post" novalidate hidden {
            (back(lang))
            (parts::error_summary(lang))
            p.notice #open-already hidden { (lang.say(
                "รอบนี้เปิดแล้ว แก้ได้เฉพาะชื่อ หนังสือ และการแจ้งเตือนที่ยังไม่ถึงกำหนด ถ้าจะเลื่อนกำหนด ใช้ปุ่ม เลื่อนกำหนด ในหน้าของรอบ",
                "This round is open. Its title, letter and coming reminders can be mended; the deadline is moved on the round's page.",
            )) }
            (Field::text("title", "/title", say("ชื่อรอบ", "Title"))
                .hint(say("เช่น สำรวจข้อมูลปลัด อปท. ประจำปี 2569", "Such as สำรวจข้อมูลปลัด อปท. ประจำปี 2569"))
                .thai().max(TITLE_MAX).html(lang))
            (letter(lang))
            (dates(lang))
            (scope(lang))
            (steps(lang))
            div.actions {
                (parts::submit(lang.say("บันทึก", "Save")))
                a data-part="back" href=(lang.path("/staff/rounds")) { (lang.say("ยกเลิก", "Cancel")) }
            }
        }
        (unknown(lang))
        (templates(lang))
        (parts::row())
        (exception(lang))
    }
}

fn letter(lang: Lang) -> Markup {
    html! {
        section {
            h2 { (lang.say("หนังสือถึงหน่วยงาน", "The letter")) }
            p.hint { (lang.say("ยังไม่มีเลขหนังสือก็บันทึกร่างไว้ก่อนได้ แต่ต้องกรอกก่อนเปิดรอบ", "A draft may wait for it; it must be there before the round is opened.")) }
            (Field::text("number", "/letter/number", say("เลขที่หนังสือ", "Number"))
                .hint(say("เช่น มท ๐๘๐๙.๔/ว ๑๒๓ พิมพ์เลขไทยหรือเลขอารบิกก็ได้", "Such as มท 0809.4/ว 123; Thai digits are welcome."))
                .thai().max(LETTER_NUMBER_MAX).optional().html(lang))
            (parts::day(lang, ("date", "/letter/date"), &html! { (lang.say("ลงวันที่", "Date")) }))
        }
    }
}

fn dates(lang: Lang) -> Markup {
    html! {
        section #dates {
            h2 { (lang.say("วันที่", "Dates")) }
            (needed_day(lang, ("opens", "/dates/opens"), &html! { (lang.say("เริ่มรับคำตอบ", "First day for answers")) }))
            (needed_day(lang, ("deadline", "/dates/deadline"), &html! { (lang.say("ครบกำหนด", "Deadline")) }))
            (needed_day(lang, ("closes", "/dates/closes"), &html! { (lang.say("วันสุดท้ายที่รับคำตอบ", "Last day for answers")) }))
            p.hint { (lang.say(
                "หลังครบกำหนดยังรับคำตอบจนถึงวันสุดท้าย และบันทึกว่าตอบหลังกำหนด",
                "After the deadline answers are still taken until the last day, and marked as late.",
            )) }
            label.tick #history-part {
                input type="checkbox" #history;
                span { (lang.say("เป็นรอบย้อนหลังที่จบไปแล้ว บันทึกไว้เป็นประวัติ", "A round of the past, entered for the record")) }
            }
        }
    }
}

fn scope(lang: Lang) -> Markup {
    let mut provinces =
        vec![(String::new(), lang.say("เลือกจังหวัดที่จะเพิ่ม", "Choose a province to add").to_owned())];
    provinces.extend(rules::provinces(lang));
    html! {
        section #scope {
            h2 { (lang.say("หน่วยงานที่ต้องตอบ", "Who is asked")) }
            fieldset.field.choice {
                legend { (lang.say("ประเภทหน่วยงาน", "Kinds")) }
                p.error id="kinds-error" hidden {}
                @for (at, (value, words)) in rules::kinds(lang).iter().enumerate() {
                    @let is_usual = value != AgencyKind::Bangkok.abbreviation();
                    label.radio {
                        input type="checkbox" id=[(at == 0).then_some("kinds")] name="kind" value=(value) checked[is_usual];
                        span { (words) }
                    }
                }
            }
            fieldset.field.choice {
                legend { (lang.say("จังหวัด", "Provinces")) }
                label.radio { input type="radio" name="where" value="all" checked; span { (lang.say("ทุกจังหวัด", "All provinces")) } }
                label.radio { input type="radio" name="where" value="some"; span { (lang.say("เฉพาะบางจังหวัด", "Some provinces")) } }
                div #some-provinces.inset hidden {
                    (select(lang, ("provinces", "/provinces"), &say("เพิ่มจังหวัด", "Add a province"), None, true, &provinces))
                    ul.rows #chosen-provinces {}
                }
            }
            h3 { (lang.say("ยกเว้นรายหน่วยงาน", "Excused by name")) }
            p #no-exceptions { (lang.say("ไม่มีหน่วยงานที่ยกเว้น", "No agency is excused.")) }
            ul.rows #exceptions {}
            p { button.secondary type="button" data-act="excuse" { (lang.say("ยกเว้นหน่วยงาน", "Excuse an agency")) } }
        }
    }
}

fn steps(lang: Lang) -> Markup {
    html! {
        section #steps {
            h2 { (lang.say("การแจ้งเตือนทางอีเมล", "Reminders by e-mail")) }
            p.hint { (lang.say(
                "ส่งถึงเฉพาะหน่วยงานที่ยังไม่ตอบ ถ้าตรงกับวันหยุดจะเลื่อนให้เอง ดูวันที่จริงได้ในหน้าตรวจก่อนเปิดรอบ",
                "Only to those that owe. Days off are avoided; the rehearsal shows the real days.",
            )) }
            ol.steps-edit {}
            p { button.secondary type="button" data-act="add-step" { (lang.say("เพิ่มการแจ้งเตือน", "Add a reminder")) } }
        }
    }
}

fn templates(lang: Lang) -> Markup {
    template(
        "step",
        &html! {
            li {
                div.when {
                    label { span { (lang.say("เมื่อ", "When")) } select data-part="when" autocomplete="off" {
                        option value="opening" { (lang.say("วันเปิดรอบ", "At the opening")) }
                        option value="before" { (lang.say("ก่อนครบกำหนด", "Before the deadline")) }
                        option value="after" { (lang.say("หลังครบกำหนด", "After the deadline")) }
                    } }
                    label data-part="days-part" { span { (lang.say("กี่วัน", "Days")) }
                        input data-part="days" inputmode="numeric" autocomplete="off" maxlength=(STEP_DAYS_MAX.to_string().len());
                    }
                    button.link type="button" data-act="remove" { (lang.say("ลบ", "Remove")) }
                }
                p.error data-part="days-error" hidden {}
                details {
                    summary { (lang.say("ข้อความเพิ่มเติมในอีเมล", "Words to add to the mail")) }
                    label { span.unseen { (lang.say("ข้อความเพิ่มเติมในอีเมล", "Words to add to the mail")) }
                        textarea data-part="text" rows="4" maxlength=(TEXT_MAX) lang=[lang.thai_data()] {} }
                    p.error data-part="text-error" hidden {}
                }
            }
        },
    )
}

fn exception(lang: Lang) -> Markup {
    let mut provinces = vec![(String::new(), lang.say("เลือกจังหวัด", "Choose a province").to_owned())];
    provinces.extend(rules::provinces(lang));
    let none = [(String::new(), lang.say("เลือกจังหวัดก่อน", "Choose a province first").to_owned())];
    dialog(
        lang,
        "ask-excuse",
        lang.say("ยกเว้นหน่วยงาน", "Excuse an agency"),
        &html! {
            (select(lang, ("province", ""), &say("จังหวัด", "Province"), None, false, &provinces))
            (select(lang, ("agency", "/agency"), &say("หน่วยงาน", "Agency"), None, false, &none))
            (Field::text("reason", "/reason", say("เหตุผล", "Reason"))
                .hint(say("เช่น อยู่ระหว่างยุบรวม หน่วยงานเห็นเหตุผลนี้", "Such as อยู่ระหว่างยุบรวม; the agency sees it."))
                .thai().max(REASON_MAX).html(lang))
        },
        lang.say("ยกเว้น", "Excuse"),
    )
}
