//! Who published the report.

use crate::parts::outlet_of_credit;
use crate::{Part, PartKind};

/// The outlet that the page names in its credit line or in the tail of its headline, else the host of its address.
///
/// The agency of a dateline is not the outlet: papers print what agencies write.
pub(crate) fn outlet(text: &str, parts: &[Part], url: Option<&str>) -> Option<String> {
    let credits = parts.iter().filter(|p| p.kind == PartKind::AgencyCredit).map(|p| p.span.of(text));
    let named = credits.rev().find_map(outlet_of_credit).or_else(|| headline_tail(text, parts));
    named.map(str::to_owned).or_else(|| host(url?))
}

/// "… | Delta Post" behind the headline.
fn headline_tail<'t>(text: &'t str, parts: &[Part]) -> Option<&'t str> {
    let pair = parts.iter().zip(parts.iter().skip(1)).find(|(first, _)| first.kind == PartKind::Headline)?;
    let (headline, tail) = pair;
    let same_line =
        text.get(headline.span.end..tail.span.start).is_some_and(|gap| !gap.contains(['\n', '\r']));
    let bar = tail.span.of(text).strip_prefix('|')?;
    (same_line && tail.kind == PartKind::AgencyCredit).then(|| bar.trim())
}

/// "deltapost.example" of "https://www.deltapost.example/2026/03/03/talks".
fn host(url: &str) -> Option<String> {
    let (_, rest) = url.trim().split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?.to_ascii_lowercase();
    let name = host.strip_prefix("www.").unwrap_or(&host);
    (name.contains('.') && !name.contains(char::is_whitespace)).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find_parts;

    fn outlet_of(text: &str, url: Option<&str>) -> Option<String> {
        outlet(text, &find_parts(text, None), url)
    }

    #[test]
    fn the_credit_line_names_the_outlet() {
        let report =
            "Norway thanks Iceland\n\nNorway thanked Iceland on Monday for sending back the boats.\n\n";
        for credit in [
            "Delta Post and agencies",
            "© 2026 Delta Post",
            "Copyright 2026 Delta Post. All rights reserved.",
        ] {
            assert_eq!(
                outlet_of(&format!("{report}{credit}\n"), None).as_deref(),
                Some("Delta Post"),
                "{credit}"
            );
        }
    }

    #[test]
    fn an_agency_is_not_the_outlet() {
        let text =
            "OSLO (Reuters) - Norway thanked Iceland on Monday for sending back the boats.\n\n(Reuters)\n";
        assert_eq!(outlet_of(text, None), None);
    }

    #[test]
    fn the_host_of_the_address_is_the_last_resort() {
        let text = "Norway thanked Iceland.";
        let url = Some("https://www.deltapost.example:443/2026/03/03/talks?x=1");
        assert_eq!(outlet_of(text, url).as_deref(), Some("deltapost.example"));
        assert_eq!(outlet_of(text, Some("no address")), None);
    }

    #[test]
    fn the_tail_of_the_headline_names_it() {
        let text = "Norway thanks Iceland | Delta Post\n\nNorway thanked Iceland on Monday for the boats.";
        assert_eq!(outlet_of(text, None).as_deref(), Some("Delta Post"));
    }
}
