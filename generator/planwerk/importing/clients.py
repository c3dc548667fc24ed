"""The accounts' table into clients: industry, parent, size, and which rows are the same client."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import replace

from planwerk.importing.mapping import IndustryName
from planwerk.importing.names import Finder
from planwerk.importing.tables import Row, Table
from planwerk.importing.understood import OFFEN, Client, Desk
from planwerk.importing.values import decimal_mark
from planwerk.problems import Problem, Severity


def read_clients(
    desk: Desk, table: Table, industries: dict[str, IndustryName]
) -> tuple[tuple[Client, ...], list[Problem]]:
    """The clients in the table's order; an industry nobody has listed is added on the way."""
    rows, problems = _by_name(desk, table)
    mark = decimal_mark(table.column("revenue"), table.separator)
    parents = Finder(rows)
    find_industry = _IndustryFinder(desk, industries)
    clients = []
    for name, row in rows.items():
        parent = desk.corrected("account", row, "parent")
        known = parents.find(parent).name if parent else ""
        if parent and not known:
            desk.notes.add("decided", "parent-not-in-list", row.place, name=name, parent=parent)
        revenue = desk.amount(row, "revenue", mark)
        clients.append(
            Client(
                id=desk.ids.of("account", name, row.place),
                name=name,
                industry=find_industry.of(row),
                parent=known,
                parent_name="" if known else parent,
                employees=desk.count(row, "employees"),
                headquarters=desk.corrected("headquarters", row),
                founded=desk.count(row, "founded"),
                revenue=None if revenue is None else revenue * desk.mapping.revenue_unit,
            )
        )
    return _with_parents(desk, clients, rows), problems


def _by_name(desk: Desk, table: Table) -> tuple[dict[str, Row], list[Problem]]:
    """The accounts' rows by name; of two rows with the same name the first one counts."""
    rows: dict[str, Row] = {}
    first: dict[str, Row] = {}
    problems = []
    for row in table.rows:
        name = desk.corrected("account", row, "name")
        if not name:
            desk.left_out(row, name, table)
        elif before := first.get(name.casefold()):
            facts = {"found": name, "first": str(before.place.line)}
            problems.append(Problem("duplicate-account", row.place, Severity.WARNING, facts))
        else:
            rows[name] = first[name.casefold()] = row
    return rows, problems


def _with_parents(desk: Desk, clients: list[Client], rows: Map[str, Row]) -> tuple[Client, ...]:
    """The clients with their parents' ids; a parent that is its own descendant is dropped."""
    above = {client.name: client.parent for client in clients}
    for client in clients:
        seen, name = {client.name}, above[client.name]
        while name and name not in seen:
            seen.add(name)
            name = above[name]
        if name == client.name:
            at, parent = rows[client.name].place, above[client.name]
            desk.notes.add("open", "parent-in-circle", at, name=client.name, parent=parent)
            above[client.name] = ""
    of = {client.name: client.id for client in clients}
    return tuple(replace(c, parent=of.get(above[c.name], "")) for c in clients)


class _IndustryFinder:
    """Finds the industry of a row by its id or its name in any language; adds unknown ones."""

    def __init__(self, desk: Desk, industries: dict[str, IndustryName]) -> None:
        self.desk, self.industries = desk, industries
        self.by_word = {
            word: industry.id
            for industry in desk.mapping.industries
            for word in (industry.id, industry.de, industry.en)
            if word
        }
        self.finder = Finder(self.by_word, near=True)

    def of(self, row: Row) -> str:
        """The industry's id; `offen` where the CRM names none."""
        desk, word = self.desk, self.desk.corrected("industry", row)
        if not word:
            desk.notes.add("open", "account-without-industry", row.place)
            self.industries.setdefault(OFFEN, IndustryName(id=OFFEN, de="offen", en="open"))
            return OFFEN
        if word in self.by_word:
            return self.by_word[word]
        if (match := self.finder.find(word)).name.casefold() == word.casefold():
            return self.by_word[match.name]
        if name := desk.matched("industry", word, row, self.finder):
            return self.by_word[name]
        new = desk.ids.of("industry", word, row.place)
        self.industries.setdefault(new, IndustryName(id=new, de=word, en=word))
        return new
