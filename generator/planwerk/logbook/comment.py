"""The one comment on a pull request: what the check found, what clients would see, what changes."""

from __future__ import annotations

from collections.abc import Sequence

from planwerk.logbook import markdown
from planwerk.logbook.differing import Differing, Told
from planwerk.logbook.markdown import LIMIT, Section, plain
from planwerk.problems import Problem, Severity
from planwerk.report.telling import in_a_line, ordered
from planwerk.words import load_logbook, load_words

MARKER = "<!-- planwerk: what changes in the plans -->"
"""By this the comment is found again, so that the next run replaces it."""
MOST = 20
"""Findings that are told; the annotations and the log hold the others."""
FOR_FINDINGS = 8_000
"""Bytes for the findings."""


class Report:
    """What a run of `planwerk ci` found: the check's summary and findings, and the differences
    for the team and for the clients; None where there is nothing to compare with."""

    def __init__(
        self, summary: str, problems: Sequence[Problem], team: Sequence[Told] | None,
        clients: Sequence[Told], base: str, language: str,
    ) -> None:  # fmt: skip
        self.summary, self.problems, self.base = summary, problems, base
        self.team, self.clients, self.language = team, clients, language
        self.say = load_logbook(language)

    def comment(self, limit: int = LIMIT) -> str:
        """The comment, in so many bytes at most."""
        end = ["", f"<sub>{self.say('ci.made_by')}</sub>", ""]
        room = limit - sum(len(line.encode()) + 1 for line in (MARKER, *end)) - 1_000
        out = [MARKER, f"## {self.say('ci.head')}", "", *self._check()]
        room -= sum(len(line.encode()) + 1 for line in out)
        left = 0
        for heading, told, client in (("ci.clients", self.clients, True), ("ci.team", self.team, False)):  # fmt: skip
            if told is None:
                out += [self.say("ci.no_base"), ""]
                continue
            out += [f"### {self.say(heading)}", ""]
            if not told:
                out += [self.say(f"{heading}_nothing"), ""]
            writer = Differing(self.language, client=client)
            sections = [writer.section(one) for one in told]
            lines, more = markdown.cut(_opened(sections) if client else sections, room)
            room -= sum(len(line.encode()) + 1 for line in lines)
            out, left = [*out, *lines], left + more
        if left:
            out.append(self.say("diff.rest", count=left, command=f"planwerk diff {self.base[:10]}"))
        return "\n".join([*out, *end])

    def _check(self) -> list[str]:
        """What the check found: its last line, and the worst findings."""
        found = sorted(ordered(self.problems), key=lambda p: -p.severity)
        out = [f"{self._sign()} {plain(self.summary)}", ""]
        if not found:
            return out
        words, errors = (
            load_words(self.language),
            [p for p in found if p.severity is Severity.ERROR],
        )
        told = errors[:MOST] or found[:MOST]
        items = tuple(
            (f"- **{words(f'ui.{p.severity.word}')}** `{p.rule}` {plain(str(p.place))}: {plain(in_a_line(p, words))}",)
            for p in told
        )  # fmt: skip
        head = (f"<details{' open' if errors else ''}><summary>{self.say('ci.findings')}</summary>", "")  # fmt: skip
        lines, left = markdown.cut([Section(head, items, ("", "</details>", ""))], FOR_FINDINGS)
        if left or len(found) > len(told):
            more = self.say("ci.more_findings", count=len(found) - len(told) + left)
            lines[-3:-3] = ["", more]
        return [*out, *lines]

    def _sign(self) -> str:
        errors = any(p.severity is Severity.ERROR for p in self.problems)
        return "❌" if errors else "⚠️" if self.problems else "✅"


def _opened(sections: Sequence[Section]) -> list[Section]:
    """The sections as a reader finds them: what clients would see is open from the beginning."""
    return [s._replace(head=(s.head[0].replace("<details>", "<details open>"), *s.head[1:])) for s in sections]  # fmt: skip
