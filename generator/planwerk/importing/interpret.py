"""Rows of CRM tables into what a workspace knows: people, offerings, industries, clients, deals."""

from __future__ import annotations

from collections.abc import Mapping as Map
from datetime import date

from planwerk.importing.clients import read_clients
from planwerk.importing.deals import Deals
from planwerk.importing.tables import Table
from planwerk.importing.understood import Crm, Deal, Desk, Member, Offering
from planwerk.problems import Problem


def interpret(desk: Desk, tables: Map[str, Table]) -> tuple[Crm, list[Problem]]:
    """The export understood, and the rows that cannot both be right."""
    agents = _agents(desk, tables["owners"])
    team = agents | _managers(desk, tables["owners"], agents)
    offerings = _offerings(desk, tables["products"])
    industries = {industry.id: industry for industry in desk.mapping.industries}
    clients, problems = read_clients(desk, tables["accounts"], industries)
    by_name = {client.name: client.id for client in clients}
    deals = Deals(desk, team, offerings, by_name).read(tables["opportunities"])
    busy = {deal.agent for deal in deals}
    idle = [agent.name for agent in agents.values() if agent.id not in busy]
    desk.notes.add("seen", "agents-without-opportunity", count=len(idle), names=", ".join(idle))
    crm = Crm(
        team=tuple(team.values()),
        offerings=tuple(offerings.values()),
        industries=tuple(industries.values()),
        clients=clients,
        deals=deals,
        as_of=_as_of(desk, deals),
    )
    return crm, problems


def _as_of(desk: Desk, deals: tuple[Deal, ...]) -> date | None:
    if desk.mapping.as_of:
        return desk.mapping.as_of
    last = max((d for deal in deals for d in (deal.opened, deal.closed) if d), default=None)
    if last:
        desk.notes.add("decided", "as-of-from-data", date=last.isoformat())
    else:
        desk.notes.add("open", "as-of-unknown")
    return last


def _agents(desk: Desk, table: Table) -> dict[str, Member]:
    """Who sells, by name."""
    title = desk.mapping.titles.owner
    agents: dict[str, Member] = {}
    for row in table.rows:
        name = desk.corrected("owner", row, "name")
        if not name or name in agents:
            desk.left_out(row, name, table)
            continue
        titled = f"{title}, {row['office']}" if row["office"] else title
        agents[name] = Member(desk.ids.of("member", name, row.place), name, titled)
    return agents


def _managers(desk: Desk, table: Table, agents: dict[str, Member]) -> dict[str, Member]:
    """Whom the table names only as somebody's manager: they belong to the team as well."""
    title = desk.mapping.titles.manager
    managers: dict[str, Member] = {}
    for row in table.rows:
        name = row["manager"]
        if name and name not in agents:
            managers[name] = Member(desk.ids.of("member", name, row.place), name, title)
    names = ", ".join(managers)
    desk.notes.add("decided", "managers-in-team", count=len(managers), names=names)
    return managers


def _offerings(desk: Desk, table: Table) -> dict[str, Offering]:
    offerings: dict[str, Offering] = {}
    for row in table.rows:
        name = desk.corrected("product", row, "name")
        if not name or name in offerings:
            desk.left_out(row, name, table)
            continue
        offerings[name] = Offering(desk.ids.of("offering", name, row.place), name)
    return offerings
