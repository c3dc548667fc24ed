"""What the sections look at: one account, as its reader may see it, and how that reader reads.

Everything here works on a projected portfolio; a name that is not in it cannot be said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath

from planwerk import blocks as b
from planwerk import formats
from planwerk.bank import wording
from planwerk.compose.marks import house
from planwerk.compose.prose import parse_prose
from planwerk.compose.told import Chronicle
from planwerk.kpis import BY_ID
from planwerk.model.account import Profile, Stakeholder
from planwerk.model.cited import Cited, cited
from planwerk.model.discovery import Question
from planwerk.model.hosts import line_address
from planwerk.model.measured import Measured
from planwerk.model.plan import Goal, Task
from planwerk.model.portfolio import Account, Period, Portfolio
from planwerk.model.record import Record
from planwerk.model.types import OPEN, Unknown
from planwerk.model.walk import MENTION, rewritten
from planwerk.model.workspace import say
from planwerk.painted import PictureFile
from planwerk.text.pictures import located
from planwerk.text.quotes import quoted
from planwerk.words import Words, load_kpi_words, load_words

STATUS: dict[str, b.Level] = {
    "reached": "good",
    "on_track": "good",
    "close": "warn",
    "close_missed": "warn",
    "at_risk": "bad",
    "missed": "bad",
    "unknown": "open",
    "too_few": "open",
    "info": "neutral",
}


@dataclass(frozen=True)
class View:
    """A reader's view of one account; `period` is the one the outputs speak of."""

    portfolio: Portfolio
    account: Account
    period: Period | None
    say: Words
    memory: dict[str, Chronicle] = field(default_factory=dict, compare=False, repr=False)
    """What is worked out once for all pages of the account."""

    @property
    def chronicle(self) -> Chronicle:
        """What changed, as the reader may know it."""
        if not self.memory:
            self.memory["told"] = Chronicle(self.portfolio, self.account, self.language)
        return self.memory["told"]

    # --- the reader --------------------------------------------------------------------------

    @property
    def internal(self) -> bool:
        """Whether the reader is one of us."""
        return self.portfolio.audience == "internal"

    @property
    def language(self) -> str:
        """The reader's language."""
        return self.say.language

    @property
    def written_in(self) -> str:
        """The language in which the plans of the account are written."""
        return self.account.profile.language or self.portfolio.workspace.language

    @property
    def today(self) -> date:
        """The day the output speaks of."""
        return self.portfolio.as_of

    @property
    def us(self) -> str:
        """Our name, short."""
        short = self.portfolio.workspace.organisation.short
        return short if isinstance(short, str) and short else house(self.portfolio, self.say)

    @property
    def client(self) -> str:
        """The client's name."""
        return self.account.profile.name

    @property
    def client_short(self) -> str:
        """The client's name without its legal form."""
        name = self.client
        for form in (
            " GmbH & Co. KG",
            " GmbH",
            " AG",
            " SE",
            " KG",
            " Ltd",
            " plc",
            " Inc.",
            " PLC",
        ):
            name = name.removesuffix(form)
        return name

    @property
    def client_group(self) -> str:
        """The tab that pages about the client share; "" where the reader gets only one of them."""
        if self.internal:
            return self.say("page.client")
        more = self.account.interview.insights or self.account.journey.stages
        return self.say("page.your_company") if more else ""

    def at(self, period: Period | None) -> View:
        """The same view, speaking of another period."""
        return View(self.portfolio, self.account, period, self.say, self.memory)

    def origin(self, *parts: str) -> str:
        """The origin of a block: account, period and the names of record and field."""
        period = (self.period.id,) if self.period else ()
        return "/".join((self.account.id, *period, *parts))

    def source(self, record: Record | None) -> b.Source | None:
        """Where a record stands at the git host; None where that is not known, or the reader is
        not one of us."""
        at = cited(record) if record is not None and self.hosted else None
        return self._place(at) if at else None

    def _place(self, at: Cited) -> b.Source:
        host = self.portfolio.workspace.host
        assert host is not None
        words = self.say("portal.source_at", file=PurePosixPath(at.path).name, line=at.line)
        return b.Source(line_address(host, at), words)

    @property
    def hosted(self) -> bool:
        """Whether places in the plans may be known: the reader is one of us, with a git host."""
        return self.internal and self.portfolio.workspace.host is not None

    def sources(self, *records: Record | None) -> tuple[b.Source, ...]:
        """Where records stand, as far as that is known."""
        return tuple(source for record in records if (source := self.source(record)))

    def files(self, logs: Iterable[str]) -> tuple[b.Source, ...]:
        """The files of these logs, by their names, as far as they are known."""
        held = (self.portfolio.training if n == "training" else getattr(self.account, n, ()) for n in logs)  # fmt: skip
        first = (next(iter(lines), None) for lines in held if self.hosted)
        places = (cited(record) for record in first if isinstance(record, Record))
        return tuple(self._place(place._replace(line=1)) for place in places if place)

    def sourced(self, cell: b.Cell, record: Record) -> b.Cell:
        """A cell that also says where its record stands."""
        source = self.source(record)
        return replace(cell, source=source) if source else cell

    # --- words for values --------------------------------------------------------------------

    @property
    def open(self) -> str:
        """The word for what is not known."""
        return self.say("word.open")

    def text(self, value: str | Unknown | None) -> str:
        """A text, or the word for unknown."""
        return self.open if value is OPEN else " ".join(str(value or "").split())

    def paragraphs(self, value: str | Unknown) -> str:
        """A longer text as prose; the word for unknown where it is open."""
        return self.open if isinstance(value, Unknown) else value

    def cell(self, value: str | Unknown | None) -> b.Cell:
        """A text as a cell; unknown ones look unknown."""
        return self.unknown() if value is OPEN else b.Cell(b.text(str(value or "")))

    def unknown(self, note: str = "") -> b.Cell:
        """The cell for what is not known."""
        return b.Cell(b.text(self.open), note=note, unknown=True)

    def day(self, value: date | Unknown | None) -> str:
        """A day, without its year where that is this period's or the present one."""
        if not isinstance(value, date):
            return self.open if value is OPEN else ""
        same = value.year == self.today.year
        return (
            formats.short_day(value, self.language)
            if same
            else formats.full_day(value, self.language)
        )

    def long_day(self, value: date | Unknown | None) -> str:
        """A day in words, with its year."""
        if not isinstance(value, date):
            return self.open if value is OPEN else ""
        return formats.long_day(value, self.language)

    def money(self, value: Decimal) -> str:
        """An amount in full with the workspace's currency."""
        return formats.money(value, self.language, self.portfolio.workspace.currency)

    def value(self, amount: Decimal | None, result: Measured) -> str:
        """A KPI's value with its unit; the word for unknown if there is none."""
        if amount is None:
            return self.open
        sign = self.unit(result)
        return formats.quantity(amount, self.language, result.decimals, result.unit, sign)

    def unit(self, result: Measured) -> str:
        """The sign or word of a KPI's unit, "" if it has none."""
        return formats.sign(result.unit, self.say("unit.days"), self.portfolio.workspace.currency)

    def in_words(self, count: int) -> str:
        """A count up to twelve as a word, above it as a number."""
        return self.say(f"count.{count}") if 0 <= count <= 12 else str(count)

    def sentence(self, words: str) -> str:
        """`words` with a capital at its beginning."""
        return words[:1].upper() + words[1:]

    def asked(self, question: Question) -> str:
        """What a question of the interview reads like; gaps nobody filled are told in brackets."""

        def gap(name: str) -> str:
            return f"[{self.say(f'slot.{name}') if self.say.has(f'slot.{name}') else name}]"

        house = self.portfolio.questions.questions
        text = wording(question, house, self.language, {"company": self.client}, gap)
        return self.text(text)

    # --- people ------------------------------------------------------------------------------

    def called(self, someone: Stakeholder) -> str | Unknown:
        """The name of one of the client's people; of a placeholder, what kind we look for."""
        if someone.name is not OPEN:
            return someone.name
        persona = self.portfolio.personas.get(someone.persona or "")
        wanted = (someone.title, persona.name if persona else OPEN)
        return next((name for name in wanted if name not in ("", OPEN)), OPEN)

    def person(self, name: str | Unknown | None) -> b.Person | None:
        """Somebody by id; None where the reader may not know or nobody knows."""
        if not isinstance(name, str) or not name:
            return None
        if name.startswith("client:"):
            for someone in self.account.stakeholders:
                if someone.id == name.removeprefix("client:"):
                    full = self.text(self.called(someone))
                    return b.Person(full, initials(full), "client", self.text(someone.title))
            return None
        if name.startswith("partner:"):
            for period in reversed(self.account.periods):
                if partner := period.partners.get(name.removeprefix("partner:")):
                    return b.Person(partner.name, initials(partner.name)[:1], "partner")
            return None
        member = self.portfolio.team.get(name)
        if member is None:
            return None
        return b.Person(member.name, initials(member.name), "us", self.text(member.title))

    def name(self, name: str | Unknown | None) -> str:
        """Somebody's name, "" where it cannot be said, the word for unknown where it is open."""
        if name is OPEN:
            return self.open
        someone = self.person(name)
        return someone.name if someone else ""

    def person_cell(self, name: str | Unknown | None) -> b.Cell:
        """Somebody as a cell."""
        if name is OPEN:
            return self.unknown()
        someone = self.person(name)
        return b.Cell(person=someone) if someone else b.Cell()

    def prose(self, body: str, folder: str = "") -> tuple[b.Block, ...]:
        """A body of prose as blocks, with names for the mentions the reader may see, and the pictures
        it shows; `folder` is where its file lies below the account's."""

        def picture(target: str) -> PictureFile | None:
            return self.account.pictures.get(located(folder, target) or "")

        return parse_prose(body, self.mentioned, picture, self.written_in)

    def mentioned(self, name: str) -> str | None:
        """The name of somebody that a text mentions; None where the reader may not know it."""
        someone = self.person(name) or self.person(f"client:{name}")
        return someone.name if someone else None

    # --- the plan ----------------------------------------------------------------------------

    @property
    def profile(self) -> Profile:
        """What the reader may know of the client."""
        return self.account.profile

    def period_name(self, period: Period | None = None) -> str:
        """The period in words: "2. Halbjahr 2026", "Q3 2026", "2026", or its days."""
        found = period or self.period
        if found is None:
            return ""
        start, end = found.plan.from_, found.plan.to
        if whole := formats.whole_period(start, end):
            kind, number, year = whole
            return self.say(
                f"period.{kind}", number=self.say(f"period.ordinal.{number}"), year=year
            )
        return f"{self.day(start)}–{formats.full_day(end, self.language)}"

    def in_period(self) -> str:
        """When the period is, within a sentence: "im 2. Halbjahr 2026", "vom 1.8. bis 31.01.2027"."""
        assert self.period is not None
        start, end = self.period.plan.from_, self.period.plan.to
        if formats.whole_period(start, end):
            return self.say("period.in", period=self.period_name())
        return self.say("period.between", start=self.day(start), end=formats.full_day(end, self.language))  # fmt: skip

    def kpi_name(self, kpi: str) -> str:
        """A KPI's name in the reader's language."""
        if house := self.portfolio.kpis.get(kpi):
            return say(house.name, self.language)
        return self.of_kpis(f"kpi.{kpi}.name") if kpi in BY_ID else kpi

    def kpi_source(self, kpi: str) -> str:
        """Where a KPI's values come from."""
        if house := self.portfolio.kpis.get(kpi):
            logs: tuple[str, ...] = (house.log,) if house.log else ()
            if house.source or not logs:
                return say(house.source, self.language)
        else:
            logs = BY_ID[kpi].needs if kpi in BY_ID else ()
        return ", ".join(self.of_kpis(f"log.{log}") for log in logs)

    def kpi_definition(self, kpi: str) -> str:
        """What a KPI counts."""
        if house := self.portfolio.kpis.get(kpi):
            return say(house.definition, self.language)
        return self.of_kpis(f"kpi.{kpi}.formula") if kpi in BY_ID else ""

    @property
    def of_kpis(self) -> Words:
        """The words of the catalogue of KPIs."""
        return load_kpi_words(self.language)

    def closed(self, period: Period | None = None) -> bool:
        """Whether the period has ended."""
        found = period or self.period
        return found is not None and self.today > found.plan.to

    def status(self, result: Measured) -> b.Status:
        """How a KPI stands, as level and word."""
        return b.Status(STATUS[result.status], self.say(f"status.{result.status}"))

    def goal_status(self, goal: Goal, period: Period) -> str:
        """The worst status of a goal's KPIs; `unknown` if none is known."""
        order = ("missed", "at_risk", "close_missed", "close", "on_track", "reached")
        found = {r.status for kpi in goal.kpis if (r := period.result(kpi))}
        return next((status for status in order if status in found), "unknown")

    def task_status(self, task: Task) -> b.Status:
        """How a task stands, from its days alone: nobody types a status."""
        if isinstance(task.done_on, date):
            late = isinstance(task.due, date) and task.done_on > task.due
            return b.Status("done", self.say("task.done_late" if late else "task.done"))
        if isinstance(task.due, date) and task.due < self.today:
            days = (self.today - task.due).days
            return b.Status("bad", self.say("task.late", count=days))
        blocking = self.waits_on(task)
        if blocking is not None:
            return b.Status("warn", self.say("task.waits"))
        if isinstance(task.start, date) and task.start <= self.today:
            return b.Status("run", self.say("task.running"))
        return b.Status("plan", self.say("task.planned"))

    def waits_on(self, task: Task) -> Task | None:
        """The late task that this one waits for, if it should have begun."""
        if self.period is None:
            return None
        for other in self.period.tasks.tasks:
            if other.id in task.depends_on and not isinstance(other.done_on, date):
                late = isinstance(other.due, date) and other.due < self.today
                if late and isinstance(task.start, date) and task.start <= self.today:
                    return other
        return None

    def is_late(self, task: Task) -> bool:
        """Whether a task is neither done nor in time."""
        due = isinstance(task.due, date) and task.due < self.today
        return due and not isinstance(task.done_on, date)

    def tasks_of(self, side: b.Side) -> tuple[Task, ...]:
        """The period's tasks of one side, by day due."""
        if self.period is None:
            return ()
        mine = [t for t in self.period.tasks.tasks if side_of(t.accountable) == side]
        return tuple(sorted(mine, key=due_key))

    def side_name(self, side: b.Side) -> str:
        """The name of a side as its column's head."""
        if side == "us":
            return self.us
        if side == "client":
            return self.client_short
        partners = self.period.tasks.partners if self.period else ()
        return partners[0].name if len(partners) == 1 else self.say("word.partners")


def view_of(portfolio: Portfolio, account: Account, language: str | None = None) -> View:
    """The view of an account in its reader's language, on its current period."""
    house = portfolio.workspace.language
    chosen = language or account.profile.language or house
    words = load_words(chosen)
    plain = View(portfolio, account, None, words)

    def worded(text: str) -> str:
        # what holds code is prose, whose parser knows where it ends
        marked = text if "`" in text else quoted(text, plain.written_in)
        return MENTION.sub(lambda m: plain.mentioned(m[1]) or m[0], marked)

    named = rewritten(account, worded)
    return View(portfolio, named, named.current(portfolio.as_of), words)


def side_of(person: str) -> b.Side:
    """The side somebody stands on, from the id alone."""
    if person.startswith("client:"):
        return "client"
    return "partner" if person.startswith("partner:") else "us"


def due_key(task: Task) -> tuple[date, str]:
    """Tasks in order of the day they are due; open days last."""
    return (task.due if isinstance(task.due, date) else date.max, task.id)


def initials(name: str) -> str:
    """Two letters for a person: first and last name, titles left out."""
    parts = [p for p in name.replace("-", " ").split() if not p.endswith(".") and p[:1].isalpha()]
    letters = [p[0].upper() for p in parts]
    return (letters[0] + letters[-1]) if len(letters) > 1 else "".join(letters[:1])


def total(values: Iterable[Decimal | Unknown | None]) -> Decimal:
    """The sum of what is known."""
    return sum((v for v in values if isinstance(v, Decimal)), Decimal(0))
