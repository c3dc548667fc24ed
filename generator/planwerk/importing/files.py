"""What an import writes: the text of each file of the workspace, the same for the same export."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

import yaml

from planwerk.importing.mapping import IndustryName
from planwerk.importing.mapping import Mapping as CrmMapping
from planwerk.importing.understood import OFFEN, Client, Crm, Deal
from planwerk.words import Words

Plain: TypeAlias = "str | Mapping[str, Plain] | Sequence[Plain]"
"""What plain YAML can say."""

WHITE_SPACE = (
    "department", "offering", "state", "ours", "potential", "probability",
    "competitor", "renews_on", "stage", "note",
)  # fmt: skip
OPPORTUNITIES = (
    "id", "department", "offering", "opened", "expected", "closed", "outcome", "value",
)  # fmt: skip
REVENUE = ("date", "kind", "offering", "amount", "currency", "id", "corrects")
WHOLE = "whole-company"
"""The department that stands for all: a CRM does not know the client's departments."""


@lru_cache(maxsize=2)
def import_words(language: str) -> Words:
    """The words of the import in one language: those of its notes, and those it writes."""
    path = Path(__file__).with_name("words.yml")
    return Words(language, yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)[language])


def workspace_files(crm: Crm, mapping: CrmMapping) -> dict[str, str]:
    """All files by their path within the workspace; workspace.yml first."""
    deals: dict[str, list[Deal]] = defaultdict(list)
    for deal in crm.deals:
        deals[deal.account].append(deal)
    files = {"plans/workspace.yml": _workspace(crm, mapping)}
    for client in crm.clients:
        own, folder = deals[client.id], f"plans/{client.id}"
        files[f"{folder}/account.md"] = _account(client, own, mapping)
        files[f"{folder}/whitespace.csv"] = _white_space(own, crm, mapping)
        files[f"{folder}/opportunities.csv"] = _opportunities(own)
        files[f"{folder}/revenue.csv"] = _revenue(own, mapping)
    files["plans/unassigned-opportunities.csv"] = _unassigned(deals[""])
    return files


def seller(deals: Iterable[Deal]) -> str:
    """Who sold most by value, "" if nobody has won anything."""
    sold: dict[str, Decimal] = defaultdict(Decimal)
    for deal in deals:
        if deal.outcome == "won" and deal.agent:
            sold[deal.agent] += deal.value or 0
    return min(sold, key=lambda agent: (-sold[agent], agent), default="")


# --- workspace.yml, account.md -----------------------------------------------------------------


def _workspace(crm: Crm, mapping: CrmMapping) -> str:
    house: dict[str, Plain] = {
        "format": "1",
        "organisation": {
            "name": mapping.organisation,
            "short": OFFEN,
            "domain": OFFEN,
            "address": OFFEN,
            "email": OFFEN,
        },
        "language": mapping.language,
        "currency": mapping.currency,
    }
    if crm.as_of:
        house["as_of"] = crm.as_of.isoformat()
    house["team"] = [{"id": m.id, "name": m.name, "title": m.title} for m in crm.team]
    house["offerings"] = [{"id": o.id, "name": o.name} for o in crm.offerings]
    house["industries"] = [{"id": i.id, "name": _in_languages(i)} for i in crm.industries]
    return "".join(f"{line}\n" for line in yaml_lines({k: v for k, v in house.items() if v}))


def _in_languages(industry: IndustryName) -> Plain:
    names = {"de": industry.de, "en": industry.en}
    return {language: name for language, name in names.items() if name} or industry.id


def _account(client: Client, deals: Sequence[Deal], mapping: CrmMapping) -> str:
    words = import_words(mapping.language)
    front: dict[str, Plain] = {
        "name": client.name,
        "industry": client.industry,
        "tier": mapping.tier,
        "owner": OFFEN,
        "language": mapping.language,
        "parent": client.parent,
        "parent_name": client.parent_name,
        "headquarters": client.headquarters or OFFEN,
        "founded": _or_offen(client.founded),
        "employees": _or_offen(client.employees),
        "financials": [
            {
                "year": OFFEN,
                "revenue": OFFEN if client.revenue is None else money(client.revenue),
                "profit": OFFEN,
                "source": "CRM",
            }
        ],
        "departments": [
            {"id": WHOLE, "name": words("import.text.whole-company"), "contacted": OFFEN}
        ],
    }
    lines = yaml_lines({key: value for key, value in front.items() if value})
    body = _narrative(deals, mapping, words)
    return "\n".join(("---", *lines, "---", "", body, ""))


def _narrative(deals: Sequence[Deal], mapping: CrmMapping, words: Words) -> str:
    """One sentence: where the account comes from, what a person has to find out."""
    parts = ["owner", *(["tier"] if mapping.tier in (OFFEN, "open") else []), "year"]
    if mapping.revenue_kind in (OFFEN, "open") and any(deal.booked for deal in deals):
        parts.append("kind")
    named = [words(f"import.text.open-{part}") for part in parts]
    listed = words("import.text.and", first=", ".join(named[:-1]), last=named[-1])
    if agent := seller(deals):
        return words("import.text.body-with-seller", parts=listed, agent=agent)
    return words("import.text.body", parts=listed)


def _or_offen(count: int | None) -> str:
    return OFFEN if count is None else str(count)


def yaml_lines(value: Plain, indent: str = "") -> list[str]:
    """Plain YAML: `key: value`, nested keys and `- item`, nothing else."""
    lines: list[str] = []
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if isinstance(inner, str):
                lines.append(f"{indent}{key}: {yaml_text(inner)}")
            else:
                lines += [f"{indent}{key}:", *yaml_lines(inner, f"{indent}  ")]
    else:
        for item in value:
            if isinstance(item, str):
                lines.append(f"{indent}- {yaml_text(item)}")
            else:
                first, *rest = yaml_lines(item, f"{indent}  ")
                lines += [f"{indent}- {first.lstrip()}", *rest]
    return lines


def yaml_text(words: str) -> str:
    """A value as it stands in plain YAML: quoted where it would be read as something else."""
    special = re.match(r"""[-?:,\[\]{}#&*!|>'"%@`~=]|$""", words)
    if special or ": " in words or " #" in words or words.endswith(":") or words != words.strip():
        inner = words.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{inner}"'
    return words


# --- tables and logs ---------------------------------------------------------------------------


def _white_space(deals: Sequence[Deal], crm: Crm, mapping: CrmMapping) -> str:
    by_offering: dict[str, list[Deal]] = defaultdict(list)
    for deal in deals:
        by_offering[deal.offering].append(deal)
    listed = [offering.id for offering in crm.offerings if offering.id in by_offering]
    return csv_text(WHITE_SPACE, (_cell(o, by_offering[o], mapping) for o in listed))


def _cell(offering: str, deals: Sequence[Deal], mapping: CrmMapping) -> dict[str, str]:
    """One cell: won if anything was won, else an opportunity if one is open, else lost."""
    won = [deal for deal in deals if deal.outcome == "won"]
    running = [deal for deal in deals if deal.outcome == "open"]
    lost = len(deals) - len(won) - len(running)
    known = [deal.value for deal in running if deal.value is not None]
    counts = {"won": str(len(won)), "open": str(len(running)), "lost": str(lost)}
    return {
        "department": WHOLE,
        "offering": offering,
        "state": "won" if won else "opportunity" if running else "lost",
        "ours": money(sum((d.value or Decimal(0) for d in won), Decimal(0))) if won else "",
        "potential": money(sum(known, Decimal(0))) if known else "",
        "stage": _stages(running, mapping),
        "note": import_words(mapping.language)("import.text.counts", **counts),
    }


def _stages(deals: Iterable[Deal], mapping: CrmMapping) -> str:
    """The stages of open deals in the mapping's order, unknown ones last."""
    order = [stage.casefold() for stage in mapping.stages]
    found = {deal.stage.lstrip("=+-@ ") for deal in deals} - {""}
    place = {s: order.index(s.casefold()) if s.casefold() in order else len(order) for s in found}
    return ", ".join(sorted(found, key=lambda stage: (place[stage], stage)))


def _opportunity(deal: Deal) -> dict[str, str]:
    return {
        "id": deal.id,
        "department": WHOLE,
        "offering": deal.offering,
        "opened": _iso(deal.opened),
        "expected": _iso(deal.expected),
        "closed": _iso(deal.closed),
        "outcome": deal.outcome,
        "value": "" if deal.value is None else money(deal.value),
    }


def _opportunities(deals: Sequence[Deal]) -> str:
    return csv_text(OPPORTUNITIES, (_opportunity(deal) for deal in deals))


def _unassigned(deals: Sequence[Deal]) -> str:
    rows = ({**_opportunity(deal), "agent": deal.agent} for deal in deals)
    return csv_text((*OPPORTUNITIES, "agent"), rows)


def _revenue(deals: Sequence[Deal], mapping: CrmMapping) -> str:
    rows = [
        {
            "date": deal.closed.isoformat(),
            "kind": mapping.revenue_kind,
            "offering": deal.offering,
            "amount": money(deal.value),
            "currency": mapping.currency,
            "id": deal.id,
        }
        for deal in deals
        if deal.outcome == "won" and deal.closed and deal.value is not None
    ]
    return csv_text(REVENUE, sorted(rows, key=lambda row: row["date"]))


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """A table as Planwerk writes it: UTF-8, commas, one line a row."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def money(value: Decimal) -> str:
    """An amount: whole where it is, else with two decimals (more only where there are more)."""
    words = f"{value.normalize():f}"
    return f"{words}0" if re.fullmatch(r".*\.\d", words) else words


def _iso(found: date | None) -> str:
    return found.isoformat() if found else ""
