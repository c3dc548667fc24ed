"""Mending what is safe: each finding has its mend, what only a person knows stays."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest
from click.testing import CliRunner

from conftest import ACCOUNT, PLAN, Write
from planwerk.cli import cli
from planwerk.explain import explain_rule
from planwerk.format.files import kind_of
from planwerk.format.mend import look, mended
from planwerk.format.mends import MENDS
from planwerk.format.table import MERGED
from planwerk.problems import FIXABLE
from planwerk.words import load_words

TASKS = "nordwind/2026-h2/tasks.md"
TASK = "tasks:\n  - id: a\n    title: A\n    accountable: brandt\n    due: 2026-12-01\n"


def mend(front: str, name: str = TASKS) -> str | None:
    """The front matter of a file after mending; None if there was nothing to mend."""
    path = PurePosixPath("plans") / name
    kind = kind_of(path)
    assert kind is not None
    done = mended(path, f"---\n{front}---\n".encode(), kind)
    return done.text.removeprefix("---\n").removesuffix("---\n") if done else None


def run(root: Path, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["--lang", "de", "-C", str(root), *words], catch_exceptions=False)  # fmt: skip
    return done.exit_code, done.output


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # texts with a hash or a colon
        ("title: Maßnahme #3", 'title: "Maßnahme #3"'),
        ("title: Maßnahme #3 und #4", 'title: "Maßnahme #3 und #4"'),
        ("title: Sagt \"nein\" #3", "title: 'Sagt \"nein\" #3'"),
        ("title: Preis: hoch", 'title: "Preis: hoch"'),
        ("title: Preis: hoch: sehr", 'title: "Preis: hoch: sehr"'),
        ("title: Preis: #3", 'title: "Preis: #3"'),
        ("note: client:cio: sagt ja", 'note: "client:cio: sagt ja"'),
        # a comment behind what is no text
        ("start: 2026-07-01 # geschätzt", "# geschätzt\n    start: 2026-07-01"),
        ("goal: growth  #oben", "#oben\n    goal: growth"),
        # brackets
        ("depends_on: [b, c-d]", "depends_on:\n      - b\n      - c-d"),
        ('answers: [objective:x, "y: z"]', None),
        ("answers: [objective:x, force:rivalry]", "answers:\n      - objective:x\n      - force:rivalry"),
        ("share: [client, partner:edgeline]", "share:\n      - client\n      - partner:edgeline"),
        ("title: [Entwurf] Formular", 'title: "[Entwurf] Formular"'),
        ("title: {Entwurf}", 'title: "{Entwurf}"'),
        # folded texts
        ("note: >\n      eins\n      zwei", "note: eins zwei"),
        ("note: >-\n      eins: a\n      zwei", 'note: "eins: a zwei"'),
        ("note: >\n      eins\n\n      zwei", "note: |\n      eins\n\n      zwei"),
        ("note: >\n      " + "lang " * 12 + "\n      " + "lang " * 12, "note: |\n      " + "lang " * 12 + "\n      " + "lang " * 12),
        # tabs
        ("\tnote: x", None),
        # only a person knows
        ("title: Team # eins", None),
        ("due: 2026-12-01: spätestens", None),
        ("depends_on: [b, [c]]", None),
        ("depends_on: []", None),
        ("titel: Preis: hoch", None),
        ("note: &x y", None),
        ("note: !x y", None),
        ("ttle: Preis", None),
        ("note: >2\n      eins\n      zwei", None),
    ],
)  # fmt: skip
def test_a_line_is_mended_or_left_to_its_writer(before: str, after: str | None) -> None:
    front = TASK.replace("    title: A\n", "") if before.startswith(("title", "tit")) else TASK
    front = front.replace("    due: 2026-12-01\n", "") if before.startswith("due") else front
    found = mend(f"{front}    {before}\nmilestones:\n  - id: m\n    title: M\n    on: offen\n")
    if after is None:
        assert found is None or "\t" in before
    else:
        assert found == f"{front}    {after}\nmilestones:\n  - id: m\n    title: M\n    on: offen\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("agenda:\n  - Stand: gut\n  - Preis #3\n  - [x] y\n  - a: b: c\n", 'agenda:\n  - "Stand: gut"\n  - "Preis #3"\n  - "[x] y"\n  - "a: b: c"\n'),
        ("agenda:\n  - Stand:\n", 'agenda:\n  - "Stand:"\n'),
        ("decisions: [Weiter so, Nächstes Mal]\n", "decisions:\n  - Weiter so\n  - Nächstes Mal\n"),
    ],
)  # fmt: skip
def test_items_of_lists_are_mended_too(before: str, after: str) -> None:
    head = "on: 2026-09-24\nkind: review\n"
    assert mend(head + before, "nordwind/meetings/2026-09-24-q.md") == head + after


def test_names_in_languages_are_texts() -> None:
    path = PurePosixPath("plans/questions.md")
    kind = kind_of(path)
    assert kind is not None
    raw = b"---\nquestions:\n  - id: a\n    text:\n      de: Was: wann?\n      en: What #1\n---\n"
    done = mended(path, raw, kind)
    assert done is not None
    assert 'de: "Was: wann?"\n      en: "What #1"\n' in done.text
    assert done.findings == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("tasks:\n\t- id: a\n\t  title: A\n\t  accountable: brandt\n\t  due: offen\n", "tasks:\n  - id: a\n    title: A\n    accountable: brandt\n    due: offen\n"),
        ("tasks:\n  - id: a\n\ttitle: A\n    accountable: brandt\n\tdue: offen\n", "tasks:\n  - id: a\n    title: A\n    accountable: brandt\n    due: offen\n"),
        ("tasks:\n  - id: a\n    title: A\n    accountable: brandt\n    note: |\n\t  eins\n    due: offen\n", "tasks:\n  - id: a\n    title: A\n    accountable: brandt\n    note: |\n      eins\n    due: offen\n"),
        ("tasks:\n  - id: a\n    title: A\n    accountable: brandt\n    note: |\n      eins\n\tzwei\n    due: offen\n", None),
    ],
)  # fmt: skip
def test_tabs_become_the_level_that_is_open(before: str, after: str | None) -> None:
    assert mend(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A\u2028 B", "A B"), ("A\u2028B", "A B"), ("A B\u0085", "A B"), ("A\x0bB", "A B"),
        ("A\x00B", "AB"), ("A\u2066B\u2069", "AB"), ("A\U000e0041", "A"), ("A\uffff", "A"),
        ("A\u202eB\u202c", None), ("A\x93B\x94", None), ("A \U0001f3f4\U000e0067\U000e007f", None),
        ("A,\u2028B", None),
    ],
)  # fmt: skip
def test_invisible_characters_go_where_nobody_sees_it(before: str, after: str | None) -> None:
    front = TASK.replace("title: A", f"title: {before}")
    assert mend(front) == (TASK.replace("title: A", f"title: {after}") if after else None)
    raw = f"date,kpi,value,note\n2026-07-01,nps,1,{before}\n".encode()
    path = PurePosixPath("plans/nordwind/measurements.csv")
    done = mended(path, raw, kind_of(path))  # type: ignore[arg-type]
    assert (done is not None) == (after is not None)


def test_what_stays_wrong_is_left_and_the_rest_is_mended() -> None:
    front = "tasks:\n  - id: a\n    title: A #1\n    note: &x\n    answers: [b]\n"
    assert mend(front) == front.replace("A #1", '"A #1"')


def test_prose_is_never_touched_by_a_mend_of_front_matter() -> None:
    path = PurePosixPath("plans") / TASKS
    kind = kind_of(path)
    assert kind is not None
    raw = f"---\n{TASK.replace('title: A', 'title: A #1')}---\n\n- Stand: gut #3 [x] > y\n".encode()
    done = mended(path, raw, kind)
    assert done is not None
    assert done.text.endswith("---\n\n- Stand: gut #3 [x] > y\n")


def test_no_mend_makes_a_file_worse() -> None:
    path = PurePosixPath("plans") / TASKS
    kind = kind_of(path)
    assert kind is not None
    pieces = ["  ", "- ", "\t", "a: b", "#3", " # c", "[x", "]", ">", "|", '"', "'", ": ", "title: ", "tasks:", "&a", "{", "\u2028", "\u202e", "\n", "\n    "]  # fmt: skip
    import random

    draw = random.Random(7)
    for _ in range(400):
        words = "".join(draw.choice(pieces) for _ in range(draw.randint(1, 14)))
        text = f"---\ntasks:\n  - id: a\n    title: {words}\n---\n"
        before = look(path, text, kind)
        done = mended(path, text.encode(), kind)
        if done is not None:
            after = look(path, done.text, kind)
            assert after.is_read >= before.is_read, text
            assert not before.is_read or len(after.problems) < len(before.problems), text
            again = mended(path, done.text.encode(), kind)
            assert again is None, text


# --- the command ---------------------------------------------------------------------------------

WRONG = PLAN.replace("title: Weiterempfehlung auf 40 heben", "title: Ziel #1: auf 40").replace("target: 40", "target: 40,5")  # fmt: skip
RIGHT = PLAN.replace("title: Weiterempfehlung auf 40 heben", 'title: "Ziel #1: auf 40"').replace("target: 40", "target: 40.5")  # fmt: skip


def test_check_says_what_fix_can_mend_and_fix_mends_it(workspace: Write) -> None:
    root = workspace({"nordwind/2026-h2/plan.md": WRONG})
    path = root / "plans/nordwind/2026-h2/plan.md"
    code, said = run(root, "check")
    assert code == 1
    assert said.endswith("1 Befund behebt planwerk fix für Sie.\n")
    assert "Meist erledigt das planwerk fix." in said
    code, said = run(root, "fix", "--dry-run")
    assert code == 0
    assert '+    title: "Ziel #1: auf 40"\n' in said
    assert said.endswith(
        "1 Befund ließe sich beheben.\nplans/nordwind/2026-h2/plan.md\n1 Datei würde umgeschrieben, 2 unverändert\n"
    )
    assert path.read_text() == WRONG
    code, said = run(root, "fix")
    assert (code, said) == (0, "1 Befund behoben.\nplans/nordwind/2026-h2/plan.md\n1 Datei umgeschrieben, 2 unverändert\n")  # fmt: skip
    assert path.read_text() == RIGHT
    assert run(root, "fix")[1] == "0 Dateien umgeschrieben, 3 unverändert\n"
    assert "planwerk fix" not in run(root, "check")[1]


def test_fix_tells_what_keeps_a_file_from_being_read(workspace: Write) -> None:
    root = workspace({"nordwind/account.md": ACCOUNT.replace("Nordwind AG", "&a b")})
    code, said = run(root, "fix")
    assert (code, "yaml-anchor" in said) == (1, True)
    assert "Datei" in said.splitlines()[-1]


def test_a_misspelt_key_is_not_guessed(workspace: Write) -> None:
    root = workspace({"nordwind/account.md": ACCOUNT.replace("owner", "ownr")})
    assert "planwerk fix" not in run(root, "check")[1]
    run(root, "fix")
    assert "ownr: brandt" in (root / "plans/nordwind/account.md").read_text()


@pytest.mark.parametrize("rule", sorted({*MENDS, *FIXABLE}))
def test_the_help_of_each_mendable_finding_says_so(rule: str) -> None:
    assert (rule in FIXABLE) == (rule in {*MENDS, *MERGED})
    for language in ("de", "en"):
        assert "planwerk fix" in explain_rule(rule, load_words(language))
