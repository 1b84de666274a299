//! The dependency tree of a sentence, drawn with lines.

use anstyle::Style;
use tidings::language::Sentence;

use super::layout::visible;
use crate::terminal::Paint;

/// Deeper words are drawn at this depth: a chain of a thousand words would not fit any screen.
const DEEPEST: usize = 24;

/// One line a word: branch, relation, word, part of speech, and how sure the act is where it is one.
pub fn draw(sentence: &Sentence, paint: Paint) -> String {
    let children = children(sentence);
    let mut out = String::new();
    // (word, whether each ancestor has more children to come); not recursive, trees of bad input are deep.
    let mut stack: Vec<(usize, Vec<bool>)> =
        sentence.root().map(|root| (root, Vec::new())).into_iter().collect();
    while let Some((word, more)) = stack.pop() {
        out.push_str("  ");
        out.push_str(&paint.apply(Style::new().dimmed(), &branch(&more)));
        out.push_str(&label(sentence, word, paint));
        out.push('\n');
        for (number, child) in children[word].iter().rev().enumerate() {
            let mut path = more.clone();
            path.push(number > 0);
            path.truncate(DEEPEST);
            stack.push((*child, path));
        }
    }
    out
}

fn children(sentence: &Sentence) -> Vec<Vec<usize>> {
    let mut children = vec![Vec::new(); sentence.words.len()];
    for (number, word) in sentence.words.iter().enumerate() {
        if let Some(list) = word.head.and_then(|head| children.get_mut(head)) {
            list.push(number);
        }
    }
    children
}

fn branch(more: &[bool]) -> String {
    let Some((last, above)) = more.split_last() else { return String::new() };
    let above: String = above.iter().map(|more| if *more { "│  " } else { "   " }).collect();
    format!("{above}{}", if *last { "├─ " } else { "└─ " })
}

fn label(sentence: &Sentence, word: usize, paint: Paint) -> String {
    let it = &sentence.words[word];
    let dim = Style::new().dimmed();
    let factuality =
        sentence.predicate(word).map(|_| format!(" factuality {:+.1}", it.factuality)).unwrap_or_default();
    let lemma = if it.lemma == it.form { String::new() } else { format!(" ({})", visible(&it.lemma)) };
    format!(
        "{} {}{} {}{}",
        paint.apply(dim, it.relation.as_str()),
        paint.apply(Style::new().bold(), &visible(&it.form)),
        paint.apply(dim, &lemma),
        it.upos,
        paint.apply(dim, &factuality)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use tidings::language::{Relation, Upos, Word};

    fn word(form: &str, head: Option<usize>, relation: Relation) -> Word {
        Word {
            span: tidings::text::Span::new(0, 0),
            form: form.to_owned(),
            lemma: form.to_owned(),
            upos: Upos::X,
            features: "".into(),
            head,
            relation,
            factuality: 0.0,
        }
    }

    #[test]
    fn branches_show_who_governs_whom() {
        let words = vec![
            word("the", Some(1), Relation::Det),
            word("army", Some(2), Relation::Nsubj),
            word("left", None, Relation::Root),
            word("town", Some(2), Relation::Obj),
        ];
        let tree = draw(&Sentence { words, ..Sentence::default() }, Paint::PLAIN);
        assert_eq!(tree, "  root left X\n  ├─ nsubj army X\n  │  └─ det the X\n  └─ obj town X\n");
    }

    #[test]
    fn a_chain_of_thousands_of_words_is_drawn_within_bounds() {
        let words = (0..5000usize).map(|n| word("w", n.checked_sub(1), Relation::Dep)).collect();
        let tree = draw(&Sentence { words, ..Sentence::default() }, Paint::PLAIN);
        assert_eq!(tree.lines().count(), 5000);
        assert!(tree.lines().all(|l| l.chars().count() < 120));
    }
}
