//! CAMEO codes of a dictionary: one for the act, one for the act the other way, or none.

use crate::event_type::EventType;
use crate::ontology::Ontology;
use crate::triggers::{Pos, Trigger, When};

/// Who acts: the agent, or the subject of a verb that is no passive.
const AGENT: &[&str] = &["ARG0", "subject"];
/// Where PETRARCH looks for whom the act concerns: behind the verb, whatever the preposition, at last whoever comes next.
const PATIENT: &[&str] = &[
    "ARG1",
    "ARG2",
    "prep:with,to,against,on,at,upon,into,for,from,toward,towards,between,in,of",
    "clause",
    "behind",
];

/// Where those act who stand behind the verb: "$" of `+ WAS * BY $`.
const BEHIND: &[&str] = &["prep:by,from,in,of,with,at,on,to,for", "ARG1", "ARG2"];

/// Who stands where in a pattern.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Places {
    /// Who acts stands behind the verb, who is acted upon before it.
    pub(super) turned: bool,
    /// A form of "be" stands before the verb.
    pub(super) passive: bool,
    /// Several act on each other.
    pub(super) joint: bool,
}

/// What stands in the brackets: `[111]`, `[040:040]`, `[:020]`, `[---]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Code {
    forward: Option<String>,
    backward: Option<String>,
}

impl Code {
    /// `None` if it is no code.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (forward, backward) = text.split_once(':').unwrap_or((text, ""));
        let part = |text: &str| match text.trim() {
            "" | "---" => Some(None),
            code if code.len() <= 6 && code.chars().all(|c| c.is_ascii_alphanumeric()) => {
                Some(Some(code.to_owned()))
            }
            _ => None,
        };
        (!text.is_empty()).then_some(())?;
        Some(Self { forward: part(forward)?, backward: part(backward)? })
    }

    /// Not to be coded.
    pub(super) fn is_null(&self) -> bool {
        self.forward.is_none() && self.backward.is_none()
    }

    /// Both codes, as far as there are any.
    pub(super) fn parts(&self) -> impl Iterator<Item = &str> {
        self.forward.iter().chain(&self.backward).map(String::as_str)
    }

    /// Codes for which PLOVER has no type, nor for any above them.
    pub(super) fn untyped(&self) -> impl Iterator<Item = &str> {
        self.parts().filter(|code| known(code).is_none())
    }

    /// As records show it: one code, or "032:033" for an act and the one back.
    fn written(&self) -> Option<String> {
        match (&self.forward, &self.backward) {
            (Some(there), Some(back)) if there != back => Some(format!("{there}:{back}")),
            (there, back) => there.clone().or_else(|| back.clone()),
        }
    }

    /// The entry of these verbs under these conditions.
    pub(super) fn entry(&self, lemmas: Vec<String>, mut when: When, places: Places, name: String) -> Trigger {
        let code = self.forward.as_deref().or(self.backward.as_deref());
        let equivalent = code.and_then(known);
        let slots = |list: &[&str]| list.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
        let (mut source, mut target) = (slots(AGENT), slots(PATIENT));
        if places.joint {
            // Several who act on each other, and need nobody else.
            when.several = Some(true);
            target = slots(&["none"]);
        }
        if places.turned {
            let subject = if places.passive { ["ARG1", "ARG0"] } else { ["ARG0", "ARG1"] };
            (source, target) = (slots(BEHIND), slots(&subject));
        } else if self.forward.is_none() && self.backward.is_some() {
            (source, target) = (slots(&["ARG1"]), source);
        }
        let event_type = equivalent.as_ref().map_or(EventType::None, |(event, _, _)| *event);
        // A code that PLOVER has no type for is kept on a statement without a class; no code at all is not coded.
        let unclassed = event_type == EventType::None && code.is_some();
        Trigger {
            lemmas,
            pos: Pos::Verb,
            event_type,
            mode: equivalent.as_ref().and_then(|(_, mode, _)| mode.clone()),
            code: self.written(),
            cameo: equivalent.map(|(_, _, code)| code).or_else(|| code.map(str::to_owned)),
            source,
            target,
            about: Vec::new(),
            reciprocal: places.joint || (self.forward.is_some() && self.forward == self.backward),
            kind: if unclassed { "comment" } else { kind(event_type) }.to_owned(),
            status: None,
            completion: None,
            contexts: Vec::new(),
            careful: false,
            when,
            tests: Vec::new(),
            name,
            as_written: true,
            own: true,
        }
    }
}

/// Type, mode and code of a CAMEO code, or of the nearest above it that has a type.
fn known(code: &str) -> Option<(EventType, Option<String>, String)> {
    let ontology = Ontology::plover();
    let listed = (2..=code.len()).rev().filter_map(|end| code.get(..end)).find_map(|above| {
        let entry = ontology.cameo(above)?;
        Some((entry.event?, entry.mode.clone(), above.to_owned()))
    });
    listed.map(|(event, mode, above)| {
        let kept = if ontology.cameo(code).is_some() { code.to_owned() } else { above };
        (event, mode.filter(|m| ontology.has_mode(event, m)), kept)
    })
}

fn kind(event: EventType) -> &'static str {
    match event {
        EventType::Agree
        | EventType::Support
        | EventType::Request
        | EventType::Accuse
        | EventType::Reject
        | EventType::Threaten => "speech_act",
        _ => "action",
    }
}
