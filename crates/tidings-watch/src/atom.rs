//! The newest alerts as an Atom feed (RFC 4287).

use quick_xml::escape::escape;

use crate::alerts::Alert;

/// So many entries are kept.
pub(crate) const MOST: usize = 100;

/// The feed of these alerts, the newest first.
pub(crate) fn feed(name: &str, alerts: &[Alert]) -> String {
    let newest = alerts.iter().filter_map(|a| a.at).max().unwrap_or_default();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
         <id>urn:tidings:alerts:{name}</id>\n<title>Tidings: alerts</title>\n<updated>{newest}</updated>\n\
         <author><name>Tidings</name></author>\n",
        name = escape(name)
    );
    alerts.iter().for_each(|alert| out.push_str(&entry(alert)));
    out.push_str("</feed>\n");
    out
}

fn entry(alert: &Alert) -> String {
    let at = alert.at.unwrap_or_default();
    let link =
        alert.url.as_deref().map(|url| format!("<link rel=\"alternate\" href=\"{}\"/>\n", escape(url)));
    let words = alert.sentence.as_deref().unwrap_or(&alert.summary);
    format!(
        "<entry>\n<id>urn:tidings:alert:{}</id>\n<title>{}: {}</title>\n<updated>{at}</updated>\n{}<summary>{}</summary>\n</entry>\n",
        escape(&alert.id),
        escape(&alert.alert),
        escape(&alert.summary),
        link.unwrap_or_default(),
        escape(words)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_can_be_read_as_a_feed() {
        let alert = Alert {
            id: "0a1b".to_owned(),
            alert: "Boats & nets".to_owned(),
            at: "2026-03-03T10:00:00Z".parse().ok(),
            summary: "Norway → Iceland: COERCE (asserted)".to_owned(),
            sentence: Some("Norway seized <two> boats.".to_owned()),
            url: Some("https://deltapost.example/1?a=1&b=2".to_owned()),
            ..Alert::default()
        };
        let xml = feed("alerts.atom", &[alert]);
        let read = tidings_readers::feed(xml.as_bytes(), None).expect("a feed");
        let fields = &read.items[0].fields;
        assert_eq!(fields.id, "urn:tidings:alert:0a1b");
        assert_eq!(fields.title.as_deref(), Some("Boats & nets: Norway → Iceland: COERCE (asserted)"));
        assert_eq!(fields.url.as_deref(), Some("https://deltapost.example/1?a=1&b=2"));
        assert_eq!(fields.date.as_deref(), Some("2026-03-03"));
        assert!(tidings_readers::feed(feed("none", &[]).as_bytes(), None).expect("a feed").items.is_empty());
    }
}
