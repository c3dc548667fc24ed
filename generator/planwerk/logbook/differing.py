"""Differences written down: for a terminal, as Markdown, as a comment on a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from planwerk.history.telling import Sentence
from planwerk.logbook import markdown
from planwerk.logbook.difference import Between
from planwerk.logbook.markdown import LIMIT, Section, item, plain
from planwerk.logbook.text import Page
from planwerk.logbook.wrap import Run, lines
from planwerk.problems import Problem
from planwerk.report.telling import in_a_line
from planwerk.words import Words, load_logbook, load_words

PARTS = ("new", "gone", "other")
"""What a client would newly see, no longer see, see otherwise."""


@dataclass(frozen=True, slots=True)
class Told:
    """An account's difference in sentences: the team's, and the client's by part."""

    between: Between
    sentences: tuple[Sentence, ...] = ()
    client: dict[str, tuple[Sentence, ...]] = field(default_factory=dict)

    def marked(self, sentence: Sentence) -> bool:
        """Whether it tells something that the client sees for the first time."""
        return any(self.between.seen.reveals(change) for change in sentence.changes)


class Differing:
    """Writes in one language; `client` tells what clients would see instead of all."""

    def __init__(self, language: str, color: bool = False, client: bool = False) -> None:
        self.say: Words = load_logbook(language)
        self.language, self.client = language, client
        self.page = Page(language, color)

    def name(self, of: Between) -> str:
        """What an account is called, and what became of it."""
        name = of.name if of.account else self.say("history.house")
        state = "came" if of.came else "went" if of.went else "former" if of.former else ""
        return self.say(f"diff.{state}", name=name, former=of.former) if state else name

    def counts(self, told: Told) -> str:
        """How much changed in an account, and how much of it its client would see."""
        parts = [
            self.say(f"diff.{part}_count", count=len(changes))
            for part, changes in told.client.items()
            if changes
        ]
        if told.between.seen.unclear:
            parts.append(self.say("diff.unclear_short"))
        theirs = ", ".join(parts)
        if self.client:
            return theirs
        ours = self.say("diff.changes", count=len(told.sentences))
        return self.say("diff.with_client", ours=ours, theirs=theirs) if theirs else ours

    def problem(self, problem: Problem) -> str:
        """A file that cannot be compared."""
        return f"{problem.place.path}: {in_a_line(problem, load_words(self.language))}"

    # --- for a terminal ----------------------------------------------------------------------

    def text(self, head: str, all_: Sequence[Told]) -> Iterator[str]:
        """All differences, account by account."""
        color = self.page.color
        yield lines([Run(head, "bold")], color)
        for told in all_:
            yield "\n" + lines([Run(self.name(told.between), "place"), Run(f" · {self.counts(told)}", "dim")], color)  # fmt: skip
            if self.client:
                for part, sentences in told.client.items():
                    if sentences:
                        yield lines([Run(self.say(f"diff.{part}"), "bold")], color, "  ")
                    for sentence in sentences:
                        yield from self.page.sentence(sentence, "  ")
                if told.between.seen.unclear:
                    yield lines([Run(self.say("diff.unclear"), "warning")], color, "  ", "  ")
                continue
            for sentence in told.sentences:
                mark = self.say("diff.mark") if told.marked(sentence) else ""
                yield from self.page.sentence(sentence, "  ", mark)
            for problem in told.between.unread:
                yield lines([Run("! ", "warning"), Run(self.problem(problem))], color, "  ", "    ")
        if not all_:
            yield lines([Run(self.say("diff.nothing"))], color)

    # --- as Markdown -------------------------------------------------------------------------

    def markdown(self, head: str, all_: Sequence[Told]) -> str:
        """All differences with a heading for each account."""
        out = [f"# {plain(head)}", ""]
        for told in all_:
            out += [f"## {plain(self.name(told.between))}", "", self.counts(told), ""]
            out += [line for one in self._items(told) for line in one]
            out.append("")
        if not all_:
            out += [self.say("diff.nothing"), ""]
        return "\n".join(out)

    def comment(self, head: str, all_: Sequence[Told], command: str, limit: int = LIMIT) -> str:
        """The same for a comment: each account can be opened; what does not fit is counted."""
        begin = [f"### {plain(head)}", ""]
        if not all_:
            return "\n".join([*begin, self.say("diff.nothing"), ""])
        room = limit - len("\n".join(begin).encode()) - len(self.rest(10**6, command).encode()) - 2
        found, left = markdown.cut([self.section(told) for told in all_], room)
        end = [self.rest(left, command), ""] if left else []
        return "\n".join([*begin, *found, *end])

    def rest(self, count: int, command: str) -> str:
        """How much was left out, and what tells it."""
        return self.say("diff.rest", count=count, command=command)

    def section(self, told: Told) -> Section:
        """An account that can be opened, with its name and counts to be seen at once."""
        name = markdown_in_html(self.name(told.between))
        head = (f"<details><summary><b>{name}</b>: {markdown_in_html(self.counts(told))}</summary>", "")  # fmt: skip
        return Section(head, tuple(tuple(one) for one in self._items(told)), ("", "</details>", ""))

    def _items(self, told: Told) -> Iterator[list[str]]:
        if self.client:
            yield from self._of_client(told)
            return
        for sentence in told.sentences:
            mark = f"**{plain(self.say('diff.mark'))}** " if told.marked(sentence) else ""
            yield item(sentence, mark)
        for problem in told.between.unread:
            yield [f"- {plain(self.problem(problem))}"]

    def _of_client(self, told: Told) -> Iterator[list[str]]:
        begun = False
        for part, sentences in told.client.items():
            for number, sentence in enumerate(sentences):
                heading = [*[""] * begun, f"**{self.say(f'diff.{part}')}**", ""] if not number else []  # fmt: skip
                yield [*heading, *item(sentence)]
                begun = True
        if told.between.seen.unclear:
            yield [f"- {self.say('diff.unclear')}"]


def markdown_in_html(words: str) -> str:
    """Words between tags, where Markdown's own signs mean nothing."""
    shown = plain(words).replace("\\<", "&lt;").replace("\\>", "&gt;")
    return shown.replace("\\", "")
