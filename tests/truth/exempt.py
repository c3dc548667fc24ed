"""What is not compared, and why: figures that say nothing of a plan."""

from __future__ import annotations

import re

from planwerk.words import load_words
from truth.passages import Passage, plain
from truth.sentences import is_fixed, said
from truth.tokens import Number, Token

PLACED = re.compile(
    r"Einfluss|Influence|Haltung|Disposition|wahrscheinlich|likely|Risik|[Rr]isk|Stakeholder", re.I
)
AGAINST = re.compile(r"(gegen|against) [\d, ]*$")
REST = {
    "de": r"^(und )?\d+ weitere|^und eine? weitere|weitere Änderungen",
    "en": r"^and \d+ more|more changes",
}
REASONS = {
    "rest": "how many more a list has where it is cut: the list itself says that it is shortened",
    "scale": "figures along the axis of a drawn chart: the scale, not a value",
    "part": "which part of a slide's list this is, as (1/2)",
    "number": "the number of a figure, table, chapter, page or line of a list",
    "unreckoned": "totals that are not reckoned here again: the loop's signs, moves and unknowns, and people of both sides",
    "words": "the product's own words: rules, legends, questions of a form",
}

UNRECKONED = {
    "deck.acted_title",
    "deck.movement_title",
    "unknowns.lead",
    "deck.unknown_title",
    "deck.roles_title",
}


def _unreckoned(passage: Passage, line: str, token: Token, language: str) -> bool:
    say = load_words(language)
    below = plain(say("deck.acted.label")) in passage.above
    keys = {
        s.key.removesuffix(".one").removesuffix(".other")
        for s in said(line, language)
        if s.start <= token.at < s.end
    }
    return bool(keys & UNRECKONED) or (
        below and isinstance(token, Number) and bool(re.search(r"(^|, )\d+$", line))
    )


def reason(passage: Passage, line: str, token: Token, language: str) -> str:
    """Why a token need not be compared; "" where it must be."""
    if _unreckoned(passage, line, token, language):
        return "unreckoned"
    if passage.kind == "scale" and isinstance(token, Number):
        return "scale"
    whole = " ".join((passage.caption, *passage.above, passage.words))
    if re.fullmatch(r"[1-5]", line) and passage.kind in ("card", "drawn") and PLACED.search(whole):
        return "scale" if len(passage.cells) < 3 else "number"
    if (re.fullmatch(r"\d{1,2}", line) and passage.cells[0].words == line) or AGAINST.search(
        line[: token.at]
    ):
        return "number"
    if passage.kind in ("line", "note", "drawn") and re.search(r"(?:^|– |, )\d+ \w[\w ]*: (hoch|mittel|gering|high|medium|low)", line):  # fmt: skip
        return "number"
    if passage.kind == "note" and re.match(r"– \d{1,2}, ", line) and token.at < 4:
        return "number"
    if re.search(REST[language], line):
        return "rest"
    if re.search(r"\(\d+/\d+\)$", line) and token.at > line.rfind("("):
        return "part"
    if passage.kind == "contents" or (re.match(r"(Tabelle|Abbildung|Table|Figure) \d+", line) and token.at < 14):  # fmt: skip
        return "number"
    if is_fixed(line, token.at, language):
        return "words"
    return ""


def rest_of(words: str, language: str) -> int:
    """How many a list says that it leaves out; 0 where it says nothing."""
    if found := re.search(REST[language], words):
        digits = re.search(r"\d+", found[0])
        return int(digits[0]) if digits else 1
    return 0
