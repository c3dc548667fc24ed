"""The opportunities' table into deals: nothing is left out, whatever a row lacks."""

from __future__ import annotations

from planwerk.importing.mapping import Outcome
from planwerk.importing.names import Finder
from planwerk.importing.tables import Row, Table
from planwerk.importing.understood import OFFEN, Deal, Desk, Member, Offering
from planwerk.importing.values import decimal_mark


class Deals:
    """Reads the opportunities; products and agents nobody has listed are added on the way."""

    def __init__(
        self,
        desk: Desk,
        team: dict[str, Member],
        offerings: dict[str, Offering],
        accounts: dict[str, str],
    ) -> None:
        self.desk, self.team, self.offerings, self.accounts = desk, team, offerings, accounts
        self.find_account = Finder(accounts)
        self.find_product = Finder(offerings, near=True)
        self.find_agent = Finder(team)
        self.stages = {stage.casefold(): out for stage, out in desk.mapping.stages.items()}
        self.seen: dict[str, int] = {}

    def read(self, table: Table) -> tuple[Deal, ...]:
        mark = decimal_mark(table.column("value"), table.separator)
        return tuple(self.deal(row, mark) for row in table.rows)

    def deal(self, row: Row, mark: str) -> Deal:
        """One row as a deal; whatever is missing or odd in it is noted."""
        desk = self.desk
        outcome = self.outcome(row)
        closed, expected = desk.day(row, "closed"), desk.day(row, "expected")
        if outcome == "open" and closed:
            # many CRMs keep the day they hope for in the same column
            desk.notes.add("decided", "close-date-expected", row.place)
            closed, expected = None, expected or closed
        deal = Deal(
            id=self.id(row),
            account=self.account(row),
            agent=self.agent(row),
            offering=self.offering(row),
            stage=row["stage"],
            outcome=outcome,
            opened=desk.day(row, "opened"),
            expected=expected,
            closed=closed,
            value=desk.amount(row, "value", mark),
        )
        self.note_missing(deal, row)
        return deal

    def note_missing(self, deal: Deal, row: Row) -> None:
        notes, at = self.desk.notes, row.place
        if deal.outcome == "open" and deal.value is None:
            notes.add("seen", "open-without-value", at)
        if deal.outcome == "open" and deal.opened is None:
            notes.add("seen", "open-without-date", at)
        if deal.outcome == "won" and deal.value is None:
            notes.add("open", "won-without-value", at, id=deal.id)
        if deal.outcome == "won" and deal.closed is None:
            notes.add("open", "won-without-date", at, id=deal.id)
        if deal.opened and deal.closed and deal.closed < deal.opened:
            notes.add("open", "closed-before-opened", at, id=deal.id)

    def id(self, row: Row) -> str:
        """The CRM's id; a missing one is made of the line, a repeated one gets a number."""
        # a cell that begins like a formula would be one when the log is opened in Excel
        plain = row["id"].lstrip("=+-@ ")
        if not plain:
            plain = f"row-{row.place.line}"
            self.desk.notes.add("decided", "opportunity-without-id", row.place)
        elif plain != row["id"]:
            file = str(row.place.path)
            self.desk.notes.add("decided", "characters-replaced", row.place, file=file, to=plain)
        self.seen[plain] = self.seen.get(plain, 0) + 1
        if self.seen[plain] == 1:
            return plain
        self.desk.notes.add("open", "opportunity-twice", row.place, id=plain)
        return f"{plain}-{self.seen[plain]}"

    def outcome(self, row: Row) -> Outcome:
        known = self.stages.get(row["stage"].casefold())
        if known is None:
            self.desk.notes.add("open", "unknown-stage", row.place, found=row["stage"] or "–")
        return known or "open"

    def account(self, row: Row) -> str:
        """The account's id, "" where none is named or the name is in no list."""
        word = self.desk.corrected("account", row)
        if not word:
            self.desk.notes.add("seen", "opportunity-without-account", row.place)
            return ""
        name = self.desk.matched("account", word, row, self.find_account)
        return self.accounts.get(name, "")

    def agent(self, row: Row) -> str:
        word = self.desk.corrected("owner", row)
        if not word:
            return ""
        if name := self.desk.matched("owner", word, row, self.find_agent):
            return self.team[name].id
        if word not in self.team:
            self.team[word] = Member(self.desk.ids.of("member", word, row.place), word, OFFEN)
        return self.team[word].id

    def offering(self, row: Row) -> str:
        word = self.desk.corrected("product", row)
        if not word:
            self.desk.notes.add("open", "opportunity-without-product", row.place)
            return self.offerings.setdefault("", Offering(OFFEN, OFFEN)).id
        if name := self.desk.matched("product", word, row, self.find_product):
            return self.offerings[name].id
        if word not in self.offerings:
            new = Offering(self.desk.ids.of("offering", word, row.place), word)
            self.offerings[word] = new
        return self.offerings[word].id
