"""Builds one sentence of the training grammar: chooses actors, inflects the predicate, fills the frame."""

import re

from . import grammar_words as words
from .grammar_data import DataError

SLOT = re.compile(r"\{([^{}]+)\}")
HALF = re.compile(r"\[([^\[\]]*)\]")
# Groups of actor classes whose circumstances have their own fillers.
GROUPS = {"minister": "official", "leader": "official", "court": "law", "prosecutor": "law", "police": "law", "crowd": "crowd",
          "person": "person", "detainee": "person", "firm": "firm"}
# Courts and police have hearings and tip-offs, crowds have marches, only where the act is theirs.
FITTING = {"law": ("COERCE", "SANCTION", "ACCUSE", "CONCEDE", "RETREAT", "REJECT"), "crowd": ("PROTEST", "THREATEN")}
INSIDE = {"police", "court", "prosecutor", "parliament", "crowd", "party", "person", "detainee"}
OWN = {"crowd", "party", "person", "detainee", "people", "media", "rebels", "parliament", "court", "prosecutor"}
RULERS, ARMED = {"gov", "leader", "minister"}, {"mil", "police", "gov", "leader", "minister", "place", "person"}
# What is bare of its country needs another word: "surrendered to government forces".
AT_HOME = {"forces": "government forces", "troops": "government troops", "soldiers": "government soldiers", "authorities": "the authorities",
           "judges": "the country's judges", "officials": "government officials", "lawmakers": "the country's lawmakers"}
QUAD_KEY = {0: "none", 1: "vc", 2: "mc", 3: "vx", 4: "mx"}
BE = {"pres": ("is", "are"), "past": ("was", "were")}
POSSESSIVE = {"it": "its", "they": "their", "he": "his", "she": "her"}
OBJECT = {"it": "it", "they": "them", "he": "him", "she": "her"}
SECOND_TYPES = ("CONSULT", "SUPPORT", "ACCUSE", "REQUEST")
APART = ("While {B}, {A} {date}.", "{A} {date}, a day after {B}.", "{B} {date}, and in a separate move {A}.", "In other news, {A}, and {B} {date}.",
         "{A}, {speakerf} {date}; meanwhile, {B}.", "{front}, {A}, while {B}.")
OTHER_TYPES = ("CONSULT", "SUPPORT", "ACCUSE", "REQUEST", "AID", "SANCTION", "COOPERATE", "REJECT", "MOBILIZE", "AGREE")


class Unfit(Exception):
    """This combination cannot be built; another is tried."""


class Actor:
    """Who takes part: words, number, pronoun, class, country."""

    def __init__(self, text, kind, country):
        self.text, self.cls, self.country = text, kind.cls, country
        self.plural = kind.number == "p"
        self.pronoun = kind.pronoun

    @property
    def group(self):
        """The group whose circumstances fit."""
        return GROUPS.get(self.cls, "")


class Builder:
    """Builds sentences with one random generator."""

    def __init__(self, grammar, verbs, rng, quads):
        self.grammar, self.verbs, self.rng, self.quads = grammar, verbs, rng, quads

    # -- countries and actors

    def country(self, near=None, not_these=(), always=False):
        """A country, often of the same region as another, none of those given."""
        pool = [c for c in self.grammar.countries if c[0] not in not_these]
        if near and (always or self.rng.random() < 0.7):
            pool = [c for c in pool if c[4] == near[4]] or pool
        return self.rng.choice(pool)

    def name(self, region, woman):
        """An invented name of the region."""
        first = self.grammar.names[region][1 if woman else 0]
        return f"{self.rng.choice(first)} {self.rng.choice(self.grammar.names[region][2])}"

    def actor(self, classes, country, bare=False, number=None, ban=()):
        """An actor of one of the classes; `bare`: of the same country as the other, so without its adjective."""
        if not classes:
            raise Unfit("no classes")
        kinds = [k for k in self.grammar.actors[self.rng.choice(classes)] if number in (None, k.number) and k.template not in ban]
        if bare:
            kinds = [k for k in kinds if "{adj} " in k.template or "{" not in k.template] or kinds
        if not kinds:
            raise Unfit("no actor of that number")
        kind = self.rng.choice(kinds)
        text = kind.template.replace("{adj} ", "") if bare else kind.template
        text = AT_HOME.get(text, text) if bare else text
        return Actor(self.of_country(text, country), kind, country)

    def of_country(self, text, country):
        """A template with the words of a country in it."""
        name, adjective, capital, town, region = country
        inner = name[0].lower() + name[1:] if name.startswith("The ") else name
        if inner.endswith("s"):
            text = text.replace("{country}'s", inner + "'")
        text = re.sub(r"northern \{country\}", "the northern " + inner[4:] if inner.startswith("the ") else "northern " + inner, text)
        text = text.replace("{country}", inner).replace("{adj}", adjective).replace("{capital}", capital).replace("{town}", town)
        text = text.replace("{man}", self.name(region, False)).replace("{woman}", self.name(region, True))
        return self.fill(text, {})

    def pair(self, source_classes, target_classes, opts):
        """The marked pair; two of one country where that is how it goes."""
        first = self.country()
        source = self.actor(source_classes, first, number=opts.get("num"))
        for _ in range(8):
            if not target_classes:
                return source, None
            target_cls = self.rng.choice(target_classes)
            home = 0.92 if source.cls in INSIDE and target_cls in OWN | {"gov", "leader", "police", "minister", "media"} else 0.0
            home = 0.55 if not home and target_cls in OWN and source.cls not in ("igo", "ngo") else home
            if {source.cls, target_cls} & {"rebels"} and {source.cls, target_cls} & ARMED or source.cls in RULERS and target_cls in ("crowd", "party", "media"):
                home = 0.8
            same = "home" in opts or self.rng.random() < home
            second = first if same else self.country(first, (first[0],), "near" in opts)
            target = self.actor([target_cls], second, bare=same and target_cls != "zone" and self.rng.random() < 0.8, number=opts.get("tnum"))
            if target.text.lower() not in source.text.lower() and source.text.lower() not in target.text.lower():
                return source, target
        raise Unfit("pair of one name")

    def third(self, taken, classes=("state", "state", "gov", "leader", "igo"), number=None):
        """An actor outside the marked pair."""
        names = tuple(a.country[0] for a in taken if a)
        for _ in range(8):
            found = self.actor(list(classes), self.country(None, names), number=number)
            if all(found.text != a.text for a in taken if a):
                return found
        raise Unfit("no third actor")

    # -- slots

    def filler(self, slot, source=None, type_of=None):
        """A filler of a slot: the group's own, then the type's, then the quad class's, then the common one."""
        keys = [slot]
        if type_of:
            keys = [f"{slot}.{type_of}", f"{slot}.{QUAD_KEY[self.quads[type_of]]}", slot]
            if source and type_of in FITTING.get(source.group, self.quads):
                keys.insert(1, f"{slot}.{source.group}")
        for key in keys:
            if key in self.grammar.fillers:
                return self.rng.choice(self.grammar.fillers[key])
        raise DataError(f"fillers.tsv: no fillers for the slot `{slot}`\nhint: add a row whose first column is {slot}")

    def fill(self, text, given, source=None, type_of=None):
        """The text with all its slots filled."""
        other = None
        for _ in range(60):
            match = SLOT.search(text)
            if not match:
                return text
            slot = match.group(1)
            base, _, want = slot.partition(".")
            if slot in given:
                value = given[slot]
            elif base in given and want in ("cap", "h"):
                value = given[base]
            elif base in ("country", "adj", "capital", "town"):
                other = other or self.country()
                value = self.of_country("{" + base + "}", other)
            elif base in ("X", "third"):
                value = self.third([source] if source else [], ("state",)).text
            elif base == "THIRD":
                value = self.third([source] if source else []).text
            else:
                value = self.filler(base[0].lower() + base[1:], source, type_of)
                value = self.inflect(value, "past", source) if want == "past" else value
            text = text[: match.start()] + value + text[match.end() :]
        raise DataError(f"fillers.tsv: slots without end in `{text}`\nhint: a filler must not hold its own slot")

    def inflect(self, phrase, form, subject):
        """A verb phrase (first word a verb, possibly behind `*`) in a form; `be` and the present agree with the subject."""
        match = re.match(r"(\*?)([\w-]+)", phrase)
        verb, plural = match.group(2), bool(subject and subject.plural)
        if verb == "be" and form in BE:
            shown = BE[form][plural]
        else:
            shown = self.verbs.form(verb, "base" if form == "pres" and plural else form)
        return match.group(1) + shown + phrase[match.end() :]

    # -- phrases

    def star(self, text):
        """`*held talks*` with the marks of the predicate; a second starred part is plain."""
        parts = text.split("*")
        parts[1] = words.marked("predicate", parts[1])
        return "".join(parts)

    def phrase(self, entry, source, target, third):
        """The pattern of a verb phrase with everything filled but its verb form."""
        text = entry.pattern
        given = {"its": POSSESSIVE[source.pronoun], "it": source.pronoun, "X": third.text, "third": third.text}
        if target:
            shown = words.marked("target", target.text)
            given |= {"T": shown, "T.poss": words.possessive(shown), "T.obj": OBJECT[target.pronoun], "its2": POSSESSIVE[target.pronoun]}
        return self.fill(text, given, source)

    def other_clause(self, taken):
        """A clause about others, as a distractor."""
        kind = self.rng.choice(OTHER_TYPES)
        entries = [e for e in self.grammar.predicates[kind] if e.kind in ("v", "vt") and not e.options and e.target and "any" not in e.pattern]
        entry = self.rng.choice(entries)
        one = self.third(taken, entry.source)
        two = self.third([*taken, one], entry.target)
        text = self.phrase(entry, one, two, self.third([*taken, one, two], ("state",)))
        return f"{one.text} {words.unmarked(self.inflect(text, 'past', one)).replace('*', '')}"

    def second_phrase(self, source, taken):
        """Another act of the same source, on somebody else, in the past."""
        for _ in range(12):
            kind = self.rng.choice(SECOND_TYPES)
            entry = self.rng.choice([e for e in self.grammar.predicates[kind] if e.kind in ("v", "vt") and not e.options])
            if source.cls in entry.source:
                other = self.third(taken, entry.target)
                text = self.phrase(entry, source, other, self.third([*taken, other], ("state",)))
                return words.unmarked(self.inflect(text, "past", source)).replace("*", "")
        raise Unfit("no second act for this source")

    def apart(self):
        """Two acts of two pairs in one sentence, marked across: the act of the first is none on anybody of the second."""
        people, clauses = [], []
        for _ in range(2):
            entry = self.rng.choice([e for e in self.grammar.predicates[self.rng.choice(OTHER_TYPES)] if e.kind in ("v", "vt") and not e.options])
            people.append(self.third(people, entry.source))
            people.append(self.third(people, entry.target))
            clauses.append((words.unmarked(self.phrase(entry, people[-2], people[-1], self.third(people, ("state",)))), people[-2], people[-1]))
        (act, one, _), (other, three, four) = clauses
        act = f"{words.marked('source', one.text)} {self.star(self.inflect(act, 'past', one))}"
        struck = self.rng.choice((three, four))
        other = f"{three.text} {self.inflect(other, 'past', three).replace('*', '')}"
        other = other.replace(struck.text, words.marked("target", struck.text), 1)
        template = self.rng.choice(APART)
        return words.sentence(self.fill(template, {"A": act, "B": other}, one))

    # -- frames

    def sentence(self, frame, entry, source, target, phrase=None, type_of=None):
        """The marked sentence of a frame, or Unfit."""
        type_of = type_of or entry.type
        template = entry.pattern if frame.name == "whole" else frame.template
        template = HALF.sub(lambda m: m.group(1) if self.rng.random() < 0.5 else "", template)
        third = self.third([source, target], ("state",))
        subject = self.subject(entry, source, target)
        given = self.slots(entry, source, target, subject, third)
        if frame.name == "whole":
            template = self.star(template)
        elif entry.kind in ("n", "rn"):
            given |= self.noun(entry, source, target, third)
            given["nomtail"] = self.agreeing(self.filler("nomtail", source, type_of), entry.pattern)
        else:
            text = phrase or self.phrase(entry, subject, None if entry.kind in ("r", "vi") else target, third)
            given |= {f"VP.{form}": self.star(self.inflect(text, form, subject)) for form in ("past", "part", "pres", "base", "ger")}
            if "{PART}" in template:
                given |= self.passive(text, target)
        taken = [a for a in (source, target, third) if a]
        if "{OTHER.past}" in template:
            given["OTHER.past"] = self.other_clause(taken)
        if "{SECOND.past}" in template:
            given["SECOND.past"] = self.second_phrase(source, taken)
        text = self.fill(template, given, source, type_of)
        is_headline = frame.is_headline or "{S.h}" in entry.pattern
        return words.sentence(words.headline(text) if is_headline else text)

    def subject(self, entry, source, target):
        """The grammatical subject: both actors for a joint act."""
        if entry.kind != "r":
            return source
        both = Actor("", self.grammar.actors["police"][0], source.country)
        both.cls, both.plural, both.pronoun = source.cls, True, "they"
        both.text = f"{words.marked('source', source.text)} and {words.marked('target', target.text)}"
        return both

    def slots(self, entry, source, target, subject, third):
        """What is the same in all frames."""
        plural = subject.plural
        shown = subject.text if entry.kind == "r" else words.marked("source", source.text)
        given = {
            "S": shown, "S.h": shown, "S.cap": words.sentence(shown), "S1": words.marked("source", source.text), "S.poss": words.possessive(words.marked("source", source.text)),
            "has": "have" if plural else "has", "was": "were" if plural else "was", "is": "are" if plural else "is",
            "it": subject.pronoun, "its": POSSESSIVE[subject.pronoun], "X": third.text, "third": third.text,
            "who": "who" if plural or subject.pronoun in ("he", "she") else "which", "DENY": "deny" if plural else "denies",
        }
        if target:
            human = target.pronoun in ("he", "she") or target.cls in ("person", "detainee", "people", "crowd", "rebels")
            given |= {
                "T": words.marked("target", target.text), "its2": POSSESSIVE[target.pronoun], "has.T": "have" if target.plural else "has",
                "was.T": "were" if target.plural else "was", "who.T": "who" if human else "which",
            }
        return given

    def noun(self, entry, source, target, third):
        """An event noun and what follows it."""
        head, rest = re.match(r"(.*\*[^*]+\*)(.*)", entry.pattern).groups()
        given = {"T": words.marked("target", target.text), "its2": POSSESSIVE[target.pronoun], "X": third.text,
                 "its": POSSESSIVE[source.pronoun], "it": source.pronoun}
        if rest.startswith(" of "):
            head, rest = head + rest, ""
        return {"N": self.star(self.fill(head, given, source)), "NREST": self.fill(rest, given, source)}

    def agreeing(self, tail, pattern):
        """The verb of a tail in the plural, where the event noun is one: `talks were welcomed`."""
        if not re.search(r"[^s]s\*", pattern):
            return tail
        plural = {"was": "were", "is": "are", "has": "have"}
        return re.sub(r"^(was|is|has)\b|(?<=and )(was|is)\b", lambda m: plural[m.group(0)], tail)

    def passive(self, text, target):
        """Participle and rest of a verb phrase whose object is the target."""
        shown = words.marked("target", target.text)
        before, found, after = text.partition(" " + shown)
        if not found:
            raise Unfit("the object is not the target")
        return {"PART": self.star(self.inflect(before, "part", None)), "REST": after.strip().replace("*", "").removeprefix(", ")}
