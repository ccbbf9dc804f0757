//! The one table of what can be wrong with a call: its name, its status and its words.
//!
//! A slug is a promise to clients, like a route. The words say what to do next, not what broke.

/// One kind of problem.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// The last part of the problem's `type`.
    pub(crate) slug: &'static str,
    /// The HTTP status.
    pub(crate) status: u16,
    /// A short Thai title.
    pub(crate) title: &'static str,
    /// What to do, in Thai.
    pub(crate) th: &'static str,
    /// What to do, in English.
    pub(crate) en: &'static str,
}

macro_rules! table {
    ($($name:ident $slug:literal $status:literal $title:literal $th:literal $en:literal)*) => {
        $(pub(crate) static $name: Row = Row { slug: $slug, status: $status, title: $title, th: $th, en: $en };)*
        /// Every row, for the tests and the API's description.
        #[cfg(test)]
        pub(crate) static ALL: &[&Row] = &[$(&$name),*];
    };
}

table! {
    MALFORMED "malformed" 400 "คำขอไม่สมบูรณ์"
        "เซิร์ฟเวอร์อ่านคำขอนี้ไม่ได้ กรุณาโหลดหน้าใหม่แล้วลองอีกครั้ง"
        "The server cannot read this request. Reload the page and try again."
    NOT_JSON "not-json" 400 "ข้อมูลไม่ใช่ JSON"
        "เนื้อความของคำขอต้องเป็น JSON ที่เข้ารหัส UTF-8 กรุณาแก้ไขแล้วส่งใหม่"
        "The body must be JSON in UTF-8. Correct it and send it again."
    KEY_MISSING "idempotency-key-missing" 400 "ไม่มี Idempotency-Key"
        "ต้องส่งส่วนหัว Idempotency-Key ที่ไม่ซ้ำกับคำขออื่น เป็นอักขระ ASCII 1 ถึง 64 ตัวโดยไม่มีช่องว่าง"
        "Send an Idempotency-Key header of 1 to 64 visible ASCII characters, a new one for each new request."
    PRECONDITION_MALFORMED "precondition-malformed" 400 "If-Match ไม่ถูกต้อง"
        "ส่วนหัว If-Match ต้องเป็น ETag ของข้อมูลที่อ่านมา เช่น \"7\" กรุณาอ่านข้อมูลใหม่แล้วส่ง ETag นั้นมา"
        "If-Match must be the ETag of the record as you read it, such as \"7\". Read the record again and send its ETag."
    NOT_SIGNED_IN "not-signed-in" 401 "ยังไม่ได้เข้าสู่ระบบ"
        "กรุณาเข้าสู่ระบบก่อน หากเคยเข้าแล้วแสดงว่าหมดเวลา ให้เข้าสู่ระบบอีกครั้ง"
        "Sign in first. If you had signed in, your session has ended: sign in again."
    WRONG_PASSWORD "wrong-password" 401 "เข้าสู่ระบบไม่สำเร็จ"
        "รหัสผ่านไม่ตรงกับหน่วยงานที่เลือก กรุณาตรวจสอบหน่วยงานและรหัสผ่าน หรือตั้งรหัสผ่านใหม่ทางอีเมล"
        "The password does not match the chosen agency. Check the agency and the password, or set a new password by e-mail."
    WRONG_SIGN_IN "wrong-sign-in" 401 "เข้าสู่ระบบไม่สำเร็จ"
        "อีเมล วลีรหัสผ่าน หรือรหัสไม่ถูกต้อง รหัสจากแอปแต่ละรหัสใช้ได้ครั้งเดียว กรุณารอรหัสถัดไปแล้วลองใหม่ หรือเริ่มเข้าสู่ระบบใหม่"
        "The address, the passphrase or the code is not right. Each code of the app works once: wait for the next one and try again, or start again."
    FORBIDDEN "forbidden" 403 "ไม่มีสิทธิ์"
        "บัญชีนี้ไม่มีสิทธิ์ทำรายการนี้ กรุณาเข้าสู่ระบบด้วยบัญชีของหน่วยงานที่เป็นเจ้าของข้อมูล"
        "This account may not do this. Sign in with the account of the agency that owns the record."
    SIGN_IN_AGAIN "sign-in-again" 403 "ต้องเข้าสู่ระบบอีกครั้ง"
        "เพื่อความปลอดภัย รายการนี้ต้องทำภายใน 10 นาทีหลังกรอกรหัสผ่าน กรุณาเข้าสู่ระบบอีกครั้งแล้วทำรายการใหม่"
        "To be safe, this must be done within 10 minutes of giving the password. Sign in again, then do it once more."
    ACCOUNT_SUSPENDED "account-suspended" 403 "บัญชีถูกระงับ"
        "บัญชีของหน่วยงานนี้ถูกระงับการใช้งาน กรุณาติดต่อสำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดเพื่อขอเปิดใช้งาน"
        "This agency's account is suspended. Call the province office, which can open it again."
    OWN_CLAIM "own-claim" 403 "ตัดสินคำขอของตนเองไม่ได้"
        "คำขอนี้ใช้อีเมลของท่านหรือส่งจากเบราว์เซอร์นี้ ต้องให้เจ้าหน้าที่คนอื่นเป็นผู้พิจารณา"
        "This claim has your own address or was made in this browser. Another officer has to decide it."
    NOT_OUR_ORIGIN "not-our-origin" 403 "คำขอมาจากที่อื่น"
        "คำขอนี้ต้องส่งจากเว็บไซต์ของระบบเท่านั้น กรุณาเปิดเว็บไซต์แล้วทำรายการจากที่นั่น"
        "This call must come from the site itself. Open the site and do it there."
    NOT_FOUND "not-found" 404 "ไม่พบข้อมูล"
        "ไม่พบสิ่งที่ขอ อาจถูกลบไปแล้วหรือที่อยู่ไม่ถูกต้อง กรุณาค้นหาจากหน้าแรก"
        "There is nothing here. It may have been deleted, or the address is wrong: search again from the first page."
    ALREADY_RECORDED "already-recorded" 409 "มีข้อมูลอยู่แล้ว"
        "หน่วยงานนี้มีข้อมูลปัจจุบันอยู่แล้ว กรุณาเปิดข้อมูลนั้นแล้วแก้ไขแทนการเพิ่มใหม่"
        "This agency already has a current record. Open that record and edit it instead."
    OVERTAKEN "overtaken" 409 "มีผู้ดำเนินการไปแล้ว"
        "คำขอนี้มีผู้พิจารณาหรือเปลี่ยนสถานะไปแล้ว กรุณาโหลดรายการใหม่"
        "Somebody decided this claim, or it went on, while you looked at it. Load the list again."
    TOO_EARLY "too-early" 409 "ยังไม่ถึงเวลา"
        "ยังไม่ถึงเวลาที่ทำรายการนี้ได้ กรุณารอแล้วเปิดลิงก์เดิมอีกครั้ง"
        "This cannot be done yet. Wait, then open the same link again."
    CHANGED_LATELY "email-changed-lately" 409 "เพิ่งเปลี่ยนอีเมลไป"
        "เพิ่งเปลี่ยนอีเมลของบัญชีไป และยังยกเลิกได้ภายใน 7 วัน จึงยังเปลี่ยนอีกไม่ได้ หากเปลี่ยนผิด ให้เปิดลิงก์ยกเลิกในอีเมลเดิม"
        "The address was changed lately and can still be undone for 7 days; until then it cannot be changed again. If it was a mistake, use the link in the mail to the old address."
    SUSPENDED "suspended" 409 "บัญชีถูกระงับอยู่"
        "บัญชีนี้ถูกระงับอยู่ จึงตั้งรหัสผ่านใหม่ไม่ได้ ให้ยกเลิกการระงับก่อนแล้วลองใหม่"
        "The account is suspended, so that no new password can be set. Lift the suspension first."
    ROUND_STATE "round-state" 409 "สถานะของรอบไม่ตรงกัน"
        "ทำรายการนี้กับรอบในสถานะนี้ไม่ได้ กรุณาโหลดรอบใหม่แล้วตรวจสอบ"
        "This cannot be done to a round in this state. Load the round again and look how far it is."
    NOT_ARRIVED "not-arrived" 409 "ไฟล์ยังมาไม่ถึง"
        "ไฟล์ยังส่งมาไม่ถึง กรุณารอให้ส่งเสร็จแล้วลองอีกครั้ง หากสัญญาณขาด ให้เลือกไฟล์แล้วส่งใหม่"
        "The file has not arrived yet. Wait until it is sent and try again; if the line broke, choose it again."
    UNDER_WAY "under-way" 409 "กำลังดำเนินการ"
        "กำลังดำเนินการตามคำขอเดียวกันนี้อยู่ กรุณารอสักครู่แล้วส่งคำขอเดิมอีกครั้ง"
        "The same request is being carried out. Wait a moment, then send it again with the same key."
    GONE "gone" 410 "ใช้ไม่ได้แล้ว"
        "รายการนี้หมดอายุหรือถูกใช้ไปแล้ว กรุณาเริ่มใหม่"
        "This has expired or was used already. Start again."
    STALE "stale" 412 "ข้อมูลถูกแก้ไขไปแล้ว"
        "มีผู้อื่นแก้ไขข้อมูลนี้หลังจากที่ท่านเปิด กรุณาโหลดข้อมูลล่าสุด ตรวจสอบ แล้วบันทึกอีกครั้ง"
        "Somebody changed this record after you opened it. Load the latest version, check it, and save again."
    TOO_LARGE "too-large" 413 "ข้อมูลใหญ่เกินไป"
        "เนื้อความของคำขอต้องไม่เกิน 64 กิโลไบต์ กรุณาลดขนาดแล้วส่งใหม่"
        "The body may have at most 64 KiB. Make it smaller and send it again."
    NOT_JSON_TYPE "not-json-type" 415 "ชนิดของข้อมูลไม่ถูกต้อง"
        "ต้องส่งข้อมูลเป็น JSON พร้อมส่วนหัว content-type: application/json"
        "Send JSON, with the header content-type: application/json."
    INVALID "invalid" 422 "ข้อมูลไม่ถูกต้อง"
        "กรุณาแก้ไขช่องที่ระบุแล้วส่งใหม่"
        "Correct the fields that are named and send again."
    KEY_REUSED "key-reused" 422 "Idempotency-Key ซ้ำ"
        "Idempotency-Key นี้เคยใช้กับคำขออื่นแล้ว กรุณาใช้ค่าใหม่สำหรับคำขอใหม่"
        "This Idempotency-Key was used for a different request. Use a new key for a new request."
    PRECONDITION_MISSING "precondition-missing" 428 "ไม่มี If-Match"
        "การแก้ไขต้องส่งส่วนหัว If-Match เป็น ETag ของข้อมูลที่อ่านมา กรุณาอ่านข้อมูลก่อนแล้วส่งใหม่"
        "A change needs an If-Match header with the ETag of the record. Read the record first, then send again."
    TOO_MANY_TRIES "too-many-tries" 429 "ลองหลายครั้งเกินไป"
        "ลองหลายครั้งเกินไป กรุณารอสักครู่แล้วลองใหม่"
        "Too many tries. Wait and try again."
    INTERNAL "internal" 500 "ระบบขัดข้อง"
        "ระบบขัดข้องและยังทำรายการไม่สำเร็จ กรุณาลองอีกครั้ง หากยังพบปัญหาให้แจ้งผู้ดูแลพร้อมรหัสคำขอ (request_id)"
        "Something failed on our side. Try again; if it keeps failing, tell the office the request_id."
    UNAVAILABLE "unavailable" 503 "ระบบไม่ว่างชั่วคราว"
        "ระบบไม่ว่างชั่วคราว กรุณารอสักครู่แล้วลองอีกครั้ง"
        "The system is busy for the moment. Wait a little and try again."
}
