//! What a browser is called, for its owner to know it again in a list: `Chrome, Windows`.
//!
//! What browsers say of themselves is long, is read here only, and is not kept: of it remain two words out of
//! a list of ours, so that nothing that a caller writes is ever stored or shown.

/// How browsers say who they are. Most claim to be others as well, so the first that is found counts.
const BROWSERS: [(&str, &str); 15] = [
    ("Line/", "LINE"),
    ("FBAN/", "Facebook"),
    ("FBAV/", "Facebook"),
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("HeadlessChrome/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

/// How systems are named. Android also says Linux, and an iPhone also says Mac.
const SYSTEMS: [(&str, &str); 8] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
    ("X11", "Unix"),
];

/// The browser and its system, as far as they are on the lists; empty where neither is.
pub(super) fn name(user_agent: &str) -> String {
    let known = |list: &[(&str, &'static str)]| {
        list.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    let parts: Vec<&str> = known(&BROWSERS).into_iter().chain(known(&SYSTEMS)).collect();
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn the_common_ones_are_told_apart() {
        for (says, called) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
                "Chrome, Windows",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
                "Edge, Windows",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15",
                "Safari, Mac",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1",
                "Safari, iPhone",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0 Mobile/15E148 Safari/604.1",
                "Chrome, iPhone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/142.0 Mobile Safari/537.36 Line/15.1.0/IAB",
                "LINE, Android",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36",
                "Samsung Internet, Android",
            ),
            (
                "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
                "Firefox, Linux",
            ),
        ] {
            assert_eq!(name(says), called);
        }
    }

    #[test]
    fn nothing_that_a_caller_writes_is_kept() {
        for says in ["", "curl/8.9.1", "<script>alert(1)</script>", "สมชาย 0865862599"] {
            assert_eq!(name(says), "");
        }
        assert_eq!(name("<b>Firefox/1 of Somchai</b>"), "Firefox");
    }
}
