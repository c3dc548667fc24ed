"""A portfolio with a past: ten thousand commits in which people change facts of their plans.

Every commit does what account teams do: a due date moves, a target is raised, a task is added or
done, a measurement comes in, a sentence is rewritten; some on branches that are merged by pull
request, and now and then an account's folder gets another name. The same numbers give the same
history. `python benchmarks/histories.py FOLDER` prints how many last changes are known; with
`told` behind it, how many changes the plan-level history of all accounts tells.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent))
from portfolios import EIGHT, write_portfolio

if TYPE_CHECKING:
    from planwerk.history.trail import Trail

from planwerk.repository import NewCommit, create_repository, open_repository

SIZE = 16_000
"""Bytes of a usual file; the white space stays the small table it is."""
BEGUN = 1_577_862_000  # 2020-01-01
PEOPLE = (
    "Maren Brandt",
    "Deniz Demir",
    "Ida Østergaard",
    "Tomás Ferreira",
    "Anke Vogt",
    "Jörg Maß",
)
WORDS = (
    "Auftraggeber", "Rückfragen", "Niederlassung", "Auswertung", "Vertrag", "Einkauf", "Termin",
    "Antwort", "Umfrage", "Quartal", "Zuständige", "Rechnung", "Ergebnis", "Vorschlag", "Pilot",
    "Bereich", "Freigabe", "Kennzahl", "Betrieb", "Vorgang",
)  # fmt: skip
Files = dict[str, str]
Edit = Callable[[Files, str, random.Random], str]


def write_history(into: Path, commits: int = 10_000, files: int = 1_000) -> str:
    """A repository of `commits` commits over `files` plan files (eight an account); its tip."""
    with tempfile.TemporaryDirectory(prefix="planwerk-history-") as folder:
        write_portfolio(max(1, files // len(EIGHT)), Path(folder), EIGHT)
        plans = {str(p.relative_to(folder)): p.read_text("utf-8") for p in sorted(Path(folder).rglob("*")) if p.is_file()}  # fmt: skip
    return create_repository(into, told(plans, commits))


def told(plans: Files, commits: int) -> Iterator[NewCommit]:
    """The commits of a history that begins with these plans."""
    chance = random.Random(commits)
    accounts = sorted({path.split("/")[1] for path in plans if path.endswith("account.md")})
    for path in plans:
        plans[path] = grown(path, plans[path], chance)
    yield commit(1, "plans: the portfolio", plans)
    mark = tip = 1
    while mark < commits:
        if chance.random() < 0.9 or mark + 5 > commits:
            subject, changed = work(plans, chance.choice(accounts), chance, accounts)
            mark += 1
            yield commit(mark, subject, changed, (tip,))
            tip = mark
            continue
        account = chance.choice(accounts)  # a branch about one account; meanwhile others go on
        side, steps, merged = tip, chance.randint(1, 3), {}
        for _ in range(steps):
            subject, changed = work(plans, account, chance)
            mark, merged = mark + 1, {**merged, **changed}
            yield commit(mark, subject, changed, (side,))
            side = mark
        other = chance.choice([name for name in accounts if name != account] or accounts)
        if other != account:
            subject, changed = work(plans, other, chance)
            mark += 1
            yield commit(mark, subject, changed, (tip,))
            tip = mark
        mark += 1
        yield commit(mark, f"Merge pull request #{mark} from team/{account}\n\n{account}: reviewed", merged, (tip, side))  # fmt: skip
        tip = mark


def commit(mark: int, message: str, files: Mapping[str, str | None], parents: tuple[int, ...] = ()) -> NewCommit:  # fmt: skip
    """A commit by one of the people, five hours after the one before."""
    who = PEOPLE[mark * 7 % len(PEOPLE)]
    email = f"{who.split()[0].lower()}@example.org"
    content = {path: None if text is None else text.encode() for path, text in files.items()}
    return NewCommit(mark, who, email, BEGUN + mark * 18_000, message, content, parents, "+0100")


def work(plans: Files, account: str, chance: random.Random, accounts: list[str] | None = None) -> tuple[str, dict[str, str | None]]:  # fmt: skip
    """One to three facts of an account changed; where `accounts` are given, rarely its name."""
    if accounts and chance.random() < 0.001:
        return renamed(plans, account, accounts)
    before = dict(plans)
    done = [chance.choice(EDITS)(plans, f"plans/{account}", chance) for _ in range(chance.choice((1, 1, 2, 3)))]  # fmt: skip
    changed: dict[str, str | None] = {path: text for path, text in plans.items() if text is not before[path]}  # fmt: skip
    return f"{account}: {done[0]}\n\nAgreed with the client.\n\nReviewed-by: {chance.choice(PEOPLE)}", changed  # fmt: skip


def renamed(plans: Files, account: str, accounts: list[str]) -> tuple[str, dict[str, str | None]]:
    """The account's folder under another name, with everything in it."""
    name = re.sub(r"-neu(\d*)$|$", lambda m: f"-neu{int(m[1] or 1) + 1 if m[0] else ''}", account, count=1)  # fmt: skip
    accounts[accounts.index(account)] = name
    changed: dict[str, str | None] = {}
    for path in [path for path in plans if path.startswith(f"plans/{account}/")]:
        text = plans.pop(path)
        new = path.replace(f"/{account}/", f"/{name}/")
        plans[new] = text
        changed |= {path: None, new: text}
    return f"{name}: renamed, as the client is called now", changed


def due_moved(plans: Files, account: str, chance: random.Random) -> str:
    """A task is due on another day."""
    path = f"{account}/2026-h1/tasks.md"
    found = chance.choice(list(re.finditer(r"    due: (\S+)", plans[path])))
    due = day_but(found[1], chance)
    plans[path] = f"{plans[path][: found.start(1)]}{due}{plans[path][found.end(1) :]}"
    return f"a task is due on {due}"


def target_raised(plans: Files, account: str, chance: random.Random) -> str:
    """A KPI's target is a little higher."""
    path = f"{account}/2026-h1/plan.md"
    found = chance.choice(list(re.finditer(r"    target: (\d+)", plans[path])))
    target = int(found[1]) + chance.randint(1, 9)
    plans[path] = f"{plans[path][: found.start(1)]}{target}{plans[path][found.end(1) :]}"
    return f"a target is {target} now"


def task_added(plans: Files, account: str, chance: random.Random) -> str:
    """One more task at the end of the list."""
    path = f"{account}/2026-h1/tasks.md"
    plans[path] = with_task(plans[path], chance)
    return "one more task"


def task_done(plans: Files, account: str, chance: random.Random) -> str:
    """The first open task is done; when all are, one more is added."""
    path = f"{account}/2026-h1/tasks.md"
    found = re.search(r"    due: (\S+)\n(?!    done_on)", plans[path])
    if not found:
        return task_added(plans, account, chance)
    plans[path] = (
        f"{plans[path][: found.end()]}    done_on: {found[1]}\n{plans[path][found.end() :]}"
    )
    return "a task is done"


def measured(plans: Files, account: str, chance: random.Random) -> str:
    """One more line of measurements."""
    path = f"{account}/measurements.csv"
    plans[path] = with_measurement(plans[path], chance)
    return "a measurement came in"


def rewritten(plans: Files, account: str, chance: random.Random) -> str:
    """A sentence of prose says something else."""
    name = chance.choice(("account.md", "client.md", "stakeholders.md", "2026-h1/review.md"))
    path = f"{account}/{name}"
    found = chance.choice(list(re.finditer(r"Satz \d+: [^.]*\.", plans[path])))
    said = found[0].split(":")[0]
    plans[path] = plans[path][: found.start()] + f"{said}: {sentence(chance)}" + plans[path][found.end() :]  # fmt: skip
    return f"{name} rewritten"


EDITS: tuple[Edit, ...] = (due_moved, target_raised, task_added, task_done, measured, rewritten)


def grown(path: str, text: str, chance: random.Random) -> str:
    """A file of an account as long as it is after some years."""
    if not re.search(r"/kunde-\d+/", path) or path.endswith("whitespace.csv"):
        return text
    number = 0
    while len(text) < SIZE:
        number += 1
        if path.endswith("tasks.md"):
            text = with_task(text, chance)
        elif path.endswith(".csv"):
            text = with_measurement(text, chance)
        else:
            text += f"\nSatz {number}: {sentence(chance)}\n"
    return text


def with_task(text: str, chance: random.Random) -> str:
    """The tasks and one more, as the example plans write it."""
    number = text.count("  - id: aufgabe-") + 1
    more = (
        f"  - id: aufgabe-{number}\n    title: {' '.join(chance.sample(WORDS, 4))} klären\n    goal: answers\n"
        f"    accountable: demir\n    start: 2026-01-19\n    due: {day_but('', chance)}\n    share: client\n"
    )
    return text.replace("\nmilestones:\n", f"\n{more}milestones:\n")


def with_measurement(text: str, chance: random.Random) -> str:
    """The measurements and one more, on a day of its own before those of the example."""
    day = date(2019, 1, 1) + timedelta(days=text.count("\n"))
    said = " ".join(chance.sample(WORDS, 2))
    return f"{text.rstrip()}\n{day},answer-time,{chance.randint(15, 60)},,{said},,\n"


def day_but(other: str, chance: random.Random) -> str:
    """A day within the plan's period, and not that other one."""
    days = (str(date(2026, 2, 1) + timedelta(days=chance.randrange(140))) for _ in range(99))
    return next(day for day in days if day != other)


def sentence(chance: random.Random) -> str:
    """Some words that end in a full stop."""
    return " ".join(chance.choices(WORDS, k=12)) + "."


def pace(folder: Path, turns: int = 7) -> tuple[tuple[float, float], tuple[float, float]]:
    """Best wall and CPU seconds, children included, of one bare log whose output is read, and of
    the last change of every file; in turns, as others may be at work on the machine."""
    repository = open_repository(folder)
    assert repository
    log = ["git", "-C", str(folder), "log", "--raw", "-z", "-M"]
    bare = [spent(lambda: subprocess.run(log, check=True, stdout=subprocess.PIPE))]
    ours = [spent(repository.last_changes)]
    for _ in range(turns - 1):
        bare.append(spent(lambda: subprocess.run(log, check=True, stdout=subprocess.PIPE)))
        ours.append(spent(repository.last_changes))
    return best(bare), best(ours)


def up_to_date(folder: Path) -> Trail:
    """The plan-level history of all accounts, told as far as it was not."""
    from planwerk.history.trail import trail

    repository = open_repository(folder)
    assert repository
    return trail(repository)


def told_in_all(folder: Path) -> int:
    """Tell the plan-level history of all accounts; how many changes there are."""
    return sum(len(step.told) for _, steps in up_to_date(folder).all() for step in steps)


def more_commits(folder: Path, count: int = 10) -> None:
    """Commits on top, each of which moves a deadline of another account."""
    git = ["git", "-C", str(folder), "-c", "user.name=Ida", "-c", "user.email=ida@example.org"]
    plans = {str(p): p.read_text("utf-8") for p in sorted(folder.glob("plans/*/2026-h1/tasks.md"))[:count]}  # fmt: skip
    for path in list(plans):
        due_moved(plans, path.removesuffix("/2026-h1/tasks.md"), random.Random(plans[path]))
        Path(path).write_text(plans[path], "utf-8")
        subprocess.run([*git, "commit", "-qam", "a deadline moved"], check=True)


def forget(folder: Path) -> None:
    """Have nothing kept of the history."""
    (folder / ".git" / "history.sqlite").unlink(missing_ok=True)


def spent(work: Callable[[], object]) -> tuple[float, float]:
    """Wall and CPU seconds of some work and the processes it waited for."""
    before, begun = os.times(), time.perf_counter()
    work()
    wall, after = time.perf_counter() - begun, os.times()
    return wall, sum(after[:4]) - sum(before[:4])


def best(found: list[tuple[float, float]]) -> tuple[float, float]:
    """The least wall and the least CPU time."""
    return min(wall for wall, _ in found), min(cpu for _, cpu in found)


def main() -> None:
    """How many files have a last change that is known; with `told`, how many changes were told."""
    folder = Path(sys.argv[1])
    if sys.argv[2:] == ["told"]:
        print(told_in_all(folder))
        return
    repository = open_repository(folder)
    assert repository
    print(len(repository.last_changes()))


if __name__ == "__main__":
    main()
