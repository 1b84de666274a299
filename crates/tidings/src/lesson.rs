//! A correction as a rule or an actor of the user's own, with its sentence as the test.

use tidings_coding::records::{ActorRef, Event, Record};
use tidings_document::Document;
use tidings_language::{Sentence, Upos, Word};

use crate::check::Checked;
use crate::engine::{Engine, EngineError};

impl Engine {
    /// A rule, in the format of `docs/rules.md`, by which the words that tell an event tell one of another type (`NONE`:
    /// none at all). None if its trigger is no verb, noun or adjective.
    pub fn draft_rule(&self, event: &Event, event_type: &str) -> Result<Option<String>, EngineError> {
        let sentence = event.sentence.words.text.as_str();
        let Some(trigger) = event.trigger.first() else { return Ok(None) };
        let from = trigger.start.saturating_sub(event.sentence.words.start);
        let at = sentence.char_indices().nth(from).map_or(0, |(byte, _)| byte);
        let document = Document::of_body(sentence);
        let analysis = self.analyze(&document)?;
        let word = analysis.sentences.iter().find_map(|s| word_at(s, at));
        let Some((word, pos)) = word.and_then(|w| Some((w, part_of_speech(w)?))) else { return Ok(None) };
        let test = format!(
            "{} => {} {event_type} {}",
            sentence.replace("=>", "->"),
            side(&event.source, event),
            if event.reciprocal { "=".to_owned() } else { side(&event.target, event) },
        );
        let kind = if event.kind == "speech_act" { "kind = \"speech_act\"\n" } else { "" };
        let joint = if event.reciprocal { "reciprocal = true\n" } else { "" };
        Ok(Some(format!(
            "type = {}\n\n[[trigger]]\nlemmas = [{}]\npos = \"{pos}\"\nsource = \"ARG0\"\ntarget = \"ARG1\"\n{kind}{joint}test = [{}]\n",
            quoted(event_type),
            quoted(&word.lemma),
            quoted(&test),
        )))
    }

    /// An actor, in the format of `docs/actors.md`, with the sentence in which it must be found.
    pub fn draft_actor(name: &str, country: Option<&str>, sectors: &[String], sentence: &str) -> String {
        let country = country.map_or_else(String::new, |c| format!("country = {}\n", quoted(c)));
        let list = sectors.iter().map(|s| quoted(s)).collect::<Vec<_>>().join(", ");
        let sectors = if list.is_empty() { String::new() } else { format!("sectors = [{list}]\n") };
        format!("[[actor]]\nname = {}\n{country}{sectors}test = [{}]\n", quoted(name), quoted(sentence))
    }

    /// Codes the test sentences of the user's own actors: each must be found there.
    pub fn check_actors(&self) -> Result<Vec<Checked>, EngineError> {
        let mut checked = Vec::new();
        for test in self.knowledge().additions().tests() {
            let report = self.code(&Document::of_body(test.sentence))?;
            let mut found = Vec::new();
            let mut passed = false;
            for record in &report.records {
                let Record::Entity(entity) = record else { continue };
                let country = test.country.is_none_or(|c| entity.country.as_deref() == Some(c));
                passed |= entity.name == test.name && country;
                found.push(format!("{} ({})", entity.name, entity.country.as_deref().unwrap_or("-")));
            }
            checked.push(Checked {
                place: test.place.to_owned(),
                words: vec![test.name.to_owned()],
                sentence: test.sentence.to_owned(),
                expected: format!("{} ({})", test.name, test.country.unwrap_or("-")),
                found: found.join(", "),
                passed,
            });
        }
        Ok(checked)
    }
}

fn word_at(sentence: &Sentence, byte: usize) -> Option<&Word> {
    sentence.words.iter().find(|w| w.span.start <= byte && byte < w.span.end)
}

fn part_of_speech(word: &Word) -> Option<&'static str> {
    match word.upos {
        Upos::Verb | Upos::Aux => Some("verb"),
        Upos::Noun | Upos::Propn => Some("noun"),
        Upos::Adj => Some("adj"),
        _ => None,
    }
}

/// Actors as test sentences name them: by country. Anybody where one has none, or is not named in the sentence itself,
/// which the test has alone.
fn side(actors: &[ActorRef], event: &Event) -> String {
    if actors.is_empty() {
        return "-".to_owned();
    }
    let sentence = &event.sentence.words;
    let inside = |a: &ActorRef| a.start.is_some_and(|s| (sentence.start..sentence.end).contains(&s));
    let named: Option<Vec<&str>> =
        actors.iter().map(|a| a.country.as_deref().filter(|_| inside(a))).collect();
    named.map_or_else(|| "*".to_owned(), |codes| codes.join("+"))
}

/// A string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use tidings_actors::Additions;
    use tidings_ontology::Rules;

    use super::*;

    fn rules(toml: &str) -> Rules {
        Rules::read(&[("mine.toml".to_owned(), toml.as_bytes().to_vec())]).expect("sound").0
    }

    #[test]
    fn a_corrected_type_becomes_a_rule_that_passes_its_own_test() {
        let engine = Engine::new().expect("engine");
        let document =
            Document::of_body("“Norway” again: the Norwegian navy shadowed a Russian trawler on Monday.");
        let report = engine.code(&document).expect("coded");
        let event = report.events().next().expect("an event").clone();
        assert_ne!(event.plover.event, "THREATEN");
        let draft = engine.draft_rule(&event, "THREATEN").expect("analysed").expect("a rule");
        assert!(draft.contains("lemmas = [\"shadow\"]") && draft.contains("pos = \"verb\""), "{draft}");
        let taught = engine.again(Additions::default(), rules(&draft));
        let checked = taught.check_rules().expect("coded");
        assert!(checked.len() == 1 && checked[0].passed, "{checked:?}");
        let after = taught.code(&document).expect("coded");
        assert!(after.events().any(|e| e.plover.event == "THREATEN"));
    }

    #[test]
    fn an_actor_is_kept_with_the_sentence_in_which_it_must_be_found() {
        let sentence = "The Blue Crescent Brigades attacked a convoy of Sudanese soldiers.";
        let sectors = ["REB".to_owned()];
        let draft = Engine::draft_actor("Blue Crescent Brigades", Some("SDN"), &sectors, sentence);
        let read = |toml: &str| {
            Additions::read(&[("mine.toml".to_owned(), toml.as_bytes().to_vec())]).expect("sound").0
        };
        let engine = Engine::new().expect("engine").with_actors(read(&draft));
        let checked = engine.check_actors().expect("coded");
        assert!(checked.len() == 1 && checked[0].passed, "{checked:?}");
        let elsewhere = draft.replace(sentence, "Norway condemned Denmark.");
        let engine = Engine::new().expect("engine").with_actors(read(&elsewhere));
        assert!(!engine.check_actors().expect("coded")[0].passed);
    }

    #[test]
    fn text_of_any_kind_stays_one_string() {
        for text in ["a \"b\" \\ c", "line\nbreak\u{0}", "]]] '''", "=> x"] {
            let toml = Engine::draft_actor(text, None, &[], text);
            let read: Result<toml::Table, _> = toml.parse();
            let table = read.unwrap_or_else(|e| panic!("{e}: {toml}"));
            assert_eq!(table["actor"][0]["name"].as_str(), Some(text));
        }
    }
}
