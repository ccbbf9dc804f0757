//! Pages of plain text: privacy, what the messages mean, and the page that is not there.

use maud::{Markup, html};
use palad_domain::say::say;

use crate::Lang;
use crate::frame::{Context, Page};

pub(super) fn privacy() -> Page {
    Page {
        path: "/privacy",
        title: say("ข้อมูลส่วนบุคคล", "Privacy"),
        module: "session",
        listed: true,
        main: privacy_main,
    }
}

pub(super) fn problems() -> Page {
    Page {
        path: "/problems",
        title: say("ข้อความแจ้งปัญหา", "Messages explained"),
        module: "session",
        listed: false,
        main: problems_main,
    }
}

pub(super) fn not_found() -> Page {
    Page {
        path: "/404.html",
        title: say("ไม่พบหน้านี้", "Page not found"),
        module: "not-found",
        listed: false,
        main: not_found_main,
    }
}

fn privacy_main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        div.narrow {
            p { (lang.say(
                "ระบบนี้เก็บข้อมูลของปลัดองค์กรปกครองส่วนท้องถิ่นเท่าที่จำเป็นต่อการติดต่อราชการ ตามพระราชบัญญัติคุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562",
                "This system keeps what official contact with chief clerks needs and no more, under the Personal Data Protection Act B.E. 2562 (2019).",
            )) }
            h2 { (lang.say("ที่เปิดเผยต่อสาธารณะ", "Shown to everyone")) }
            ul {
                li { (lang.say("คำนำหน้า ชื่อ นามสกุล ตำแหน่ง ระดับ สังกัด", "Prefix, name, position, level, affiliation")) }
                li { (lang.say("เบอร์โทรศัพท์ของสำนักงาน", "The office telephone")) }
                li { (lang.say(
                    "รูปภาพ เมื่อหน่วยงานส่งมา โดยไม่เก็บสถานที่ถ่ายและข้อมูลอื่นที่ติดมากับไฟล์",
                    "The photo, where the agency sent one; without the place and whatever else was in the file",
                )) }
                li { (lang.say("ตำแหน่งว่าง หรือมีผู้รักษาราชการแทน และวันที่ปรับปรุง", "Whether the post is vacant or somebody acts, and when it was updated")) }
            }
            h2 { (lang.say("ที่ใช้ภายในเท่านั้น", "For the offices only")) }
            ul {
                li { (lang.say("โทรศัพท์มือถือของปลัด", "The clerk's mobile number")) }
                li { (lang.say("อีเมลที่ลงทะเบียน และประวัติการแก้ไข", "The registered e-mail address, and the history of changes")) }
                li { (lang.say(
                    "ชนิดของเครื่องที่หน่วยงานใช้เข้าระบบ และเวลาที่ใช้ล่าสุด",
                    "What kinds of devices the agency signs in from, and when each was last used",
                )) }
                li { (lang.say(
                    "ชื่อ อีเมล และสังกัดของเจ้าหน้าที่จังหวัด อำเภอ และสำนักงาน ก.ถ. ที่ใช้ระบบ",
                    "Name, address and office of the staff of provinces, districts and the central office",
                )) }
            }
            h2 { (lang.say("ที่ไม่เก็บ", "Never kept")) }
            ul {
                li { (lang.say("เลขประจำตัวประชาชน วันเกิด ที่อยู่บ้าน", "ID numbers, birth dates, home addresses")) }
                li { (lang.say("รหัสผ่านในรูปที่อ่านได้ ไม่มีเจ้าหน้าที่คนใดเห็นรหัสผ่านของท่าน", "Passwords in readable form; no member of staff can see yours")) }
            }
            h2 { (lang.say("ในเครื่องของท่าน", "On your device")) }
            p { (lang.say(
                "ใช้คุกกี้สองตัวเพื่อให้เข้าสู่ระบบได้และจำอุปกรณ์ ไม่มีคุกกี้โฆษณาหรือติดตาม แบบฟอร์มที่กรอกค้างไว้เก็บในเครื่องไม่เกิน 7 วัน และลบเมื่อบันทึกหรือออกจากระบบ",
                "Two cookies: for the session and to know the device again. None for advertising or tracking. A half-filled form is kept on the device for up to 7 days, and removed when you save or sign out.",
            )) }
            h2 { (lang.say("สิทธิของเจ้าของข้อมูล", "Your rights")) }
            p { (lang.say(
                "ขอดู ขอแก้ไข หรือคัดค้านการเปิดเผยได้ที่หน่วยงานของท่าน หรือสำนักงาน ก.ถ. ตามช่องทางด้านล่าง",
                "You may ask to see or correct your data, or object to its being shown, at your agency or at the office named below.",
            )) }
        }
    }
}

fn problems_main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    let problems = [
        (
            "invalid",
            lang.say("มีช่องที่ต้องแก้ไข", "A field is to be mended"),
            lang.say(
                "ดูข้อความที่แต่ละช่อง แก้แล้วส่งใหม่ ที่กรอกไว้ไม่หาย",
                "See the message at each field, mend it and send again. Nothing typed is lost.",
            ),
        ),
        (
            "not-signed-in",
            lang.say("ต้องเข้าสู่ระบบ", "Signed out"),
            lang.say(
                "การเข้าสู่ระบบหมดเวลา เข้าใหม่แล้วทำต่อได้ ที่กรอกไว้ยังอยู่ในเครื่อง",
                "The session has ended. Sign in again and go on; what you typed is still on the device.",
            ),
        ),
        (
            "stale",
            lang.say("มีผู้บันทึกก่อนท่าน", "Somebody saved first"),
            lang.say(
                "ข้อมูลถูกแก้จากอีกหน้าต่างหรืออีกเครื่อง ดูข้อมูลล่าสุดแล้วบันทึกอีกครั้ง",
                "The record changed in another window or on another device. Look at it and save again.",
            ),
        ),
        (
            "too-many-tries",
            lang.say("ลองหลายครั้งเกินไป", "Too many tries"),
            lang.say(
                "รอตามเวลาที่แจ้ง แล้วลองใหม่ หรือตั้งรหัสผ่านใหม่ทางอีเมล",
                "Wait for the time shown and try again, or set a new password by e-mail.",
            ),
        ),
        (
            "sign-in-again",
            lang.say("ต้องเข้าสู่ระบบอีกครั้ง", "Sign in once more"),
            lang.say(
                "การเปลี่ยนอีเมลและการส่งมอบบัญชีต้องทำภายใน 10 นาทีหลังกรอกรหัสผ่าน เข้าสู่ระบบอีกครั้งแล้วทำต่อ",
                "Changing the address and handing over must be done within ten minutes of giving the password. Sign in again and go on.",
            ),
        ),
        (
            "account-suspended",
            lang.say("บัญชีถูกระงับ", "The account is suspended"),
            lang.say(
                "จังหวัดหรือสำนักงาน ก.ถ. ระงับบัญชีไว้ โทรหาสำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดเพื่อขอเปิดใช้อีกครั้ง",
                "The province or the central office suspended it. Call the province's local administration office to have it opened again.",
            ),
        ),
        (
            "code-expired",
            lang.say("รหัสหมดอายุ", "The code has expired"),
            lang.say("เริ่มลงทะเบียนหรือเข้าสู่ระบบใหม่เพื่อรับรหัสใหม่", "Register or sign in again for a new code."),
        ),
        (
            "unavailable",
            lang.say("ระบบขัดข้องชั่วคราว", "Out of order for a moment"),
            lang.say(
                "รอสักครู่แล้วลองใหม่ ถ้ายังไม่ได้ โทรแจ้งพร้อมรหัสอ้างอิงที่แสดง",
                "Wait and try again. If it stays, call us and give the reference shown.",
            ),
        ),
    ];
    html! {
        div.narrow {
            p { (lang.say(
                "เมื่อมีปัญหา ระบบจะบอกว่าต้องทำอะไรต่อ หน้านี้อธิบายข้อความที่พบบ่อย",
                "When something is in the way, the system says what to do. This page explains the usual messages.",
            )) }
            dl.problems {
                @for (slug, title, what) in problems {
                    dt id=(slug) { (title) }
                    dd { (what) }
                }
            }
        }
    }
}

fn not_found_main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        div.narrow {
            p { (lang.say(
                "ที่อยู่อาจพิมพ์ผิดหรือย้ายไปแล้ว เลขไทยในที่อยู่ใช้ได้เหมือนเลขอารบิก",
                "The address may be mistyped or out of date. Thai digits in an address work like any others.",
            )) }
            ul {
                li { a href=(lang.path("/")) { (lang.say("หน้าหลัก", "Home")) } }
                li { a href=(lang.path("/directory")) { (lang.say("ค้นหาปลัด อปท.", "Find a clerk")) } }
                li { a href=(lang.path("/manual")) { (lang.say("คู่มือ", "Manual")) } }
                @if lang == Lang::Thai {
                    // Whatever is not there is answered with this page, in Thai.
                    li { a href=(Lang::English.path("/")) lang="en" hreflang="en" { "There is no such page. Go to the home page in English" } }
                }
            }
        }
    }
}
