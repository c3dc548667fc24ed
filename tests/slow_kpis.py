"""The same KPIs a second time, slow and by other means: SQL over random logs.

Amounts are whole cents and rates whole hundredths, so that nothing is rounded. It shares no line
with `planwerk.kpis`; the two are held against each other.
"""

from __future__ import annotations

import random
import sqlite3
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

LOGS: dict[str, tuple[str, ...]] = {
    "revenue": ("date", "kind", "offering", "amount", "currency", "id", "corrects"),
    "interactions": (
        "date", "channel", "direction", "strategic", "count", "answered", "connected", "positive",
        "reply_hours", "referrals", "id", "corrects",
    ),
    "surveys": ("date", "instrument", "by", "score", "good", "count", "id", "corrects"),
    "opportunities": ("id", "offering", "opened", "expected", "closed", "outcome", "value"),
}  # fmt: skip
RATES = {"EUR": [("0001-01-01", 100)], "GBP": [("2026-01-01", 117), ("2026-07-01", 115)]}
FIRST = date(2025, 1, 1)


def random_account(rng: random.Random, lines: int) -> dict[str, list[dict[str, Any]]]:
    """The logs of one account; some currencies lack a rate, some kinds and values are open."""
    clean = rng.random() < 0.7

    def day() -> str:
        return str(FIRST + timedelta(days=rng.randrange(730)))

    def maybe(value: object, chance: float = 0.3) -> object:
        return None if rng.random() < chance else value

    kinds = ["new", "upsell", "cross_sell", "renewal", "contraction", "churn", "recurring"] + ([] if clean else ["offen"])  # fmt: skip
    currencies = ["EUR", "EUR", "GBP"] if not clean else ["EUR"]
    out: dict[str, list[dict[str, Any]]] = {name: [] for name in LOGS}
    for i in range(rng.randrange(lines)):
        out["revenue"].append(
            {"date": day(), "kind": rng.choice(kinds), "offering": rng.choice(["a", "b", ""]),
             "amount": rng.randrange(-50_000, 5_000_000), "currency": rng.choice(currencies)}
        )  # fmt: skip
        count = rng.randrange(1, 30)
        out["interactions"].append(
            {"date": day(), "channel": rng.choice(["email", "call", "meeting"]),
             "direction": rng.choice(["in", "out"]), "strategic": rng.random() < 0.3,
             "count": count, "answered": maybe(rng.randrange(count + 1)),
             "connected": maybe(rng.randrange(count + 1)), "positive": maybe(rng.randrange(5)),
             "reply_hours": maybe(rng.randrange(200)), "referrals": maybe(rng.randrange(3), 0.8)}
        )  # fmt: skip
        instrument = rng.choice(["nps", "csat", "ces", "sentiment"])
        score = {"nps": rng.randrange(11), "csat": rng.randrange(1, 6), "ces": rng.randrange(1, 8), "sentiment": rng.randrange(-2, 3)}[instrument]  # fmt: skip
        out["surveys"].append(
            {"date": day(), "instrument": instrument, "by": rng.choice(["client", "client", "us"]),
             "score": maybe(score, 0.1), "good": rng.choice(["high", "high", "low"]),
             "count": rng.randrange(1, 9)}
        )  # fmt: skip
        outcome = rng.choice(["open", "won", "lost"])
        out["opportunities"].append(
            {"id": f"deal {i}", "offering": rng.choice(["a", "b"]), "opened": maybe(day(), 0.1),
             "expected": maybe(day()), "closed": maybe(day(), 0.05) if outcome != "open" else None,
             "outcome": outcome, "value": maybe(rng.randrange(1, 900_000), 0 if clean else 0.1)}
        )  # fmt: skip
    for name in ("revenue", "interactions", "surveys"):
        for line in out[name]:
            line |= {"id": "", "corrects": ""}
        for i in range(len(out[name]) // 10):
            old, new = rng.sample(range(len(out[name])), 2)
            if not out[name][old]["id"] and not out[name][new]["corrects"]:
                out[name][old]["id"] = out[name][new]["corrects"] = f"{name}-{i}"
    return out


def database(accounts: dict[str, dict[str, list[dict[str, Any]]]], groups: dict[str, str]) -> sqlite3.Connection:  # fmt: skip
    """All logs as tables with the account's id and group; corrected lines are not in `…_c`."""
    db = sqlite3.connect(":memory:")
    db.execute("create table rates (currency, since, rate)")
    db.executemany("insert into rates values (?, ?, ?)", [(c, *r) for c, rs in RATES.items() for r in rs])  # fmt: skip
    for name, columns in LOGS.items():
        quoted = ", ".join(f'"{c}"' for c in columns)
        db.execute(f"create table {name} (account, grp, {quoted})")
        marks = ", ".join("?" * (len(columns) + 2))
        db.executemany(
            f"insert into {name} values ({marks})",
            [
                (account, groups[account], *(line.get(c) for c in columns))
                for account, logs in accounts.items()
                for line in logs[name]
            ],
        )
        corrected = (
            "" if name == "opportunities"
            else f'where "id" = \'\' or not exists (select 1 from {name} y where y.account = x.account and y."corrects" = x."id")'
        )  # fmt: skip
        db.execute(f"create view {name}_c as select * from {name} x {corrected}")
    db.execute(
        "create view money as select r.*, amount * (select rate from rates q where q.currency = r.currency"
        " and q.since <= r.date order by q.since desc limit 1) as eur from revenue_c r"
    )
    return db


Found = tuple[Fraction | None, int]
"""The value (None: not known) and the sample."""


class Slow:
    """The KPIs of a group of accounts between two days."""

    def __init__(
        self, db: sqlite3.Connection, group: str, start: date, end: date, since: dict[str, str]
    ) -> None:
        self.db, self.group, self.start, self.end = db, group, str(start), str(end)
        self.since = since
        """By account: since when it is a client, where that is written down."""

    def rows(self, sql: str, *more: object) -> list[tuple[Any, ...]]:
        return self.db.execute(sql, {"g": self.group, "s": self.start, "e": self.end, **dict(enumerate(more))}).fetchall()  # type: ignore[arg-type]  # fmt: skip

    def one(self, sql: str) -> tuple[Any, ...]:
        return self.rows(sql)[0]

    def kept(self, log: str) -> bool:
        dated = "" if log == "opportunities" else "and date <= :e"
        return bool(self.one(f"select count(*) from {log} where grp = :g {dated}")[0])

    def revenue(self, *kinds: str, opens: bool = True) -> Found:
        listed = ", ".join(f"'{k}'" for k in kinds)
        total, n, unrated = self.one(
            f"select coalesce(sum(eur), 0), count(*), sum(eur is null) from money where grp = :g and date between :s and :e and kind in ({listed})"
        )
        unknown = self.one("select count(*) from money where grp = :g and date between :s and :e and kind = 'offen'")[0]  # fmt: skip
        wrong = unrated or (unknown and opens)
        return (None if wrong or not self.kept("revenue_c") else Fraction(total, 10_000), n)

    def retention(self, formula: str) -> Found:
        """Account by account: only those with a recurring booking in the twelve months before, and
        clients all through them."""
        first = f"{int(self.start[:4]) - 1}{self.start[4:]}"
        over, under, n = Fraction(0), Fraction(0), 0
        for (account,) in self.rows("select distinct account from money where grp = :g and date <= :e"):  # fmt: skip
            base = self.db.execute(
                "select sum(eur), count(*), sum(eur is null) from money where account = ? and kind = 'recurring' and date >= ? and date < ?",
                (account, first, self.start),
            ).fetchone()
            opened = self.db.execute(
                "select count(*) from money where account = ? and kind = 'offen' and date >= ? and date < ?",
                (account, first, self.start),
            ).fetchone()[0]
            begun = self.db.execute(
                "select min(date) <= date(?, '+92 days') from money where account = ?",
                (first, account),
            ).fetchone()[0]
            late = self.since.get(account, "") > first
            if late or not begun or (not base[1] and not opened):
                continue
            now = self.db.execute(
                "select coalesce(sum(case when kind in ('upsell', 'cross_sell') then eur end), 0),"
                " coalesce(sum(case when kind in ('contraction', 'churn') then abs(eur) end), 0),"
                " sum(kind in ('upsell', 'cross_sell', 'contraction', 'churn') and eur is null),"
                " sum(kind = 'offen') from money where account = ? and date between ? and ?",
                (account, self.start, self.end),
            ).fetchone()
            if base[2] or opened or now[2] or now[3]:
                return None, -1
            start, more, lost = (Fraction(x or 0, 10_000) for x in (base[0], now[0], now[1]))
            over += {"net": start + more - lost, "gross": max(start - lost, Fraction(0)), "churn": lost, "more": more}[formula]  # fmt: skip
            under, n = under + start, n + 1
        return (100 * over / under if under > 0 else None, n)

    def ratio(self, log: str, sql: str, scale: int = 100) -> Found:
        over, under, n = self.one(sql)
        known = self.kept(log) and under is not None and under > 0
        return (Fraction(scale) * Fraction(over) / Fraction(under) if known else None, n or 0)

    def contacts(self, channel: str, part: str, whole: str = "count") -> Found:
        return self.ratio(
            "interactions_c",
            f'select sum({part}), sum("{whole}"), sum("{whole}") from interactions_c where grp = :g and date between :s and :e'
            f" and channel = '{channel}' and direction = 'out' and {part} is not null and \"{whole}\" is not null",
        )

    def strategic(self, channel: str) -> Found:
        n = self.one(
            f"select coalesce(sum(count), 0) from interactions_c where grp = :g and date between :s and :e and channel = '{channel}' and strategic"
        )[0]
        return (Fraction(n) if self.kept("interactions_c") else None, n)

    def median(self) -> Found:
        hours = [h for (h,) in self.rows("select reply_hours from interactions_c where grp = :g and date between :s and :e and reply_hours is not null order by reply_hours")]  # fmt: skip
        n = len(hours)
        if not n:
            return None, 0
        return Fraction(hours[(n - 1) // 2] + hours[n // 2], 2), n

    def survey(self, instrument: str, points: str, scale: int = 100) -> Found:
        top, lowest = {"nps": (10, 0), "csat": (5, 1), "ces": (7, 1)}[instrument]
        score = f"(case good when 'high' then score else {top + lowest} - score end)"
        value = points.replace("score", score)
        return self.ratio(
            "surveys_c",
            f"select sum(count * {value}), sum(count), sum(count) from surveys_c where grp = :g and date between :s and :e"
            f" and instrument = '{instrument}' and by = 'client' and score is not null",
            scale,
        )

    def deals(self, what: str) -> Found:
        over, n = self.one(f"select {what} from opportunities where grp = :g")
        return (Fraction(over) if self.kept("opportunities") and over is not None else None, n or 0)

    def all(self) -> dict[str, Found]:
        """Every KPI that random logs can show."""
        closed = "closed between :s and :e"
        won = f"outcome = 'won' and {closed}"
        return {
            "revenue": self.revenue("new", "upsell", "cross_sell", "renewal", "recurring", "offen", opens=False),
            "new-revenue": self.revenue("new"),
            "upsell-revenue": self.revenue("upsell"),
            "cross-sell-revenue": self.revenue("cross_sell"),
            "renewal-revenue": self.revenue("renewal"),
            "recurring-revenue": self.revenue("recurring"),
            "expansion-revenue": self.revenue("upsell", "cross_sell"),
            "net-revenue-retention": self.retention("net"),
            "gross-revenue-retention": self.retention("gross"),
            "revenue-churn": self.retention("churn"),
            "expansion-rate": self.retention("more"),
            "email-reply-rate": self.contacts("email", "answered"),
            "positive-reply-rate": self.contacts("email", "positive", "answered"),
            "call-connect-rate": self.contacts("call", "connected"),
            "call-contact-rate": self.contacts("call", "answered"),
            "strategic-emails": self.strategic("email"),
            "strategic-calls": self.strategic("call"),
            "response-time": self.median(),
            "nps": self.survey("nps", "((score >= 9) - (score <= 6))"),
            "csat": self.survey("csat", "(score >= 4)"),
            "csat-mean": self.survey("csat", "score", 1),
            "ces": self.survey("ces", "score", 1),
            "deals-won": self.deals(f"sum({won}), sum({won})"),
            "deals-lost": self.deals(f"sum(outcome = 'lost' and {closed}), sum(outcome = 'lost' and {closed})"),
            "deals-open": self.deals("sum(outcome = 'open'), sum(outcome = 'open')"),
            "won-value": self.deals(f"case when sum({won} and value is null) then null else coalesce(sum(case when {won} then value end), 0) end, sum({won})"),
            "win-rate": self.ratio("opportunities", f"select sum({won}), sum(outcome <> 'open' and {closed}), sum(outcome <> 'open' and {closed}) from opportunities where grp = :g"),
            "cycle-time": self.ratio("opportunities", f"select sum(julianday(closed) - julianday(opened)), count(*), count(*) from opportunities where grp = :g and {won} and opened is not null", 1),
            "forecast-accuracy": self.ratio("opportunities", "select sum(outcome = 'won' and closed is not null and closed <= expected), count(*), count(*) from opportunities where grp = :g and expected between :s and :e"),
        }  # fmt: skip
