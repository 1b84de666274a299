"""Words to word pieces and letter cases. `crates/tidings-language/src/wordpiece.rs` does the same; `parity.json` proves it."""
import unicodedata

CLS, SEP, UNK, PAD = "[CLS]", "[SEP]", "[UNK]", "[PAD]"
MAX_WORD_CHARS = 100
# Typographic quotation marks are read as plain ones: the treebanks hold few of the former.
PLAIN = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "`": "'", "…": "...", "\u00a0": " "})


def prune_vocabulary(vocabulary):
    """Drops pieces of other scripts and unused slots: Tidings reads English, and each row costs 384 bytes."""
    def keep(piece):
        if piece in (CLS, SEP, UNK, PAD):
            return True
        if piece.startswith("[unused") or piece == "[MASK]":
            return False
        body = piece[2:] if piece.startswith("##") else piece
        return all(ord(c) < 0x250 or 0x2000 <= ord(c) < 0x20D0 for c in body)
    return [p for p in vocabulary if keep(p)]


def is_punctuation(c):
    return (33 <= ord(c) <= 47) or (58 <= ord(c) <= 64) or (91 <= ord(c) <= 96) or (123 <= ord(c) <= 126) or unicodedata.category(c).startswith("P")


def letter_case(original):
    """0 no cased letter, 1 all lower, 2 Initial, 3 ALL CAPITALS, 4 one capital alone, 5 mIxed."""
    letters = [c for c in original if c.isupper() or c.islower()]
    if not letters:
        return 0
    if all(c.islower() for c in letters):
        return 1
    if len(letters) == 1:
        return 4
    if all(c.isupper() for c in letters):
        return 3
    if letters[0].isupper() and all(c.islower() for c in letters[1:]):
        return 2
    return 5


class WordPiece:
    def __init__(self, vocabulary):
        self.ids = {p: i for i, p in enumerate(vocabulary)}

    def word(self, word):
        """-> [(piece id, letter case)], never empty."""
        chars = []  # (lower-cased base character, original character)
        for original in word.translate(PLAIN):
            for c in unicodedata.normalize("NFD", original.lower()):
                if unicodedata.category(c) == "Mn" or unicodedata.category(c) in ("Cc", "Cf") or c.isspace():
                    continue
                chars.append((c, original))
        runs, run = [], []
        for c, original in chars:
            if is_punctuation(c):
                if run:
                    runs.append(run)
                runs.append([(c, original)])
                run = []
            else:
                run.append((c, original))
        if run:
            runs.append(run)
        pieces = []
        for run in runs:
            pieces.extend(self._greedy(run))
        return pieces or [(self.ids[UNK], 0)]

    def _greedy(self, run):
        if len(run) > MAX_WORD_CHARS:
            return [(self.ids[UNK], letter_case([o for _, o in run]))]
        out, start = [], 0
        while start < len(run):
            end = len(run)
            while end > start:
                piece = "".join(c for c, _ in run[start:end])
                if start:
                    piece = "##" + piece
                if piece in self.ids:
                    break
                end -= 1
            if end == start:
                return [(self.ids[UNK], letter_case([o for _, o in run]))]
            out.append((self.ids[piece], letter_case([o for _, o in run[start:end]])))
            start = end
        return out
