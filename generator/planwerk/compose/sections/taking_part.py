"""Who takes part in which task: accountable, consulted, informed (the letters of RACI).

Nobody is named responsible beside the one accountable: a task has exactly one person.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from planwerk import blocks as b
from planwerk.compose.view import View, due_key

PEOPLE = 8
"""For how many people a matrix has room."""


def taking_part(view: View) -> b.Table | None:
    """Of what is not done, who is accountable, asked and told: a matrix of tasks and people.

    Whom we ask and tell is ours: a client's copy of the plan has nothing to fill it with.
    """
    tasks = [t for t in (view.period.tasks.tasks if view.period else ()) if not isinstance(t.done_on, date)]  # fmt: skip
    tasks = sorted((t for t in tasks if t.consulted or t.informed), key=due_key)
    if not tasks:
        return None
    roles = [(("accountable", (t.accountable,)), ("consulted", t.consulted), ("informed", t.informed)) for t in tasks]  # fmt: skip
    parts = Counter(person for row in roles for _, people in row for person in people if view.name(person))  # fmt: skip
    shown = [person for person, _ in parts.most_common(PEOPLE)]
    rows = []
    for task, row in zip(tasks, roles, strict=True):
        letters = {person: key for key, people in reversed(row) for person in people}
        cells = (
            b.Cell(b.text(view.say(f"tasks.{letters[person]}")), strong=letters[person] == "accountable")
            if person in letters
            else b.Cell(b.text("·"))
            for person in shown
        )  # fmt: skip
        rows.append(b.Row((view.sourced(b.Cell(b.text(task.title)), task), *cells), origin=view.origin("tasks", task.id, "title")))  # fmt: skip
    columns = (b.Column(view.say("portal.task"), wide=True), *(b.Column(view.name(p), "center") for p in shown))  # fmt: skip
    note = view.say("tasks.involved_how")
    if len(parts) > len(shown):
        note += " " + view.say("tasks.involved_rest", count=len(parts) - len(shown))
    return b.Table(columns, tuple(rows), view.say("tasks.involved"), note=note)
