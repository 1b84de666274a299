//! What sounds like an act between political actors and is none: private life, sport, forces of nature.

use tidings_actors::ActorKind;
use tidings_language::{Relation, Sentence};
use tidings_ontology::EventType;

use crate::arguments;
use crate::article::{Article, Form};
use crate::draft::Party;

/// Sectors of those who act for themselves: teachers, firms, doctors.
const PRIVATE: &[&str] = &["AGR", "BUS", "EDU", "MED", "MNC"];

/// Why the act is no political one, if it is none.
pub fn reason(
    article: &Article,
    number: usize,
    word: usize,
    event: EventType,
    [source, target]: [&[Party]; 2],
) -> Option<&'static str> {
    let sentence = &article.sentences[number];
    if event.is_material_conflict() && source.is_empty() && is_natural(sentence, word) {
        return Some("a force of nature or an accident does it");
    }
    let are_private = |parties: &[Party]| parties.iter().all(|p| is_private(article, number, p));
    let acts = !source.is_empty() && are_private(source);
    let any_may = matches!(
        event,
        EventType::Assault | EventType::Protest | EventType::Coerce | EventType::Sanction | EventType::Aid
    );
    let nameless = source.iter().all(|p| article.entities[p.entity].actor.sectors.is_empty());
    let force = matches!(event, EventType::Assault | EventType::Coerce);
    if acts && are_private(target) && (!any_may || (force && nameless)) {
        return Some("nobody in it is a political actor");
    }
    let journey = event == EventType::Consult && !source.is_empty() && !target.is_empty();
    if journey && source.iter().all(|p| is_commoner(article, number, p)) {
        return Some("a private journey");
    }
    let of_sport =
        matches!(event, EventType::Assault | EventType::Retreat | EventType::Consult | EventType::Threaten);
    let teams = || source.iter().chain(target).all(|p| may_be_team(article, p));
    (of_sport && is_sport(sentence) && teams()).then_some("a matter of sport")
}

/// A firm, a school or the like; or people whom a common noun names that says nothing political, and of no country.
fn is_private(article: &Article, number: usize, party: &Party) -> bool {
    let actor = &article.entities[party.entity].actor;
    if actor.code.is_some() {
        return false; // the user's dictionary has him for an actor
    }
    let own = !actor.sectors.is_empty() && actor.sectors.iter().all(|s| PRIVATE.contains(&s.as_str()));
    own || (actor.country.is_none() && is_commoner(article, number, party))
}

/// "the singer", "hikers": a common noun that gives neither sector nor office.
fn is_commoner(article: &Article, number: usize, party: &Party) -> bool {
    let actor = &article.entities[party.entity].actor;
    let person = matches!(actor.kind, ActorKind::Person | ActorKind::Group) && actor.sectors.is_empty();
    let mention = article.mentions_in(number).find(|m| m.entity == party.entity && m.span == party.span);
    let common = mention
        .is_some_and(|m| m.form == Form::Nominal && article.sentences[number].name_at(m.head).is_none());
    person && common && actor.role.is_none()
}

/// "A storm killed two": the subject is no actor.
fn is_natural(sentence: &Sentence, word: usize) -> bool {
    let lemma = |w: &usize| sentence.words[*w].lemma.to_lowercase();
    let passive = arguments::is_passive(sentence, word);
    let does = if passive { arguments::agent(sentence, word) } else { arguments::subject(sentence, word) };
    let cause = sentence.children(word).filter(|c| {
        let marked = sentence.children(*c).any(|k| sentence.words[k].relation == Relation::Case);
        sentence.words[*c].relation.base() == "obl" && marked && passive
    });
    does.into_iter().chain(cause).any(|w| NATURAL.contains(&lemma(&w).as_str()))
}

/// What kills and destroys without anybody who wants it.
const NATURAL: &[&str] = &[
    "accident",
    "avalanche",
    "bear",
    "blaze",
    "blizzard",
    "cold",
    "collapse",
    "collision",
    "crash",
    "cyclone",
    "derailment",
    "disease",
    "drought",
    "earthquake",
    "epidemic",
    "famine",
    "fire",
    "flood",
    "flooding",
    "flu",
    "fog",
    "frost",
    "hail",
    "heat",
    "heatwave",
    "hurricane",
    "landslide",
    "lightning",
    "mosquito",
    "mudslide",
    "outbreak",
    "pandemic",
    "quake",
    "rain",
    "snow",
    "storm",
    "tide",
    "tornado",
    "tremor",
    "tsunami",
    "typhoon",
    "virus",
    "volcano",
    "wave",
    "weather",
    "wildfire",
    "wind",
];

/// A state stands for its team, a town for its club; officials, soldiers and protesters play no match.
fn may_be_team(article: &Article, party: &Party) -> bool {
    let actor = &article.entities[party.entity].actor;
    actor.kind == ActorKind::Country || actor.sectors.iter().all(|s| PRIVATE.contains(&s.as_str()))
}

/// One word that only sport has, two that sport shares with others, or a score.
fn is_sport(sentence: &Sentence) -> bool {
    let has = |list: &[&str]| {
        sentence.words.iter().filter(|w| list.contains(&w.lemma.to_lowercase().as_str())).count()
    };
    let score = sentence.words.iter().any(|w| is_score(&w.form));
    let own = has(SPORT);
    let shared = has(SHARED);
    own > 0 || shared > 1 || (score && shared > 0)
}

fn is_score(form: &str) -> bool {
    let sides = form.split_once(['-', '–']);
    let number = |side: &str| (1..=3).contains(&side.len()) && side.bytes().all(|b| b.is_ascii_digit());
    sides.is_some_and(|(a, b)| number(a) && number(b))
}

const SPORT: &[&str] = &[
    "cricketer",
    "defender",
    "footballer",
    "goalkeeper",
    "goalless",
    "halftime",
    "half-time",
    "innings",
    "knockout",
    "midfielder",
    "playoff",
    "play-off",
    "quarterfinal",
    "quarter-final",
    "semifinal",
    "semi-final",
    "shootout",
    "striker",
    "wicket",
    "winger",
];

const SHARED: &[&str] = &[
    "athlete",
    "basketball",
    "champion",
    "championship",
    "coach",
    "cricket",
    "cup",
    "defence",
    "defense",
    "final",
    "fixture",
    "football",
    "game",
    "goal",
    "handball",
    "hockey",
    "league",
    "lead",
    "match",
    "medal",
    "minute",
    "olympic",
    "opponent",
    "pitch",
    "player",
    "rugby",
    "score",
    "season",
    "set",
    "side",
    "soccer",
    "squad",
    "stadium",
    "star",
    "team",
    "tennis",
    "tie",
    "title",
    "tournament",
    "volleyball",
    "win",
];
