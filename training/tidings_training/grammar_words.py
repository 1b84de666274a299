"""Words of the training grammar: verb forms, headline style, and text with marked spans."""

import re

# Marks put around a span while a sentence is built; private-use characters, so that no data file can hold them.
OPEN = {"source": "\ue000", "target": "\ue002", "predicate": "\ue004"}
CLOSE = {"source": "\ue001", "target": "\ue003", "predicate": "\ue005"}
MARKS = "".join(OPEN.values()) + "".join(CLOSE.values())
NOT_MARK = re.compile(f"[{MARKS}]")
VOWELS = "aeiou"


def marked(span, text):
    """The text between the marks of a span."""
    return OPEN[span] + text + CLOSE[span]


def unmarked(text):
    """The text without any mark."""
    return NOT_MARK.sub("", text)


def spans(text):
    """The bare sentence and the character offsets of its spans; a span marked twice keeps its first place."""
    bare, found, starts = [], {}, {}
    opens = {mark: name for name, mark in OPEN.items()}
    closes = {mark: name for name, mark in CLOSE.items()}
    for char in text:
        if char in opens:
            starts[opens[char]] = len(bare)
        elif char in closes:
            name = closes[char]
            found.setdefault(name, [starts[name], len(bare)])
        else:
            bare.append(char)
    return "".join(bare), found


def is_doubled(verb):
    """Whether a verb of one syllable doubles its last letter: `stop`, `ban`."""
    return bool(re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", verb))


class Verbs:
    """Principal parts: from the table where they are irregular, else by rule (British spelling)."""

    def __init__(self, rows):
        self.table = {row[0]: row[1:] for row in rows}

    def form(self, verb, name):
        """One of base, pres (third person), past, part, ger."""
        past, part, ger = self.table.get(verb, (None, None, None))
        if name == "base" or verb == "will":
            return verb
        if name == "pres":
            return third_person(verb)
        if name == "ger":
            return ger if ger and ger != "-" else gerund(verb)
        given = past if name == "past" else part
        return given if given and given != "-" else past_tense(verb)


def third_person(verb):
    """`hold` -> `holds`."""
    if verb in ("be", "have"):
        return {"be": "is", "have": "has"}[verb]
    if verb.endswith("y") and verb[-2] not in VOWELS:
        return verb[:-1] + "ies"
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return verb + "es"
    return verb + "s"


def gerund(verb):
    """`ban` -> `banning`."""
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "ye", "oe")):
        return verb[:-1] + "ing"
    return verb + (verb[-1] if is_doubled(verb) else "") + "ing"


def past_tense(verb):
    """`ban` -> `banned`."""
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in VOWELS:
        return verb[:-1] + "ied"
    return verb + (verb[-1] if is_doubled(verb) else "") + "ed"


ARTICLE = re.compile(rf"(?<![\w-])([Aa]) (?=[{MARKS}]*([A-Za-z]+))")
SILENT = ("hour", "honest", "honour")
SOUNDED = ("unil", "unio", "uniq", "unit", "univ", "use", "usu", "one", "eu", "ukr", "ug", "uru")
SPELT = ("UN", "US", "EU")


def articles(text):
    """`a` before a vowel becomes `an`."""

    def fix(match):
        word = match.group(2).lower()
        if match.group(2) in SPELT:
            return match.group(1) + " "
        vowel = (word[0] in VOWELS and not word.startswith(SOUNDED)) or word.startswith(SILENT)
        return match.group(1) + ("n " if vowel else " ")

    return ARTICLE.sub(fix, text)


def possessive(text):
    """`Laos` -> `Laos'`, `Mali` -> `Mali's`, marks left outside."""
    return text + ("'" if unmarked(text).endswith("s") else "'s")


def headline(text):
    """Headline style: no articles."""
    text = re.sub(rf"(?<![\w-])(?:[Tt]he|[Aa]n?) (?=[{MARKS}]*\w)", "", text)
    return text


def sentence(text):
    """First letter in capitals, one space between words, none before a stop."""
    text = re.sub(r" +", " ", text.strip())
    text = re.sub(rf" (?=[{''.join(CLOSE.values())}]*[,.;:?!])", "", text)
    text = re.sub(rf",(?=[{MARKS}]*[,.])", "", text)
    for index, char in enumerate(text):
        if char not in MARKS and char.isalnum():
            return articles(text[:index] + char.upper() + text[index + 1 :])
    return articles(text)


def shingles(text, size):
    """The runs of `size` words of a text, lower case, without punctuation."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    return {" ".join(words[i : i + size]) for i in range(len(words) - size + 1)}
