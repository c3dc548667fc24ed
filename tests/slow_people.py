"""The KPIs that logs alone cannot show, a second time: plain loops over the files' own texts.

Written from the formulas in words; it shares no line with `planwerk.kpis`. Money as in `slow_kpis`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

import slow_sections
from slow_kpis import RATES, Found
from slow_sections import Files, day


class Part(NamedTuple):
    """What one account adds to a group: above the line, below it, cases; spoilt if untellable."""

    over: Fraction = Fraction(0)
    under: Fraction = Fraction(0)
    n: int = 0
    spoilt: bool = False


def number(said: Any) -> Fraction | None:
    return None if said in (None, "", "offen") else Fraction(said)


def counted(lines: list[Files]) -> list[Files]:
    """The lines that no later line corrects."""
    mended = [line["corrects"] for line in lines if line.get("corrects")]
    return [line for line in lines if not line.get("id") or line["id"] not in mended]


def a_year_earlier(when: date) -> date:
    if (when.month, when.day) == (2, 29):
        return date(when.year - 1, 2, 28)
    return date(when.year - 1, when.month, when.day)


def cents(line: Files) -> Fraction | None:
    """A booking in euros: by the last rate that held on its day."""
    rates = [rate for since, rate in RATES[line["currency"]] if since <= line["date"]]
    return Fraction(line["amount"] * rates[-1], 10_000) if rates else None


class Rest:
    """The KPIs of a group of accounts between two days, as they are seen on `today`."""

    def __init__(self, accounts: list[Files], house: Files, start: date, end: date, today: date) -> None:  # fmt: skip
        self.accounts, self.house = accounts, house
        self.start, self.end, self.today = start, end, today

    def within(self, said: Any) -> bool:
        when = day(said)
        return when is not None and self.start <= when <= self.end

    def until(self, lines: list[Files]) -> list[Files]:
        """The lines that count up to the last day, the oldest first."""
        return sorted((x for x in counted(lines) if x["date"] <= str(self.end)), key=lambda x: x["date"])  # fmt: skip

    def share(self, of: Callable[[Files], Part | None], scale: int = 100) -> Found:
        """All accounts that can tell, added up and divided once."""
        parts = [part for account in self.accounts if (part := of(account)) is not None]
        over, under = sum((p.over for p in parts), Fraction(0)), sum((p.under for p in parts), Fraction(0))  # fmt: skip
        n = sum(p.n for p in parts)
        known = under > 0 and not any(p.spoilt for p in parts)
        return (scale * over / under if known else None, n)

    def amount(self, of: Callable[[Files], Part | None]) -> Found:
        """All accounts that can tell, added up."""
        parts = [part for account in self.accounts if (part := of(account)) is not None]
        known = parts and not any(p.spoilt for p in parts)
        return (sum((p.over for p in parts), Fraction(0)) if known else None, sum(p.n for p in parts))  # fmt: skip

    def as_now(self, found: Callable[[], Found]) -> Found:
        """Files that say how things are do not say how they were."""
        return found() if self.end >= self.today else (None, 0)

    # --- money -----------------------------------------------------------------------------------

    def growth(self, account: Files) -> Part | None:
        """Revenue in the period less that of the same days a year earlier, by the latter."""
        first, last = a_year_earlier(self.start), a_year_earlier(self.end)
        lines = self.until(account["revenue"])
        if not lines or lines[0]["date"] > str(min(last, first + timedelta(days=92))):
            return None
        sold = [x for x in lines if x["kind"] not in ("contraction", "churn")]
        now = [cents(x) for x in sold if str(self.start) <= x["date"]]
        then = [cents(x) for x in sold if str(first) <= x["date"] <= str(last)]
        spoilt = None in now or None in then
        before = sum((x for x in then if x is not None), Fraction(0))
        return Part(sum((x for x in now if x is not None), Fraction(0)) - before, before, 1, spoilt)

    def renewal(self, account: Files) -> Part | None:
        """Renewed by renewed and churned; a contract that ended must have become one of them."""
        lines = self.until(account["revenue"])
        if not lines:
            return None
        inside = [x for x in lines if self.within(x["date"])]
        renewed = [cents(x) for x in inside if x["kind"] == "renewal"]
        churned = [cents(x) for x in inside if x["kind"] == "churn"]
        end = day(account["profile"].get("contract", {}).get("end"))
        over = end is not None and self.start <= end < self.end
        spoilt = (
            None in renewed + churned
            or any(x["kind"] == "offen" for x in inside)
            or (over and not renewed + churned)
        )
        kept = sum((x for x in renewed if x is not None), Fraction(0))
        lost = sum((abs(x) for x in churned if x is not None), Fraction(0))
        return Part(kept, kept + lost, len(renewed + churned), spoilt)

    def customer(self, account: Files, when: date) -> bool | None:
        """Whether it is a client on that day; None where nobody can tell."""
        profile = account["profile"]
        until, since = day(profile.get("customer_until")), day(profile.get("customer_since"))
        if until is not None and until < when:
            return False
        booked = sorted(x["date"] for x in counted(account["revenue"]))
        if since is None and booked:
            since = day(booked[0])
        if since is None:
            return None if profile.get("customer_since") == "offen" else False
        return since <= when

    def logos(self, stayed: bool) -> Callable[[Files], Part | None]:
        def of(account: Files) -> Part | None:
            first, last = self.customer(account, self.start), self.customer(account, self.end)
            if first is None or last is None:
                return None
            return Part(Fraction(last is stayed), Fraction(1), 1) if first else Part()

        return of

    # --- white space and departments -------------------------------------------------------------

    def wallet(self, account: Files) -> Part | None:
        """Our revenue by ours and the other potential, where both are known; no potential
        beside what we won is none."""
        ours, spent, n = Fraction(0), Fraction(0), 0
        for cell in account["whitespace"]:
            mine, other = number(cell.get("ours")), number(cell.get("potential"))
            if cell["state"] in ("unknown", "not_applicable", "blocked"):
                continue  # where nobody buys, nothing is spent
            if cell["state"] in ("won", "at_risk"):
                if mine is None or cell.get("potential") == "offen":
                    continue
                ours, spent, n = ours + mine, spent + mine + (other or 0), n + 1
            elif other is not None:
                spent, n = spent + other, n + 1
        return Part(ours, spent, n) if account["whitespace"] else None

    def coverage(self, account: Files) -> Part | None:
        """Cells won by all that apply: each department with each offering, and those listed."""
        if not account["whitespace"]:
            return None
        states = {f"{d['id']}/{o}": "" for d in account["profile"]["departments"] for o in ("a", "b")}  # fmt: skip
        for cell in account["whitespace"]:
            states[f"{cell['department']}/{cell['offering']}"] = cell["state"]
        apply = [state for state in states.values() if state != "not_applicable"]
        won = [state for state in apply if state in ("won", "at_risk")]
        return Part(Fraction(len(won)), Fraction(len(apply)), len(apply))

    def potential(self, account: Files) -> Part | None:
        """Potential times probability of the open cells; spoilt where none of them can tell."""
        if not account["whitespace"]:
            return None
        still = [c for c in account["whitespace"] if c["state"] in ("gap", "idea", "opportunity")]
        total, n = Fraction(0), 0
        for cell in still:
            worth, chance = number(cell.get("potential")), number(cell.get("probability"))
            if worth is not None and chance is not None:
                total, n = total + worth * chance, n + 1
        return Part(total, n=n, spoilt=bool(still) and n == 0)

    def reach(self, account: Files) -> Part | None:
        departments = account["profile"]["departments"]
        told = [d.get("contacted", "nein") for d in departments if d.get("contacted") != "offen"]
        return Part(Fraction(told.count("ja")), Fraction(len(told)), len(told)) if departments else None  # fmt: skip

    # --- people ----------------------------------------------------------------------------------

    def age(self, account: Files) -> Part | None:
        """Days since the last contact, meeting or review."""
        spoken = [x["date"] for x in counted(account["interactions"])]
        spoken += [m["on"] for m in account["meetings"]]
        spoken += [p.get("review", {}).get("held_on", "offen") for p in account["periods"]]
        past = [when for said in spoken if (when := day(said)) is not None and when <= self.end]
        return Part(Fraction((self.end - max(past)).days), Fraction(1), 1) if past else None

    def sentiment(self, account: Files) -> Part | None:
        """Disposition times influence by influence; of an earlier day, the last mood recorded."""
        people = account["people"]["stakeholders"]
        said = {p["id"]: number(p.get("disposition")) for p in people}
        if self.end < self.today:
            told = [x for x in self.until(account["surveys"]) if x["instrument"] == "sentiment"]
            told = [x for x in told if x.get("with") and x["score"] not in (None, "offen")]
            said = {x["with"].split(":")[1]: number(x["score"]) for x in told}
            if not told:
                return None
        weights = [(mood, weight) for p in people if (mood := said.get(p["id"])) is not None and (weight := number(p.get("influence"))) is not None]  # fmt: skip
        over = sum((mood * weight for mood, weight in weights), Fraction(0))
        return Part(over, sum((w for _, w in weights), Fraction(0)), len(weights)) if people else None  # fmt: skip

    def threads(self, account: Files) -> Part | None:
        """The people who know one of us at least as a credible source."""
        people = account["people"]["stakeholders"]
        good = ("credible_source", "problem_solver", "trusted_advisor")
        known = [p for p in people if [r for r in p["relationships"] if r["level"] in good]]
        return Part(Fraction(len(known)), n=len(people)) if people else None

    def at_target(self, account: Files) -> Part | None:
        rank = {"none": 0, "vendor": 1, "credible_source": 2, "problem_solver": 3, "trusted_advisor": 4}  # fmt: skip
        key = [p for p in account["people"]["stakeholders"] if p.get("influence") in ("4", "5")]
        aimed = [r for p in key for r in p["relationships"] if "target" in r and r["level"] != "offen"]  # fmt: skip
        there = [r for r in aimed if rank[r["level"]] >= rank[r["target"]]]
        return Part(Fraction(len(there)), Fraction(len(aimed)), len(aimed)) if key else None

    def introductions(self, account: Files) -> Part | None:
        told = [x for x in self.until(account["interactions"]) if x["referrals"] is not None]
        total = sum(x["referrals"] for x in told if self.within(x["date"]))
        return Part(Fraction(total), n=total) if told else None

    def training(self) -> Found:
        """Of the house: done by planned. Of these accounts: of those who look after one."""
        log = self.house["training"]
        planned = [x for x in counted(log) if self.within(x["date"]) and x["planned"] == "ja"]
        done = [x for x in planned if x["done"] == "ja"]
        return (Fraction(100 * len(done), len(planned)) if planned else None, len(planned))

    def trained(self, account: Files) -> Part | None:
        """The same of those of us who own the account or know one of its people."""
        us = {r["with"] for p in account["people"]["stakeholders"] for r in p["relationships"]}
        us |= {account["profile"]["owner"]} - {"offen"}
        mine = [x for x in counted(self.house["training"]) if x["who"] in us]
        planned = [x for x in mine if x["planned"] == "ja" and self.within(x["date"])]
        done = [x for x in planned if x["done"] == "ja"]
        return Part(Fraction(len(done)), Fraction(len(planned)), len(planned))

    # --- plans -----------------------------------------------------------------------------------

    def punctual(self, *sides: str) -> Callable[[Files], Part | None]:
        """Done by the day they were due by all that were due; of today's, only what is done."""

        def of(account: Files) -> Part | None:
            every = [t for p in account["periods"] for t in p["tasks"]["tasks"]]
            mine = [t for t in every if ("client" if "client:" in t["accountable"] else "partner" if "partner:" in t["accountable"] else "us") in sides]  # fmt: skip
            late = on_time = 0
            for task in mine:
                due, done = day(task["due"]), day(task.get("done_on"))
                if due is None or not self.start <= due <= self.end:
                    continue
                if done is not None and done <= due:
                    on_time += 1
                elif due < self.end:
                    late += 1
            return Part(Fraction(on_time), Fraction(on_time + late), on_time + late) if mine else None  # fmt: skip

        return of

    def commitments(self, account: Files) -> Part | None:
        reviews = [p["review"] for p in account["periods"] if "review" in p]
        scores = [c["result"] for r in reviews if self.within(r.get("held_on")) for c in r["commitments"]]  # fmt: skip
        return Part(Fraction(scores.count("achieved")), Fraction(len(scores)), len(scores)) if reviews else None  # fmt: skip

    def sections(self, of: Callable[[Files, Files, date], tuple[int, int] | None]) -> Found:
        def part(account: Files) -> Part | None:
            told = of(account, self.house, self.end)
            return None if told is None else Part(Fraction(told[0]), Fraction(told[1]), told[1])

        return self.as_now(lambda: self.share(part))

    def all(self) -> dict[str, Found]:
        """Every KPI that `slow_kpis` does not reckon."""
        return {
            "revenue-growth": self.share(self.growth),
            "renewal-rate": self.share(self.renewal),
            "logo-retention": self.share(self.logos(stayed=True)),
            "logo-churn": self.share(self.logos(stayed=False)),
            "share-of-wallet": self.as_now(lambda: self.share(self.wallet)),
            "white-space-coverage": self.as_now(lambda: self.share(self.coverage)),
            "white-space-potential": self.as_now(lambda: self.amount(self.potential)),
            "department-reach": self.as_now(lambda: self.share(self.reach)),
            "last-contact-age": self.share(self.age, 1),
            "buyer-sentiment": self.share(self.sentiment, 1),
            "multi-threading": self.as_now(lambda: self.amount(self.threads)),
            "key-players-at-target": self.as_now(lambda: self.share(self.at_target)),
            "referrals": self.amount(self.introductions),
            "training-done": self.training(),
            "task-punctuality": self.share(self.punctual("us", "client", "partner")),
            "task-punctuality-ours": self.share(self.punctual("us")),
            "task-punctuality-client": self.share(self.punctual("client")),
            "task-punctuality-partners": self.share(self.punctual("partner")),
            "commitments-kept": self.share(self.commitments),
            "completeness": self.sections(slow_sections.complete),
            "freshness": self.sections(slow_sections.fresh),
        }
