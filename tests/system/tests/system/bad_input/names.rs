//! What is no name, and no telephone number.

use palad_system_tests::held;
use serde_json::json;

use super::Scene;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_no_name_is_told_at_its_field() {
    let scene = Scene::start().await;
    let bad = [
        ("an emoji", "สมชาย😀"),
        ("HTML", "<b>สมชาย</b>"),
        ("a script", "<script>alert(1)</script>"),
        ("a formula", "=HYPERLINK(\"http://x.test\",\"สมชาย\")"),
        ("a formula with a plus", "+1+1"),
        ("a formula with an at", "@SUM(1)"),
        ("a bell", "สม\u{7}ชาย"),
        ("a null", "สม\u{0}ชาย"),
        ("an escape", "สม\u{1b}[31mชาย"),
        ("a right-to-left override", "สม\u{202e}ชาย"),
        ("a private character", "สม\u{e000}ชาย"),
        ("nothing but spaces", " \u{a0} "),
        ("nothing but what is not seen", "\u{200b}\u{200d}"),
    ];
    for field in ["prefix", "first_name", "last_name", "position", "level", "affiliation"] {
        for (what, text) in bad {
            let mut post = held("สมชาย", "ใจดี");
            post["person"][field] = json!(text);
            let refused = scene.edit_to(&post).await;
            refused.assert_problem(422, "invalid");
            assert_eq!(refused.pointers(), [format!("/post/person/{field}")], "{what}");
            for raw in ["<b>", "<script", "HYPERLINK"] {
                assert!(!refused.text.contains(raw), "{what} is not repeated: {}", refused.text);
            }
        }
    }
    for field in ["first_name", "last_name"] {
        for (what, text) in [
            ("a Latin look-alike", "สมชaย"),
            ("a Cyrillic look-alike", "สมชаย"),
            ("Latin letters", "Somchai"),
            ("digits", "สมชาย2"),
            ("a name that is too long", &"ก".repeat(61)),
        ] {
            let mut post = held("สมชาย", "ใจดี");
            post["person"][field] = json!(text);
            let refused = scene.edit_to(&post).await;
            refused.assert_problem(422, "invalid");
            assert_eq!(refused.pointers(), [format!("/post/person/{field}")], "{what}");
        }
    }
    for (field, text) in [
        ("phone", "12"),
        ("phone", "0-5453-4119 ต่อ"),
        ("phone", "=1+1"),
        ("phone", "0-5453-4119<br>"),
        ("phone", "โทรหาผม"),
        ("mobile", "0-5453-4119"),
        ("mobile", "086-586"),
    ] {
        let mut post = held("สมชาย", "ใจดี");
        post["person"][field] = json!(text);
        let refused = scene.edit_to(&post).await;
        refused.assert_problem(422, "invalid");
        assert_eq!(refused.pointers(), [format!("/post/person/{field}")], "{text}");
    }
    scene.end().await;
}
