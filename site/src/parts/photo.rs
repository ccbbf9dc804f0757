//! The photo of a person: chosen, taken, dropped or pasted, then cropped to 3:4 by buttons, keys or dragging.

use maud::{Markup, html};

use crate::Lang;

/// The field; the name of the photo, once there is one, stands at `/post/person/photo`.
pub(crate) fn photo(lang: Lang) -> Markup {
    html! {
        fieldset.field.photo #photo-part {
            legend { (lang.say("รูปภาพ", "Photo")) }
            p.hint #photo-hint { (lang.say(
                "ภาพหน้าตรง ไฟล์ JPEG หรือ PNG ลากมาวางหรือวางจากคลิปบอร์ดได้ บันทึกข้อมูลก่อนแล้วค่อยเพิ่มรูปก็ได้",
                "A portrait from the front, JPEG or PNG. You may drop or paste it here, and save without it and add it later.",
            )) }
            p.error #photo-error role="alert" hidden {}
            input type="hidden" #photo data-pointer="/post/person/photo" data-optional;
            div.portrait data-part="now" hidden {}
            div.ways {
                (file(lang.say("เลือกรูป", "Choose a photo"), "photo-file", "image/jpeg,image/png", None))
                (file(lang.say("ถ่ายภาพ", "Take a photo"), "photo-camera", "image/*", Some("user")))
                button.link type="button" data-act="remove" hidden { (lang.say("เอารูปออก", "Remove the photo")) }
            }
            (crop(lang))
            p.hint data-part="photo-state" role="status" {}
        }
    }
}

fn file(words: &str, id: &str, accept: &str, capture: Option<&str>) -> Markup {
    html! {
        div.file {
            input.unseen type="file" id=(id) accept=(accept) capture=[capture] aria-describedby="photo-hint photo-error";
            label.button.secondary for=(id) { (words) }
        }
    }
}

fn crop(lang: Lang) -> Markup {
    let act = |name: &str, sign: &str, words: &str| {
        html! {
            button.secondary.sign type="button" data-act=(name) aria-label=(words) title=(words) { (sign) }
        }
    };
    html! {
        div.crop data-part="crop" hidden {
            div.stage data-part="stage" role="group" tabindex="0" aria-describedby="crop-hint"
                aria-label=(lang.say("กรอบรูป 3 ต่อ 4", "Frame of the photo, 3 to 4")) {
                canvas width="480" height="640" aria-hidden="true" {}
            }
            div.tools-of-crop {
                p.hint #crop-hint { (lang.say(
                    "จัดใบหน้าให้อยู่กลางกรอบ ลากรูป กดปุ่ม หรือใช้ลูกศร + − [ ]",
                    "Bring the face to the middle: drag, press the buttons, or use the arrows and + − [ ]",
                )) }
                div.signs role="group" aria-label=(lang.say("เลื่อน ย่อขยาย หมุน", "Move, zoom, turn")) {
                    (act("nearer", "+", lang.say("ขยาย", "Nearer")))
                    (act("up", "↑", lang.say("เลื่อนขึ้น", "Up")))
                    (act("farther", "−", lang.say("ย่อ", "Farther")))
                    (act("left", "←", lang.say("เลื่อนไปทางซ้าย", "Left")))
                    (act("again", "○", lang.say("กลับเป็นอย่างแรก", "As at first")))
                    (act("right", "→", lang.say("เลื่อนไปทางขวา", "Right")))
                    (act("turn-left", "↺", lang.say("หมุนซ้าย", "Turn left")))
                    (act("down", "↓", lang.say("เลื่อนลง", "Down")))
                    (act("turn-right", "↻", lang.say("หมุนขวา", "Turn right")))
                }
                div.actions {
                    button.primary type="button" data-act="use" { (lang.say("ใช้รูปนี้", "Use this photo")) }
                    button.link type="button" data-act="cancel" { (lang.say("ไม่ใช้", "Cancel")) }
                }
            }
        }
    }
}

/// Where a face is shown: the photo, or the first letters of the name.
pub(crate) fn face() -> Markup {
    html! { div.face aria-hidden="true" data-slot="initials" {} }
}

/// A picture of the manual, in its own size so that nothing jumps when it comes.
pub(crate) fn figure(address: &str, (width, height): (u32, u32), alt: &str) -> Markup {
    html! {
        figure { img src=(address) width=(width) height=(height) loading="lazy" decoding="async" alt=(alt); }
    }
}
