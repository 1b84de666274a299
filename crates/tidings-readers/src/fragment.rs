//! A piece of HTML, as feeds carry it, to text: paragraphs apart, no marks.

use html5gum::{Token, Tokenizer};

/// Elements that begin a paragraph.
const BLOCKS: [&str; 18] = [
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "table",
    "tr",
    "figure",
    "section",
    "article",
];
/// Elements whose words are not read.
const SILENT: [&str; 5] = ["script", "style", "iframe", "noscript", "svg"];

/// The words of `html`; text without any marks stays as it is.
pub(crate) fn text(html: &str) -> String {
    let mut paragraphs = vec![String::new()];
    let mut silent: Option<Vec<u8>> = None;
    for Ok(token) in Tokenizer::new(html) {
        match token {
            Token::StartTag(tag) if silent.is_none() => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                if SILENT.contains(&name.as_str()) && !tag.self_closing {
                    silent = Some(tag.name.to_vec());
                } else if BLOCKS.contains(&name.as_str()) {
                    paragraphs.push(String::new());
                }
            }
            Token::EndTag(tag) => {
                if silent.as_deref() == Some(&tag.name[..]) {
                    silent = None;
                } else if BLOCKS.contains(&String::from_utf8_lossy(&tag.name).as_ref()) {
                    paragraphs.push(String::new());
                }
            }
            Token::String(words) if silent.is_none() => {
                if let Some(paragraph) = paragraphs.last_mut() {
                    paragraph.push_str(&String::from_utf8_lossy(&words));
                }
            }
            _ => {}
        }
    }
    let lines = paragraphs.iter().map(|p| p.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_come_apart_and_marks_go() {
        let html = "<p>Norway <b>thanked</b>\n Iceland&nbsp;&amp; Peru.</p><script>var a = '<p>';</script><p>The boats<br>are back.";
        assert_eq!(text(html), "Norway thanked Iceland & Peru.\n\nThe boats\n\nare back.");
        assert_eq!(text("Norway thanked Iceland."), "Norway thanked Iceland.");
        assert_eq!(text("2 < 3 and <"), "2 < 3 and <");
        assert_eq!(text(""), "");
    }
}
