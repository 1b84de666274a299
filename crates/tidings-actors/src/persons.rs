//! People: by name with what is said of them, by office, or unnamed by what they are.

use std::ops::Range;

use crate::fold::is_capitalised;
use crate::named::{is_plural, own_words, slug};
use crate::officials::{Finding, Holder};
use crate::phrase::{Nation, Phrase};
use crate::roles::{Class, Noun};
use crate::{Actor, ActorKind, Knowledge, NameKindHint};

/// Words that end an office.
pub(crate) const FORMER: &[&str] = &[
    "deposed",
    "erstwhile",
    "ex",
    "exiled",
    "former",
    "fugitive",
    "late",
    "onetime",
    "ousted",
    "outgone",
    "overthrown",
    "retired",
    "toppled",
];
/// Sectors that one leaves with the office, for ELI.
const OF_OFFICE: &[&str] = &["COP", "GOV", "JUD", "LEG", "MIL", "SPY"];
/// Forms of address that are no offices.
const HONORIFICS: &[&str] = &["dr", "hon", "lady", "lord", "madam", "miss", "mr", "mrs", "ms", "mx", "sir"];

/// Offices that states have as well as any other body: "the president of the Assembly".
const HEADS_OF_ANYTHING: &[&str] =
    &["director general", "governor", "president", "secretary general", "vice president"];

/// What a role noun and the words around it say.
struct Position {
    country: Option<String>,
    sectors: Vec<String>,
    role: String,
    former: bool,
    how: String,
    /// One name for the people of a known body: "African Union forces" for "AU forces".
    called: Option<String>,
}

impl Knowledge {
    /// A named person, with title, apposition or nothing.
    pub(crate) fn person(&self, phrase: &Phrase) -> Option<Actor> {
        let run = self.without_titles(phrase, phrase.run(phrase.head));
        Some(self.named_person(phrase, run))
    }

    /// An untagged full name that the table of office holders has.
    pub(crate) fn known_person(&self, phrase: &Phrase) -> Option<Actor> {
        let name = phrase.join(phrase.run(phrase.head));
        let full = name.contains(' ') && is_capitalised(&name);
        let found = full.then(|| self.officials.at(&name, None, phrase.mention.date)).flatten()?;
        Some(from_table(name, found, phrase.mention.date.is_some()))
    }

    /// The head of state or government with that last name who is in office on the day.
    pub(crate) fn head_in_office(&self, surname: &str, day: jiff::civil::Date) -> Option<Actor> {
        let found = self.officials.at(surname, None, Some(day)).filter(|f| f.in_office && f.holder.head)?;
        Some(from_table(surname.to_owned(), found, true))
    }

    /// A phrase headed by a role noun: a person named with it, the holder of an office, or unnamed people.
    pub(crate) fn role_holder(&self, phrase: &Phrase) -> Option<Actor> {
        let (range, noun) = self.roles.around(phrase, phrase.head)?;
        if is_of_something(phrase, &range, noun) {
            return None;
        }
        let many = noun.class == Class::Crowd || is_plural(phrase, phrase.head);
        let bearer = phrase
            .runs(NameKindHint::Person)
            .into_iter()
            .find(|r| !many && r.start >= range.end && !is_complement(phrase, range.end, r.start));
        if let Some(run) = bearer.or_else(|| untagged_name(phrase, &range).filter(|_| !many)) {
            return Some(self.named_person(phrase, self.without_titles(phrase, run)));
        }
        if let Some(band) = self.band(phrase, &range, noun) {
            return Some(band);
        }
        let position = self.position(phrase, &range, noun, None);
        Some(
            if noun.class == Class::Office && !is_plural(phrase, phrase.head) && position.country.is_some() {
                self.office(position)
            } else {
                unnamed(phrase, noun, position)
            },
        )
    }

    /// "the M23 rebels" are M23; "two M23 rebels" and "former M23 rebels" are not all of it.
    fn band(&self, phrase: &Phrase, range: &Range<usize>, noun: &Noun) -> Option<Actor> {
        let many = noun.class == Class::Crowd || is_plural(phrase, phrase.head);
        if !many || !noun.sectors().eq(["REB"]) || (range.end..phrase.len()).any(|i| !phrase.is_outside(i)) {
            return None;
        }
        let body = self.employer(phrase, range, None).filter(|b| b.sectors.iter().any(|s| s == "REB"))?;
        let names = |i: usize| {
            is_capitalised(phrase.form_at(i)) || phrase.fold_at(i).is_empty() || phrase.upos_at(i) == "PROPN"
        };
        let whole = (0..range.start)
            .all(|i| names(i) || matches!(phrase.upos_at(i), "DET" | "ADP" | "CCONJ" | "PRON"));
        let how = format!("\"{}\" of {}", noun.canonical(), body.name);
        whole.then_some(Actor { how, score: 0.85, ..body })
    }

    fn named_person(&self, phrase: &Phrase, run: Range<usize>) -> Actor {
        let name = phrase.join(run.clone());
        let role = self.role_of(phrase, &run);
        let position = role.map(|(range, noun)| self.position(phrase, &range, noun, Some(&run)));
        let nations = phrase.nations(self);
        let country = match &position {
            Some(p) => p.country.clone(),
            None => phrase.owner(&nations, &run).map(|n| n.state.code.to_owned()),
        };
        let title = position.as_ref().map_or("", |p| p.role.as_str());
        let known = self.officials.titled(&name, title, country.as_deref(), phrase.mention.date);
        match (position, known) {
            (Some(p), known) => described(name, p, known.map(|f| f.holder)),
            (None, Some(finding)) => from_table(name, finding, phrase.mention.date.is_some()),
            (None, None) => nameless(name, country),
        }
    }

    /// "President Stern", "Mr Stern": the name begins after the title.
    pub(crate) fn without_titles(&self, phrase: &Phrase, mut run: Range<usize>) -> Range<usize> {
        let is_title = |i: usize| {
            HONORIFICS.contains(&phrase.fold_at(i))
                || self
                    .roles
                    .key(phrase.fold_at(i))
                    .is_some_and(|n| matches!(n.class, Class::Office | Class::Member))
        };
        while run.len() > 1 && is_title(run.start) {
            run.start += 1;
        }
        run
    }

    /// The role noun of a named person: the title before the name, else the first one after it, outside complements.
    fn role_of(&self, phrase: &Phrase, run: &Range<usize>) -> Option<(Range<usize>, &Noun)> {
        let noun = |i: &usize| matches!(phrase.upos_at(*i), "NOUN" | "PROPN");
        let title = (0..run.start)
            .rev()
            .filter(noun)
            .find_map(|i| self.roles.around(phrase, i).filter(|(r, _)| r.end <= run.start));
        title.or_else(|| {
            (run.end..phrase.len()).filter(noun).find_map(|i| {
                self.roles
                    .around(phrase, i)
                    .filter(|(r, _)| r.start >= run.end && phrase.name_at(i) != Some(NameKindHint::Person))
            })
        })
    }

    /// Country and sectors out of a role noun, its modifiers and complements.
    fn position(
        &self,
        phrase: &Phrase,
        range: &Range<usize>,
        noun: &Noun,
        name: Option<&Range<usize>>,
    ) -> Position {
        let nations = phrase.nations(self);
        let body = self.employer(phrase, range, name);
        let owner =
            phrase.owner(&nations, range).map(|n| n.state).or_else(|| self.country_of_town(phrase, range));
        let body = body.as_ref();
        let of_body = body.and_then(|b| b.country.as_deref());
        let above_states = of_body.filter(|c| self.naming(c).is_none());
        let by_title = Some(noun.country).filter(|c| !c.is_empty());
        let country = above_states.or(owner.map(|s| s.code)).or(of_body).or(by_title).map(str::to_owned);
        let start = modifiers_from(phrase, range, name);
        let former = (start..range.start).any(|i| FORMER.contains(&phrase.fold_at(i)))
            || phrase.fold_at(range.start).starts_with("ex ");
        let mut sectors = self.sectors(
            phrase,
            range,
            noun,
            body,
            start..name.filter(|n| n.start >= range.end).map_or(phrase.len(), |n| n.start),
        );
        let of_state = || self.is_leader_of_state(phrase, range, noun, &nations, start);
        if sectors.is_empty() && body.is_none() && of_state() {
            sectors = vec!["GOV".to_owned()];
        }
        let public = |sectors: &[String]| after_office(sectors) != sectors;
        if former && body.is_some_and(|b| public(&b.sectors)) {
            sectors = vec!["ELI".to_owned()];
        } else if former {
            sectors = after_office(&sectors);
        }
        let mut how = format!("role \"{}\"", noun.canonical());
        if let Some(body) = body {
            how = format!("{how} of {}", body.name);
        }
        if former {
            how.push_str(", no longer held");
        }
        let plain = (0..phrase.len()).all(|i| {
            range.contains(&i) || matches!(phrase.upos_at(i), "DET" | "PROPN" | "ADP") || phrase.is_outside(i)
        });
        let called = body
            .filter(|_| plain && name.is_none())
            .map(|b| format!("{} {}", b.name, phrase.join(range.clone())));
        Position { country, sectors, role: self.role_text(phrase, range, start, name), former, how, called }
    }

    /// "the Norwegian leader", "the leaders of Norway": nothing but the state says whom they lead.
    fn is_leader_of_state(
        &self,
        phrase: &Phrase,
        range: &Range<usize>,
        noun: &Noun,
        nations: &[Nation],
        start: usize,
    ) -> bool {
        let plain = |i: usize| {
            nations.iter().any(|n| n.range.contains(&i)) || !matches!(phrase.upos_at(i), "NOUN" | "ADJ")
        };
        noun.canonical() == "leader" && !nations.is_empty() && (start..range.start).all(plain)
    }

    /// Sectors of the noun itself, or, for members, of the body or the people to whom they belong.
    fn sectors(
        &self,
        phrase: &Phrase,
        range: &Range<usize>,
        noun: &Noun,
        body: Option<&Actor>,
        near: Range<usize>,
    ) -> Vec<String> {
        let own = || noun.sector_list();
        let opposed = (near.start..range.start).find_map(|i| match phrase.fold_at(i) {
            "rebel" | "insurgent" | "guerrilla" | "separatist" | "militant" | "jihadist" => Some("REB"),
            "opposition" => Some("OPP"),
            _ => None,
        });
        let of_body = || body.map(|b| b.sectors.clone()).filter(|s| !s.is_empty());
        match noun.class {
            Class::Office if body.is_some() && HEADS_OF_ANYTHING.contains(&noun.canonical()) => {
                of_body().unwrap_or_else(own)
            }
            Class::Plain | Class::Office | Class::Crowd => {
                let mut sectors = own();
                match opposed {
                    Some("REB") => sectors = vec!["REB".to_owned()],
                    Some(other) if !sectors.iter().any(|s| s == other) => sectors.push(other.to_owned()),
                    _ => {}
                }
                sectors
            }
            _ => {
                let inherited = of_body().or_else(|| self.sectors_around(phrase, range, near));
                let mut sectors = inherited.unwrap_or_else(own);
                // Who speaks for believers speaks for their religion.
                sectors.sort_by_key(|sector| sector != "REL");
                sectors
            }
        }
    }

    /// "army chief", "the head of the foreign ministry", "rebel leader", "leader of the protesters".
    fn sectors_around(
        &self,
        phrase: &Phrase,
        range: &Range<usize>,
        near: Range<usize>,
    ) -> Option<Vec<String>> {
        let before = (near.start..range.start).rev();
        let after = range.end..near.end;
        before.chain(after).find_map(|i| {
            let organ = self.organs.around(phrase, i).map(|(_, noun)| noun);
            let noun = organ.or_else(|| {
                self.roles
                    .around(phrase, i)
                    .filter(|(r, _)| r.end <= range.start || r.start >= range.end)
                    .map(|(_, n)| n)
            })?;
            let sectors: Vec<String> = noun.sector_list();
            (!sectors.is_empty()).then_some(sectors)
        })
    }

    /// The known body for which the role is held: "a NATO spokesman", "the leader of Hamas".
    fn employer(&self, phrase: &Phrase, range: &Range<usize>, name: Option<&Range<usize>>) -> Option<Actor> {
        let date = phrase.mention.date;
        let known = |text: &str| {
            let own = self.own_named(text, date).next().map(|own| own.actor(date, self));
            own.or_else(|| self.bodies_named(text, date).next().map(|b| b.actor(String::new(), 1.0)))
        };
        let free = |start: &usize| {
            is_capitalised(phrase.form_at(*start))
                && !range.contains(start)
                && !name.is_some_and(|n| n.contains(start))
        };
        (0..phrase.len()).filter(free).find_map(|start| {
            let limit = if start < range.start { range.start } else { phrase.len() };
            (start + 1..=limit.min(start + 7)).rev().find_map(|end| known(&phrase.join(start..end)))
        })
    }

    /// The role in words: modifiers without states and articles, the noun, and "for the foreign ministry".
    fn role_text(
        &self,
        phrase: &Phrase,
        range: &Range<usize>,
        start: usize,
        name: Option<&Range<usize>>,
    ) -> String {
        let nations = phrase.nations(self);
        let state = |i: usize| nations.iter().any(|n| n.range.contains(&i));
        let end = name.filter(|n| n.start >= range.end).map_or(phrase.len(), |n| n.start);
        let complement = if matches!(phrase.fold_at(range.end), "for" | "of")
            && !(range.end + 1..end).all(|i| state(i) || phrase.upos_at(i) == "DET")
        {
            end
        } else {
            range.end
        };
        let kin = |i: usize| {
            !range.contains(&i)
                && matches!(
                    phrase.lemma_at(i),
                    "father" | "mother" | "brother" | "sister" | "son" | "daughter"
                )
        };
        let kept = (start..complement).filter(|i| !kin(*i)).filter(|i| {
            range.contains(i)
                || (!state(*i)
                    && !matches!(phrase.form_at(*i), "'s" | "’s")
                    && (*i > range.start || !matches!(phrase.upos_at(*i), "DET" | "PRON" | "PUNCT")))
        });
        let words: Vec<String> = kept.map(|i| plain_case(phrase, i)).collect();
        words.join(" ").replace(" - ", "-")
    }

    /// "the Russian president": whoever it is at the time.
    fn office(&self, position: Position) -> Actor {
        let country = position.country.clone();
        let state = country.as_deref().and_then(|c| self.naming(c));
        let name =
            state.map_or_else(|| position.role.clone(), |s| format!("{} of {}", position.role, s.name));
        Actor {
            id: slug(country.as_deref(), &position.role),
            name,
            kind: ActorKind::Person,
            country,
            sectors: position.sectors,
            role: Some(position.role),
            code: None,
            aka: Vec::new(),
            generic: false,
            how: position.how,
            score: 0.8,
        }
    }
}

/// Lower case, unless it is an acronym or part of a name.
fn plain_case(phrase: &Phrase, word: usize) -> String {
    let form = phrase.form_at(word);
    if crate::fold::is_shouted(form) && form.chars().count() > 1
        || phrase.name_at(word) == Some(NameKindHint::Organization)
    {
        form.to_owned()
    } else {
        form.to_lowercase()
    }
}

/// Where the modifiers of a role begin: after the name it follows, after a comma, or at the start.
fn modifiers_from(phrase: &Phrase, range: &Range<usize>, name: Option<&Range<usize>>) -> usize {
    let after_name = name.filter(|n| n.end <= range.start).map_or(0, |n| n.end);
    let barrier = (after_name..range.start).rev().find(|i| {
        matches!(phrase.form_at(*i), "," | "(")
            || (matches!(phrase.upos_at(*i), "ADP" | "VERB") && !FORMER.contains(&phrase.fold_at(*i)))
    });
    barrier.map_or(after_name, |b| b + 1)
}

/// "the prosecution of Stern", "opposition to the plan": what is done, not those who do it.
fn is_of_something(phrase: &Phrase, range: &Range<usize>, noun: &Noun) -> bool {
    const ACTS: &[&str] =
        &["insurgency", "leadership", "opposition", "prosecution", "rebellion", "resistance"];
    ACTS.contains(&noun.canonical()) && matches!(phrase.fold_at(range.end), "against" | "of" | "to")
}

/// "the aide of Ada Stern" is not Ada Stern.
fn is_complement(phrase: &Phrase, from: usize, to: usize) -> bool {
    (from..to).any(|i| phrase.upos_at(i) == "ADP")
}

/// "President Stern", where the tagger saw no name.
fn untagged_name(phrase: &Phrase, range: &Range<usize>) -> Option<Range<usize>> {
    let titled = is_capitalised(phrase.form_at(range.end - 1))
        && phrase.upos_at(range.end) == "PROPN"
        && phrase.name_at(range.end).is_none();
    titled
        .then(|| phrase.run(range.end))
        .map(|run| run.start.max(range.end)..run.end)
        .filter(|r| !r.is_empty())
}

/// A named person of whom the text says what he is; where it does not say of which state, the table may know.
fn described(name: String, position: Position, known: Option<Holder>) -> Actor {
    let known = known.filter(|h| position.country.is_some() || is_plausible(&position, h));
    let country = position.country.clone().or_else(|| known.map(|h| h.country.to_owned()));
    let full = known
        .filter(|h| !name.contains(' ') && h.head && is_head_office(&position.role))
        .map_or(name.clone(), |h| h.name.to_owned());
    let id = known
        .filter(|h| !h.id.is_empty() && (name.contains(' ') || full != name))
        .map_or_else(|| slug(country.as_deref(), &full), |h| h.id.to_owned());
    let aka = if full == name { Vec::new() } else { vec![name] };
    let how = if position.former {
        format!("name and former {}", position.how)
    } else {
        format!("name and {}", position.how)
    };
    Actor {
        id,
        name: full,
        kind: ActorKind::Person,
        country,
        sectors: position.sectors,
        role: Some(position.role),
        code: None,
        aka,
        generic: false,
        how,
        score: 0.9,
    }
}

/// "President Stern" may be the Stern of the table, if that one is a head of state; "Sergeant Ada Stern" is not.
fn is_plausible(position: &Position, holder: &Holder) -> bool {
    let told = position.sectors.iter().any(|s| s == holder.sector || s == "ELI");
    told && (holder.head || holder.office.split(' ').any(|w| w.len() > 4 && position.role.contains(w)))
}

/// The sectors of somebody who has left an office of these sectors.
pub(crate) fn after_office(sectors: &[String]) -> Vec<String> {
    let public = sectors.iter().any(|s| OF_OFFICE.contains(&s.as_str()));
    if public { vec!["ELI".to_owned()] } else { sectors.to_vec() }
}

fn is_head_office(role: &str) -> bool {
    ["president", "prime minister", "premier", "chancellor", "king", "queen", "emir", "leader"]
        .iter()
        .any(|office| role.ends_with(office))
        && !role.contains("vice")
        && !role.contains("deputy")
}

/// A person known by name alone.
pub(crate) fn from_table(name: String, Finding { holder, in_office, left }: Finding, dated: bool) -> Actor {
    let office = holder.office;
    let (role, how) = match (in_office, left) {
        (_, true) => (Some(format!("former {office}")), format!("formerly {office}")),
        (true, _) => (Some(office.to_owned()), office.to_owned()),
        (false, _) if !dated => (Some(office.to_owned()), format!("{office} at some time")),
        (false, _) => (None, format!("{office} at another time")),
    };
    let sector = if left && OF_OFFICE.contains(&holder.sector) { "ELI" } else { holder.sector };
    let id =
        if holder.id.is_empty() { slug(Some(holder.country), holder.name) } else { holder.id.to_owned() };
    let (name, aka) =
        if name.contains(' ') { (name, Vec::new()) } else { (holder.name.to_owned(), vec![name]) };
    Actor {
        id,
        name,
        kind: ActorKind::Person,
        country: Some(holder.country.to_owned()),
        sectors: Some(sector).filter(|s| !s.is_empty()).map(str::to_owned).into_iter().collect(),
        role,
        code: None,
        aka,
        generic: false,
        how: format!("{how}, in the tables of office holders"),
        score: if in_office { 0.8 } else { 0.6 },
    }
}

pub(crate) fn nameless(name: String, country: Option<String>) -> Actor {
    Actor {
        id: slug(country.as_deref(), &name),
        name,
        kind: ActorKind::Person,
        country,
        sectors: Vec::new(),
        role: None,
        code: None,
        aka: Vec::new(),
        generic: false,
        how: "person's name".to_owned(),
        score: 0.5,
    }
}

fn unnamed(phrase: &Phrase, noun: &Noun, position: Position) -> Actor {
    let name = position.called.clone().unwrap_or_else(|| own_words(phrase));
    let many = noun.class == Class::Crowd || is_plural(phrase, phrase.head);
    let kind = if many { ActorKind::Group } else { ActorKind::Person };
    Actor {
        id: slug(position.country.as_deref(), &name),
        name,
        kind,
        country: position.country,
        sectors: position.sectors,
        role: (!many).then_some(position.role),
        code: None,
        aka: Vec::new(),
        generic: true,
        how: position.how,
        score: 0.7,
    }
}
