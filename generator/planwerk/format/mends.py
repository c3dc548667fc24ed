"""One mend for each rule: the lines of a file with the problem mended, or None if it is not safe."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from planwerk.format.invisible import without_invisible
from planwerk.format.spot import open_levels, spot
from planwerk.model.record import Record
from planwerk.problems import Problem

Lines = list[str]
LINE_WIDTH = 100
TAB_WIDTHS = (2, 4, 8)
PLAIN = re.compile(r"[^\W_][^#]*")
ITEM = re.compile(r"""[^\W_][^\[\]{}"'#]*|"[^"\\,]*"|'[^',]*'""")
FOLDED = re.compile(r"(?P<head>(?P<indent> *(?:- +)*)(?:[\w-]+: +)?)>[-+]?\s*")


def quoted(words: str) -> str:
    """The words in quotation marks."""
    if '"' in words or "\\" in words:
        return "'" + words.replace("'", "''") + "'"
    return f'"{words}"'


def _as_needed(words: str) -> str:
    fine = PLAIN.fullmatch(words) and ": " not in words and not words.endswith(":")
    return words if fine else quoted(words)


def comment_in_line(lines: Lines, problem: Problem, kind: type[Record]) -> Lines | None:
    """`Maßnahme #3` is a text and gets quoted; behind a number `# so` is a comment and moves up.

    In a text `# so` might be either: only its writer knows.
    """
    number, column = problem.place.line - 1, problem.place.column - 1
    here = spot(lines, number, kind)
    rest = lines[number][column:].strip()
    if here is None:
        return None
    if here.is_text:
        glued = not rest.startswith(("# ", "#\t")) and rest != "#"
        return _with(lines, number, here.head + quoted(here.value.rstrip())) if glued else None
    line = lines[number]
    above = " " * (len(line) - len(line.lstrip(" "))) + rest
    return [*lines[:number], above, line[:column].rstrip(), *lines[number + 1 :]]


def colon_in_text(lines: Lines, problem: Problem, kind: type[Record]) -> Lines | None:
    """The whole text gets quoted."""
    number = problem.place.line - 1
    here = spot(lines, number, kind)
    if here is None or not here.is_text or here.value[:1] in ("", '"', "'", "|", ">"):
        return None
    return _with(lines, number, here.head + quoted(here.value.rstrip()))


def tab_indentation(lines: Lines, problem: Problem, kind: type[Record]) -> Lines | None:
    """Tabs at the beginning become spaces, here and in the lines that follow so.

    A tab is as wide as brings the first line to a level that is open there.
    """
    first = problem.place.line - 1
    last = first
    while last < len(lines) and "\t" in _start(lines[last]):
        last += 1
    for width in TAB_WIDTHS:
        out = [_start(w).replace("\t", " " * width) + w.lstrip(" \t") for w in lines[first:last]]
        if out and len(_start(out[0])) in open_levels(lines[:first], out[0].lstrip()):
            return [*lines[:first], *out, *lines[last:]]
    return None


def _start(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]


def folded_text(lines: Lines, problem: Problem, kind: type[Record]) -> Lines | None:
    """One short paragraph becomes a line, which is how YAML reads it; else `>` becomes `|`.

    Line breaks within a paragraph are spaces to every output, so nothing reads differently.
    """
    number = problem.place.line - 1
    found = FOLDED.fullmatch(lines[number])
    if not found:
        return None
    end = number + 1
    while end < len(lines) and _within(lines[end], len(found["indent"])):
        end += 1
    words = [line.strip() for line in lines[number + 1 : end]]
    while words and not words[-1]:
        words.pop()
    line = found["head"] + _as_needed(" ".join(words))
    indents = {len(w) - len(w.lstrip(" ")) for w in lines[number + 1 : number + 1 + len(words)]}
    if words and all(words) and len(indents) == 1 and len(line) <= LINE_WIDTH:
        return [*lines[:number], line, *lines[end:]]
    return _with(lines, number, found["head"] + "|")


def _within(line: str, indent: int) -> bool:
    return not line.strip() or len(line) - len(line.lstrip(" ")) > indent


def braces(lines: Lines, problem: Problem, kind: type[Record]) -> Lines | None:
    """A text in brackets gets quoted; a list of words gets one line a word."""
    number = problem.place.line - 1
    here = spot(lines, number, kind)
    if here is None or here.value[:1] not in ("[", "{"):
        return None
    value = here.value.rstrip()
    if here.is_list and value[0] == "[" and value[-1] == "]" and here.head.rstrip().endswith(":"):
        items = [part.strip() for part in value[1:-1].split(",")]
        if all(ITEM.fullmatch(item) and ": " not in item and item[-1] != ":" for item in items):
            start = _column_of_key(here.head) * " "
            return [*lines[:number], here.head.rstrip(), *(f"{start}  - {i}" for i in items), *lines[number + 1 :]]  # fmt: skip
        return None
    if here.is_text and (not here.is_list or not here.head.rstrip().endswith(":")):
        return _with(lines, number, here.head + quoted(value))
    return None


def _column_of_key(head: str) -> int:
    found = re.match(r" *(?:- +)*", head)
    return found.end() if found else 0


def forbidden_character(lines: Lines, problem: Problem, kind: type[Record]) -> Lines | None:
    """Every invisible character goes that nobody sees go."""
    return without_invisible("\n".join(lines)).split("\n")


def _with(lines: Lines, number: int, line: str) -> Lines:
    return [*lines[:number], line, *lines[number + 1 :]]


MENDS: Mapping[str, Callable[[Lines, Problem, type[Record]], Lines | None]] = {
    "braces": braces,
    "colon-in-text": colon_in_text,
    "comment-in-line": comment_in_line,
    "folded-text": folded_text,
    "forbidden-character": forbidden_character,
    "tab-indentation": tab_indentation,
}
