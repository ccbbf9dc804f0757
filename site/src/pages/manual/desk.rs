//! What officers of every office do in the same way: sign in, decide registrations, help an account, look after
//! colleagues, and come back in when the phone is gone.

use palad_domain::say::say;

use super::chapters::Chapter;

pub(super) fn first_time() -> Chapter {
    Chapter {
        id: "first-time",
        title: say("เข้าใช้ครั้งแรก", "The first time"),
        steps: vec![
            say(
                "เปิดลิงก์ในอีเมลคำเชิญภายใน 7 วัน แล้วกด [เปิดคำเชิญ] เตรียมโทรศัพท์ที่มีแอปยืนยันตัวตนไว้",
                "Open the link of the invitation within seven days and press [Open the invitation]. Have a phone with an authenticator app at hand.",
            ),
            say(
                "กรอกชื่อ ตั้งวลีรหัสผ่านอย่างน้อย 15 ตัวอักษร สแกนคิวอาร์โค้ดด้วยแอป กรอกรหัส 6 หลักที่แอปแสดง แล้วกด [รับคำเชิญ]",
                "Give your name, set a passphrase of 15 characters or more, scan the QR code with the app, enter its 6 digits and press [Accept the invitation].",
            ),
            say(
                "กด [พิมพ์] หรือ [คัดลอก] รหัสสำรอง 10 รหัส เก็บไว้คนละที่กับโทรศัพท์ แสดงครั้งนี้ครั้งเดียว แล้วกด [ไปเข้าสู่ระบบ]",
                "Press [Print] or [Copy] for the ten recovery codes and keep them apart from the phone: they are shown this once. Then press [Go and sign in].",
            ),
        ],
    }
}

pub(super) fn signing_in() -> Chapter {
    Chapter {
        id: "sign-in",
        title: say("เข้าและออกจากระบบ", "Signing in and out"),
        steps: vec![
            say(
                "กด [สำหรับเจ้าหน้าที่] ที่ท้ายหน้าใดก็ได้ กรอกอีเมลและวลีรหัสผ่าน กด [ต่อไป] กรอกรหัสจากแอป แล้วกด [เข้าสู่ระบบ]",
                "Press [For staff] at the foot of any page, give your address and passphrase, press [Continue], enter the code of the app and press [Sign in].",
            ),
            say(
                "ไม่ได้ใช้ 15 นาที หรือครบ 4 ชั่วโมง ระบบจะให้เข้าใหม่ ใช้เครื่องร่วมกับผู้อื่นให้กด [ออกจากระบบ] ทุกครั้ง",
                "After 15 minutes without use, or 4 hours in all, you sign in again. On a shared computer always press [Sign out].",
            ),
            say(
                "สงสัยว่ามีผู้อื่นใช้บัญชีของท่าน กด [ออกจากระบบทุกเครื่อง] ในหน้า [คำขอลงทะเบียน]",
                "If somebody else may be using your account, press [Sign out everywhere] on the page [Registrations].",
            ),
        ],
    }
}

pub(super) fn registrations() -> Chapter {
    Chapter {
        id: "claims",
        title: say("คำขอลงทะเบียน", "Registrations"),
        steps: vec![
            say(
                "เปิด [คำขอลงทะเบียน] แต่ละคำขอบอกหน่วยงาน อีเมลผู้ขอ และหมายเลขโทรกลับตามบัญชีรายชื่อ",
                "Open [Registrations]. Each request shows the agency, the person's address and the number to call back, from the official list.",
            ),
            say(
                "โทรกลับหมายเลขนั้นและถามว่าผู้ขอเป็นคนของหน่วยงานจริง อย่าใช้หมายเลขที่ผู้ขอให้มา",
                "Call that number and ask whether the person is theirs. Never use a number that the person gave you.",
            ),
            say(
                "ใช่: กด [อนุมัติ] ถ้ายังไม่มีบัญชีจะใช้ได้ทันที ถ้าบัญชีเป็นของอีเมลอื่น เจ้าของเดิมมีเวลาคัดค้าน 7 วัน",
                "If so, press [Approve]. Without an account before, it opens at once; where another address has the account, its owner has seven days to object.",
            ),
            say(
                "ไม่ใช่: กด [ไม่อนุมัติ] แล้วเลือกเหตุผล ผู้ขอได้รับข้อความนั้นทางอีเมล",
                "If not, press [Refuse] and choose the reason. The person is told these words by e-mail.",
            ),
            say(
                "คำขอที่มีผู้คัดค้าน: ฟังทั้งสองฝ่ายก่อน เมื่ออนุมัติ บัญชีเปลี่ยนเจ้าของทันที คำขอจากอีเมลของท่านเองต้องให้เพื่อนร่วมงานพิจารณา",
                "Where the owner has objected, hear both first: when you approve, the account changes hands at once. A request from your own address is for a colleague to decide.",
            ),
        ],
    }
}

pub(super) fn accounts() -> Chapter {
    Chapter {
        id: "accounts",
        title: say("ช่วยเหลือบัญชีของหน่วยงาน", "Helping an agency's account"),
        steps: vec![
            say(
                "เปิด [บัญชีของหน่วยงาน] กรองด้วย [ยังไม่มีบัญชี] [ใช้งานอยู่] หรือ [ระงับ] แล้วกดชื่อหน่วยงาน",
                "Open [Accounts of agencies], filter by [No account], [Active] or [Suspended], and press the name of an agency.",
            ),
            say(
                "หน่วยงานลืมรหัสผ่าน: โทรกลับก่อน แล้วกด [ส่งลิงก์ตั้งรหัสผ่าน] ลิงก์ไปที่อีเมลของบัญชี ท่านไม่เห็นรหัสผ่าน",
                "The agency has forgotten its password: call back first, then press [Send a reset link]. It goes to the account's address; you see no password.",
            ),
            say(
                "บัญชีถูกใช้ผิดหรืออยู่กับคนผิด: กด [ระงับบัญชี] แล้วเลือกเหตุผล ทุกเครื่องออกจากระบบทันที เรียบร้อยแล้วกด [ยกเลิกการระงับ]",
                "The account is misused or in the wrong hands: press [Suspend] and choose the reason; every device is signed out at once. When it is settled press [Lift the suspension].",
            ),
            say(
                "ด้านล่างคือประวัติว่าใครแก้อะไรเมื่อไร ท่านไม่แก้ข้อมูลปลัดแทนหน่วยงาน",
                "Below stands who changed what, and when. You do not edit the record in the agency's place.",
            ),
        ],
    }
}

pub(super) fn recovery() -> Chapter {
    Chapter {
        id: "recovery",
        title: say("เข้าระบบไม่ได้", "When you cannot sign in"),
        steps: vec![
            say(
                "โทรศัพท์หายหรือไม่อยู่: หลังกรอกวลีรหัสผ่าน กด [ไม่มีโทรศัพท์: ใช้รหัสสำรอง] แล้วกรอกหนึ่งรหัส แต่ละรหัสใช้ได้ครั้งเดียว และมีอีเมลแจ้งท่านว่าเหลือกี่รหัส",
                "The phone is lost or elsewhere: after the passphrase press [No phone at hand: use a recovery code] and enter one. Each works once, and a mail tells you how many are left.",
            ),
            say(
                "เปลี่ยนโทรศัพท์ ลืมวลีรหัสผ่าน หรือรหัสสำรองหมด: ขอคำเชิญใหม่จากเจ้าหน้าที่จังหวัดหรือสำนักงาน ก.ถ. รับคำเชิญแล้ววลีรหัสผ่าน แอป และรหัสสำรองเป็นชุดใหม่ทั้งหมด",
                "A new phone, a forgotten passphrase, or no code left: ask your province or the central office for a new invitation. Accepting it sets up passphrase, app and recovery codes anew.",
            ),
            say(
                "ได้อีเมลว่ามีการใช้รหัสสำรองโดยที่ท่านไม่ได้ใช้: ให้เพื่อนร่วมงานกด [ระงับ] บัญชีของท่านในหน้า [เจ้าหน้าที่] ทันที",
                "A mail says that a recovery code was used, and it was not you: have a colleague press [Suspend] at your name on the page [Officers] at once.",
            ),
        ],
    }
}
