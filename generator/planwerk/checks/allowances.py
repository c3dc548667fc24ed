"""Findings that somebody let stand, with a reason and a day on which that ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import PurePosixPath

from planwerk.problems import Place, Problem, Severity
from planwerk.read import Reading
from planwerk.text.notes import Allowance

ALLOWABLE_ERRORS = frozenset({"other-client-named", "shared-quotes-internal"})
"""Errors that may be mistaken about a common word; all others show that an output is wrong."""

OUTPUT_ERRORS = frozenset({"output-names-client", "output-names-person", "output-quotes-internal"})
"""The same, found in finished outputs (see `planwerk.leaving`): a check has not looked for them."""

TOLD = 200
"""Allowances of one file that are looked through: whoever has more has another problem."""


class Allowances:
    """The allowances of the files that were read; `silent` rules did not run."""

    def __init__(self, reading: Reading, silent: frozenset[str]) -> None:
        self.silent = silent | OUTPUT_ERRORS
        self.by_file = reading.allowances
        self.used: set[tuple[str, int]] = set()

    def applied(self, problems: list[Problem], as_of: date | None) -> list[Problem]:
        """The problems that still stand, and what is wrong with the allowances themselves."""
        if not self.by_file or as_of is None:
            return problems
        left = [p for p in problems if not self._allowed(p, as_of)]
        return [*left, *self._own(as_of)]

    def _allowed(self, problem: Problem, as_of: date) -> bool:
        if problem.severity is Severity.ERROR and problem.rule not in ALLOWABLE_ERRORS:
            return False
        for file, allowance in self._about(str(problem.place.path), problem.place.line):
            if allowance.rule == problem.rule:
                self.used.add((file, allowance.line))
                if allowance.until >= as_of:
                    return True
        return False

    def _about(self, path: str, line: int) -> Iterable[tuple[str, Allowance]]:
        """The allowances that speak of this line, or of this file as a whole."""
        for allowance in self.by_file.get(path, ()):
            if allowance.file is None and allowance.target == line:
                yield path, allowance
        parts = PurePosixPath(path).parts
        account = "/".join(parts[:2])
        for file, all_ in self.by_file.items():
            top = len(parts) < 3 and file.count("/") < 2
            if file == account or file.startswith(f"{account}/") or top:
                for allowance in all_:
                    if allowance.file and path in (f"{account}/{allowance.file}", f"plans/{allowance.file}"):  # fmt: skip
                        yield file, allowance

    def _own(self, as_of: date) -> Iterable[Problem]:
        for file, all_ in sorted(self.by_file.items()):
            account = file.split("/")[1] if file.count("/") > 1 else None
            for a in all_[:TOLD]:
                place = Place(PurePosixPath(file), a.line, a.column, a.width)
                facts = {"found": a.rule, "until": str(a.until), "reason": a.reason}
                if (file, a.line) not in self.used:
                    if a.rule in self.silent:
                        continue
                    rule = "allowance-unused"
                elif a.until < as_of:
                    rule = "allowance-expired"
                else:
                    continue
                yield Problem(rule, place, Severity.WARNING, facts, account)
