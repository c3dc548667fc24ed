"""The words of a problem, and the order problems are told in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from planwerk.problems import Problem
from planwerk.words import Words

SHAPES = {
    "list": ("eine Liste", "- eintrag, je Zeile einen", "a list", "- item, one per line"),
    "text": ("ein Text", "den Text hinter den Doppelpunkt", "a text", "the text after the colon"),
    "values": (
        "Angaben der Form schluessel: wert",
        "schluessel: wert, eingerückt darunter",
        "details of the form key: value",
        "key: value, indented below",
    ),
}
UNREADABLE = "version-unreadable"
"""A problem that another one is the reason of (`because`)."""
HALF = re.compile("[\ud800-\udfff]")
LABELLED = frozenset({"unknown-key", "missing-key", "unknown-word", "never-shared"})
"""The rules whose messages use the labels of the format, which are loaded only for them."""
USAGE = frozenset({"option", "usage", "placeholder"})
"""Facts that hold what stands for something to be typed, such as `DIR`: each language has its own."""
SENTENCE_WITH_NEAREST = re.compile(r"[^.?!]*\{nearest\}[^.?!]*[.?!]?\s*")


CUT = {"found", "key", "other", "suggestion"}
LONGEST = 80
"""Signs of what was found that a message repeats."""


def tell(problem: Problem, words: Words) -> tuple[str, str]:
    """What is wrong, and one fix to type."""
    facts: dict[str, str] = defaultdict(str, _facts(problem, words))
    for name in CUT & facts.keys():
        facts[name] = facts[name] if len(facts[name]) <= LONGEST else f"{facts[name][:LONGEST]}…"
    shape = SHAPES.get(facts["expected"], SHAPES["values"])
    facts["expected_de"], facts["shape_de"], facts["expected_en"], facts["shape_en"] = shape
    near = facts["nearest"]
    if near:
        facts["nearest_sentence"] = words("ui.nearest", nearest=near)
    elif facts["labelled"]:
        facts["nearest_sentence"] = words("ui.one_of_these")
    elif facts["allowed"]:
        facts["nearest_sentence"] = words("ui.allowed", allowed=facts["allowed"])
    base = f"problem.{problem.rule}"
    fix = words(f"{base}.fix")
    if not near:
        fix = SENTENCE_WITH_NEAREST.sub("", fix)
    wrong = words(f"{base}.wrong").format_map(facts)
    return wrong, fix.format_map(facts).strip() or _instead(problem, facts, words)


def _facts(problem: Problem, words: Words) -> Mapping[str, str]:
    """The facts of a problem; in the words of the help or of the format where it speaks of that."""
    if problem.rule == UNREADABLE:
        return {**problem.facts, "reason": _because(problem, words)}
    if problem.rule == "upload-file-changed" and "how" in problem.facts:
        return {**problem.facts, "how": words(f"verify.how.{problem.facts['how']}")}
    if placed := USAGE & problem.facts.keys():
        from planwerk.words.help import load_help

        texts = load_help(words.language)
        return {**problem.facts, **{name: texts.placed(problem.facts[name]) for name in placed}}
    if problem.rule not in LABELLED:
        return problem.facts
    from planwerk.labels import with_labels

    return with_labels(problem.rule, problem.facts, words)


def _because(problem: Problem, words: Words) -> str:
    """Why a version cannot be read: what reading it says, as a sentence."""
    rule = problem.facts.get("because", "unreadable-file")
    own = f"problem.{problem.rule}.{rule}"
    said = words(own) if words.has(own) else tell(replace(problem, rule=rule), words)[0]
    return said if said.endswith((".", "?", "!")) else f"{said}."


def in_a_line(problem: Problem, words: Words) -> str:
    """Both, for programs that show one text: what is wrong ends like a sentence."""
    wrong, fix = tell(problem, words)
    return f"{wrong} {fix}" if wrong.endswith((".", "?", "!", "…", "“")) else f"{wrong}. {fix}"


def _instead(problem: Problem, facts: dict[str, str], words: Words) -> str:
    """What to say where no word is near: those that may stand there, or where to read on."""
    if problem.rule == "unknown-word":  # they were named
        return words("ui.one_of_words")
    if facts["allowed"]:
        return words("ui.allowed", allowed=facts["allowed"])
    return words("ui.look_up", command=words("ui.explain", rule=problem.rule))


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """By file and line, each only once: all problems of a file stand together."""
    seen: dict[tuple[object, ...], Problem] = {}
    for problem in problems:
        seen.setdefault((problem.place, problem.rule, str(problem.facts)), problem)
    return sorted(seen.values(), key=lambda p: p.order)


def whole(words: str) -> str:
    """The words without halves of surrogate pairs, which no encoding could write."""
    return words if words.isascii() else HALF.sub("\ufffd", words)
