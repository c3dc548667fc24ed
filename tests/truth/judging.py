"""One passage: whether each of its numbers and days is what the records beside it have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from truth.exempt import reason, rest_of
from truth.facts import Subject
from truth.labels import CURRENCY, GAP_ROLES, INSTEAD, ROLE_BEFORE, ROLES, SAME_GOAL, WRONG
from truth.named import Named
from truth.passages import Cell, Passage
from truth.results import Difference, Seen, Value
from truth.sentences import COUNTS, MONEY, Said, is_fixed, said
from truth.tokens import Day, Number, Token, month_of, tokens

if TYPE_CHECKING:
    from truth.compare import Comparer


class OnePassage:
    """One passage being compared."""

    def __init__(self, of: Comparer, passage: Passage) -> None:
        self.of, self.passage, self.world, self.result = of, passage, of.world, of.result
        self.scans = [(c, line, *of.scanner.scan(line)) for c in passage.cells for line in c.lines]
        self.texts = [text for _, _, texts, _ in self.scans for text in texts]
        self.at, self.own = 0, False
        self.subjects = of.subjects(self.texts, passage)
        self.main = [s for s in self.subjects if not s.background]
        if self.main and any(same in passage.words for same in SAME_GOAL):
            self.main += of.goals_of(self.main)
        self.context = [] if self.main else self._context()
        if last := [s for s in self.main if s.kind in ("PlanKpi", "Goal", "Feedback")]:
            of.before = (passage.file, last)

    def _context(self) -> list[Subject]:
        """The records that the words above name, else those of the passage before."""
        file, last = self.of.before
        if file == self.passage.file and last[0].kind == "Feedback" and self.passage.kind == "line" and self.texts[:1] and self.texts[0] in self.world.people:  # fmt: skip
            return last  # who said the words above, and when
        for words in (self.passage.caption, *reversed(self.passage.above)):
            subjects = self.of.subjects(self.of.scanner.names([words]), self.passage)
            if subjects := [s for s in subjects if not s.background]:
                return subjects
        return last if file == self.passage.file else []

    def compare(self) -> None:
        """Every number, day and person of the passage."""
        for at, (cell, line, _, rest) in enumerate(self.scans):
            self.at = at
            if wrong := WRONG[self.world.language].search(rest):
                self.differs(line, wrong[0], "money is written another way in this language")
            sentences = said(line, self.world.language)
            for token in tokens(line, self.world.language):
                kind = "day" if isinstance(token, Day) else "number"
                if rest[token.at] == "\x01":
                    self.result.written[self.passage.format, kind] += 1
                else:
                    self._token(token, kind, cell, line, rest, sentences)
        Named(self).compare()
        every = tuple(t for _, line, _, _ in self.scans for t in tokens(line, self.world.language))
        cut = max((rest_of(line, self.world.language) for _, line, _, _ in self.scans), default=0)
        people = frozenset(t for t in self.texts if t in self.world.people)
        keys = frozenset(s.key for s in self.main)
        self.result.seen.setdefault(self.passage.file, []).append(Seen(keys, every, people, cut))

    def _token(self, token: Token, kind: str, cell: Cell, line: str, rest: str, sentences: list[Said]) -> None:  # fmt: skip
        if is_fixed(line, token.at, self.world.language):
            self.result.exempt[self.passage.format, "words"] += 1
            return
        self.own = False
        verdict = self._verdict(token, cell, line, rest, sentences)
        if verdict is True:
            self.result.compared[self.passage.format, kind] += 1
        elif isinstance(verdict, str):
            self.differs(line, token.said, verdict)
        elif self.of.is_part(line):
            self.result.written[self.passage.format, kind] += 1
        elif why := "words" if self.own else reason(self.passage, line, token, self.world.language):
            self.result.exempt[self.passage.format, why] += 1
        else:
            self.result.left.append((self.passage, line, token.said))
            self.differs(line, token.said, "nothing of what stands beside it says so")

    def _verdict(self, token: Token, cell: Cell, line: str, rest: str, sentences: list[Said]) -> bool | str:  # fmt: skip
        """True; or what is true instead; or False where nothing is known of it."""
        cell_of = self.world.grid.get((self._row(), cell.head.partition(" (")[0])) if cell.head else None  # fmt: skip
        if cell_of is not None:
            return self._among(token, cell_of, self._scale()) or told_values(cell_of)
        covering = [s for s in sentences if s.start <= token.at < s.end and not _bare_money(s)]
        for sentence in covering:
            same = [x for x in covering if (x.text, x.weight) == (sentence.text, sentence.weight)]
            known = [a for x in same if (a := self._gap(x, token)) is not None]
            allowed = tuple(v for a in known for v in a) if known else None
            inside = [
                name for name, (start, end) in sentence.spans.items() if start <= token.at < end
            ]
            if allowed is None and (not inside or inside[-1] in COUNTS | MONEY):
                self.own = not inside
                break  # it is this sentence's own figure, and no other's
            if allowed is not None:
                return self._among(token, allowed) or told_values(allowed)
            one = inside and len(list(tokens(sentence.gaps[inside[-1]], self.world.language))) == 1
            if one and inside[-1] in GAP_ROLES and not self._interim() and (verdict := self._by_role(token, GAP_ROLES[inside[-1]])) is not None:  # fmt: skip
                return verdict
        for label in self._before(line, token, cell):
            if label in self.world.labels and (not label.endswith(":") or re.fullmatch(r"\d{4}", token.said)):  # fmt: skip
                true = self.world.labels[label]
                own = bool(self.subjects) and self._true(token, rest, cell) is True
                return own or self._among(token, true, 1000) or self._among(token, true) or told_values(true)  # fmt: skip
        quarters = re.findall(r"Q[1-4] \d\d", " ".join((*self.passage.above[-1:], *(c.words for c in self.passage.cells))))  # fmt: skip
        if quarters and self.passage.kind in ("drawn", "scale") and isinstance(token, Number):
            whole = [v for (row, column), values in self.world.grid.items() if not column and row[0] == "Q" for v in values]  # fmt: skip
            if self._among(token, whole, 1000):
                return True
        if isinstance(token, Day) and line == token.said:
            met = [f.value for x in self.world.subjects.values() if x.kind in ("Review", "Meeting") for f in x.facts]  # fmt: skip
            if self._among(token, met):
                return True
        if isinstance(token, Day) and token.kind == "quarter" and (token.year, token.month) in self.world.quarters:  # fmt: skip
            return True
        return self._true(token, rest, cell) or self._drawn(token) or self._since(token) or self._on_axis(token)  # fmt: skip

    def _since(self, token: Token) -> bool:
        """Whether it is how many days lie between today and a day that stands in the same row."""
        if not isinstance(token, Number) or not re.match("Tag|day", token.unit):
            return False
        today = self.world.today
        days = [t for _, line, _, _ in self.scans for t in tokens(line, self.world.language) if isinstance(t, Day) and t.day]  # fmt: skip
        told = [date(t.year or today.year, t.month, t.day or 1) for t in days]
        return any(token.says(Decimal(abs((today - day).days))) for day in told)

    def _on_axis(self, token: Token) -> bool:
        """Whether it is a day of a KPI's values: along a curve they stand without their year."""
        points = [
            f.value for s in (*self.main, *self.context) for f in s.facts if f.role == "point"
        ]
        return isinstance(token, Day) and any(isinstance(v, date) and token.says(v, v) for v in points)  # fmt: skip

    def _drawn(self, token: Token) -> bool:
        """In a picture the name of a record may stand elsewhere: whether any record says so. A bar of a
        plan has its task beside it."""
        if self.of.leading(self.texts) == "Task" and isinstance(token, Day):
            return False
        if self.passage.kind == "drawn" and isinstance(token, Number):
            every = [f for x in self.world.subjects.values() for f in x.facts if f.role in ("worth", "days")]  # fmt: skip
            if any(self.says(token, f.value, 1000 if f.role == "worth" else 1) for f in every):
                return True
        if (
            self.passage.kind in ("drawn", "scale")
            and isinstance(token, Day)
            and token.kind == "day"
        ):
            days = [f.value for x in self.world.subjects.values() for f in x.facts if f"/{self.of.period}/" in x.key or x.kind in ("Plan", "Review", "Meeting", "Cell")]  # fmt: skip
            if self._among(token, days):
                return True
        return False

    def _before(self, line: str, token: Token, cell: Cell) -> Iterable[str]:
        """What may be the name of a value: words before it, the line or the cell before it."""
        before = line[: token.at].rpartition(",")[2].strip(" -–")
        yield before
        yield before.strip(":")
        yield self.scans[self.at - 1][1] if self.at else ""
        yield self.first()
        if self.passage.kind == "drawn":
            yield from self.passage.above[-1:]

    def _interim(self) -> bool:
        """Whether it tells of days before the end: their targets are others."""
        return any(word in self.passage.words for word in ("Zwischenziel", "Interim"))

    def _by_role(self, token: Token, roles: tuple[str, ...]) -> bool | str | None:
        """Whether it is what a record has in one of these fields; None where no record has any."""
        subjects = self.main or self.context or self.subjects
        only = [f for s in (*subjects, *self.subjects) for f in s.facts if f.role in roles]
        if not only:
            return None
        return any(self.says(token, f.value) for f in only) or told_values(f.value for f in only)

    def _true(self, token: Token, rest: str, cell: Cell) -> bool | str:
        role = self._role(token, rest, cell)
        subjects = self.main or self.context or self.subjects
        facts = [f for s in subjects for f in s.facts]
        if role and any(s.kind in ("PlanKpi", "Goal", "Task") for s in subjects):
            only = [f for f in facts if f.role == role]
            if role == "point":
                only = [f for f in only if f.on is None or self._time().says(f.on, f.on)]  # type: ignore[union-attr]  # fmt: skip
            if only:
                good = [f for f in only if self.says(token, f.value)]
                if good and isinstance(token, Number):
                    self._shown(token, role)
                return bool(good) or told_values([f.value for f in only])
        good = [f for f in facts if self.says(token, f.value)]
        good = good or [f for f in facts if f.role == "worth" and self.says(token, f.value, 1000)]
        if not good and isinstance(token, Day) and token.says(self.world.today, self.world.today):
            return True
        if not good and subjects is not self.subjects:
            beside = [f for s in self.subjects for f in s.facts]
            good = [f for f in beside if self.says(token, f.value) or (f.role == "worth" and self.says(token, f.value, 1000))]  # fmt: skip
        return bool(good)

    def _role(self, token: Token, rest: str, cell: Cell) -> str:
        """What the column, or the words before it, say that a value is."""
        before = ROLE_BEFORE.search(CURRENCY.sub("", rest[: token.at]))
        above = (
            self.scans[self.at - 1][1].lower() if self.at and self.passage.kind == "card" else ""
        )
        if (
            isinstance(token, Number)
            and not self._interim()
            and INSTEAD.match(rest[rest.find(token.said) + len(token.said) :])
        ):
            return "actual"
        word = (before[1] if before else cell.head.partition(" (")[0] or above).lower()
        role = next((role for role, words in ROLES.items() if word in words), "")
        if self._interim():
            return ""
        if (role == "due") != isinstance(token, Day):
            return ""
        if role == "actual" and self._time() is not None:
            return "point"
        alone = self.passage.kind == "card" and re.fullmatch(r"[^\w]*[\d.,]+\s?[%\w€£]{0,4}[^\w]*", rest.strip())  # fmt: skip
        if not role and alone and isinstance(token, Number) and any(s.kind == "PlanKpi" for s in self.main):  # fmt: skip
            return "actual"
        return role

    def _time(self) -> Day | None:
        """The day or month that a row of a chart's data is about."""
        words = self._row()
        found = next((t for t in tokens(words, self.world.language) if isinstance(t, Day)), None)
        if found is None and (month := month_of(words, self.world.language)):
            return Day(words, None, month, None)
        return found

    def _shown(self, token: Number, role: str) -> None:
        """Note how a KPI's value is shown, where it is clear whose it is."""
        kpis = [s for s in self.main if s.kind == "PlanKpi"]
        if len(kpis) == 1 and role in ("actual", "target", "baseline") and self.passage.kind in ("row", "card"):  # fmt: skip
            said = self.result.said.setdefault((kpis[0].key, role), {})
            said.setdefault(self.passage.format, set()).add(f"{token.value:,.{token.decimals}f}")

    def says(self, token: Token, value: Value, scale: int = 1) -> bool:
        if isinstance(token, Day):
            return isinstance(value, date) and token.says(value, self.world.today)
        return isinstance(value, Decimal) and token.says(value, scale)

    def _among(self, token: Token, values: Iterable[Value], scale: int = 1) -> bool:
        return any(self.says(token, value, scale) for value in values)

    def _gap(self, sentence: Said, token: Token) -> tuple[Value, ...] | None:
        """What must stand in the gap that a number stands in; None where that is not known."""
        if not sentence.start <= token.at < sentence.end:
            return None
        gaps = self.of.sums.gaps(sentence, self.passage)
        if gaps is None:
            return None
        inside = [name for name, (start, end) in sentence.spans.items() if start <= token.at < end]
        return gaps.get(inside[-1] if inside else "")

    def _row(self) -> str:
        return self.passage.cells[0].lines[0] if self.passage.cells and self.passage.cells[0].lines else ""  # fmt: skip

    def first(self) -> str:
        return next((c.lines[0] for c in self.passage.cells if c.lines), "")

    def _scale(self) -> int:
        return 1000

    def differs(self, line: str, word: str, truth: str) -> None:
        self.result.differences.append(Difference(self.passage.file, f"{self.passage.place}: »{self.passage.words[:100]}«", word, truth))  # fmt: skip


def _bare_money(sentence: Said) -> bool:
    """ ", EUR 22,000, at risk" is how a KPI stands: an amount at risk follows how many risks are open."""
    return sentence.key.startswith("risks.headline_") and not re.search(
        "isk|isik", sentence.line[: sentence.start]
    )


def told_values(values: Iterable[Value]) -> str:
    known = sorted({str(v) for v in values})
    return "true would be " + (", ".join(known[:6]) if known else "nothing")
