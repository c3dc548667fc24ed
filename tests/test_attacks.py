"""Attacks and mistakes, row by row: what each is answered with, and which test shows it.

A row is a subject. Most answers are one finding at one place: they stand in `ANSWERS`, and the
command itself is asked for each, with its exit code and its time. What takes more than a file
(folders, history, a build, Office files) has a test of its own, which the row names.
"""

from __future__ import annotations

import ast
import json
import struct
import time
import unicodedata
import zlib
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from conftest import ACCOUNT, PLAN, WORKSPACE, Write
from planwerk.cli import cli

ACC, PLN, LOG = "nordwind/account.md", "nordwind/2026-h2/plan.md", "nordwind/measurements.csv"
SECONDS = 2.0
"""How long an answer may take, of computing."""


def front(words: str) -> str:
    """An account whose details end with these lines."""
    return ACCOUNT.removesuffix("---\n") + words + "---\n"


def kpi(target: str) -> str:
    """A plan with that target."""
    return PLAN.replace("target: 40", f"target: {target}")


def shared(words: str) -> str:
    """A plan whose vision the client reads."""
    return PLAN.replace("to: 2026-12-31\n", f"to: 2026-12-31\nshare: client\nvision: {words}\n")


def png(width: int, height: int, *more: tuple[bytes, bytes]) -> bytes:
    """A PNG that says it is so large, with one line of pixels and further chunks."""
    chunks = (
        (b"IHDR", struct.pack(">2I5B", width, height, 8, 0, 0, 0, 0)),
        *more,
        (b"IDAT", zlib.compress(b"\0" * (width + 1))),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


LAUGHS = "a: &a x\n" + "".join(f"b{i}: &b{i}\n  - *a\n  - *a\n" for i in range(9))
MERGE = "a: &a\n  b: c\n" + "<<: *a\n" * 22
NFD = unicodedata.normalize("NFD", "größe")
Files = dict[str, str | bytes]
ANSWERS: list[tuple[str, str | Files, str | bytes, str, str]] = [
    ("anchors", ACC, front(LAUGHS), "yaml-anchor", "5:4"),
    ("merge keys", ACC, front(MERGE), "yaml-anchor", "5:4"),
    ("merge keys", ACC, front("<<: b\n"), "yaml-anchor", "5:1"),
    ("an alias of itself", ACC, front("a: &a\n  - *a\n"), "yaml-anchor", "5:4"),
    *(("tags", ACC, front(f"a: {tag} b\n"), "yaml-tag", "5:4") for tag in ("!!python/object/apply:os.system", "!!binary", "!!set", "!foo")),
    *(("directives", ACC, f"---\n{line}\n# x\n---\n", "yaml-directive", "2:1") for line in ("%YAML 1.1", "%TAG ! x")),
    ("a second document", "workspace.yml", f"{WORKSPACE}---\na: b\n", "second-document", "25:1"),
    ("duplicate keys", ACC, front("name: B\n"), "duplicate-key", "5:1"),
    ("duplicate keys", ACC, front(f"größe: 1\n{NFD}: 2\n"), "duplicate-key", "6:1"),
    ("keys that are no words", ACC, front("? [a]\n: b\n"), "key-not-a-word", "5:3"),
    ("keys that are no words", ACC, front("{a: b}: c\n"), "key-not-a-word", "5:1"),
    ("broken YAML", ACC, front("\ta: b\n"), "tab-indentation", "5:1"),
    ("broken YAML", ACC, front("parent: 'x\n"), "broken-yaml", "5:9"),
    ("broken YAML", ACC, "name: A\n", "missing-front-matter", "1:1"),
    ("broken YAML", ACC, "---\nname: A\n", "unclosed-front-matter", "1:1"),
    *(("characters", ACC, front(f"parent_name: a{sign}b\n"), "forbidden-character", "5:15") for sign in ("\0", "\v", "\x85", "\u2028", "\u202e", "\u2066", "\ufffe", "\U000e0041")),
    *(("characters", ACC, front(f'parent_name: "{sign}"\n'), "forbidden-character", "5:14") for sign in (r"\0", r"\x07", r"\N", r"\u202e", r"a\rb", r"\L")),
    ("characters", ACC, front('parent_name: "a\\ud800"\n'), "forbidden-character", "5:16"),
    ("characters", ACC, front('"na\\x07me": x\n'), "forbidden-character", "5:1"),
    ("characters", LOG, "date,kpi,value\n2026-07-01,nps,\x0731\n", "forbidden-character", "2:16"),
    ("characters", ACC, ACCOUNT.replace("Nordwind", "Nord\u200bwind"), "invisible-character", "2:11"),
    ("encodings", ACC, b"---\nname: M\xfcller\n---\n", "not-utf8", "2:8"),
    ("encodings", ACC, ACCOUNT.encode("utf-16"), "not-utf8", "1:1"),
    ("encodings", ACC, b"\x89PNG\r\n\x1a\n\0", "not-utf8", "1:1"),
    ("encodings", LOG, b"date,kpi,value\n2026-07-01,nps,\x8131\n", "not-utf8", "2:16"),
    ("emptiness", ACC, "", "empty-file", "1:1"),
    ("emptiness", ACC, "---\n---\n", "missing-key", "2:1"),
    ("emptiness", ACC, "nur Text\n", "missing-front-matter", "1:1"),
    ("emptiness", LOG, "\n\n", "empty-file", "1:1"),
    ("impossible values", PLN, PLAN.replace("2026-12-31", "2026-02-30"), "no-such-day", "3:5"),
    ("impossible values", PLN, PLAN.replace("2026-12-31", "9999-12-31"), "unlikely-day", "3:5"),
    *(("impossible values", PLN, kpi(number), "wrong-number", "13:13") for number in ("1e999999", "9" * 5000, ".nan", ".inf", "٣", "0x10", "1_000")),
    *(("impossible values", PLN, kpi(number), "ambiguous-number", "13:13") for number in ("180.000", "12,600")),
    ("unknown keys and audiences", PLN, PLAN.replace("owner: brandt", "shrae: client"), "unknown-key", "9:5"),
    ("unknown keys and audiences", PLN, PLAN.replace("owner: brandt", "owner: brandt\n    share: clinet"), "unknown-audience", "10:12"),
    ("never shared", "nordwind/2026-h2/risks.md", "---\nrisks:\n  - id: a\n    reason: budget\n    probability: 3\n    severity: 4\n    share: client\n---\n", "never-shared", "7:5"),
    *(("HTML in prose", ACC, f"{ACCOUNT}{tag}\n", "html-in-prose", "6:1") for tag in ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<iframe src=//x>", "<svg onload=alert(1)>", "<style>*{}</style>", "<meta http-equiv=refresh>", "<form action=//x>")),
    *(("links", ACC, f"{ACCOUNT}[a]({link})\n", "unsafe-link", "6:4") for link in ("javascript:alert(1)", "JaVaScRiPt:alert(1)", "java&#115;cript:alert(1)", "javascript&NewLine;:alert(1)", "vbscript:x", "data:text/html,x", "file:///etc/passwd", "//host/share", "\\\\\\\\host\\share", "&#106;avascript:x")),
    ("tags in titles", ACC, ACCOUNT.replace("Nordwind AG", "</title><script>alert(1)</script>"), "angle-bracket-in-title", "2:7"),
    ("includes and far pictures", ACC, ACCOUNT.replace("Nordwind AG", "!include /etc/passwd"), "yaml-tag", "2:7"),
    ("includes and far pictures", ACC, f"{ACCOUNT}![x](../../secret.png)\n", "picture-in-prose", "6:1"),
    ("floods of Markdown", ACC, f"{ACCOUNT}{'[' * 20_000}\n", "prose-too-large", "6:1"),
    ("floods of Markdown", ACC, f"{ACCOUNT}{'![' * 20_000}\n", "prose-too-large", "6:1"),
    ("floods of Markdown", ACC, f"{ACCOUNT}{'|a' * 30_000}\n", "prose-too-large", "6:1"),
    ("floods of Markdown", ACC, ACCOUNT + "\n".join("  " * n + "- x" for n in range(300)) + "\n", "nested-too-deep", "15:1"),
    ("deep quotations", ACC, f"{ACCOUNT}{'>' * 30} tief\n", "nested-too-deep", "6:1"),
    ("other repositories and stand-ins", ACC, "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n", "lfs-pointer", "1:1"),
    ("other repositories and stand-ins", LOG, "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n", "lfs-pointer", "1:1"),
    *(("ids", ACC, front(f"parent: {name}\n"), "wrong-id", "5:9") for name in ("../../x", "a/b", "A", "x" * 300, "-a", "1a", "a b")),
    *(("keys of the engine", ACC, front(f"{key}: x\n"), "unknown-key", "5:1") for key in ("template", "hide", "icon", "search")),
    ("credentials", ACC, f"{ACCOUNT}Passwort: Hunter2x!\n", "secret-in-plan", "6:11"),
    ("another client's name", {PLN: shared("So schnell wie Alpenfracht"), "alpenfracht/account.md": ACCOUNT.replace("Nordwind AG", "Alpenfracht GmbH")}, PLN, "other-client-named", "5:24"),
    ("words of an internal note", {PLN: shared("Wir zeigen in drei Schritten, wie sie ohne uns bis Jahresende auskommen"), ACC: front("business_model: Sie haben keinen Plan, wie sie ohne uns bis Jahresende auskommen\n")}, PLN, "shared-quotes-internal", "5:39"),
    ("a reference to what is hidden", "nordwind/2026-h2/tasks.md", "---\ntasks:\n  - id: a\n    title: A\n    goal: loyalty\n    accountable: brandt\n    due: 2026-12-01\n    share: client\n---\n", "shared-refers-to-internal", "5:11"),
    ("floods of Markdown", ACC, f"{ACCOUNT}{'![' * 1_900}\n", "prose-too-large", "6:1"),
    *(("pictures", ACC, f"{ACCOUNT}![x]({link})\n", "picture-in-prose", "6:1") for link in ("logo.svg", "https://x.example/pixel.png", "//x.example/pixel.png", "data:image/png;base64,x", "/etc/passwd")),
    ("pictures", {ACC: f"{ACCOUNT}![x](p.png)\n", "nordwind/p.png": png(50_000, 50_000)}, ACC, "picture-too-large", "6:1"),
    ("pictures", {ACC: f"{ACCOUNT}![x](p.png)\n", "nordwind/p.png": b"<svg onload='alert(1)'/>"}, ACC, "picture-broken", "6:1"),
    *(("odd numbers in charts", LOG, f"date,kpi,value\n2026-07-01,nps,{number}\n", "wrong-number", "2:16") for number in ("1e308", "NaN", "inf", "-inf")),
    ("comments without an end", ACC, f"{ACCOUNT}Text <!-- offen\n", "unclosed-comment", "6:6"),
    *(("money and addresses of the house", "workspace.yml", f"currency: {words}\n{WORKSPACE}", "wrong-currency", "1:11") for words in ("Euro", "eur", "€", "EURO", "XQZ")),
    *(("money and addresses of the house", "workspace.yml", f"{WORKSPACE}feedback:\n  email: {words}\n", "wrong-email", "26:10") for words in ("kundenteam", "Team team@firma.example", "<a@b.example>", "a@b@c")),
    ("money and addresses of the house", "workspace.yml", f"{WORKSPACE}feedback:\n  form: http://firma.example/form\n", "wrong-url", "26:9"),
    ("money and addresses of the house", "workspace.yml", f"{WORKSPACE}rates:\n  - currency: Pfund\n    since: 2026-07-01\n    rate: 1.15\n", "wrong-currency", "26:15"),
    ("money and addresses of the house", "nordwind/2026-h2/risks.md", "---\nrisks:\n  - id: a\n    reason: budget\n    probability: 3\n    severity: 4\n    amount_at_risk: USD 12\n---\n", "foreign-currency", "7:21"),
]  # fmt: skip
"""Subject; file and content (or several, and which is meant); rule, line and column of the answer."""


class Row(NamedTuple):
    """A subject: the exit codes of its answers in `ANSWERS`, and the tests elsewhere that show more."""

    codes: set[int]
    elsewhere: tuple[str, ...] = ()


ERRORS, NONE = {1}, set[int]()
ROWS: dict[str, Row] = {
    "anchors": Row(ERRORS),
    "merge keys": Row(ERRORS),
    "an alias of itself": Row(ERRORS),
    "tags": Row(ERRORS),
    "directives": Row(ERRORS),
    "a second document": Row(ERRORS),
    "duplicate keys": Row(ERRORS, ("test_bad_input::test_a_second_key_names_the_first",)),
    "deep nesting": Row(NONE, ("test_bad_input::test_a_bomb_takes_neither_time_nor_memory",)),
    "many keys, long values": Row(NONE, ("test_bad_input::test_a_bomb_takes_neither_time_nor_memory",)),
    "keys that are no words": Row(ERRORS),
    "broken YAML": Row(ERRORS),
    "characters": Row({0, 1}),
    "encodings": Row(ERRORS),
    "emptiness": Row(ERRORS, ("test_bad_input::test_no_plans_and_no_accounts",)),
    "impossible values": Row(ERRORS),
    "unknown keys and audiences": Row(ERRORS, ("test_read::test_every_problem_is_told_in_both_languages",)),
    "never shared": Row(ERRORS),
    "another client's name": Row({3}),
    "words of an internal note": Row({3}),
    "a reference to what is hidden": Row(ERRORS),
    "HTML in prose": Row({0}, ("test_bad_input::test_what_others_would_run_is_text",)),
    "links": Row(ERRORS),
    "tags in titles": Row(ERRORS, ("test_portal::test_hostile_titles_stay_text",)),
    "code in titles": Row(NONE, ("test_bad_input::test_what_others_would_run_is_text", "test_portal::test_hostile_titles_stay_text")),
    "words of template languages": Row(NONE, ("test_bad_input::test_what_others_would_run_is_text", "test_bad_input::test_what_others_would_run_is_text_in_office_files")),
    "includes and far pictures": Row(ERRORS, ("test_bad_input::test_what_others_would_run_is_text",)),
    "attributes in braces": Row(NONE, ("test_bad_input::test_what_others_would_run_is_text",)),
    "floods of Markdown": Row(ERRORS, ("test_bad_input::test_a_bomb_takes_neither_time_nor_memory",)),
    "deep quotations": Row(ERRORS),
    "links in the file system": Row(NONE, ("test_bad_input::test_links_are_refused_and_not_read", "test_read::test_nothing_of_what_a_link_leads_to_is_shown", "test_repository::test_links_and_submodules_of_a_revision_are_refused_as_always")),
    "other repositories and stand-ins": Row(ERRORS, ("test_bad_input::test_another_repository_is_not_read",)),
    "ids": Row(ERRORS, ("test_bad_input::test_names_that_some_computers_take_for_one", "test_bad_input::test_folders_bear_ids")),
    "files of the engine": Row(NONE, ("test_bad_input::test_what_is_ignored_is_nowhere_in_the_output",)),
    "keys of the engine": Row(ERRORS),
    "pictures": Row(ERRORS, ("test_picture_files::test_nothing_beside_the_pixels_is_left", "test_prose::test_few_bytes_that_unpack_to_many_are_read_as_far_as_pixels_go", "test_bad_input::test_what_is_ignored_is_nowhere_in_the_output")),
    "formulas in charts": Row(NONE, ("test_office::test_a_name_that_looks_like_a_formula_stays_text",)),
    "formulas in tables": Row(NONE, ("test_history_command::test_no_cell_of_the_csv_is_run_by_a_spreadsheet", "test_history_command::test_numbers_stay_numbers_in_the_csv")),
    "odd numbers in charts": Row(ERRORS, ("test_generated::test_every_file_of_a_generated_plan_is_sound",)),
    "odd texts": Row(NONE, ("test_generated::test_every_file_of_a_generated_plan_is_sound", "test_generated::test_microsofts_validator_finds_nothing_in_generated_plans")),
    "entities and floods in Office files": Row(NONE, ("test_zipped::test_what_is_no_sound_file_has_one_answer",)),
    "bombs among Office files": Row(NONE, ("test_zipped::test_what_is_no_sound_file_has_one_answer",)),
    "damaged Office files": Row(NONE, ("test_zipped::test_what_is_no_sound_file_has_one_answer",)),
    "active content of templates": Row(NONE, ("test_template::test_nothing_planted_in_a_template_comes_into_a_document", "test_deck_template::test_pictures_lose_what_they_tell_of_their_making")),
    "names of branches and tags": Row(NONE, ("test_bad_input::test_names_of_branches_and_tags_are_never_options",)),
    "authors": Row(NONE, ("test_bad_input::test_authors_are_whoever_they_say", "test_repository_log::test_authors_of_any_bytes_are_readable", "test_history_command::test_names_and_words_cannot_steer_a_terminal")),
    "days of commits": Row(NONE, ("test_bad_input::test_a_bad_date_does_not_stop_the_run", "test_repository_log::test_dates_beyond_any_calendar_are_named_and_the_run_goes_on")),
    "replaced commits and other names": Row(NONE, ("test_repository_log::test_replaced_and_grafted_commits_are_what_they_were", "test_repository_log::test_mailmaps_change_no_name")),
    "shallow clones": Row(NONE, ("test_ci::test_a_shallow_clone_is_refused_instead_of_comparing_with_something_else", "test_repository_lasts::test_a_shallow_clone_says_where_it_begins_and_claims_nothing_older")),
    "odd repositories": Row(NONE, ("test_bad_input::test_detached_bare_and_worktree", "test_bad_input::test_a_history_that_cannot_be_read_is_said", "test_bad_input::test_a_history_that_cannot_be_read_makes_drafts", "test_repository::test_before_the_first_commit_there_is_no_revision")),
    "programs in a repository's settings": Row(NONE, ("test_repository::test_no_program_of_a_repository_is_ever_run", "test_repository::test_the_hostile_repository_is_hostile")),
    "a killed run": Row(NONE, ("test_publish::test_a_crash_between_the_two_renames_is_healed", "test_write::test_a_process_that_dies_between_write_and_replace_leaves_the_old_file")),
    "a full disk": Row(NONE, ("test_command::test_a_full_disk_is_told_as_such", "test_write::test_a_failing_disk_leaves_the_old_file_and_nothing_beside_it")),
    "two runs at once": Row(NONE, ("test_publish::test_two_runs_do_not_write_at_once",)),
    "output folders": Row(NONE, ("test_bad_input::test_an_output_never_covers_what_is_not_ours", "test_publish::test_foreign_files_are_refused_and_kept")),
    "an output within another": Row(NONE, ("test_bad_input::test_an_output_never_lies_in_another",)),
    "scripts of the engine": Row(NONE, ("test_portal::test_an_injected_script_stops_the_build",)),
    "proposals from elsewhere": Row(NONE, ("test_ci::test_workflows_ask_for_little_and_give_forks_nothing",)),
    "words of proposals in scripts": Row(NONE, ("test_ci::test_workflows_ask_for_little_and_give_forks_nothing", "test_supply::test_no_finding_in_any_workflow")),
    "packages that are not those locked": Row(NONE, ("test_supply::test_a_package_of_other_bytes_is_not_installed", "test_supply::test_every_requirement_is_pinned_by_digest")),
    "other circumstances": Row(NONE, ("test_command::test_the_examples_build_the_same_under_other_circumstances",)),
    "plans that go or are called otherwise": Row(NONE, ("test_kept::test_what_was_asked_for_and_is_no_more_is_gone", "test_diff_command::test_a_renamed_account_is_followed_and_others_come_and_go")),
    "credentials": Row({0}, ("test_history_command::test_a_credential_is_in_no_form_of_a_history", "test_diff_command::test_a_credential_is_in_no_comment_and_no_log")),
    "an interruption": Row(NONE, ("test_interruption::test_an_interruption_ends_the_run_wherever_it_falls",)),
    "comments without an end": Row(ERRORS),
    "money and addresses of the house": Row(ERRORS),
}  # fmt: skip


@pytest.mark.parametrize(("subject", "files", "name", "rule", "spot"), ANSWERS)
def test_it_is_answered_at_its_place(
    workspace: Write, subject: str, files: str | Files, name: str | bytes, rule: str, spot: str
) -> None:
    """By the command itself: rule, line and column, exit code, and in time."""
    if isinstance(files, str):
        files, name = {files: name}, files
    root, begun = workspace(files), time.process_time()
    words = ["-C", str(root), "--lang", "en", "check", "--format", "json"]
    done = CliRunner().invoke(cli, words, catch_exceptions=False)
    assert time.process_time() - begun < SECONDS
    problems = json.loads(done.stdout)["problems"]
    found = {(p["rule"], f"{p['path']}:{p['line']}:{p['column']}") for p in problems}
    assert (rule, f"plans/{name!s}:{spot}") in found, found
    assert done.exit_code in ROWS[subject].codes


def test_every_row_is_shown() -> None:
    asked = {subject for subject, *_ in ANSWERS}
    assert asked == {subject for subject, row in ROWS.items() if row.codes}
    assert all(row.codes or row.elsewhere for row in ROWS.values())
    known: dict[str, set[str]] = {}
    for name in {one.partition("::")[0] for row in ROWS.values() for one in row.elsewhere}:
        tree = ast.parse((Path(__file__).parent / f"{name}.py").read_text("utf-8"))
        known[name] = {n.name for n in tree.body if isinstance(n, ast.FunctionDef)}
    missing = [one for row in ROWS.values() for one in row.elsewhere if one.partition("::")[2] not in known[one.partition("::")[0]]]  # fmt: skip
    assert missing == []
