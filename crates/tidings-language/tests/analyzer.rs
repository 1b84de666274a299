//! What must hold whatever the weights of the model are; and that its layers are read in the right order.

use std::path::Path;
use std::sync::LazyLock;

use tidings_language::{Analyzer, Relation, Role, Sentence, Upos};
use tidings_text::Span;

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::new().expect("the embedded model loads"));

const REPORT: &str = "The harbour master met the fishermen in Ålesund on Tuesday. She said the old pier would not be \
    reopened before June, according to “Norske Havner”. Two ferries were damaged; nobody was hurt. Why? \
    Strikes followed.";

fn split(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}

fn report() -> Vec<Sentence> {
    let spans = tidings_text::sentences(REPORT, Span::new(0, REPORT.len()));
    ANALYZER.analyze(REPORT, &spans).expect("a report can be analysed")
}

/// All numbers in bounds, one root, no cycle, names in order.
fn assert_sound(sentence: &Sentence) {
    let count = sentence.words.len();
    let roots: Vec<usize> = (0..count).filter(|w| sentence.words[*w].head.is_none()).collect();
    assert_eq!(roots.len(), usize::from(count > 0), "one root");
    for (number, word) in sentence.words.iter().enumerate() {
        assert!(word.head.is_none_or(|h| h < count && h != number));
        assert_eq!(word.head.is_none(), word.relation == Relation::Root);
        assert!(roots.iter().all(|root| sentence.is_within(number, *root)), "no cycle");
        assert!(word.factuality.is_finite());
    }
    assert!(sentence.names.iter().all(|n| n.words.start < n.words.end && n.words.end <= count));
    assert!(sentence.names.windows(2).all(|n| n[0].words.end <= n[1].words.start), "names in order");
    assert!(sentence.predicates.windows(2).all(|p| p[0].word < p[1].word), "predicates in order");
    for argument in sentence.predicates.iter().flat_map(|p| &p.arguments) {
        assert!(argument.word < count && (0.0..=1.0).contains(&argument.score));
    }
    for attribution in &sentence.attributions {
        let ranges = attribution.source.iter().chain(&attribution.content).chain([&attribution.cue]);
        assert!(ranges.into_iter().all(|r| r.start < r.end && r.end <= count));
    }
}

#[test]
fn spans_point_to_the_words() {
    let sentences = report();
    for sentence in &sentences {
        assert_sound(sentence);
        for word in &sentence.words {
            assert_eq!(word.span.of(REPORT), word.form);
            assert!(sentence.span.contains(word.span));
        }
    }
    assert!(sentences.len() >= 4);
}

#[test]
fn layers_are_read_in_their_order() {
    let sentence = &report()[0];
    let at = |form: &str| sentence.words.iter().position(|w| w.form == form).expect("a word of the sentence");
    let (met, master, fishermen) = (at("met"), at("master"), at("fishermen"));
    assert_eq!(sentence.root(), Some(met));
    assert_eq!((sentence.words[met].upos, sentence.words[met].lemma.as_str()), (Upos::Verb, "meet"));
    assert_eq!(sentence.words[met].feature("Tense"), Some("Past"));
    assert_eq!((sentence.words[master].head, sentence.words[master].relation), (Some(met), Relation::Nsubj));
    assert_eq!(sentence.child(met, Relation::Obj), Some(fishermen));
    let arguments = &sentence.predicate(met).expect("to meet is a predicate").arguments;
    let role = |word: usize| arguments.iter().find(|a| a.word == word).map(|a| a.role);
    assert_eq!(
        (role(master), role(fishermen), role(at("Tuesday"))),
        (Some(Role::Arg0), Some(Role::Arg1), Some(Role::Tmp))
    );
    assert!(sentence.words[met].factuality > 1.0);
    assert!(sentence.name_at(at("Ålesund")).is_some());
}

#[test]
fn odd_input_is_analysed() {
    let endless = "!".repeat(3_000);
    let odd =
        ["", " ", "\u{0}\u{7}", "\u{301}", "x", "👍🏽", "谢谢", &endless, "a\u{a0}b", "\u{feff}", "\t\r\n"];
    let documents: Vec<Vec<String>> =
        odd.iter().map(|w| vec![(*w).to_owned()]).chain([vec![], odd.map(str::to_owned).to_vec()]).collect();
    let sentences = ANALYZER.analyze_words(&documents).expect("odd words can be analysed");
    assert_eq!(sentences.len(), documents.len());
    for (sentence, words) in sentences.iter().zip(&documents) {
        assert_eq!(
            sentence.words.iter().map(|w| &w.form).collect::<Vec<_>>(),
            words.iter().collect::<Vec<_>>()
        );
        assert_sound(sentence);
    }
    assert!(ANALYZER.analyze_words(&[]).expect("nothing").is_empty());
    assert!(ANALYZER.analyze("", &[]).expect("nothing").is_empty());
    let out_of_bounds = ANALYZER.analyze("a", &[Span::new(0, 0), Span::new(5, 9)]).expect("no text there");
    assert!(out_of_bounds.len() == 2 && out_of_bounds.iter().all(|s| s.words.is_empty()));
}

#[test]
fn every_word_of_a_very_long_sentence_is_kept() {
    let line = split(
        "and the harbour master of Ålesund , who met the fishermen in June , said that two ferries left",
    );
    for count in [150, 500, 10_000] {
        let words: Vec<String> = line.iter().cycle().take(count).cloned().collect();
        let sentences =
            ANALYZER.analyze_words(std::slice::from_ref(&words)).expect("a long sentence can be analysed");
        assert_eq!(
            sentences[0].words.iter().map(|w| &w.form).collect::<Vec<_>>(),
            words.iter().collect::<Vec<_>>()
        );
        assert!(sentences[0].words.windows(2).all(|w| w[0].span.end + 1 == w[1].span.start));
        assert!(sentences[0].predicates.len() > count / 40);
        assert!(sentences[0].names.len() > count / 40);
        if count < 1_000 {
            assert_sound(&sentences[0]);
        }
    }
}

#[test]
fn threads_do_not_change_the_result() {
    let alone = format!("{:?}", report());
    let together: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| format!("{:?}", report()))).collect();
        threads.into_iter().map(|t| t.join().expect("no panic")).collect()
    });
    assert!(together.iter().all(|t| *t == alone));
}

#[test]
fn given_predicates_are_taken_as_they_are() {
    let words = [split("Strikes followed the decision ."), split("Nobody came .")];
    let sentences = ANALYZER.analyze_words_with_predicates(&words, &[vec![0, 3], vec![]]).expect("sound");
    assert_eq!(sentences[0].predicates.iter().map(|p| p.word).collect::<Vec<_>>(), [0, 3]);
    assert!(sentences[1].predicates.is_empty());
}

#[test]
fn wrong_predicates_are_refused() {
    let words = [split("Strikes followed .")];
    let message = |predicates: &[Vec<usize>]| {
        ANALYZER.analyze_words_with_predicates(&words, predicates).expect_err("wrong").to_string()
    };
    assert!(message(&[vec![3]]).contains("sentence 0 has 3 words, none is number 3"));
    assert!(message(&[]).contains("0 lists for 1 sentences"));
}

#[test]
fn the_model_of_a_folder_is_checked() {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/en");
    let same = Analyzer::from_dir(&models).expect("the model of the repository is whole");
    assert_eq!(same.description(), ANALYZER.description());
    let folder = tempfile::tempdir().expect("a folder");
    let message = || Analyzer::from_dir(folder.path()).err().expect("not a whole model").to_string();
    assert!(message().contains("model.safetensors") && message().contains("hint:"), "{}", message());
    for file in ["model.toml", "labels.json", "vocab.txt", "acts.safetensors"] {
        std::fs::copy(models.join(file), folder.path().join(file)).expect("copied");
    }
    std::fs::write(folder.path().join("model.safetensors"), b"changed").expect("written");
    assert!(message().contains("SHA-256"), "{}", message());
    std::fs::copy(models.join("model.safetensors"), folder.path().join("model.safetensors")).expect("copied");
    std::fs::write(folder.path().join("lemma_exceptions.tsv"), "is\tAUX\tbe\nwas\n").expect("written");
    assert!(message().contains("lemma_exceptions.tsv:2"), "{}", message());
}

#[test]
fn the_analyzer_can_be_shared() {
    fn shared<T: Send + Sync>() {}
    shared::<Analyzer>();
}
