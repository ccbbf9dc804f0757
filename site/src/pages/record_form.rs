//! The form of the record: somebody holds the post, somebody acts, or it is vacant and no name is asked.

use maud::{Markup, html};
use palad_domain::say::say;

use crate::frame::{Context, Page};
use crate::parts::{self, Field, choice, day, select};
use crate::{Lang, rules};

pub(super) fn page() -> Page {
    Page {
        path: "/office/personnel/edit",
        title: say("ข้อมูลปลัด", "The clerk's record"),
        module: "record-form",
        listed: false,
        main,
    }
}

fn main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        p.where {
            a href=(lang.path("/office")) { (lang.say("หน่วยงานของท่าน", "Your agency")) } " › "
            a href=(lang.path("/office/personnel")) { (lang.say("บุคลากร", "Personnel")) }
        }
        div.narrow {
            p.lead data-part="agency" lang=[lang.thai_data()] {}
            (parts::needs_script(lang))
            (parts::waiting(lang))
            form #record method="post" novalidate data-awaits {
                div #draft.notice hidden {
                    p { (lang.say("นำข้อมูลที่กรอกค้างไว้กลับมาแล้ว ยังไม่ได้บันทึก", "What you had typed is back. It is not saved yet.")) }
                    button.link type="button" { (lang.say("ทิ้ง แล้วเริ่มใหม่", "Drop it and start afresh")) }
                }
                (parts::error_summary(lang))
                (conflict(lang))
                (choice(lang, ("state", "/post/state"), &say("ตำแหน่งปลัดในขณะนี้", "The clerk's post now"), &[
                    ("held", lang.say("มีผู้ดำรงตำแหน่ง", "Somebody holds the post"), ""),
                    ("acting", lang.say("รักษาราชการแทน", "Somebody is acting"), lang.say("ตำแหน่งว่าง มีผู้อื่นทำหน้าที่แทน", "The post is vacant and another officer acts")),
                    ("vacant", lang.say("ตำแหน่งว่าง (ไม่มีผู้ดำรงตำแหน่ง)", "Vacant (nobody holds the post)"), lang.say("ไม่ต้องกรอกชื่อ", "No name is asked")),
                ]))
                (person(context))
                (changed(lang))
                div #time {
                    (day(lang, ("since", "/post/since"), &html! {
                        span data-heading="held" { (lang.say("ดำรงตำแหน่งตั้งแต่วันที่", "In post since")) }
                        span data-heading="acting" hidden { (lang.say("รักษาราชการแทนตั้งแต่วันที่", "Acting since")) }
                        span data-heading="vacant" hidden { (lang.say("ตำแหน่งว่างตั้งแต่วันที่", "Vacant since")) }
                    }))
                }
                div #why hidden {
                    (reason(lang, ("reason", "/post/reason"), true))
                }
                div.waiting role="status" {
                    p #saving hidden { (lang.say("กำลังบันทึก…", "Saving…")) }
                    p #line-down hidden { (lang.say("จะบันทึกให้เองเมื่อเชื่อมต่อได้อีกครั้ง", "It will be saved by itself when the line is back.")) }
                }
                div.actions {
                    (parts::submit(lang.say("บันทึก", "Save")))
                    a href=(lang.path("/office/personnel")) { (lang.say("ยกเลิก", "Cancel")) }
                }
            }
        }
    }
}

fn person(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        fieldset.part #person {
            legend { h2 { span data-heading="held" { (lang.say("ผู้ดำรงตำแหน่ง", "The holder")) } span data-heading="acting" hidden { (lang.say("ผู้รักษาราชการแทน", "The person acting")) } } }
            (Field::text("prefix", "/post/person/prefix", say("คำนำหน้า", "Prefix"))
                .hint(say("เช่น นาย นาง นางสาว หรือยศ", "For example นาย, นาง, นางสาว, or a rank"))
                .usual(rules::COMMON_PREFIXES).max(rules::PREFIX_MAX).thai().class("short").html(lang))
            div.pair {
                (Field::text("first_name", "/post/person/first_name", say("ชื่อ", "First name")).max(rules::NAME_MAX).thai().html(lang))
                (Field::text("last_name", "/post/person/last_name", say("นามสกุล", "Last name")).max(rules::NAME_MAX).thai().html(lang))
            }
            (Field::text("position", "/post/person/position", say("ตำแหน่ง", "Position"))
                .usual(rules::POSITIONS).max(rules::POSITION_MAX).thai().html(lang))
            (Field::text("level", "/post/person/level", say("ระดับ", "Level"))
                .usual(rules::LEVELS).max(rules::LEVEL_MAX).thai().html(lang))
            (Field::text("affiliation", "/post/person/affiliation", say("สังกัด", "Affiliation"))
                .max(rules::AFFILIATION_MAX).thai().html(lang))
            (Field::text("phone", "/post/person/phone", say("เบอร์โทรศัพท์", "Telephone"))
                .hint(say(
                    "ของสำนักงาน เปิดเผยต่อสาธารณะ เช่น 0 5453 4119 ต่อ 203 หลายหมายเลขคั่นด้วยจุลภาค",
                    "The office's, shown to everyone: 0 5453 4119 ต่อ 203. Put commas between several.",
                ))
                .telephone().max(rules::PHONE_MAX).thai().html(lang))
            (Field::text("mobile", "/post/person/mobile", say("โทรศัพท์มือถือ", "Mobile"))
                .hint(say("ใช้ติดต่อภายใน ไม่เปิดเผยต่อสาธารณะ", "For the offices only, never shown to the public"))
                .telephone().max(rules::PHONE_MAX).optional().class("short").html(lang))
            @if context.config.photos { (parts::photo(lang)) }
        }
    }
}

/// Asked when another name, or none, stands where a person stood: a slip of the pen or a new person?
fn changed(lang: Lang) -> Markup {
    html! {
        div #changed.inset hidden {
            (choice(lang, ("change", ""), &say("ท่านกำลังแก้ไขเรื่องใด", "What are you changing?"), &[
                ("person", lang.say("เปลี่ยนคน", "Another person"), lang.say("คนเดิมพ้นจากหน้าที่แล้ว ระบบจะเก็บเป็นประวัติ", "The one before has left; the history keeps the name")),
                ("slip", lang.say("แก้คำผิด", "A mistake in the record"), lang.say("คนเดิม เพียงแต่บันทึกไว้ไม่ถูกต้อง", "The same person, wrongly recorded")),
            ]))
            div #replaces hidden {
                p { (lang.say("คนเดิม: ", "Before: ")) span data-part="before" lang=[lang.thai_data()] {} }
                (reason(lang, ("replaces-reason", "/replaces/reason"), false))
                (day(lang, ("until", "/replaces/until"), &html! { (lang.say("วันสุดท้ายที่ดำรงตำแหน่ง", "Last day in post")) }))
            }
        }
    }
}

fn reason(lang: Lang, field: (&'static str, &'static str), optional: bool) -> Markup {
    let mut options = vec![(String::new(), lang.say("เลือกเหตุ", "Choose a reason").to_owned())];
    options.extend(rules::reasons(lang, !optional));
    let label = match optional {
        true => say("เหตุที่ตำแหน่งว่าง", "Why the post is vacant"),
        false => say("เหตุที่พ้นจากหน้าที่", "Why the one before left"),
    };
    select(lang, field, &label, None, optional, &options)
}

/// When somebody saved meanwhile: what stands there now, beside what was typed.
fn conflict(lang: Lang) -> Markup {
    html! {
        section #conflict.notice.warning tabindex="-1" hidden {
            h2 { (lang.say("มีผู้บันทึกข้อมูลนี้ก่อนท่าน", "Somebody saved this record before you")) }
            p { (lang.say("ข้อมูลที่มีอยู่ในระบบขณะนี้:", "What is recorded now:")) }
            p { strong data-slot="title" lang=[lang.thai_data()] {} br; span data-slot="note" {} }
            p { (lang.say(
                "ที่ท่านกรอกยังอยู่ครบด้านล่าง ตรวจดูแล้วกด บันทึก อีกครั้งเพื่อใช้ของท่าน หรือ",
                "What you typed is all still below. Look it over and press Save again to use yours, or",
            )) }
            button.secondary type="button" data-part="theirs" { (lang.say("ใช้ข้อมูลที่มีอยู่", "Use what is recorded")) }
        }
    }
}
