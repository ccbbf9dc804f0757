//! Why no photo was made, in words for whoever chose the file: what it is, and the way out.

use std::fmt;

use palad_domain::say::{Say, say};

/// Why no photo was made of an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// It is no picture at all.
    NotAnImage,
    /// It is a picture of another format than JPEG and PNG.
    OtherFormat,
    /// It is the format in which an iPhone keeps photos.
    Heic,
    /// It is a PDF.
    Pdf,
    /// It is HTML, SVG or XML.
    WebPage,
    /// Its end is missing.
    Truncated,
    /// It has more pixels than are decoded.
    TooManyPixels,
    /// It has more bytes than are looked at.
    TooLarge,
    /// It has too few pixels for a portrait.
    TooSmall,
    /// Its colours are for print. Without its profile they would be guessed, and a face with them.
    Cmyk,
    /// It has more than one frame.
    Animated,
    /// It looks like a JPEG or PNG, and cannot be decoded.
    Broken,
}

impl Refusal {
    /// Every refusal there is.
    pub const ALL: [Self; 12] = [
        Self::NotAnImage,
        Self::OtherFormat,
        Self::Heic,
        Self::Pdf,
        Self::WebPage,
        Self::Truncated,
        Self::TooManyPixels,
        Self::TooLarge,
        Self::TooSmall,
        Self::Cmyk,
        Self::Animated,
        Self::Broken,
    ];

    /// The word that stands for it where it is stored and logged.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotAnImage => "not-an-image",
            Self::OtherFormat => "other-format",
            Self::Heic => "heic",
            Self::Pdf => "pdf",
            Self::WebPage => "web-page",
            Self::Truncated => "truncated",
            Self::TooManyPixels => "too-many-pixels",
            Self::TooLarge => "too-large",
            Self::TooSmall => "too-small",
            Self::Cmyk => "cmyk",
            Self::Animated => "animated",
            Self::Broken => "broken",
        }
    }

    /// The refusal with this code.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|refusal| refusal.code() == code)
    }

    /// What to tell whoever chose the file.
    #[must_use]
    pub fn say(self) -> Say {
        match self {
            Self::NotAnImage => say(
                "ไฟล์นี้ไม่ใช่รูปภาพ กรุณาเลือกรูปถ่ายที่เป็นไฟล์ JPEG หรือ PNG",
                "This file is not a picture. Choose a photo that is a JPEG or PNG file.",
            ),
            Self::OtherFormat => say(
                "ระบบรับเฉพาะไฟล์ JPEG หรือ PNG กรุณาบันทึกรูปเป็น JPEG หรือจับภาพหน้าจอของรูปแล้วเลือกใหม่",
                "Only JPEG and PNG files are taken. Save the picture as JPEG, or take a screenshot of it and choose that.",
            ),
            Self::Heic => say(
                "ไฟล์นี้เป็นรูปแบบ HEIC ของ iPhone ซึ่งระบบเปิดไม่ได้ กรุณาตั้งค่าโทรศัพท์ที่ การตั้งค่า > กล้อง > รูปแบบ > \
                 “เข้ากันได้มากที่สุด” แล้วถ่ายใหม่ หรือจับภาพหน้าจอของรูปแล้วเลือกภาพนั้น",
                "This is a HEIC file from an iPhone, which cannot be opened here. Set Settings > Camera > Formats to \
                 “Most compatible” and take the photo again, or take a screenshot of it and choose that.",
            ),
            Self::Pdf => say(
                "ไฟล์นี้เป็นเอกสาร PDF กรุณาเลือกรูปถ่ายที่เป็นไฟล์ JPEG หรือ PNG หรือจับภาพหน้าจอของรูปในเอกสาร",
                "This file is a PDF document. Choose a photo that is a JPEG or PNG file, or take a screenshot of the one in the document.",
            ),
            Self::WebPage => say(
                "ไฟล์นี้เป็นหน้าเว็บหรือภาพเส้น (HTML, SVG) กรุณาเลือกรูปถ่ายที่เป็นไฟล์ JPEG หรือ PNG",
                "This file is a web page or a drawing (HTML, SVG). Choose a photo that is a JPEG or PNG file.",
            ),
            Self::Truncated => say(
                "ไฟล์รูปมาไม่ครบ กรุณาส่งใหม่อีกครั้ง หากยังไม่ได้ กรุณาเลือกรูปอื่น",
                "The end of the picture is missing. Send it again; if that does not help, choose another.",
            ),
            Self::TooManyPixels => say(
                "รูปมีความละเอียดสูงเกินไป (รับได้ไม่เกิน 16 ล้านพิกเซล) กรุณาย่อรูปหรือจับภาพหน้าจอของรูปแล้วเลือกใหม่",
                "The picture has too many pixels (at most 16 million are taken). Make it smaller, or take a screenshot of it and choose that.",
            ),
            Self::TooLarge => say(
                "ไฟล์รูปใหญ่เกิน 8 MB กรุณาย่อรูปหรือจับภาพหน้าจอของรูปแล้วเลือกใหม่",
                "The file is larger than 8 MB. Make the picture smaller, or take a screenshot of it and choose that.",
            ),
            Self::TooSmall => say(
                "รูปเล็กเกินไป กรุณาเลือกรูปที่กว้างอย่างน้อย 150 พิกเซล และสูงอย่างน้อย 200 พิกเซล",
                "The picture is too small. Choose one at least 150 pixels wide and 200 pixels high.",
            ),
            Self::Cmyk => say(
                "รูปนี้ใช้สีสำหรับงานพิมพ์ (CMYK) สีบนหน้าจอจะเพี้ยน กรุณาบันทึกใหม่เป็นสี RGB หรือจับภาพหน้าจอของรูปแล้วเลือกใหม่",
                "The colours of this picture are for print (CMYK) and would look wrong on a screen. Save it in RGB, or take a screenshot of it and choose that.",
            ),
            Self::Animated => {
                say("รูปนี้เป็นภาพเคลื่อนไหว กรุณาเลือกรูปถ่ายที่เป็นภาพนิ่ง", "This picture moves. Choose a still photo.")
            }
            Self::Broken => say(
                "เปิดรูปนี้ไม่ได้ ไฟล์อาจเสียหาย กรุณาบันทึกใหม่เป็น JPEG หรือจับภาพหน้าจอของรูปแล้วเลือกใหม่",
                "This picture cannot be opened; the file may be damaged. Save it again as JPEG, or take a screenshot of it and choose that.",
            ),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl std::error::Error for Refusal {}
