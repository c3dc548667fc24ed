"""How well the plans are kept: what the method asks for and is missing, what nobody looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from planwerk import blocks as b
from planwerk import formats
from planwerk.compose.sections.portfolio import values
from planwerk.compose.sections.portfolio.overall import GROUPS, Overall
from planwerk.kpis import BY_ID
from planwerk.kpis.tally import Span
from planwerk.model.method import Lack, Stale, missing, stale
from planwerk.model.portfolio import Account
from planwerk.rollup import Group

RECORDS = {
    "profile": "Profile", "objectives": "Profile", "client_kpis": "Profile", "service": "Profile",
    "contract": "Contract", "departments": "Department", "stakeholders": "Stakeholder",
    "interview": "Interview", "insights": "Interview", "journey": "Journey", "features": "Feature",
    "competition": "Competition", "plan": "Plan", "goals": "Plan", "kpis": "Plan",
    "tasks": "TaskFile", "risks": "RiskFile", "review": "Review",
}  # fmt: skip
"""The records whose fields the method can miss, by section."""
SHARE = ("completeness", "freshness")


def page(overall: Overall) -> b.Page:
    """Both shares over all accounts, then each account with what is missing and what is stale."""
    span = Span(overall.today, overall.today)
    whole = {kpi: overall.rollup.by(kpi, "all", span)[0] for kpi in SHARE}
    each = {kpi: {g.key: g for g in overall.rollup.by(kpi, "client", span)} for kpi in SHARE}
    if all(group.counted.value is None for group in whole.values()):
        return overall.page("care", overall.say("care.title_none"), overall.empty(overall.say("care.none")), "work")  # fmt: skip
    blocks: list[b.Block] = []
    for kpi, told in (("completeness", _lacks), ("freshness", _stale)):
        table = _table(overall, kpi, each[kpi], overall.by_account(kpi, partial(told, overall)))  # fmt: skip
        how = b.Fold(overall.say("figures.made_one"), values.how(overall, BY_ID[kpi], whole[kpi]))  # fmt: skip
        blocks.append(b.Section(overall.say(f"care.{kpi}"), (table, how), overall.say(f"care.{kpi}_how"), anchor=kpi))  # fmt: skip
    return overall.page("care", _title(overall, whole), blocks, "work")


def _title(overall: Overall, whole: dict[str, Group]) -> str:
    """Both shares; what is not known is not said."""
    facts = {}
    for kpi, group in whole.items():
        if group.counted.value is not None:
            facts[kpi] = values.words_of(overall, BY_ID[kpi], group.counted.value)
    key = "title" if len(facts) == 2 else f"title_{next(iter(facts))}"
    return overall.say(f"care.{key}", **facts)


def _table(
    overall: Overall, kpi: str, groups: dict[str, Group], items: dict[str, list[str]]
) -> b.Table:
    """The accounts, the one with the lowest share first, each with the items named."""

    def rank(name: str) -> tuple[bool, float, str]:
        value = groups[name].counted.value
        return (value is None, float(value or 0), overall.name(name))

    rows = []
    names = sorted(groups, key=rank)
    for name in names[:GROUPS]:
        share = values.cell(overall, BY_ID[kpi], groups[name])
        told = items[name]
        shown = b.Cell(b.text("; ".join(told))) if told else b.Cell(b.text(overall.say("care.all")))
        unknown = groups[name].counted.value is None
        rows.append(b.Row((overall.account_cell(name), share, b.Cell() if unknown else shown)))
    heads = ("account", "share", "missing" if kpi == "completeness" else "stale")
    return overall.table(overall.say(f"care.{kpi}"), heads, rows, wide=(heads[2],), right=("share",), note=overall.rest(GROUPS, len(names)), tools=kpi)  # fmt: skip


def _lacks(overall: Overall, account: Account) -> Iterator[str]:
    """Each section that lacks something: its name and the items."""
    for lack in missing(account, overall.portfolio.workspace, overall.today, open_too=True):
        yield _named(overall, account, lack)


def _stale(overall: Overall, account: Account) -> Iterator[str]:
    """Each section that nobody looked at in time, and the last day somebody did."""
    for old in stale(account, overall.portfolio.workspace, overall.today):
        section = overall.phrases.sections.get(old.section, old.section)
        items = [] if len(old.items) == 1 and "." in old.items[0] else [_thing(overall, account, old, item) for item in old.items]  # fmt: skip
        last = _last(overall, old.last)
        name = f"{section} ({', '.join(items)})" if items else section
        yield overall.say("care.last", what=name, last=last, limit=old.within)


def _last(overall: Overall, day: date | None) -> str:
    return formats.full_day(day, overall.language) if day else overall.say("care.never")


def _named(overall: Overall, account: Account, lack: Lack) -> str:
    section = overall.phrases.sections.get(lack.section, lack.section)
    items = [_thing(overall, account, lack, item) for item in lack.items]
    same = [item for item in items if item.lower() != section.lower()]
    return f"{section}: {', '.join(same)}" if same else section


def _thing(overall: Overall, account: Account, of: Lack | Stale, item: str) -> str:
    """What is missing or stale, in words: a field, or somebody (something) with the fields."""
    owner, _, fields = item.partition(": ")
    record = RECORDS.get(of.section, "")
    if fields:
        labels = ", ".join(_label(overall, record, field) for field in fields.split())
        return f"{_called(overall, account, owner)} ({labels})" if owner != of.section else labels
    if of.section == "measurements":
        return overall.kpi_name(item) if _is_kpi(overall, item) else item
    return _label(overall, record, item) if (record and "_" in item) or _known(overall, record, item) else _called(overall, account, item)  # fmt: skip


def _is_kpi(overall: Overall, name: str) -> bool:
    return name in overall.portfolio.kpis or overall.of_kpis.has(f"kpi.{name}")


def _known(overall: Overall, record: str, field: str) -> bool:
    return overall.phrases.fields.field(record, field) is not None


def _label(overall: Overall, record: str, field: str) -> str:
    named = overall.phrases.fields.field(record, field)
    return named.label if named else overall.phrases.sections.get(field, field)


def _called(overall: Overall, account: Account, name: str) -> str:
    """Somebody of the client, a department, or a cell of white space, by name."""
    department, slash, offering = name.partition("/")
    if slash and offering:
        cell = next((c for c in account.whitespace if (c.department, c.offering) == (department, offering)), None)  # fmt: skip
        return overall.phrases.place(account.id, cell) if cell else name
    if any(person.id == name for person in account.stakeholders):
        return overall.phrases.names.person(account.id, f"client:{name}")
    return overall.phrases.names.department(account.id, name)
