//! Throwaway.
use std::io::Read;
fn main() {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).unwrap();
    let analyzer = tidings_language::Analyzer::new().unwrap();
    let spans = tidings_text::sentences(&text, tidings_text::Span::new(0, text.len()));
    for s in analyzer.analyze(&text, &spans).unwrap() {
        for (i, w) in s.words.iter().enumerate() {
            println!("{i} {} {} {} {} {:?} {}", w.form, w.lemma, w.upos, w.features, w.head, w.relation);
        }
        println!("{:?}", s.names);
    }
}
