//! The closed label sets, as the standards name them.

use std::fmt;

macro_rules! labels {
    ($(#[$meta:meta])* $name:ident, default $default:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)]
        pub enum $name { $($variant),* }

        impl $name {
            /// All values in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// As the standard writes it.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),* }
            }

            /// The value that the standard writes so.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some($name::$variant),)* _ => None }
            }
        }

        impl Default for $name {
            fn default() -> Self { $name::$default }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.pad(self.as_str()) }
        }
    };
}

labels! {
    /// Universal parts of speech.
    Upos, default X {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN",
        Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM",
        Verb = "VERB", X = "X",
    }
}

labels! {
    /// Universal dependency relations with the subtypes of English EWT and GUM.
    Relation, default Dep {
        Acl = "acl", AclRelcl = "acl:relcl", Advcl = "advcl", AdvclRelcl = "advcl:relcl", Advmod = "advmod", Amod = "amod",
        Appos = "appos", Aux = "aux", AuxPass = "aux:pass", Case = "case", Cc = "cc", CcPreconj = "cc:preconj",
        Ccomp = "ccomp", Compound = "compound", CompoundPrt = "compound:prt", Conj = "conj", Cop = "cop", Csubj = "csubj",
        CsubjPass = "csubj:pass", CsubjOuter = "csubj:outer", Dep = "dep", Det = "det", DetPredet = "det:predet",
        Discourse = "discourse", Dislocated = "dislocated", Expl = "expl", Fixed = "fixed", Flat = "flat",
        Goeswith = "goeswith", Iobj = "iobj", List = "list", Mark = "mark", Nmod = "nmod", NmodDesc = "nmod:desc",
        NmodPoss = "nmod:poss", NmodUnmarked = "nmod:unmarked", Nsubj = "nsubj", NsubjOuter = "nsubj:outer",
        NsubjPass = "nsubj:pass", Nummod = "nummod", Obj = "obj", Obl = "obl", OblAgent = "obl:agent",
        OblUnmarked = "obl:unmarked", Orphan = "orphan", Parataxis = "parataxis", Punct = "punct",
        Reparandum = "reparandum", Root = "root", Vocative = "vocative", Xcomp = "xcomp",
    }
}

labels! {
    /// PropBank roles, light on labels.
    Role, default Arg1 {
        Arg0 = "ARG0", Arg1 = "ARG1", Arg2 = "ARG2", Arg3 = "ARG3", Arg4 = "ARG4", Tmp = "TMP", Loc = "LOC", Neg = "NEG",
        Mod = "MOD", Adv = "ADV", Prp = "PRP", Cau = "CAU",
    }
}

labels! {
    /// What a name names.
    NameKind, default Misc {
        Person = "PER", Organization = "ORG", Location = "LOC", Norp = "NORP", Facility = "FAC", Date = "DATE",
        Money = "MONEY", Product = "PRODUCT", Misc = "MISC",
    }
}

impl Relation {
    /// The universal relation without its subtype, as text.
    pub fn base(self) -> &'static str {
        self.as_str().split(':').next().unwrap_or("dep")
    }

    /// Whether it is `other` or a subtype of it: `nsubj:pass` is `nsubj`.
    pub fn is(self, other: Relation) -> bool {
        self == other || self.base() == other.as_str()
    }
}
