//! What a site lets robots read: robots.txt after RFC 9309.

use serde::{Deserialize, Serialize};

/// So much of a file is read (RFC 9309, 2.5: at least 500 KiB).
pub(crate) const LARGEST: usize = 512 << 10;
/// More rules than this are no rules.
const MOST_RULES: usize = 5_000;
/// The name by which sites may speak of us.
const TOKEN: &str = "tidings";

/// The rules that hold for us.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Robots {
    rules: Vec<Rule>,
    /// Seconds between two requests that the site asks for; no part of the RFC, but common.
    pub(crate) delay: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Rule {
    allow: bool,
    pattern: String,
}

impl Robots {
    /// Nothing is allowed: for sites whose rules cannot be read (RFC 9309, 2.3.1.4).
    pub(crate) fn nothing() -> Self {
        Self { rules: vec![Rule { allow: false, pattern: "/".to_owned() }], delay: None }
    }

    /// The rules of the groups that name us, else those of the groups for everybody.
    pub(crate) fn parse(text: &str) -> Self {
        let own = Self::of_groups(text, |agent| agent.eq_ignore_ascii_case(TOKEN));
        own.or_else(|| Self::of_groups(text, |agent| agent == "*")).unwrap_or_default()
    }

    /// The rules of all groups with an agent like that; none if there is no such group.
    fn of_groups(text: &str, is_ours: impl Fn(&str) -> bool) -> Option<Self> {
        let mut found: Option<Self> = None;
        let (mut ours, mut in_agents) = (false, false);
        for line in text.trim_start_matches('\u{FEFF}').split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                // "Tidings/1.0" speaks of us too.
                let name = value.split(['/', ' ']).next().unwrap_or_default();
                ours = is_ours(name) || in_agents && ours;
                in_agents = true;
                if ours {
                    found.get_or_insert_default();
                }
                continue;
            }
            if !matches!(key.as_str(), "allow" | "disallow" | "crawl-delay") {
                continue;
            }
            in_agents = false;
            if let Some(robots) = found.as_mut().filter(|_| ours) {
                robots.add(&key, value);
            }
        }
        found
    }

    fn add(&mut self, key: &str, value: &str) {
        if key == "crawl-delay" {
            self.delay =
                value.parse::<f64>().ok().filter(|s| *s >= 0.0).map(|s| s.min(3_600.0).ceil() as u64);
        } else if !value.is_empty() && self.rules.len() < MOST_RULES {
            self.rules.push(Rule { allow: key == "allow", pattern: normalised(value) });
        }
    }

    /// Whether a path (with its query) may be read: the longest pattern that fits decides, and of two equal ones the kinder.
    pub(crate) fn allows(&self, path: &str) -> bool {
        let path = normalised(path);
        let fitting = self.rules.iter().filter(|rule| fits(&rule.pattern, &path));
        fitting.max_by_key(|rule| (rule.pattern.len(), rule.allow)).is_none_or(|rule| rule.allow)
    }
}

/// Escapes in capitals, and letters beyond ASCII escaped, so that both sides are written alike.
fn normalised(path: &str) -> String {
    let mut out = String::new();
    let bytes = path.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let hex = bytes.get(at + 1..at + 3).filter(|h| *byte == b'%' && h.iter().all(u8::is_ascii_hexdigit));
        if let Some(hex) = hex {
            out.push('%');
            out.extend(hex.iter().map(|h| char::from(h.to_ascii_uppercase())));
            at += 3;
            continue;
        }
        if byte.is_ascii() {
            out.push(char::from(*byte))
        } else {
            out.push_str(&format!("%{byte:02X}"))
        }
        at += 1;
    }
    out
}

/// Whether a pattern fits the beginning of a path; `*` is any letters, `$` at its end the end. Walks back to the last star
/// only, so that no pattern costs more than its length times that of the path.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, anchored) = match pattern.strip_suffix('$') {
        Some(rest) => (rest.as_bytes(), true),
        None => (pattern.as_bytes(), false),
    };
    let path = path.as_bytes();
    let (mut p, mut s) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    loop {
        match (pattern.get(p), path.get(s)) {
            (None, _) if !anchored => return true,
            (None, None) => return true,
            (Some(b'*'), _) => {
                star = Some((p, s));
                p += 1;
            }
            (Some(a), Some(b)) if a == b => {
                p += 1;
                s += 1;
            }
            _ => {
                let Some((star_at, from)) = star.filter(|(_, from)| *from < path.len()) else { return false };
                star = Some((star_at, from + 1));
                p = star_at + 1;
                s = from + 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_group_goes_before_that_for_everybody() {
        let text = "User-agent: *\nDisallow: /\n\nUser-Agent: other\nUSER-AGENT: Tidings/2.0\nDisallow: /private\n\
                    Crawl-delay: 2.5\n";
        let robots = Robots::parse(text);
        assert!(robots.allows("/world/1") && !robots.allows("/private/1"));
        assert_eq!(robots.delay, Some(3));
        assert!(!Robots::parse("User-agent: *\nDisallow: /\n").allows("/world/1"));
        assert!(Robots::parse("User-agent: other\nDisallow: /\n").allows("/world/1"));
    }

    #[test]
    fn groups_of_one_name_are_one_group_and_groups_end_with_rules() {
        let text = "user-agent: tidings\ndisallow: /a\nuser-agent: x\ndisallow: /b\nuser-agent: tidings\ndisallow: /c";
        let robots = Robots::parse(text);
        assert_eq!(["/a", "/b", "/c"].map(|path| robots.allows(path)), [false, true, false]);
    }

    #[test]
    fn the_longest_pattern_decides() {
        let robots = Robots::parse(
            "User-agent: *\nDisallow: /news\nAllow: /news/public\nDisallow: /*.pdf$\nAllow: /same\nDisallow: /same",
        );
        for (path, allowed) in [
            ("/", true),
            ("/news/1", false),
            ("/news/public/1", true),
            ("/a/b.pdf", false),
            ("/a/b.pdf?x=1", true),
            ("/same", true),
        ] {
            assert_eq!(robots.allows(path), allowed, "{path}");
        }
    }

    #[test]
    fn escapes_are_compared_as_what_they_mean() {
        let robots = Robots::parse("User-agent: *\nDisallow: /tromsø\nDisallow: /a%2fb");
        assert!(!robots.allows("/troms%c3%b8/1") && !robots.allows("/a%2Fb") && robots.allows("/a/b"));
    }

    #[test]
    fn an_empty_file_and_an_empty_rule_allow_everything_and_none_that_can_be_read_nothing() {
        for text in ["", "User-agent: *\nDisallow:\n", "<html>not found</html>", "\u{FEFF}Sitemap: x"] {
            assert!(Robots::parse(text).allows("/world"), "{text}");
        }
        assert!(!Robots::nothing().allows("/world"));
        assert!(!Robots::parse("\u{FEFF}User-agent: *\rDisallow: / # all").allows("/world"));
    }

    #[test]
    fn patterns_with_many_stars_cost_no_more_than_their_length() {
        let pattern = format!("/{}b", "*a".repeat(200));
        let robots = Robots::parse(&format!("User-agent: *\nDisallow: {pattern}"));
        assert!(robots.allows(&format!("/{}", "a".repeat(20_000))));
    }
}
