"""Which fields of the models the pairs have changed, and which they never can."""

from __future__ import annotations

from collections.abc import Collection

from gate.hidden import WHOLE
from gate.sight import Key
from planwerk.model.kinds import all_records
from planwerk.model.portfolio import Period

NEVER: dict[Key, str] = {
    ("Workspace", "format"): "there is one format",
    ("Workspace", "organisation"): "every reader sees who we are",
    ("Organisation", "*"): "every reader sees who we are",
    ("Workspace", "feedback"): "every reader sees where to write to",
    ("PortalFeedback", "*"): "every reader sees where to write to",
    ("Workspace", "language"): "outputs are written in it",
    ("Workspace", "currency"): "outputs count in it",
    ("Workspace", "documents"): "which chapters a client's documents have is seen; the rest are its own fields",
    ("Workspace", "decks"): "which slides a client's decks have is seen; the rest are its own fields",
    ("Documents", "joint_plan progress minutes"): "a client's documents",
    ("Decks", "kickoff review debrief"): "a client's decks",
    ("Profile", "name language"): "a client knows its own name, and reads its own language",
    ("Account", "profile people interview journey competition client"): "one of each; what is in it changes",
    ("Period", "plan tasks review risks slides"): "one of each; what is in it changes",
    ("Workspace", "health method"): "one of each; what is in it changes",
    ("Period", "results"): "reckoned, in no file",
}  # fmt: skip
"""What is not changed, and why. Everything else must be."""


def expected() -> set[Key]:
    """All fields of all records that files hold, but those of `NEVER`."""
    kinds = {*all_records().values(), Period}
    found = {(kind.__name__, name) for kind in kinds for name in kind.model_fields}
    left = {(kind, one) for kind, names in NEVER for one in names.split()}
    whole = {kind.__name__ for kind in WHOLE}
    left |= {key for key in found if (key[0], "*") in left or key[0] in whole}
    return found - left


def missing(touched: Collection[Key]) -> set[Key]:
    """The fields that were to be changed and were not."""
    return expected() - {*touched}
