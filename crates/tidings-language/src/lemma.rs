//! Lemmas from edit scripts: `case|cut|add`, or `=lemma` for a whole replacement; mirrors `training/tidings_training/lemma.py`.

/// The lemma of `form` by `rule`.
pub(crate) fn apply(rule: &str, form: &str) -> String {
    if let Some(whole) = rule.strip_prefix('=') {
        return whole.to_owned();
    }
    let mut parts = rule.splitn(3, '|');
    let (case, cut, add) =
        (parts.next().unwrap_or("l"), parts.next().unwrap_or("0"), parts.next().unwrap_or(""));
    let base = if case == "k" { form.to_owned() } else { form.to_lowercase() };
    let (cut, length) = (cut.parse().unwrap_or(0), base.chars().count());
    if cut >= length && add.is_empty() {
        return base;
    }
    let mut lemma: String = base.chars().take(length.saturating_sub(cut)).collect();
    lemma.push_str(add);
    lemma
}

#[cfg(test)]
mod tests {
    use super::apply;

    #[test]
    fn scripts_cut_and_add() {
        assert_eq!(apply("l|3|y", "Parties"), "party");
        assert_eq!(apply("k|0|", "Norway"), "Norway");
        assert_eq!(apply("=go", "went"), "go");
        assert_eq!(apply("l|9|", "it"), "it");
        assert_eq!(apply("nonsense", "Été"), "été");
    }

    #[derive(serde::Deserialize)]
    struct Parity {
        /// Rule, form, lemma.
        lemmas: Vec<(String, String, String)>,
    }

    #[test]
    fn lemmas_are_those_of_the_training_code() {
        let parity: Parity =
            serde_json::from_str(include_str!("../tests/data/parity.json")).expect("made by fixture.py");
        for (rule, form, lemma) in &parity.lemmas {
            assert_eq!(&apply(rule, form), lemma, "{rule} of {form:?}");
        }
    }
}
