"""One way to write a plan: order, numbers, days; no word and no comment lost, twice is once."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path, PurePosixPath

import pytest
from click.testing import CliRunner

from conftest import ACCOUNT, PLAN, ROOT, Write
from planwerk.cli import cli
from planwerk.format.files import kind_of, plan_files
from planwerk.format.form import formed
from planwerk.format.shape import slots
from planwerk.model.account import ClientPage, Department, Stakeholder, StakeholderFile
from planwerk.model.meeting import Meeting
from planwerk.model.plan import ClientProblem, Plan, Task
from planwerk.model.workspace import Tier
from planwerk.problems import Refusal
from planwerk.text.front_matter import read_front_matter
from planwerk.text.source import Source, split

TASKS = "nordwind/2026-h2/tasks.md"


def shape(name: str, text: str | bytes) -> str:
    """A file in canonical form; formatting it again changes nothing."""
    path = PurePosixPath("plans") / name
    kind = kind_of(path)
    assert kind is not None
    raw = text.encode() if isinstance(text, str) else text
    once = formed(path, raw, kind)
    assert isinstance(once, str), once
    assert formed(path, once.encode(), kind) == once
    return once


def tasks(front: str) -> str:
    """The front matter of a task file in canonical form."""
    return shape(TASKS, f"---\n{front}---\n").removeprefix("---\n").removesuffix("---\n")


def run(root: Path, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["--lang", "de", "-C", str(root), *words], catch_exceptions=False)  # fmt: skip
    return done.exit_code, done.output


# --- order, style, values ------------------------------------------------------------------------


def test_keys_stand_in_the_order_of_the_model() -> None:
    assert tasks("tasks:\n- share: client\n  due: 2026-12-01\n  title: B\n  id: a\n  accountable: brandt\n") == (
        "tasks:\n  - id: a\n    title: B\n    accountable: brandt\n    due: 2026-12-01\n    share: client\n"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        (Task, "depends_on", "note"),
        (Stakeholder, "department", "buying_role"),
        (Department, "name", "parent"),
        (Plan, "rationale", "goals"),
        (ClientPage, None, None),
    ],
)
def test_share_stands_below_what_it_releases(
    kind: type[Task], before: str | None, after: str | None
) -> None:
    keys = [None, *slots(kind), None]
    at = keys.index("share")
    assert (keys[at - 1], keys[at + 1]) == (before, after)


def test_in_a_file_nothing_plain_hides_below_the_lists_of_records() -> None:
    assert list(slots(StakeholderFile)) == ["checked_on", "stakeholders"]
    assert list(slots(Meeting))[-3:] == ["rating", "next_on", "actions"]
    assert list(slots(ClientProblem))[-4:] == ["examples", "answer_due", "answered_on", "answer"]


def test_inherited_keys_come_first_in_the_order_of_the_classes() -> None:
    assert list(slots(Tier))[:3] == ["id", "name", "sections"]


def test_keys_nobody_knows_stay_at_the_end() -> None:
    assert tasks("zebra: 1\nmilestones:\n  - b: 1\n    id: a\ntasks:\n  - id: a\n") == (
        "tasks:\n  - id: a\nmilestones:\n  - id: a\n    b: 1\nzebra: 1\n"
    )


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("95,8", "95.8"), ("1.234,56", "1234.56"), ("-1.234.567,5", "-1234567.5"), ("0,250", "0.250"),
        ("12600", "12600"), ("95.80", "95.80"), ("offen", "offen"), ("open", "open"), ('"95,8"', "95.8"),
        ("12.600", "12.600"), ("12,600", "12,600"), ("viel", "viel"),
    ],
)  # fmt: skip
def test_numbers_get_a_point_where_they_are_clear(words: str, meant: str) -> None:
    text = PLAN.replace("target: 40", f"target: {words}")
    assert f"target: {meant}\n" in shape("nordwind/2026-h2/plan.md", text)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("23.11.2026", "2026-11-23"), ("1.2.2026", "2026-02-01"), ("2026-11-23", "2026-11-23"),
        ("14 days after a", "14 days after a"), ("31.2.2026", "31.2.2026"), ("morgen", "morgen"),
    ],
)  # fmt: skip
def test_days_are_written_as_iso(words: str, meant: str) -> None:
    assert f"due: {meant}\n" in tasks(f"tasks:\n  - id: a\n    due: {words}\n")


@pytest.mark.parametrize("words", ["0815", "NO", "12:30", "3.10", "1.234,5", "23.11.2026", "~", "null", "0x1F", "1e3", "ja", "Yes", "=", "!", "a #b"])  # fmt: skip
def test_a_text_stays_the_text_that_stands_there(words: str) -> None:
    quote = '"' if words in ("!", "a #b") else ""
    text = f"tasks:\n  - id: a\n    title: {quote}{words}{quote}\n"
    assert tasks(text) == text


def test_yes_and_no_stay_in_their_language() -> None:
    text = ACCOUNT.replace("---\n", "", 1).replace("---\n", "") + "departments:\n"
    for words in ("ja", "nein", "yes", "no", "true"):
        text += f"  - id: a{words}\n    name: A\n    contacted: {words}\n"
    assert shape("nordwind/account.md", f"---\n{text}---\n") == f"---\n{text}---\n"


def test_texts_over_lines_stand_behind_a_bar() -> None:
    assert tasks('tasks:\n  - id: a\n    note: "eins\\nzwei"\n') == (
        "tasks:\n  - id: a\n    note: |\n      eins\n      zwei\n"
    )
    assert tasks("tasks:\n  - id: a\n    note: |+\n         eins\n\n           zwei #3\n\n\nmilestones:\n") == (
        "tasks:\n  - id: a\n    note: |\n      eins\n\n        zwei #3\n\nmilestones:\n"
    )  # fmt: skip
    one = "tasks:\n  - id: a\n    note: |\n      Preis: # hoch\n"
    assert tasks(one) == one


def test_no_value_and_an_empty_text_stay_apart() -> None:
    text = "tasks:\n  - id: a\n    title:\n    note: ''\n"
    assert tasks(text) == text


# --- comments ------------------------------------------------------------------------------------


def test_comments_go_with_what_they_speak_of() -> None:
    assert tasks(
        "# oben\n"
        "milestones:\n"
        "    # zum Punkt\n"
        "    - id: m\n"
        "    # - id: n\n"
        "    #   title: später\n"
        "tasks:   # alle\n"
        "  # erste\n"
        "  - title: 'T'   # Titel\n"
        "    # zur Kennung\n"
        "    id: a\n"
        "    # am Ende\n"
        "# ganz unten\n"
    ) == (
        "# alle\n"
        "tasks:\n"
        "  # erste\n"
        "  # zur Kennung\n"
        "  - id: a\n"
        "    # Titel\n"
        "    title: 'T'\n"
        "    # am Ende\n"
        "# oben\n"
        "milestones:\n"
        "  # zum Punkt\n"
        "  - id: m\n"
        "  # - id: n\n"
        "  #   title: später\n"
        "# ganz unten\n"
    )  # fmt: skip


def test_a_line_that_looks_like_a_comment_in_a_text_is_text() -> None:
    text = (
        "tasks:\n  - id: a\n    note: |\n      eins\n      # zwei\n    # drei\n    share: client\n"
    )
    assert tasks(text) == text.replace("    # drei\n    share: client\n", "").replace(
        "    note", "    # drei\n    share: client\n    note"
    )


def test_an_allowance_still_speaks_of_the_line_below_it() -> None:
    allow = "# allow task-for-client-not-shared until 2026-12-31: kommt noch"
    text = f"tasks:\n  {allow}\n  - title: T\n    id: a\n    {allow}\n    accountable: brandt\n"
    out = tasks(text)
    assert out.split("\n")[2] == "  - title: T"
    assert f"    {allow}\n    accountable: brandt\n" in out


def test_single_empty_lines_stay_between_entries() -> None:
    text = "tasks:\n  - id: a\n\n  - id: b\n\n# Punkte\nmilestones:\n  - id: m\n"
    assert tasks(text) == text
    assert tasks("\n\n" + text.replace("\n\n", "\n\n\n") + "\n\n") == text


def test_front_matter_of_comments_alone() -> None:
    assert tasks("# noch nichts\n") == "# noch nichts\n"
    assert tasks("") == ""


# --- prose and tables ----------------------------------------------------------------------------


def test_prose_loses_only_the_space_at_its_ends() -> None:
    out = shape("nordwind/account.md", ACCOUNT + "\n\n\n# T  \nzwei   \nZeilen\t\n\n    code\n\n\n")
    assert out == ACCOUNT + "\n# T  \nzwei  \nZeilen\n\n    code\n"
    assert shape("nordwind/account.md", ACCOUNT + "\n \n") == ACCOUNT
    assert shape("nordwind/account.md", ACCOUNT + "Text") == ACCOUNT + "\nText\n"


def test_mark_and_line_ends_of_windows_go() -> None:
    raw = b"\xef\xbb\xbf" + ACCOUNT.replace("\n", "\r\n").encode()
    assert shape("nordwind/account.md", raw) == ACCOUNT


@pytest.mark.parametrize(
    ("name", "raw", "text"),
    [
        (
            "nordwind/measurements.csv",
            'kpi;date;value;note\r\nnps;1.7.2026;40,5;"a;b, c"\r\nnps;2026-08-01;offen;\r\n;;;\r\n'.encode("cp1252"),
            'date,kpi,value,note\n2026-07-01,nps,40.5,"a;b, c"\n2026-08-01,nps,offen,\n',
        ),
        (
            "nordwind/features.csv",
            "name;feature;message;hansefracht;client;elbe\nÄ;a;m;yes;no;partly\n".encode("cp1252"),
            "feature,name,client,hansefracht,elbe,message\na,Ä,no,yes,partly,m\n",
        ),
        (
            "nordwind/revenue.csv",
            b"\xef\xbb\xbfdate;kind;amount\n2026-07-01;new;1.234,50\n2026-07-01;new\n2026-07-01;new;12.600\n",
            "date,kind,amount\n2026-07-01,new,1234.50\n2026-07-01,new,\n2026-07-01,new,12600\n",
        ),
        ("training.csv", b'topic,date,done\n" a\r\nb ",3.4.2026,ja\n', 'date,topic,done\n2026-04-03,"a\nb",ja\n'),
    ],
)  # fmt: skip
def test_tables_get_commas_points_and_the_order_of_the_model(
    name: str, raw: bytes, text: str
) -> None:
    assert shape(name, raw) == text


# --- the command ---------------------------------------------------------------------------------


def test_the_command_rewrites_what_differs_and_says_so(workspace: Write) -> None:
    root = workspace({"nordwind/account.md": ACCOUNT.replace("name:", "name:  ")})
    assert run(root, "fmt", "--check") == (1, "plans/nordwind/account.md\n1 Datei würde umgeschrieben, 2 unverändert\n")  # fmt: skip
    assert (root / "plans/nordwind/account.md").read_text() != ACCOUNT
    assert run(root, "fmt", str(root / "plans/workspace.yml"))[1] == "0 Dateien umgeschrieben, 1 unverändert\n"  # fmt: skip
    assert run(root, "fmt") == (0, "plans/nordwind/account.md\n1 Datei umgeschrieben, 2 unverändert\n")  # fmt: skip
    assert (root / "plans/nordwind/account.md").read_text() == ACCOUNT
    assert run(root, "fmt", "--check") == (0, "0 Dateien würden umgeschrieben, 3 unverändert\n")


@pytest.mark.parametrize(
    ("name", "raw", "rule"),
    [
        ("nordwind/account.md", b"---\nname: [a]\n---\n", "braces"),
        ("nordwind/account.md", b"---\nname: a\nname: b\n---\n", "duplicate-key"),
        ("nordwind/account.md", b"---\nname: M\xfcller\n---\n", "not-utf8"),
        ("nordwind/account.md", b"name: a\n", "missing-front-matter"),
        ("nordwind/account.md", "---\nname: a\u202eb\n---\n".encode(), "forbidden-character"),
        ("nordwind/revenue.csv", b"date,kind,amount\na,b,c,d\n", "too-many-cells"),
        ("nordwind/revenue.csv", b"date,kind,betrag\n", "unknown-column"),
        ("nordwind/revenue.csv", b"date,kind,id\n2026-01-01,new,\x81\n", "not-utf8"),
    ],
)
def test_what_cannot_be_read_is_left_alone_and_told(
    workspace: Write, name: str, raw: bytes, rule: str
) -> None:
    root = workspace({name: raw})
    code, said = run(root, "fmt")
    assert code == 1
    assert f"Fehler {rule}  plans/{name}" in said
    assert (root / "plans" / name).read_bytes() == raw


def test_links_are_told_and_not_followed(workspace: Write, tmp_path: Path) -> None:
    root = workspace()
    outside = tmp_path / "outside.md"
    outside.write_text("---\nb:  1\n---\n")
    (root / "plans/nordwind/client.md").symlink_to(outside)
    code, said = run(root, "fmt")
    assert (code, "symlink" in said) == (1, True)
    assert outside.read_text() == "---\nb:  1\n---\n"


def test_a_file_that_changes_meanwhile_is_told(
    workspace: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = workspace({"nordwind/account.md": ACCOUNT + "\n\n\nText"})
    path = root / "plans/nordwind/account.md"

    def meanwhile(name: PurePosixPath, raw: bytes, kind: type[Plan]) -> object:
        if name.name == "account.md":
            path.write_text("somebody's", "utf-8")
        return formed(name, raw, kind)

    monkeypatch.setattr("planwerk.format.fmt.formed", meanwhile)
    code, said = run(root, "fmt")
    assert (code, "changed-meanwhile" in said) == (1, True)
    assert path.read_text() == "somebody's"


def test_a_path_that_is_not_there_is_wrong_use(workspace: Write) -> None:
    with pytest.raises(Refusal) as refusal:
        run(workspace(), "fmt", "nowhere.md")
    assert (refusal.value.code, refusal.value.problems[0].rule) == (2, "path-missing")
    assert CliRunner().invoke(cli, ["-C", os.devnull, "fmt"]).exit_code == 1


# --- the example portfolio -----------------------------------------------------------------------


def test_the_examples_keep_every_word(examples: Path) -> None:
    files, problems = plan_files(examples)
    assert not problems
    for file in files:
        raw = file.path.read_text("utf-8")
        out = shape(str(file.name.relative_to("plans")), raw)
        assert Counter(re.findall(r"\S+", raw)) == Counter(re.findall(r"\S+", out)), file.name
        if not file.is_table:
            assert values(file.name, raw) == values(file.name, out)


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_new_workspace_is_in_form(tmp_path: Path, language: str) -> None:
    assert run(tmp_path, "--lang", language, "init", ".")[0] == 0
    assert run(tmp_path, "fmt", "--check")[0] == 0


def test_what_an_import_writes_is_in_form_so_that_fmt_takes_no_file_from_it(tmp_path: Path) -> None:
    export = ROOT / "tests" / "data" / "dirty-crm"
    run(tmp_path, "import", "crm", str(export), "--mapping", str(export / "mapping.yml"), "--into", str(tmp_path))  # fmt: skip
    code, said = run(tmp_path, "fmt", "--check")
    assert (code, said[:1]) == (0, "0")


def values(name: PurePosixPath, text: str) -> object:
    """The values of a file's front matter."""
    source = split(name, text) if name.suffix == ".md" else Source(name, text, "", 1, 1)
    assert isinstance(source, Source)
    return read_front_matter(name, source.front)[0].value


def test_the_hooks_for_pre_commit_are_real_commands() -> None:
    import shlex

    import yaml

    hooks = {h["id"]: h for h in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    assert set(hooks) == {"planwerk-check", "planwerk-fmt"}
    for hook in hooks.values():
        program, *words = shlex.split(hook["entry"])
        assert program == "planwerk"
        assert words[0] in cli.commands
        known = {option for p in cli.commands[words[0]].params for option in p.opts}
        assert set(words[1:]) <= known
    assert hooks["planwerk-check"]["pass_filenames"] is False
    assert re.search(hooks["planwerk-fmt"]["files"], "plans/nordwind/2026-h2/plan.md")
    assert not re.search(hooks["planwerk-fmt"]["files"], "README.md")
