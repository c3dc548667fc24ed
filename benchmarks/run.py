"""Speed and memory of check and build, beside plain MkDocs and pandoc, as ratios in one run.

The peers run one process per site or document, two at a time, on the same content. Their time
grows linearly with the number of processes, so they are measured on a sample and scaled; the
table says so. A planted slowdown must be seen (`--selftest`): a benchmark that cannot tell a
slow program from a fast one proves nothing.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import office
import portals
from costs import Cost, cost, row
from peer_words import as_markdown
from portfolios import EIGHT, ROOT, write_portfolio

from histories import forget, more_commits, pace, spent, up_to_date, write_history

PLANWERK = [sys.executable, "-m", "planwerk"]
CRM = ROOT.parent / "shared" / "data" / "crm-sales"


def peers(folder: Path, sample: int) -> tuple[Cost, Cost]:
    """MkDocs on `2 * sample` sites and pandoc on `3 * sample` files of the same content."""
    from planwerk.audience import CLIENT, INTERNAL, project
    from planwerk.compose import decks, documents, portal
    from planwerk.compose.view import view_of
    from planwerk.measure import measure
    from planwerk.read import read
    from planwerk.render.portal import write_tree
    from planwerk.theme import load_theme

    work = folder / "peers"
    portfolio = read(folder).portfolio
    assert portfolio is not None
    portfolio = measure(portfolio)
    sites, files = [], []
    for account in portfolio.accounts[:sample]:
        for audience in (INTERNAL, CLIENT):
            seen = project(portfolio, audience, account.id)
            view = view_of(seen, seen.accounts[0])
            tree = work / f"{account.id}-{audience}"
            write_tree(portal.account_site(view), load_theme(), tree)
            sites.append(
                [
                    sys.executable,
                    "-m",
                    "mkdocs",
                    "build",
                    "-q",
                    "-f",
                    str(tree / "mkdocs.yml"),
                    "-d",
                    str(tree / "site"),
                ]
            )
            for document in documents.made(view):
                chapters = [(c.title, c.lead, c.blocks) for c in document.chapters]
                path = work / f"{account.id}-{audience}-{document.name}"
                files.append(_pandoc(path, chapters, "docx", document.labels))
            for deck in decks.made(view):
                slides = [(s.title, s.subline, (s.body,)) for s in deck.slides]
                path = work / f"{account.id}-{audience}-{deck.name}-deck"
                files.append(_pandoc(path, slides, "pptx", deck.labels))
    return cost(sites, work, 2), cost(files, work, 2)


def _pandoc(
    path: Path, parts: Sequence[tuple[str, str, tuple[object, ...]]], kind: str, labels: object
) -> list[str]:
    """The same words as Markdown, and the command that makes an Office file of them."""
    import pypandoc

    source = path.with_suffix(f".{kind}.md")
    source.write_text(as_markdown(parts, labels), "utf-8")
    return [pypandoc.get_pandoc_path(), str(source), "-o", str(path.with_suffix(f".{kind}"))]


def checks(work: Path, count: int, sample: int) -> None:
    """The check of many accounts: cold, remembered, one file changed; beside it the peers."""
    folder = work / f"checks-{count}"
    write_portfolio(count, folder, EIGHT)
    command = [*PLANWERK, "--lang", "en", "check"]
    time.sleep(0.1)  # what is written while it is read is not remembered
    cold = cost([command], folder)
    row(f"check, {count} accounts of 8 files, cold", cold)
    row("  again, nothing changed", cost([command], folder))
    plan = folder / "plans" / "kunde-0000" / "2026-h1" / "plan.md"
    plan.write_text(plan.read_text("utf-8").replace("title: ", "title: Neu: ", 1).replace("Neu: ", "Neu "), "utf-8")  # fmt: skip
    row("  again, one file changed", cost([command], folder))
    schemas = work / "schemas"
    cost([[*PLANWERK, "schema", "--out", str(schemas)]], work)
    accounts = sorted(str(p) for p in (folder / "plans").glob("kunde-*"))[:sample]
    peer = [sys.executable, str(ROOT / "benchmarks" / "peer_checks.py"), str(schemas)]
    halves = [[*peer, *accounts[::2]], [*peer, *accounts[1::2]]]
    found = cost(halves, work, 2)
    scale = count / sample
    found = Cost(found.wall * scale, found.cpu * scale, found.memory)
    row("  yamllint and jsonschema, two at a time", found, f"from {sample} accounts")
    print(f"  ratio ours / peers: CPU {cold.cpu / found.cpu:.2f}, wall {cold.wall / found.wall:.2f}\n")  # fmt: skip


def histories(work: Path, commits: int, sample: int) -> None:
    """The last change of every file: ours, one bare log, and one log a file as date plug-ins ask."""
    folder = work / "history"
    write_history(folder, commits)
    row(f"git log --raw -z -M, {commits} commits", cost([["git", "log", "--raw", "-z", "-M"]], folder))  # fmt: skip
    ours = cost([[sys.executable, str(ROOT / "benchmarks" / "histories.py"), str(folder)]], folder)
    row("  last change of every file", ours, "with the start of Python")
    listed = subprocess.run(["git", "ls-files", "-z", "plans"], cwd=folder, check=True, capture_output=True, text=True)  # fmt: skip
    files = listed.stdout.rstrip("\0").split("\0")
    few = files[:: max(1, len(files) // (4 * sample))]
    single = cost([["git", "log", "-1", "--follow", "--format=%at", "--", name] for name in few], folder)  # fmt: skip
    scale = len(files) / len(few)
    single = Cost(single.wall * scale, single.cpu * scale, single.memory)
    row(f"  one log a file, {len(files)} files", single, f"from {len(few)} files")
    bare, every = pace(folder)
    print(f"  ratio ours / bare log, in one process: CPU {every[1] / bare[1]:.2f}, wall {every[0] / bare[0]:.2f}")  # fmt: skip
    print(f"  ratio ours / one log a file: CPU {ours.cpu / single.cpu:.3f}\n", flush=True)
    plan_level(folder)


def plan_level(folder: Path) -> None:
    """The history of all accounts in the plan's words: anew, then with ten commits on top."""
    told = [sys.executable, str(ROOT / "benchmarks" / "histories.py"), str(folder), "told"]
    forget(folder)
    row("plan-level history of all accounts", cost([told], folder), "nothing kept")
    row("  again, every change read", cost([told], folder))
    more_commits(folder)
    wall, cpu = spent(lambda: up_to_date(folder))
    print(f"{'  ten commits on top, in one process':<44} {wall:8.2f} {cpu:8.2f}", flush=True)
    more_commits(folder)
    row("  ten commits on top, history", cost([[*PLANWERK, "history"]], folder))
    account = sorted(path.name for path in (folder / "plans").glob("kunde-*"))[0]
    row("  history of one account", cost([[*PLANWERK, "history", account]], folder))
    print(flush=True)


LINES = 1_000_000


def long_log(work: Path, quoted: bool) -> None:
    """The check of one account whose log has a million lines, one of them broken."""
    folder = work / f"log-{quoted}"
    write_portfolio(1, folder)
    chance = random.Random(5)
    with (folder / "plans" / "kunde-0000" / "interactions.csv").open("w", encoding="utf-8") as log:
        log.write("date,channel,direction,strategic,count,answered,with,topic,id,corrects\n")
        for number in range(LINES):
            day = (
                f"20{chance.randint(10, 25)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
            )
            channel = chance.choice(("email", "call", "meeting")) if number != 700_000 else "fax"
            topic = f"Gespräch {chance.randint(1, 500)}"
            topic = f'"{topic}, Fortsetzung"' if quoted else topic
            log.write(f"{day},{channel},out,nein,{chance.randint(1, 9)},,,{topic},line-{number},\n")
    script = "import subprocess, sys; done = subprocess.run(sys.argv[1:], capture_output=True); sys.exit(done.returncode != 1 or b'csv:700002' not in done.stdout)"  # fmt: skip
    command = [sys.executable, "-c", script, *PLANWERK, "check", "--no-cache"]
    note = "its broken line is told" + (", texts in quotation marks" if quoted else "")
    row(f"check, a log of {LINES:,} lines", cost([command], folder), note)


def rollups(count: int, lines: int) -> None:
    """Every KPI of the catalogue over many accounts, beside the three seconds it may take."""
    script = str(ROOT / "benchmarks" / "rollups.py")
    done = subprocess.run(
        [sys.executable, script, str(count), str(lines)], check=True, capture_output=True, text=True
    )
    found = json.loads(done.stdout)
    took = Cost(found["wall"], found["cpu"], found["memory"])
    row(f"roll-ups, {count} accounts of {lines} log lines", took, f"{found['groups']} values")


def selftest() -> None:
    """The measuring must see a planted second of work and a planted 100 MB."""
    busy = "import time; t=time.process_time()\nx=bytearray(100_000_000)\nfor i in range(0,len(x),4096): x[i]=1\nwhile time.process_time()-t<1: pass"
    idle = cost([[sys.executable, "-c", "pass"]], ROOT)
    found = cost([[sys.executable, "-c", busy]], ROOT)
    assert found.cpu - idle.cpu > 0.9, "the planted second was not seen"
    assert found.memory - idle.memory > 80, "the planted memory was not seen"
    print("self-test: the planted second and 100 MB were seen")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", type=int, nargs="*", default=[10, 100])
    parser.add_argument("--sample", type=int, default=5, help="accounts the peers are measured on")
    parser.add_argument("--checks", type=int, default=1000, help="accounts that are only checked")
    parser.add_argument("--commits", type=int, default=10_000, help="of the history that is read")
    parser.add_argument("--log", type=int, default=1, help="0: without the long log")
    parser.add_argument("--rollups", type=int, default=1000, help="accounts that are added up")
    parser.add_argument(
        "--portals",
        type=int,
        nargs="*",
        default=[100],
        help="accounts of which portals alone are made",
    )
    parser.add_argument("--files", type=int, default=100, help="Word files and decks")
    chosen = parser.parse_args()
    selftest()
    portals.selftest()
    office.selftest()
    print(f"\n{'':<44} {'wall s':>8} {'CPU s':>8} {'MB':>8}")
    row("python -c pass", cost([[sys.executable, "-c", "pass"]], ROOT))
    row("planwerk --version", cost([[*PLANWERK, "--version"]], ROOT))
    with tempfile.TemporaryDirectory(prefix="planwerk-bench-") as work:
        for quoted in (False, True) if chosen.log else ():
            long_log(Path(work), quoted)
        if chosen.rollups:
            rollups(chosen.rollups, 200)
        for which in office.KINDS if chosen.files else ():
            missed = office.files(which, chosen.files, 2 * chosen.sample)
            print("".join(f"  missed {bar}\n" for bar in missed), end="")
        if chosen.checks:
            checks(Path(work), chosen.checks, min(chosen.checks, 20 * chosen.sample))
        if chosen.commits:
            histories(Path(work), chosen.commits, chosen.sample)
        for size in chosen.sizes:
            folder = Path(work) / str(size)
            write_portfolio(size, folder)
            small = Path(work) / f"{size}-small"
            write_portfolio(size, small, EIGHT)
            row(f"check, {size} accounts of 8 files", cost([[*PLANWERK, "check"]], small))
            row(f"check, {size} accounts of 12 files", cost([[*PLANWERK, "check"]], folder))
            ours = cost([[*PLANWERK, "build"]], folder)
            row(f"build, {size} accounts", ours)
            sample = min(chosen.sample, size)
            web, pandoc = peers(folder, sample)
            scale = size / sample
            web, pandoc = (Cost(c.wall * scale, c.cpu * scale, c.memory) for c in (web, pandoc))
            note = f"from {sample} accounts" if scale > 1 else ""
            row(f"  mkdocs build, {2 * size} sites, two at a time", web, note)
            row(f"  pandoc, {3 * size} files, two at a time", pandoc, note)
            print(
                f"  ratio ours / peers: CPU {ours.cpu / (web.cpu + pandoc.cpu):.2f}, wall {ours.wall / (web.wall + pandoc.wall):.2f}\n",
                flush=True,
            )
        for count in chosen.portals:
            portals.portals(count, min(chosen.sample, count))
        if CRM.is_dir():
            into = Path(work) / "crm"
            row(
                "import crm, 85 accounts",
                cost(
                    [
                        [
                            *PLANWERK,
                            "import",
                            "crm",
                            str(CRM),
                            "--mapping",
                            "crm-sales",
                            "--into",
                            str(into),
                        ]
                    ],
                    ROOT,
                ),
            )
            row("check, 85 accounts of the CRM", cost([[*PLANWERK, "check"]], into))
            row("build, 85 accounts of the CRM", cost([[*PLANWERK, "build"]], into))


if __name__ == "__main__":
    main()
