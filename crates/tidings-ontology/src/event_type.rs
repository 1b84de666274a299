//! The PLOVER event types.

/// A PLOVER event type, or none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "their meaning is in data/ontology/types.tsv")]
pub enum EventType {
    Agree,
    Consult,
    Support,
    Concede,
    Cooperate,
    Aid,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
    None,
}

const NAMES: &[(EventType, &str)] = &[
    (EventType::Agree, "AGREE"),
    (EventType::Consult, "CONSULT"),
    (EventType::Support, "SUPPORT"),
    (EventType::Concede, "CONCEDE"),
    (EventType::Cooperate, "COOPERATE"),
    (EventType::Aid, "AID"),
    (EventType::Retreat, "RETREAT"),
    (EventType::Request, "REQUEST"),
    (EventType::Accuse, "ACCUSE"),
    (EventType::Reject, "REJECT"),
    (EventType::Threaten, "THREATEN"),
    (EventType::Protest, "PROTEST"),
    (EventType::Sanction, "SANCTION"),
    (EventType::Mobilize, "MOBILIZE"),
    (EventType::Coerce, "COERCE"),
    (EventType::Assault, "ASSAULT"),
    (EventType::None, "NONE"),
];

impl EventType {
    /// All types in the order of the quad classes, NONE last.
    pub fn all() -> impl Iterator<Item = EventType> {
        NAMES.iter().map(|(t, _)| *t)
    }

    /// The type that PLOVER writes so.
    pub fn parse(name: &str) -> Option<Self> {
        NAMES.iter().find(|(_, n)| *n == name).map(|(t, _)| *t)
    }

    /// As PLOVER writes it.
    pub fn as_str(self) -> &'static str {
        NAMES.iter().find(|(t, _)| *t == self).map_or("NONE", |(_, n)| n)
    }

    /// Quad class and its name.
    pub fn quad(self) -> (u8, &'static str) {
        match self {
            EventType::Agree | EventType::Consult | EventType::Support | EventType::Concede => {
                (1, "verbal cooperation")
            }
            EventType::Cooperate | EventType::Aid | EventType::Retreat => (2, "material cooperation"),
            EventType::Request | EventType::Accuse | EventType::Reject | EventType::Threaten => {
                (3, "verbal conflict")
            }
            EventType::Protest
            | EventType::Sanction
            | EventType::Mobilize
            | EventType::Coerce
            | EventType::Assault => (4, "material conflict"),
            EventType::None => (0, "none"),
        }
    }

    /// Whether it is help or yielding that is done, not only said.
    pub fn is_material_cooperation(self) -> bool {
        self.quad().0 == 2
    }

    /// Whether it is force or pressure that is used, not only spoken of.
    pub fn is_material_conflict(self) -> bool {
        self.quad().0 == 4
    }
}

#[cfg(test)]
mod tests {
    use super::EventType;

    #[test]
    fn names_go_there_and_back() {
        for kind in EventType::all() {
            assert_eq!(EventType::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(EventType::all().count(), 17);
        assert_eq!(EventType::parse("agree"), None);
    }
}
