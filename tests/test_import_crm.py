"""The CRM importer: a dirty invented export becomes a workspace, and says what it did."""

from __future__ import annotations

import csv
import json
import shutil
import string
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from planwerk.importing import ImportReport, Note, import_crm
from planwerk.importing.files import import_words, yaml_text
from planwerk.importing.names import Finder, slug
from planwerk.importing.values import day, decimal_mark, number, whole
from planwerk.problems import Refusal
from planwerk.read import read

DIRTY = Path(__file__).with_name("data") / "dirty-crm"
REAL = Path(__file__).parents[2] / "shared" / "data" / "crm-sales"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A copy of the dirty export, to be changed at will."""
    return Path(shutil.copytree(DIRTY, tmp_path / "export"))


@pytest.fixture
def into(tmp_path: Path) -> Path:
    """Where the workspace goes."""
    return tmp_path / "workspace"


def run(export: Path, into: Path) -> ImportReport:
    return import_crm(export, export / "mapping.yml", into)


def change(file: Path, old: str, new: str, encoding: str = "utf-8-sig") -> None:
    """Replace text in a file; it must be there."""
    words = file.read_bytes().decode(encoding)
    assert old in words
    file.write_bytes(words.replace(old, new).encode(encoding))


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file's bytes and time of change."""
    files = (f for f in folder.rglob("*") if f.is_file())
    return {str(f): (f.read_bytes(), f.stat().st_mtime_ns) for f in files}


def noted(report: ImportReport, key: str) -> list[Note]:
    return [note for note in report.notes if note.key == key]


def told(report: ImportReport, key: str) -> str:
    """The first note of that key in German, as a person reads it."""
    note = noted(report, key)[0]
    return import_words("de")(f"import.{key}", **note.facts, count=note.count)


def won(files: list[Path]) -> Decimal:
    """The won value in opportunity tables."""
    lines = [line for file in files for line in rows(file)]
    return sum((Decimal(x["value"] or 0) for x in lines if x["outcome"] == "won"), Decimal(0))


# --- what comes out ----------------------------------------------------------------------------


def test_the_dirty_export_becomes_a_workspace_that_reads_without_a_problem(
    export: Path, into: Path
) -> None:
    report = run(export, into)
    reading = read(into)
    assert reading.problems == []
    assert reading.portfolio is not None
    assert [account.id for account in reading.portfolio.accounts] == [
        "id-3s-textil-gmbh",
        "mueller-maschinenbau-ag",
        "mueller-maschinenbau-ag-2",
        "nordkai-spedition",
        "weiss-soehne-optik",
    ]
    assert str(reading.portfolio.as_of) == "2026-06-30"
    assert len(report.written) == 2 + 4 * 5
    assert report.written[0] == "plans/workspace.yml"


def test_no_opportunity_and_no_cent_is_lost(export: Path, into: Path) -> None:
    run(export, into)
    files = [*into.glob("plans/*/opportunities.csv"), into / "plans/unassigned-opportunities.csv"]
    assert sum(len(rows(file)) for file in files) == 20
    with (DIRTY / "chancen.csv").open(encoding="utf-8-sig", newline="") as lines:
        deals = [d for d in csv.DictReader(lines, delimiter=";") if d["Phase"] == "Gewonnen"]
    amounts = (d["Wert"].replace(".", "").replace(",", ".").rstrip(" €") for d in deals)
    assert won(files) == sum(Decimal(amount or 0) for amount in amounts) == Decimal("33180.59")


def test_white_space_says_won_open_and_lost(export: Path, into: Path) -> None:
    run(export, into)
    cells = rows(into / "plans/mueller-maschinenbau-ag/whitespace.csv")
    assert [(c["offering"], c["state"], c["ours"], c["potential"], c["stage"]) for c in cells] == [
        ("sensor-s1", "won", "19800.50", "", ""),
        ("sensor-s10", "opportunity", "", "18000", "Angebot"),
        ("wartung-plus", "lost", "", "", ""),
    ]
    assert cells[0]["department"] == "whole-company"
    assert cells[0]["note"] == "2 gewonnen, 0 offen, 1 verloren"


def test_revenue_holds_one_line_for_each_deal_won_on_a_known_day(export: Path, into: Path) -> None:
    run(export, into)
    assert rows(into / "plans/nordkai-spedition/revenue.csv") == [
        {
            "date": "2026-03-02",
            "kind": "offen",
            "offering": "wartung-plus",
            "amount": "700",
            "currency": "EUR",
            "id": "C11",
            "corrects": "",
        }
    ]


def test_account_files_say_what_is_known_and_leave_the_rest_open(export: Path, into: Path) -> None:
    run(export, into)
    text = (into / "plans/nordkai-spedition/account.md").read_text("utf-8")
    assert "parent: mueller-maschinenbau-ag\n" in text
    assert "founded: offen\nemployees: offen\n" in text
    assert "owner: offen\n" in text and "tier: offen\n" in text
    assert "@tilo-wenk" in text
    textile = (into / "plans/id-3s-textil-gmbh/account.md").read_text("utf-8")
    assert "parent_name: Textilholding Süd\n" in textile
    assert "    revenue: 48200000\n" in textile
    optics = (into / "plans/weiss-soehne-optik/account.md").read_text("utf-8")
    assert 'name: "Weiß & Söhne: Optik"\nindustry: offen\n' in optics


def test_opportunities_without_a_known_account_keep_their_agent(export: Path, into: Path) -> None:
    run(export, into)
    unassigned = rows(into / "plans/unassigned-opportunities.csv")
    assert [(line["id"], line["agent"]) for line in unassigned] == [
        ("C14", "maren-brandt"),
        ("C15", "maren-brandt"),
        ("C16", "tilo-wenk"),
    ]


# --- what is told ------------------------------------------------------------------------------


def test_notes_tell_what_was_seen_decided_and_left_open(export: Path, into: Path) -> None:
    report = run(export, into)
    assert {(n.kind, n.key): n.count for n in report.notes if n.key != "table"} == {
        ("seen", "open-without-value"): 5,
        ("seen", "open-without-date"): 1,
        ("seen", "opportunity-without-account"): 2,
        ("seen", "agents-without-opportunity"): 1,
        ("seen", "accounts-without-sales"): 1,
        ("decided", "managers-in-team"): 1,
        ("decided", "id-suffixed"): 1,
        ("decided", "similar-name"): 1,
        ("decided", "corrected"): 1,
        ("decided", "parent-not-in-list"): 1,
        ("decided", "close-date-expected"): 1,
        ("decided", "opportunity-without-id"): 1,
        ("decided", "characters-replaced"): 1,
        ("decided", "as-of-from-data"): 1,
        ("decided", "opportunities-unassigned"): 3,
        ("open", "unknown-industry"): 1,
        ("open", "unknown-product"): 1,
        ("open", "unknown-owner"): 1,
        ("open", "unknown-account"): 1,
        ("open", "unknown-stage"): 1,
        ("open", "unreadable-value"): 1,
        ("open", "account-without-industry"): 1,
        ("open", "parent-in-circle"): 1,
        ("open", "closed-before-opened"): 1,
        ("open", "won-without-date"): 1,
        ("open", "won-without-value"): 1,
        ("open", "opportunity-twice"): 1,
        ("open", "opportunity-without-product"): 1,
        ("open", "owner-open"): 5,
        ("open", "tier-open"): 5,
        ("open", "revenue-kind-open"): 5,
        ("open", "revenue-year-open"): 3,
    }
    assert told(report, "corrected").startswith("„Östereich“ wurde einmal als „Österreich“")
    assert told(report, "table").startswith("kunden.csv (accounts): 6 Zeilen gelesen, cp1252")
    assert str(noted(report, "unknown-account")[0].place) == "chancen.csv:15:1"


def test_only_a_unique_and_very_similar_product_is_corrected_unasked(
    export: Path, into: Path
) -> None:
    report = run(export, into)
    taken = {note.facts["found"]: note.facts["taken"] for note in noted(report, "similar-name")}
    assert taken["Wartnug Plus"] == "Wartung Plus"
    assert taken["SensorS1"] == "Sensor S1"
    assert noted(report, "unknown-product")[0].facts == {
        "found": "Sensor S2",
        "nearest": "Sensor S1",
    }


def test_an_account_is_never_guessed_only_proposed(export: Path, into: Path) -> None:
    report = run(export, into)
    facts = noted(report, "unknown-account")[0].facts
    assert facts == {"found": "Nordkai Speditionen", "nearest": "Nordkai Spedition"}


def test_the_second_row_of_an_account_is_a_problem_with_its_place(export: Path, into: Path) -> None:
    (problem,) = run(export, into).problems
    assert (problem.rule, str(problem.place)) == ("duplicate-account", "kunden.csv:7:1")
    assert problem.facts["first"] == "5"


def test_both_languages_have_the_same_words_with_the_same_placeholders() -> None:
    def flat(language: str, group: str) -> dict[str, set[str]]:
        out: dict[str, set[str]] = {}
        found: Mapping[str, Any] = import_words(language).group(group)
        for key, value in found.items():
            texts = value.items() if isinstance(value, dict) else [("", value)]
            for form, text in texts:
                named = {field for _, field, _, _ in string.Formatter().parse(text) if field}
                out[f"{key}.{form}"] = named
        return out

    assert flat("de", "import") == flat("en", "import")
    assert flat("de", "problem") == flat("en", "problem")


def test_every_note_has_words_in_both_languages(export: Path, into: Path) -> None:
    for note in run(export, into).notes:
        for language in ("de", "en"):
            text = import_words(language)(f"import.{note.key}", **note.facts, count=note.count)
            assert "{" not in text


# --- running it again --------------------------------------------------------------------------


def test_running_it_twice_changes_nothing(export: Path, into: Path) -> None:
    first = run(export, into)
    before = snapshot(into)
    second = run(export, into)
    assert second.written == ()
    assert second.unchanged == len(first.written)
    assert second.notes == first.notes
    assert snapshot(into) == before


def test_what_a_person_wrote_is_kept_and_told(export: Path, into: Path) -> None:
    run(export, into)
    account = into / "plans/nordkai-spedition/account.md"
    change(account, "owner: offen", "owner: maren-brandt", "utf-8")
    before = account.read_bytes()
    change(export / "kunden.csv", "Nordkai Spedition;Logistik;Deutschland;;", "Nordkai Spedition;Logistik;Deutschland;1987;", "cp1252")  # fmt: skip
    report = run(export, into)
    assert report.kept == ("plans/nordkai-spedition/account.md",)
    assert account.read_bytes() == before
    assert told(report, "kept").startswith("plans/nordkai-spedition/account.md wurde von Hand")


def test_what_a_person_deleted_stays_deleted(export: Path, into: Path) -> None:
    run(export, into)
    shutil.rmtree(into / "plans/weiss-soehne-optik")
    report = run(export, into)
    assert not (into / "plans/weiss-soehne-optik").exists()
    assert report.written == ()
    assert [(n.facts["file"], n.count) for n in noted(report, "kept-deleted")] == [
        ("plans/weiss-soehne-optik", 4)
    ]


def test_a_new_deal_is_appended_to_logs_nobody_has_touched(export: Path, into: Path) -> None:
    run(export, into)
    deal = "C21;Tilo Wenk;Sensor S1;3S Textil GmbH;Gewonnen;2026-02-02;2026-03-01;2.400,00\n"
    with (export / "chancen.csv").open("a", encoding="utf-8") as lines:
        lines.write(deal)
    report = run(export, into)
    assert [r["id"] for r in rows(into / "plans/id-3s-textil-gmbh/revenue.csv")] == ["C10", "C21"]
    assert noted(report, "log-extended")[0].count == 1
    again = run(export, into)
    assert again.written == ()


def test_a_log_that_a_person_has_edited_is_only_told_about(export: Path, into: Path) -> None:
    run(export, into)
    log = into / "plans/id-3s-textil-gmbh/revenue.csv"
    change(log, "2026-03-15,offen", "2026-03-15,new", "utf-8")
    with (export / "chancen.csv").open("a", encoding="utf-8") as lines:
        lines.write("C21;;Sensor S1;3S Textil GmbH;Gewonnen;2026-02-02;2026-03-01;9,50\n")
    report = run(export, into)
    assert [line["kind"] for line in rows(log)] == ["new"]
    assert [n.count for n in noted(report, "log-not-extended")] == [1]


def test_a_booking_the_crm_tells_differently_is_corrected_by_a_new_line(
    export: Path, into: Path
) -> None:
    run(export, into)
    change(export / "chancen.csv", ";12.500,50", ";12.000,00")
    report = run(export, into)
    lines = rows(into / "plans/mueller-maschinenbau-ag/revenue.csv")
    assert [(r["id"], r["amount"], r["corrects"]) for r in lines] == [
        ("C01", "12500.50", ""),
        ("C02", "7300", ""),
        ("C01-c1", "12000", "C01"),
    ]
    assert noted(report, "log-corrected")[0].count == 1
    change(export / "chancen.csv", "Gewonnen;2026-01-12", "Verloren;2026-01-12")
    run(export, into)
    last = rows(into / "plans/mueller-maschinenbau-ag/revenue.csv")[-1]
    assert (last["id"], last["amount"], last["corrects"]) == ("C01-c2", "0", "C01-c1")
    assert run(export, into).written == ()


def test_a_new_account_never_takes_the_id_of_an_old_one(export: Path, into: Path) -> None:
    run(export, into)
    words = (export / "kunden.csv").read_bytes().decode("cp1252").split("\r\n")
    words[1], words[2] = words[2], words[1]
    (export / "kunden.csv").write_bytes("\r\n".join(words).encode("cp1252"))
    run(export, into)
    text = (into / "plans/mueller-maschinenbau-ag/account.md").read_text("utf-8")
    assert "name: Müller Maschinenbau AG\n" in text


def test_an_account_gone_from_the_crm_stays_and_is_told(export: Path, into: Path) -> None:
    run(export, into)
    change(export / "kunden.csv", "Weiß & Söhne: Optik;;Deutschland;1921;64;unbekannt;Weiß & Söhne: Optik\r\n", "", "cp1252")  # fmt: skip
    report = run(export, into)
    assert (into / "plans/weiss-soehne-optik/account.md").is_file()
    assert noted(report, "gone-from-crm")[0].facts == {"file": "plans/weiss-soehne-optik"}


def test_a_broken_record_keeps_everything_and_is_told(export: Path, into: Path) -> None:
    run(export, into)
    (into / ".planwerk/import-crm.json").write_text("[", "utf-8")
    change(into / "plans/workspace.yml", "language: de", "language: en", "utf-8")
    report = run(export, into)
    assert report.kept == ("plans/workspace.yml",)
    assert "import-record-broken" in [problem.rule for problem in report.problems]
    assert json.loads((into / ".planwerk/import-crm.json").read_text("utf-8"))["version"] == 1


# --- what stops it -----------------------------------------------------------------------------


def problems(report: ImportReport) -> list[tuple[str, str]]:
    return [(problem.rule, str(problem.place)) for problem in report.problems]


def test_a_missing_table_is_a_problem_at_its_line_of_the_mapping(export: Path, into: Path) -> None:
    (export / "produkte.csv").unlink()
    report = run(export, into)
    assert problems(report) == [("crm-table-missing", "mapping.yml:21:11")]
    assert not into.exists()


def test_a_missing_column_is_a_problem_with_the_nearest_one(export: Path, into: Path) -> None:
    change(export / "mapping.yml", "name: Produkt", "name: Produckt", "utf-8")
    report = run(export, into)
    assert problems(report) == [("crm-column-missing", "mapping.yml:23:13")]
    assert report.problems[0].facts["nearest"] == "Produkt"


def test_a_column_that_is_there_twice_is_a_problem(export: Path, into: Path) -> None:
    change(export / "produkte.csv", "Produkt;Preis", "Produkt;produkt", "utf-8")
    assert problems(run(export, into)) == [("crm-column-twice", "mapping.yml:23:13")]


@pytest.mark.parametrize(
    ("old", "new", "rule", "line"),
    [
        ("      value: Wert\n", "", "mapping-without-column", 33),
        ("currency: EUR\n", "", "missing-key", 1),
        ("currency: EUR", "currencie: EUR", "unknown-key", 4),
        ("Gewonnen: won", "Gewonnen: one", "unknown-word", 44),
        ("file: kunden.csv", "file: ../kunden.csv", "mapping-file-outside", 11),
        ("currency: EUR", "currency: {EUR}", "braces", 4),
    ],
)
def test_a_broken_mapping_is_a_problem_at_its_line(
    export: Path, into: Path, old: str, new: str, rule: str, line: int
) -> None:
    change(export / "mapping.yml", old, new, "utf-8")
    report = run(export, into)
    assert (rule, line) in [(p.rule, p.place.line) for p in report.problems]
    assert not into.exists()


def test_a_mapping_that_is_not_there_names_the_shipped_ones(export: Path, into: Path) -> None:
    report = import_crm(export, Path("crm-salse"), into)
    assert [problem.rule for problem in report.problems] == ["mapping-missing"]
    assert "crm-sales" in report.problems[0].facts["allowed"]


@pytest.mark.parametrize(
    ("content", "line"),
    [(b'Produkt\nA\n"B\n', 3), (b"Produkt\nA\0\n", 2), (b"Produkt\nA\x81\n", 2), (b"\n", 1)],
)
def test_an_unreadable_table_is_a_problem_at_its_line(
    export: Path, into: Path, content: bytes, line: int
) -> None:
    (export / "produkte.csv").write_bytes(content)
    assert problems(run(export, into)) == [("crm-table-unreadable", f"produkte.csv:{line}:1")]


def test_a_row_with_too_many_cells_is_left_out_and_told(export: Path, into: Path) -> None:
    change(export / "produkte.csv", "Wartung Plus;350", "Wartung; Plus;350", "utf-8")
    report = run(export, into)
    assert ("crm-row-too-long", "produkte.csv:4:1") in problems(report)
    assert report.written


def test_a_folder_with_other_things_in_it_is_refused(export: Path, into: Path) -> None:
    into.mkdir()
    (into / ".git").mkdir()
    (into / "Urlaub.jpg").touch()
    with pytest.raises(Refusal) as refusal:
        run(export, into)
    assert refusal.value.code == 2
    assert [problem.rule for problem in refusal.value.problems] == ["not-a-workspace"]
    (into / "Urlaub.jpg").unlink()
    assert run(export, into).written


def test_an_export_that_is_not_there_is_refused(export: Path, into: Path) -> None:
    with pytest.raises(Refusal) as refusal:
        import_crm(export / "nowhere", export / "mapping.yml", into)
    assert [problem.rule for problem in refusal.value.problems] == ["crm-folder-missing"]


def test_a_failed_write_leaves_the_old_file_and_nothing_beside_it(
    export: Path, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(export, into)
    before = snapshot(into)
    change(export / "chancen.csv", ";12.500,50", ";12.000,00")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(Refusal) as refusal:
        run(export, into)
    assert refusal.value.code == 6
    assert snapshot(into) == before


def test_progress_tells_stage_done_and_total(export: Path, into: Path) -> None:
    steps: list[tuple[str, int, int]] = []
    import_crm(export, export / "mapping.yml", into, lambda *step: steps.append(step))
    assert steps[0] == ("read", 0, 2)
    assert steps[-1] == ("write", 22, 22)


# --- small parts -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "mark", "expected"),
    [
        ("1.234,56", ",", "1234.56"),
        ("1,234.56", ".", "1234.56"),
        ("1.234", ",", "1234"),
        ("1.234", ".", "1.234"),
        ("1.234", "", None),
        ("12,5", "", "12.5"),
        ("€ 1'200", ".", "1200"),
        ("−3,10", ",", "-3.10"),
        ("1,2,3", ".", None),
        ("rund 5", ".", None),
    ],
)
def test_amounts_are_read_as_their_column_writes_them(
    cell: str, mark: str, expected: str | None
) -> None:
    assert number(cell, mark) == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("cells", "separator", "mark"),
    [
        (["1.234", "5,5"], ",", ","),
        (["1.234", "5.5"], ";", "."),
        (["1.234"], ";", ","),
        (["1.234"], ",", "."),
        (["5,5", "5.5"], ",", ""),
        (["1.234.567"], ",", ","),
    ],
)
def test_a_column_decides_its_decimal_mark(cells: list[str], separator: str, mark: str) -> None:
    assert decimal_mark(cells, separator) == mark


def test_days_and_counts_are_read_in_the_usual_writings() -> None:
    assert str(day("2026-03-01 00:00:00", None)) == "2026-03-01"
    assert str(day("1.3.2026", None)) == "2026-03-01"
    assert str(day("03/01/2026", "month-first")) == "2026-03-01"
    assert day("03/01/2026", None) is None
    assert day("31.02.2026", None) is None
    assert (whole("1.250"), whole("85"), whole("412,0"), whole("viele")) == (1250, 85, 412, None)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Müller & Söhne", "mueller-soehne"),
        ("Café Ångström", "cafe-angstroem"),
        ("3M", "id-3m"),
        ("Con", "id-con"),
        ("Offen", "id-offen"),
        ("東京", "name"),
        ("../../etc", "etc"),
        (f"{'a' * 62} Bau", "a" * 62),
    ],
)
def test_ids_are_made_of_names(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_two_equally_likely_names_are_not_chosen_between() -> None:
    finder = Finder(["Sensor Nord", "Sensor-Nord"], near=True)
    assert finder.find("Sensor-Nord").name == "Sensor-Nord"
    assert finder.find("sensor nord").name == ""


@pytest.mark.parametrize("words", ["a: b", "a #1", "- a", "@a", "", "a:", "'a'", "[x]", "~"])
def test_values_that_yaml_would_misread_are_quoted(words: str) -> None:
    assert yaml_text(words) == f'"{words}"'


# --- the real export ---------------------------------------------------------------------------


@pytest.mark.skipif(not REAL.is_dir(), reason="the real CRM export is not on this computer")
def test_the_real_export_is_accounted_for_to_the_cent(into: Path) -> None:
    report = import_crm(REAL, Path("crm-sales"), into)
    deals = rows(REAL / "sales_pipeline.csv")
    files = [*into.glob("plans/*/opportunities.csv"), into / "plans/unassigned-opportunities.csv"]
    assert len(files) == 85 + 1
    assert sum(len(rows(file)) for file in files) == len(deals) == 8800
    expected: Counter[str] = Counter()
    for deal in deals:
        if deal["deal_stage"] == "Won":
            expected[deal["account"]] += int(Decimal(deal["close_value"]) * 100)
    assert won(files) * 100 == sum(expected.values())
    booked = [line for file in into.glob("plans/*/revenue.csv") for line in rows(file)]
    assert sum(Decimal(line["amount"]) for line in booked) * 100 == sum(expected.values())
    cells = [line for file in into.glob("plans/*/whitespace.csv") for line in rows(file)]
    assert sum(Decimal(cell["ours"] or 0) for cell in cells) * 100 == sum(expected.values())
    assert {n.facts["found"]: n.count for n in noted(report, "corrected")} == {
        "technolgy": 12,
        "Philipines": 1,
        "GTXPro": 1480,
    }
    assert noted(report, "opportunity-without-account")[0].count == 1425
    assert noted(report, "open-without-value")[0].count == 2089
    assert report.problems == ()
    assert read(into).problems == []
    assert import_crm(REAL, Path("crm-sales"), into).written == ()
