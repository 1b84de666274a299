"""Lemmas as edit scripts: `case|cut|add`, or `=lemma` for a whole replacement. Mirrored by `tidings-language/src/lemma.rs`."""


def script(form, lemma):
    keep = lemma != lemma.lower()
    base = form if keep else form.lower()
    n = 0
    while n < min(len(base), len(lemma)) and base[n] == lemma[n]:
        n += 1
    if n == 0:
        return "=" + lemma
    return f"{'k' if keep else 'l'}|{len(base) - n}|{lemma[n:]}"


def apply(rule, form):
    if rule.startswith("="):
        return rule[1:]
    case, cut, add = rule.split("|", 2)
    base = form if case == "k" else form.lower()
    cut = int(cut)
    if cut >= len(base) and not add:
        return base
    return base[: max(0, len(base) - cut)] + add
