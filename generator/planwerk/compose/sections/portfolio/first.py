"""The portfolio's first page: the figures, the five questions, this week, all accounts."""

from __future__ import annotations

from planwerk import blocks as b
from planwerk import formats
from planwerk.compose.sections import lately
from planwerk.compose.sections.portfolio import (
    behind,
    figures,
    gaping,
    healthy,
    helping,
    listed,
    quarters,
    signals,
    spaces,
    todo,
    unknowing,
    values,
)
from planwerk.compose.sections.portfolio.overall import Overall
from planwerk.kpis import kpi_of
from planwerk.loop.finding import by_day
from planwerk.rollup import Group

SHOWN = 25
"""How many accounts the first page shows; all of them stand on the page of all accounts."""
WEEK = 6
"""How much of what is due the first page shows."""


def page(overall: Overall) -> b.Page:
    """What is most important of every other page, and the way there."""
    if not overall.count:
        return overall.page("index", overall.say("first.title_none"), overall.empty(overall.say("first.none")))  # fmt: skip
    questions = b.Section(overall.say("first.questions"), (_questions(overall),), anchor="questions")  # fmt: skip
    week = b.Section(overall.say("first.week"), (_week(overall),), overall.say("first.week_how"), anchor="week")  # fmt: skip
    blocks: tuple[b.Block, ...] = (
        cards(overall),
        b.Beside(((questions,), (week,)), (2, 1)),
        b.Section(overall.say("first.accounts"), (listed.table(overall, SHOWN),), overall.say("first.order"), anchor="accounts"),
        *_lately(overall),
    )  # fmt: skip
    return overall.page("index", title(overall), blocks)


def title(overall: Overall) -> str:
    """How many accounts are at risk, and how much is late."""
    if not any(view.period for view in overall.views):
        return overall.say("first.headline_no_plan", count=overall.count)
    bad = sum(standing.light == "bad" for standing in overall.standings)
    first = overall.say("first.title", count=overall.count, bad=overall.say("first.at_risk", count=bad))  # fmt: skip
    return first + overall.say("first.late", count=len(overall.late))


# --- figures ---------------------------------------------------------------------------------


def cards(overall: Overall) -> b.Cards:
    """The portfolio in six figures, each with the page behind it."""
    late, unknown = len(overall.late), len(overall.unknowns)
    without = sum(one.day is None for one in overall.unknowns)
    items = [
        _counted(overall, "revenue", "by-client"),
        _counted(overall, "net-revenue-retention", "by-industry"),
        _goals(overall),
        b.Card(overall.say("first.late_card"), overall.number(late), b.Status("bad" if late else "good", todo.split(overall) or overall.say("first.none_overdue")), link="#page:due"),
        b.Card(overall.say("first.unknown_card"), overall.number(unknown), b.Status("warn" if without else "plan" if unknown else "good", overall.say("first.without_day", count=without) if unknown else overall.say("first.all_known")), link="#page:unknowns"),
        spaces.potential_card(overall, overall.space, "#page:white-space"),
    ]  # fmt: skip
    return b.Cards(tuple(item for item in items if item), overall.say("first.figures"))


def _counted(overall: Overall, name: str, page: str) -> b.Card | None:
    """A KPI over all accounts, twelve months, with its quarters as a small trend."""
    kpi = kpi_of(overall.portfolio.workspace, name)
    if kpi is None:  # the house lets people enter it: then nothing adds up
        return None
    (whole,) = overall.rollup.by(name, "all", figures.year(overall))
    label, link = overall.kpi_name(name), f"#page:{page}"
    period = overall.say("first.year") if len(label) < 12 else ""
    found = whole.counted
    if found.value is None:
        why = values.reasons(overall, found) or overall.say("too_few")
        return b.Card(label, overall.words("word.open"), b.Status("open", why), period=period, unknown=True, link=link)  # fmt: skip
    words, _, unit = values.words_of(overall, kpi, found.value).partition(formats.NBSP)
    status = b.Status("neutral", _sample(overall, whole))
    series = _series(overall, name)
    return b.Card(label, words, status, unit=unit, period=period, series=series, link=link)


def _sample(overall: Overall, whole: Group) -> str:
    return overall.say("first.of_accounts", part=overall.number(len(whole.accounts)), whole=overall.number(overall.count))  # fmt: skip


def _series(overall: Overall, name: str) -> tuple[float | None, ...]:
    """The whole quarters; the one that runs would look like a fall."""
    if name != "revenue":
        return ()
    groups = overall.rollup.by(name, "period", quarters.span_of(overall), "quarter")[:-1]
    found = tuple(None if g.counted.value is None else float(g.counted.value) for g in groups)
    return found if any(found) else ()


def _goals(overall: Overall) -> b.Card:
    """The KPIs of the running plans that are on course, of those that are measured."""
    good = sum(s.good for s in overall.standings)
    judged = sum(s.good + s.close + s.bad for s in overall.standings)
    label, link = overall.say("first.kpis_card"), "#page:behind"
    if not judged:
        return b.Card(label, overall.words("word.open"), b.Status("open", overall.say("first.not_judged")), unknown=True, link=link)  # fmt: skip
    bad = sum(s.bad for s in overall.standings)
    status = b.Status("bad", overall.say("first.bad_kpis", count=bad)) if bad else b.Status("good" if good == judged else "warn", overall.say("first.on_course"))  # fmt: skip
    return b.Card(label, overall.number(good), status, unit=overall.say("first.of_whole", whole=judged), link=link)  # fmt: skip


# --- the five questions ----------------------------------------------------------------------


def _questions(overall: Overall) -> b.DatedList:
    """The questions a sales lead asks, each with its answer in a sentence and its page."""
    answers = (
        ("by-client", "client", figures.title_of(overall, "client")),
        ("by-industry", "industry", figures.title_of(overall, "industry")),
        ("gaps", "gaps", gaping.title_of(overall)),
        ("white-space", "space", spaces.title(overall)),
        ("problems", "help", helping.title(overall)),
        ("behind", "behind", behind.title(overall, behind.behind(overall))),
        ("signals", "signals", signals.title(overall)),
        ("unknowns", "unknowns", unknowing.title(overall)),
        ("health", "health", healthy.title(overall)),
    )
    items = tuple(b.Dated("", overall.say(f"first.question.{key}"), answer, link=f"#page:{page}") for page, key, answer in answers)  # fmt: skip
    return b.DatedList(items, overall.say("first.questions"))


def _week(overall: Overall) -> b.DatedList:
    """What is due within a week, what is latest first where nothing is."""
    near = [f for f in todo.soon(overall) if f.late is not None and f.late >= -7]
    ends = [f for f in overall.ends if f.late is not None and -7 <= f.late <= 0]
    items = []
    for found in by_day([*near, *ends])[:WEEK]:
        light, words = overall.phrases.when(found)
        what = overall.say("renewals.decide") if found.kind == "renewal" else overall.phrases.what(found) or overall.phrases.kind(found)  # fmt: skip
        who = ", ".join(part for part in (overall.phrases.whose(found), overall.view[found.account].client_short) if part)  # fmt: skip
        link = "#page:renewals" if found.kind == "renewal" else f"#account:{found.account}"
        items.append(b.Dated(overall.day(found.day), what, who, b.Status(light, words), link=link))
    rest = len(near) + len(ends) - WEEK
    if rest > 0:
        items.append(b.Dated("", overall.say("first.more_week", count=rest), link="#page:due/soon"))
    return b.DatedList(tuple(items), overall.say("first.week"), overall.say("first.nothing_week"))


# --- what changed ------------------------------------------------------------------------------


def _lately(overall: Overall) -> tuple[b.Section, ...]:
    """What changed in the last days, over all accounts."""
    found = lately.table(overall.views)
    how = overall.words("lately.how", count=lately.DAYS.days)
    return (b.Section(found.label, (found,), how, anchor="lately"),) if found else ()
