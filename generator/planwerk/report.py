"""Problems told to people and machines: text with an excerpt, JSON, GitHub annotations."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TextIO

from planwerk.problems import Problem, Severity
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
GITHUB_LIMIT = 10
"""GitHub shows ten annotations of a kind and step; the rest is counted."""


def tell(problem: Problem, words: Words) -> tuple[str, str]:
    """What is wrong, and one fix to type."""
    facts: dict[str, str] = defaultdict(str, problem.facts)
    shape = SHAPES.get(facts["expected"], SHAPES["values"])
    facts["expected_de"], facts["shape_de"], facts["expected_en"], facts["shape_en"] = shape
    near = facts["nearest"]
    key = "ui.nearest" if near else "ui.allowed"
    facts["nearest_sentence"] = words(key, nearest=near, allowed=facts["allowed"])
    base = f"problem.{problem.rule}"
    wrong = words(f"{base}.wrong").format_map(facts)
    fix = words(f"{base}.fix").format_map(facts)
    if not near and "{nearest}" in words(f"{base}.fix"):
        fix = fix.replace(words("ui.nearest", nearest=""), "").strip() or words("ui.allowed", allowed=facts["allowed"])  # fmt: skip
    return wrong, fix


class Sources:
    """The lines of the files that problems point at, read once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._files: dict[str, list[str]] = {}

    def line(self, problem: Problem) -> str | None:
        """The line a problem points at, or None if there is nothing to show."""
        name = str(problem.place.path)
        if name not in self._files:
            self._files[name] = self._words(name).splitlines()
        lines = self._files[name]
        number = problem.place.line
        return lines[number - 1] if 0 < number <= len(lines) else None

    def _words(self, name: str) -> str:
        """The text of a file; nothing of a link in the plans, whatever it leads to."""
        within = PurePosixPath(name)
        if "plans" in within.parts[:1] and any(
            (self.root / part).is_symlink() for part in (within, *within.parents[:-1])
        ):
            return ""
        try:
            return (self.root / name).read_bytes().decode("utf-8", "replace")
        except OSError:
            return ""


def as_text(problems: Sequence[Problem], words: Words, sources: Sources, color: bool) -> str:
    """Each problem with its place, its line underlined, what is wrong and what to type."""
    return "".join(_one(problem, words, sources, color) for problem in ordered(problems))


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """By file and line, each only once."""
    seen: dict[tuple[object, ...], Problem] = {}
    for problem in problems:
        seen.setdefault((problem.place, problem.rule, str(problem.facts)), problem)
    return sorted(seen.values(), key=lambda p: p.order)


def _one(problem: Problem, words: Words, sources: Sources, color: bool) -> str:
    wrong, fix = tell(problem, words)
    bold, dim, mark, end = ("\x1b[1m", "\x1b[2m", "", "\x1b[0m") if color else ("", "", "", "")
    if color:
        mark = "\x1b[31m" if problem.severity is Severity.ERROR else "\x1b[33m"
    word = words(f"ui.{problem.severity.word}")
    out = [f"{mark}{bold}{word}{end} {problem.rule}  {printable(str(problem.place))}\n"]
    line = sources.line(problem)
    if line is not None and line.strip():
        shown = printable(line)[:160]
        number = str(problem.place.line)
        start = min(problem.place.column - 1, len(shown))
        width = max(1, min(problem.place.width, len(shown) - start))
        out.append(f"{dim}{number:>5} │{end} {shown}\n")
        out.append(f"{dim}      │{end} {' ' * start}{mark}{'^' * width}{end}\n")
    out.append(f"  {printable(wrong)}\n")
    out.append(f"  {words('ui.fix')}: {printable(fix)}\n")
    out.append(f"  {dim}{words('ui.more')}: {words('ui.explain', rule=problem.rule)}{end}\n\n")
    return "".join(out)


def printable(words: str) -> str:
    """The words with control characters made visible: a file must not steer the terminal."""
    return "".join(c if c.isprintable() or c == "\t" else "\ufffd" for c in words).replace(
        "\t", " "
    )


def as_json(problems: Sequence[Problem], words: Words) -> str:
    """A stable document for programs: rule names and keys in English, words in the language."""
    rows = []
    for problem in ordered(problems):
        wrong, fix = tell(problem, words)
        rows.append(
            {
                "rule": problem.rule,
                "severity": problem.severity.word,
                "path": str(problem.place.path),
                "line": problem.place.line,
                "column": problem.place.column,
                "width": problem.place.width,
                "account": problem.account,
                "message": wrong,
                "fix": fix,
                "facts": dict(problem.facts),
            }
        )
    return json.dumps({"version": 1, "problems": rows}, ensure_ascii=False, indent=2) + "\n"


def as_github(problems: Sequence[Problem], words: Words) -> str:
    """Workflow commands for annotations, worst first, ten of each; the rest as a count."""
    out = []
    for severity in (Severity.ERROR, Severity.WARNING):
        chosen = [p for p in ordered(problems) if p.severity is severity]
        for problem in chosen[:GITHUB_LIMIT]:
            wrong, fix = tell(problem, words)
            place = problem.place
            properties = {
                "file": str(place.path),
                "line": str(place.line),
                "col": str(place.column),
                "endColumn": str(place.column + place.width),
                "title": problem.rule,
            }
            named = ",".join(f"{k}={_property(v)}" for k, v in properties.items())
            out.append(f"::{severity.word} {named}::{_message(f'{wrong} {fix}')}\n")
        if len(chosen) > GITHUB_LIMIT:
            out.append(f"::{severity.word}::+ {len(chosen) - GITHUB_LIMIT}\n")
    return "".join(out)


def _message(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _message(words).replace(":", "%3A").replace(",", "%2C")


def summary(problems: Sequence[Problem], words: Words, accounts: int, files: int) -> str:
    """The last line: what was checked and how much was found."""
    facts: Mapping[str, object] = {"accounts": words("ui.accounts", count=accounts), "files": files}
    unique = ordered(problems)
    errors = sum(p.severity is Severity.ERROR for p in unique)
    warnings = len(unique) - errors
    if not unique:
        return words("ui.all_well", **facts)
    return words(
        "ui.checked",
        errors=words("ui.errors", count=errors),
        warnings=words("ui.warnings", count=warnings),
        **facts,
    )


def say(words: str, to: TextIO | None = None) -> None:
    """Print a line for people; consoles that cannot show a sign get its nearest plain one."""
    stream = to or sys.stdout
    try:
        stream.write(words)
    except UnicodeEncodeError:
        plain = words.replace("│", "|").replace("„", '"').replace("“", '"')
        encoding = stream.encoding or "ascii"
        stream.write(plain.encode(encoding, "replace").decode(encoding))
    stream.flush()
