"""`planwerk import crm`: the tables of a CRM become a workspace that a person completes.

Dirty data does not stop it: what was seen, what was decided and what is left open is told in
notes. Run again it changes nothing, and what a person has written since stays.
"""

from __future__ import annotations

from pathlib import Path

from planwerk.importing.files import workspace_files
from planwerk.importing.interpret import interpret
from planwerk.importing.keep import Progress, check_target, load_record, write_all
from planwerk.importing.mapping import Mapping, find_mapping, read_mapping
from planwerk.importing.names import Ids
from planwerk.importing.report import ImportReport, Note, Notes
from planwerk.importing.tables import Table, read_tables
from planwerk.importing.understood import OFFEN, Crm, Desk
from planwerk.problems import Problem, Severity, refuse

__all__ = ["ImportReport", "Note", "import_crm"]


def import_crm(
    source: Path, mapping: Path, into: Path, progress: Progress | None = None
) -> ImportReport:
    """Import the tables in `source` as `mapping` (a path, or a shipped name) explains them.

    Writes `plans/` and a record in `.planwerk/` below `into`; nothing if a problem is an
    error. `progress` is told the stage (`read`, `write`), how much is done, and of how much.
    Refuses a missing `source` and an `into` that is no workspace.
    """
    tell = progress or _silent
    check_target(into)
    if not source.is_dir():
        raise refuse("crm-folder-missing", str(source), found=str(source))
    notes = Notes()
    tell("read", 0, 2)
    chosen, tables, problems = _read(source, mapping, notes)
    tell("read", 1, 2)
    if chosen is None or _errors(problems):
        return ImportReport((), tuple(problems), (), 0, ())
    record, broken = load_record(into)
    desk = Desk(chosen, notes, Ids(record.ids, notes))
    crm, odd = interpret(desk, tables)
    tell("read", 2, 2)
    _note_open(crm, chosen, notes)
    record.ids = desk.ids.by_name
    done = write_all(into, workspace_files(crm, chosen), record, notes, tell)
    problems = sorted([*problems, *broken, *odd], key=lambda problem: problem.order)
    return ImportReport(
        notes.all(), tuple(problems), tuple(done.written), done.unchanged, tuple(done.kept)
    )


def _read(
    source: Path, mapping: Path, notes: Notes
) -> tuple[Mapping | None, dict[str, Table], list[Problem]]:
    chosen, located, problems = read_mapping(mapping)
    if chosen is None:
        return None, {}, problems
    tables, more = read_tables(source, chosen, located, find_mapping(mapping).name, notes)
    return chosen, tables, problems + more


def _errors(problems: list[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


def _silent(_stage: str, _done: int, _total: int) -> None:
    pass


def _note_open(crm: Crm, mapping: Mapping, notes: Notes) -> None:
    """What no CRM says and a person has to."""
    unassigned = sum(not deal.account for deal in crm.deals)
    file = "plans/unassigned-opportunities.csv"
    notes.add("decided", "opportunities-unassigned", count=unassigned, file=file)
    notes.add("open", "owner-open", count=len(crm.clients))
    sold = {deal.account for deal in crm.deals if deal.outcome == "won"}
    unsold = sum(client.id not in sold for client in crm.clients)
    notes.add("seen", "accounts-without-sales", count=unsold)
    if mapping.tier in (OFFEN, "open"):
        notes.add("open", "tier-open", count=len(crm.clients))
    if mapping.revenue_kind in (OFFEN, "open"):
        booked = sum(deal.booked and bool(deal.account) for deal in crm.deals)
        notes.add("open", "revenue-kind-open", count=booked)
    notes.add("open", "revenue-year-open", count=sum(c.revenue is not None for c in crm.clients))
    if mapping.organisation in (OFFEN, "open"):
        notes.add("open", "organisation-open")
