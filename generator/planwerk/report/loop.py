"""What the loop found, told in a terminal: shape and word beside every colour; or as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import click

from planwerk import formats
from planwerk.loop.acted import Answered
from planwerk.loop.finding import Found
from planwerk.loop.names import Names
from planwerk.loop.progress import Moved, Progress
from planwerk.loop.space import Movement
from planwerk.loop.standing import LIGHTS, Standing
from planwerk.loop.teams import Routed
from planwerk.model.history import Value
from planwerk.model.record import Record
from planwerk.phrases import Phrases
from planwerk.problems import Place
from planwerk.report.excerpt import printable
from planwerk.words import Words

SHAPES = {"good": ("●", "green"), "warn": ("▲", "yellow"), "bad": ("■", "red"), "open": ("○", "blue")}  # fmt: skip
ORDER = ("missed", "at_risk", "close_missed", "close")
"""How KPIs stand that are behind, the worst first."""
LIGHT_OF = {"missed": "bad", "at_risk": "bad", "close_missed": "warn", "close": "warn", "reached": "good", "on_track": "good"}  # fmt: skip
PlaceOf = Callable[..., Place]
WIDTH = 72


class Teller:
    """Says findings in one language, with the names of people and the places of records."""

    def __init__(self, words: Words, names: Names, place: PlaceOf, color: bool) -> None:
        self.words, self.names, self.place, self.color = words, names, place, color
        self.phrases = Phrases(words, names)

    # --- lines -------------------------------------------------------------------------------

    def found(self, found: Found) -> str:
        """One finding: when, what it is, whose, where."""
        kind = self.phrases.kind(found)
        day = self.day(found.day)
        whose = self.phrases.whose(found)
        who = ", ".join(part for part in (whose, self.names.account(found.account)) if part)
        what = _short(self.phrases.what(found))
        about = f": {what}" if what not in ("", self.names.account(found.account)) else ""
        line = f"{day:<11}  {self.when(found)}  {kind}{about} ({who})"
        return printable(line) + self._dim(self._at(found.record, found.keys)) + "\n"

    def when(self, found: Found) -> str:
        """How late, or how soon, as shape and words."""
        return self._light(*self.phrases.when(found))

    def listed(self, found: Sequence[Found], title: str = "") -> str:
        """A title with its count, and the findings below it."""
        head = f"{title} ({len(found)})\n" if title else ""
        return head + "".join(f"  {self.found(f)}" if title else self.found(f) for f in found)

    def grouped(self, found: Sequence[Found], key: Callable[[Found], str], titles: str) -> str:
        """The findings by groups, each under its title `titles.<key>`."""
        keys = dict.fromkeys(key(f) for f in found)
        return "\n".join(self.listed([f for f in found if key(f) == k], self.words(f"{titles}.{k}")) for k in keys)  # fmt: skip

    def routed(self, routed: Sequence[Routed], teams: dict[str, str]) -> str:
        """Problems, help and wishes by team, each with its examples."""
        out = []
        for team in dict.fromkeys(r.team for r in routed):
            own = [r for r in routed if r.team == team]
            out.append(f"{teams.get(team, team) or self.words('loop.no_team')} ({len(own)})\n")
            for one in own:
                out.append(f"  {self.found(one.found)}")
                out += [f"      {printable(self.phrases.example(e))}\n" for e in one.examples]
        return "".join(out)

    def answered(self, answered: Sequence[Answered]) -> str:
        """What was known beside what answered it."""
        out = []
        for one in answered:
            sign = f"{self.day(one.sign.day)}  {self.phrases.kind(one.sign)}: {_short(self.phrases.what(one.sign))} ({self.names.account(one.sign.account)})"  # fmt: skip
            key = "loop.acted" if one.answer else "loop.not_acted"
            days = "?" if one.days is None else str(one.days)
            what = _short(self.phrases.what(one.answer)) if one.answer else ""
            light = self._light("good" if one.answer else "bad", self.words(key, days=days))
            out.append(f"{printable(sign)}{self._dim(self._at(one.sign.record, one.sign.keys))}\n    {light} {printable(what)}\n")  # fmt: skip
        return "".join(out)

    # --- tables ------------------------------------------------------------------------------

    def standings(self, standings: Sequence[Standing]) -> str:
        """One line an account: light, KPIs, late, stale, unknown, what comes next."""
        say = self.words
        rows = [tuple(say(f"loop.head.{h}") for h in HEADS)]
        rows += [self._standing(s) for s in standings]
        widths = [max(len(row[n]) for row in rows) for n in range(len(HEADS))]
        out = []
        for number, row in enumerate(rows):
            cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
            if number:
                cells[0] = self._color(cells[0], SHAPES[standings[number - 1].light][1])
            out.append("  ".join(cells).rstrip() + "\n")
        return "".join(out)

    def _standing(self, s: Standing) -> tuple[str, ...]:
        say = self.words
        whole = s.good + s.close + s.bad + s.unmeasured
        kpis = say("loop.of", part=s.good, whole=whole) if whole else say("loop.no_kpi")
        next_ = f"{self.day(s.next.day)} {_short(self.phrases.what(s.next), 40)}" if s.next else "-"
        light = f"{SHAPES[s.light][0]} {say(f'loop.light.{s.light}')}"
        counts = (str(s.late), str(s.stale), str(s.unknown))
        return (light, printable(s.name), kpis, *counts, printable(next_))

    def figures(self, standing: Standing) -> str:
        """The KPIs of an account's plan, those behind first: value, target, since when."""
        order = [*ORDER, *sorted({f.status for f in standing.figures} - {*ORDER})]
        rows = []
        for one in sorted(standing.figures, key=lambda f: order.index(f.status)):
            light = SHAPES[LIGHT_OF.get(one.status, "open")][0]
            actual, target = (self._quantity(value, one.unit, one.decimals) for value in (one.actual, one.target))  # fmt: skip
            of = self.words("kpis.target", value=target)
            since = self.day(one.actual_on) if one.actual_on else ""
            rows.append((f"{light} {self.words(f'status.{one.status}')}", self.phrases.kpi(one.kpi), actual, of, since))  # fmt: skip
        widths = [max((len(row[n]) for row in rows), default=0) for n in range(4)]
        line = "  {0:<{w[0]}}  {1:<{w[1]}}  {2:>{w[2]}}  {3:<{w[3]}}  {4}"
        return "".join(printable(line.format(*row, w=widths).rstrip()) + "\n" for row in rows)

    def by_group(self, standings: Sequence[Standing], key: str, labels: dict[str, str]) -> str:
        """The accounts by industry, owner or tier, each group with its counts."""
        groups = sorted({getattr(s, key) for s in standings})
        out = []
        for group in groups:
            own = [s for s in standings if getattr(s, key) == group]
            lights = ", ".join(f"{SHAPES[x][0]} {count} {self.words(f'loop.light.{x}')}" for x in LIGHTS if (count := sum(s.light == x for s in own)))  # fmt: skip
            name = labels.get(group, group) or self.words("word.open")
            head = self.words("loop.group", name=name, count=len(own), lights=lights)
            out.append(f"{head}\n{self.standings(own)}")
        return "\n".join(out)

    def movements(self, movements: Sequence[Movement], money: Callable[[Decimal], str]) -> str:
        """The white space of each account: found, filled, lost, left."""
        out = []
        for m in movements:
            potential = money(m.potential) if m.potential is not None else self.words("word.open")
            facts = {"found": len(m.found), "filled": len(m.filled), "lost": len(m.lost), "left": len(m.left), "valued": m.valued}  # fmt: skip
            out.append(f"{printable(self.names.account(m.account))}: {self.words('loop.space', potential=potential, **facts)}\n")  # fmt: skip
            for kind in ("found", "filled", "lost"):
                out += [f"  {self.phrases.kind(f)}: {printable(self.phrases.what(f))} {self.day(f.day) if f.day else ''} {printable(f.note)}".rstrip() + "\n" for f in getattr(m, kind)]  # fmt: skip
        return "".join(out)

    def progress(self, made: Progress) -> str:
        """A progress report: done, moved, late, next, KPIs then and now."""
        say = self.words
        out = [say("loop.progress.title", name=self.names.account(made.account), since=self.day(made.since), until=self.day(made.until)) + "\n"]  # fmt: skip
        for part in ("done", "moved", "late", "next"):
            out.append(f"\n{say(f'loop.progress.{part}')}\n")
            told = (self._moved(x) if isinstance(x, Moved) else self._done(x) for x in getattr(made, part))  # fmt: skip
            out += [printable(line) + "\n" for line in told]
            if not getattr(made, part):
                key = "no_history" if part == "moved" and not made.with_history else "none"
                out.append(f"  {say(f'loop.progress.{key}')}\n")
        out.append(f"\n{say('loop.progress.kpis')}\n")
        for course in made.kpis:
            then, now, target = (self._quantity(v, course.unit, course.decimals) for v in (course.then, course.now, course.target))  # fmt: skip
            line = say("loop.progress.course", kpi=self.phrases.kpi(course.kpi), then=then, now=now, target=target, status=say(f"status.{course.status}"))  # fmt: skip
            out.append(f"  {printable(line)}\n")
        return "".join(out)

    def day(self, day: date | None) -> str:
        """A day as the reader writes it; the word for open where there is none."""
        return formats.full_day(day, self.words.language) if day else self.words("word.open")

    def _done(self, one: Found) -> str:
        who = self.names.person(one.account, one.whose) if one.whose else ""
        return f"  {self.day(one.day)}  {self.phrases.kind(one)}: {self.phrases.what(one)}" + (f" ({who})" if who else "")  # fmt: skip

    def _moved(self, one: Moved) -> str:
        """A day or target that was changed: when, what, from what to what."""
        old, new = (self._value(value) for value in (one.old, one.new))
        return f"  {self.day(one.day)}  {one.what}: {old} → {new}"

    def _value(self, value: Value) -> str:
        if isinstance(value, Decimal):
            return formats.number(value, self.words.language, formats.decimals_of(value))
        return self.day(value if isinstance(value, date) else None)

    def _quantity(self, value: Decimal | None, unit: str, decimals: int) -> str:
        """A KPI's value with its unit; the word for open where it is not known."""
        if value is None:
            return self.words("word.open")
        sign = formats.sign(unit, self.words("unit.days"), self.names.currency)
        return formats.quantity(value, self.words.language, decimals, unit, sign)

    # --- parts -------------------------------------------------------------------------------

    def _light(self, light: str, words: str) -> str:
        shape, color = SHAPES[light]
        return self._color(f"{shape} {words}", color)

    def _color(self, words: str, color: str) -> str:
        return click.style(words, fg=color) if self.color else words

    def _dim(self, words: str) -> str:
        return click.style(words, dim=True) if self.color else words

    def _at(self, record: Record | None, keys: tuple[str | int, ...]) -> str:
        return f"  {self.place(record, *keys)}" if record is not None else ""

    def as_json(self, values: Iterable[Any]) -> str:
        """The same for programs: a list of objects, each with its place."""
        return json.dumps([self._plain(v) for v in values], ensure_ascii=False, indent=2) + "\n"

    def _plain(self, value: Any) -> Any:
        if isinstance(value, Found):
            return dict(self._of_found(value))
        if is_dataclass(value):
            return {f.name: self._plain(getattr(value, f.name)) for f in fields(value)}
        if isinstance(value, tuple | list):
            return [self._plain(part) for part in value]
        if isinstance(value, date):
            return value.isoformat()
        return str(value) if isinstance(value, Decimal) else value

    def _of_found(self, found: Found) -> Iterator[tuple[str, Any]]:
        for field in fields(found):
            if field.name not in ("record", "keys"):
                yield field.name, self._plain(getattr(found, field.name))
        yield "side", found.side
        yield "place", str(self.place(found.record, *found.keys)) if found.record is not None else None  # fmt: skip


HEADS = ("light", "account", "kpis", "late", "stale", "unknown", "next")


def _short(words: str, width: int = WIDTH) -> str:
    return words if len(words) <= width else words[: width - 1].rstrip() + "…"
