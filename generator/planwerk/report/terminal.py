"""Problems for a person: where, the line underlined, what is wrong, what to type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from planwerk.problems import Place, Problem, Severity
from planwerk.report.excerpt import excerpt, plain, printable
from planwerk.report.sources import Sources
from planwerk.report.telling import ordered, tell
from planwerk.words import Words

MANY = 10
"""From so many problems on, the summary names the rules that were met most."""


WHOLE_FILE = frozenset({"unknown-file", "symlink", "file-too-large"})
"""What is wrong with a file as such: no line of it is to be shown."""


class _Colours(NamedTuple):
    bold: str = ""
    dim: str = ""
    place: str = ""
    error: str = ""
    warning: str = ""
    fix: str = ""
    end: str = ""


PLAIN = _Colours()
COLOURED = _Colours("\x1b[1m", "\x1b[2m", "\x1b[36m", "\x1b[31m", "\x1b[33m", "\x1b[32m", "\x1b[0m")


def as_text(problems: Sequence[Problem], words: Words, sources: Sources, color: bool) -> str:
    """Each problem with its place, its line underlined, what is wrong and what to type.

    Problems of a file stand together. Where to read more is said once a rule.
    """
    sources.hide(problems)
    told: set[str] = set()
    out: list[str] = []
    for problem in ordered(problems):
        out.extend(_one(problem, words, sources, COLOURED if color else PLAIN))
        if problem.rule not in told:
            out.append(_more(problem, words, COLOURED if color else PLAIN))
        told.add(problem.rule)
        out.append("")
    return "".join(f"{line}\n" for line in out)


def _one(problem: Problem, words: Words, sources: Sources, c: _Colours) -> Iterator[str]:
    wrong, fix = tell(problem, words)
    mark = c.error if problem.severity is Severity.ERROR else c.warning
    word = words(f"ui.{problem.severity.word}")
    line = None if problem.rule in WHOLE_FILE else sources.line(problem.place)
    place = printable(str(problem.place.path if line is None else problem.place))
    yield f"{mark}{c.bold}{word}{c.end} {c.bold}{problem.rule}{c.end}  {c.place}{place}{c.end}"
    if line and line.strip():
        yield from _excerpt(problem.place, line, sources.lines(problem.place.path), mark, c)
    yield f"  {printable(wrong)}"
    yield f"  {c.fix}{words('ui.fix')}:{c.end} {printable(fix)}"


def _excerpt(
    place: Place, line: str, lines: Sequence[str], mark: str, c: _Colours
) -> Iterator[str]:
    """The line with its place underlined, below the line that says what it belongs to."""
    above = _above(lines, place)
    if above:
        yield f"{c.dim}{above:>5} │ {plain(lines[above - 1])}{c.end}"
        if above < place.line - 1:
            yield f"{c.dim}    … │{c.end}"
    whole_row = place.path.suffix == ".csv" and (place.column, place.width) == (1, 1)
    e = excerpt(line, place.column, len(line) if whole_row else place.width)
    yield f"{c.dim}{place.line:>5} │{c.end} {e.before}{mark}{e.marked}{c.end}{e.after}".rstrip()
    yield f"{c.dim}      │{c.end} {' ' * e.indent}{mark}{'^' * e.width}{c.end}"


def _above(lines: Sequence[str], place: Place) -> int:
    """The line that says what the place belongs to: a table's head, the record; 0 for none."""
    if place.path.suffix == ".csv":
        return 1 if place.line > 1 and lines[0].strip() else 0
    indent = _indent(lines[place.line - 1])
    for number in range(place.line - 1, 0, -1):
        line = lines[number - 1]
        if indent == 0 or line.rstrip() == "---":
            return 0
        if line.strip() and not line.lstrip().startswith("#") and _indent(line) < indent:
            return number
    return 0


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _more(problem: Problem, words: Words, c: _Colours) -> str:
    return f"  {c.dim}{words('ui.more')}: {words('ui.explain', rule=problem.rule)}{c.end}"


def summary(problems: Sequence[Problem], words: Words, accounts: int, files: int) -> str:
    """The last line: what was checked and how much was found; after many, of what."""
    counted = {"accounts": accounts, "files": files}
    facts: Mapping[str, object] = {n: words(f"ui.{n}", count=c) for n, c in counted.items()}
    unique = ordered(problems)
    errors = sum(p.severity is Severity.ERROR for p in unique)
    if not unique:
        return words("ui.all_well", **facts)
    told = words(
        "ui.checked",
        errors=words("ui.errors", count=errors),
        warnings=words("ui.warnings", count=len(unique) - errors),
        **facts,
    )
    rules = Counter(p.rule for p in unique)
    if len(unique) < MANY or len(rules) == 1:
        return told
    most = sorted(rules.items(), key=lambda item: (-item[1], item[0]))[:3]
    return f"{told}\n" + words("ui.most", rules=", ".join(f"{rule} ({n})" for rule, n in most))
