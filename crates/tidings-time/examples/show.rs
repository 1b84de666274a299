//! Throwaway.
use std::io::Read;
fn main() {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).unwrap();
    let reference = std::env::args().nth(1).and_then(|d| d.parse().ok());
    let analyzer = tidings_language::Analyzer::new().unwrap();
    let spans: Vec<_> = text
        .split_inclusive("\n")
        .scan(0usize, |at, l| {
            let s = *at;
            *at += l.len();
            Some(tidings_text::Span::new(s, s + l.trim_end().len()))
        })
        .flat_map(|s| tidings_text::sentences(&text, s))
        .collect();
    let sentences = analyzer.analyze(&text, &spans).unwrap();
    let start = std::time::Instant::now();
    let found = tidings_time::timexes(&text, &sentences, reference);
    let taken = start.elapsed();
    for t in &found {
        println!(
            "{:>3} {:28} {:?} {} {} [{}] {}",
            t.sentence,
            t.span.of(&text).replace('\n', " "),
            t.kind,
            t.value,
            t.interval().unwrap_or("-".into()),
            t.precision.as_str(),
            t.basis
        );
    }
    println!("{} sentences, {:?}", sentences.len(), taken);
    if reference.is_none() {
        println!("{:?}", tidings_time::publication::infer(&text, &sentences, &[]));
    }
}
