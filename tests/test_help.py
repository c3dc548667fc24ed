"""What commands say of themselves, and of wrong use: in the reader's language, whole."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from inspect import cleandoc
from pathlib import Path

import click
import pytest

from conftest import WORKSPACE, Write
from planwerk import cli as command_line
from planwerk.cli import cli, main
from planwerk.help import Group, name_of
from planwerk.words import LANGUAGES
from planwerk.words.help import PLACEHOLDER, HelpTexts, load_help

GOLDEN = Path(__file__).parent / "golden"
BOTH = pytest.mark.parametrize("language", LANGUAGES)
OTHERS = [language for language in LANGUAGES if language != "en"]
SPOKEN = {"de": "de_DE.UTF-8", "en": "en_GB.UTF-8"}


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path):  # type: ignore[no-untyped-def]
    """Run a command line in an empty folder; gives exit code, stdout and stderr."""

    def run(*typed: str, lang: str = "de") -> tuple[int, str, str]:
        for name, value in {"LC_ALL": "", "LC_MESSAGES": "", "LANG": SPOKEN[lang], "COLUMNS": "80"}.items():  # fmt: skip
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["planwerk", *typed])
        monkeypatch.chdir(tmp_path)
        code: object = 0
        try:
            main()
        except SystemExit as left:
            code = left.code
        out = capsys.readouterr()
        return int(str(code or 0)), out.out, out.err

    return run


# --- every command has its words ----------------------------------------------------------------


def every(command: click.Command = cli, path: str = "") -> Iterator[tuple[str, click.Command]]:
    """All commands with their path, the program itself as `planwerk`."""
    yield path or "planwerk", command
    for name, below in command.commands.items() if isinstance(command, click.Group) else ():
        yield from every(below, f"{path} {name}".strip())


def entries(root: click.Command) -> dict[tuple[str, ...], str]:
    """Every text that a translation needs, with its English: by command, part and name."""
    found: dict[tuple[str, ...], str] = {}
    for path, command in every(root):
        found[path, "text"] = cleandoc(command.help or "")
        context = click.Context(command)
        for param in command.params:
            shown = param.make_metavar(context)
            if isinstance(param, click.Option):
                found[path, "options", name_of(param)] = param.help or ""
                shown = "" if param.is_flag or param.count else shown
            elif isinstance(param, click.Argument) and param.help:
                found[path, "arguments", param.name or ""] = param.help
            found |= {("placeholders", word): word for word in PLACEHOLDER.findall(shown)}
        pieces = "[OPTIONS]" + (" COMMAND [ARGS]..." if isinstance(command, click.Group) else "")
        found |= {("placeholders", word): word for word in PLACEHOLDER.findall(pieces)}
    return found


def translated(texts: HelpTexts) -> dict[tuple[str, ...], str]:
    """The texts there are, named in the same way."""
    found = {("placeholders", word): there for word, there in texts.placeholders.items()}
    for path, command in texts.commands.items():
        for part, inside in command.items():
            named = {(): inside} if part == "text" else {(name,): t for name, t in inside.items()}
            found |= {(path, part, *name): str(text) for name, text in named.items()}
    return found


def advice(root: click.Command, texts: HelpTexts, file: str) -> list[str]:
    """What to add to a language's file, and what to take out, as it is to be typed."""
    needed, there = entries(root), translated(texts)
    out = [f"the command {path} says nothing: give its function a docstring" for (path, *rest), english in needed.items() if rest == ["text"] and not english]  # fmt: skip
    out += [f"{' '.join(at[::2])} of {at[0]} has no help=" for at, english in needed.items() if len(at) == 3 and not english]  # fmt: skip
    out += [f"words/{file}: add below `{_keys(at)}` what this means: {english!r}" for at, english in needed.items() if not there.get(at)]  # fmt: skip
    out += [f"words/{file}: delete `{_keys(at)}`: no command has it" for at in there.keys() - needed.keys()]  # fmt: skip
    return out


def _keys(at: tuple[str, ...]) -> str:
    return " ".join(f"{key}:" for key in (at if at[0] == "placeholders" else ("commands", *at)))


@pytest.mark.parametrize("language", OTHERS)
def test_every_command_and_option_is_said_and_none_is_left_over(language: str) -> None:
    found = advice(cli, load_help(language), f"help.{language}.yml")
    assert not found, "\n" + "\n".join(found)


def test_what_is_missing_or_left_over_is_named_as_it_is_typed() -> None:
    @click.group(cls=Group)
    @click.option("--at", metavar="REV", help="The revision.")
    def root(at: str) -> None:
        """Plans."""

    @root.command()
    @click.argument("what", help="What to show.")
    @click.option("--bare")
    def show(what: str, bare: str) -> None:
        pass

    texts = HelpTexts({"placeholders": {"OPTIONS": "OPTIONEN"}, "commands": {"planwerk": {"text": "Pläne.", "options": {"--on": "Am."}}}})  # fmt: skip
    found = advice(root, texts, "help.de.yml")
    assert "words/help.de.yml: add below `commands: planwerk: options: --at:` what this means: 'The revision.'" in found  # fmt: skip
    assert "words/help.de.yml: add below `commands: show: arguments: what:` what this means: 'What to show.'" in found  # fmt: skip
    assert "words/help.de.yml: add below `placeholders: REV:` what this means: 'REV'" in found
    assert "words/help.de.yml: delete `commands: planwerk: options: --on:`: no command has it" in found  # fmt: skip
    assert "the command show says nothing: give its function a docstring" in found
    assert any("--bare" in line and "has no help=" in line for line in found)


@pytest.mark.parametrize("language", OTHERS)
def test_no_language_loses_what_is_typed(language: str) -> None:
    texts = load_help(language)
    own = {word for word, theirs in texts.placeholders.items() if word != theirs}
    english, other = entries(cli), translated(texts)
    for at in english.keys() & other.keys():
        if at[0] == "placeholders":
            continue
        typed = re.compile(r"--[a-z-]+|`[^`]+`|planwerk [a-z]+|\b[a-z_]+\.(?:md|yml|csv)\b|\b[a-z]+/|\{[a-z]+\}")  # fmt: skip
        assert set(typed.findall(other[at])) == set(typed.findall(english[at])), at
        assert not own & set(PLACEHOLDER.findall(other[at])), at
        named = {texts.placeholders[w] for w in own & set(PLACEHOLDER.findall(english[at]))}
        assert named <= set(PLACEHOLDER.findall(other[at])), at


def test_all_commands_speak_the_readers_language() -> None:
    """A command that is made otherwise would say its help in English, and errors in click's words."""
    for path, command in every():
        assert hasattr(command, "shell_complete")
        assert type(command).__module__ == "planwerk.help", path
    source = Path(command_line.__file__).read_text("utf-8")
    assert not re.search(r"click\.(?:BadParameter|UsageError|ClickException|confirm)\b", source)


# --- what a person sees --------------------------------------------------------------------------


@BOTH
def test_the_help_is_the_golden_one(said, language: str) -> None:  # type: ignore[no-untyped-def]
    told = ""
    for command in ("new period", "import crm", "completion"):
        code, out, err = said(*command.split(), "-h", lang=language)
        assert (code, err) == (0, "")
        told += f"$ planwerk {command} -h\n{out}\n"
    golden = GOLDEN / f"help.{language}.txt"
    if os.environ.get("PLANWERK_UPDATE_GOLDENS"):
        golden.write_text(told, "utf-8")
    assert told == golden.read_text("utf-8")


@BOTH
def test_every_page_of_help_is_in_one_language(said, language: str) -> None:  # type: ignore[no-untyped-def]
    foreign = {
        "de": [
            "Usage",
            "Options",
            "Commands",
            "default",
            "Show this",
            "OPTIONS",
            "DIR",
            "required",
        ],
        "en": ["Aufruf", "Optionen", "Befehle", "Vorgabe", "OPTIONEN", "ORDNER", "ü", "ä", "ö"],
    }
    for path, _ in every():
        words = () if path == "planwerk" else path.split()
        code, out, _ = said(*words, "--help", lang=language)
        assert code == 0
        assert not [word for word in foreign[language] if re.search(rf"\b{word}\b" if len(word) > 1 else word, out)], path  # fmt: skip


def test_the_language_that_is_asked_for_goes_before_the_surroundings(said) -> None:  # type: ignore[no-untyped-def]
    for typed in (("--lang", "en", "-h"), ("-h", "--lang", "en"), ("--lang=en", "check", "-h")):
        assert said(*typed)[1].startswith("Usage: planwerk")
    assert said("--lang", "de", "-h", lang="en")[1].startswith("Aufruf: planwerk")
    assert said("--lang", "en", "chekc")[2].startswith("Error unknown-command")


def test_without_a_command_the_help_is_said(said) -> None:  # type: ignore[no-untyped-def]
    code, out, err = said()
    assert (code, out) == (2, "")
    assert err.startswith("Aufruf: planwerk [OPTIONEN] BEFEHL [ARGUMENTE]...")


def test_a_console_without_the_signs_gets_the_others() -> None:
    done = subprocess.run([sys.executable, "-m", "planwerk", "--lang", "de", "new", "-h"], env={**os.environ, "PYTHONIOENCODING": "ascii"}, capture_output=True, text=True)  # fmt: skip
    assert done.returncode == 0
    assert "Eine Datei zum Ausf?llen anlegen" in done.stdout


MISUSE: dict[str, tuple[str, str, str, str, str]] = {
    "chekc": (
        "unknown-command",
        "Einen Befehl chekc gibt es nicht.",
        "Meinten Sie planwerk check? planwerk -h zeigt alle.",
        "There is no command chekc.",
        "Did you mean planwerk check? planwerk -h lists all.",
    ),
    "stakeholdr": (
        "unknown-command",
        "Einen Befehl stakeholdr gibt es nicht.",
        "Meinten Sie planwerk new stakeholder? planwerk -h zeigt alle.",
        "There is no command stakeholdr.",
        "Did you mean planwerk new stakeholder? planwerk -h lists all.",
    ),
    "new xyz": (
        "unknown-command",
        "Einen Befehl xyz gibt es nicht.",
        "planwerk new -h zeigt alle.",
        "There is no command xyz.",
        "planwerk new -h lists all.",
    ),
    "check --strct": (
        "unknown-option",
        "Eine Option --strct hat planwerk check nicht.",
        "Meinten Sie --strict? planwerk check -h zeigt alle.",
        "planwerk check has no option --strct.",
        "Did you mean --strict? planwerk check -h lists all.",
    ),
    "check -strict": (
        "unknown-option",
        "Eine Option -strict hat planwerk check nicht.",
        "Meinten Sie --strict? planwerk check -h zeigt alle.",
        "planwerk check has no option -strict.",
        "Did you mean --strict? planwerk check -h lists all.",
    ),
    "check -C ../meine --strict": (
        "option-misplaced",
        "-C steht an der falschen Stelle: die Option gehört zu planwerk.",
        "Schreiben Sie planwerk -C ../meine check --strict",
        "-C stands in the wrong place: the option belongs to planwerk.",
        "Write planwerk -C ../meine check --strict",
    ),
    "--as-of=2026-11-23 build word": (
        "option-misplaced",
        "--as-of steht an der falschen Stelle: die Option gehört zu planwerk build.",
        "Schreiben Sie planwerk build --as-of 2026-11-23 word",
        "--as-of stands in the wrong place: the option belongs to planwerk build.",
        "Write planwerk build --as-of 2026-11-23 word",
    ),
    "build prtal": (
        "unknown-choice",
        "Bei FORMAT steht prtal; das gibt es nicht.",
        "Meinten Sie portal? Wählen Sie eines davon: {formats}",
        "For FORMAT there is no prtal.",
        "Did you mean portal? Choose one of these: {formats}",
    ),
    "--lang fr check": (
        "unknown-choice",
        "Bei --lang steht fr; das gibt es nicht.",
        "Wählen Sie eines davon: de, en",
        "For --lang there is no fr.",
        "Choose one of these: de, en",
    ),
    "check nordwnd": (
        "path-missing",
        "nordwnd gibt es nicht.",
        "Meinten Sie nordwind? Pfade beginnen in dem Ordner, in dem Sie den Befehl geben.",
        "nordwnd does not exist.",
        "Did you mean nordwind? Paths begin in the folder in which you give the command.",
    ),
    "new review": (
        "missing-argument",
        "Hinter planwerk new review fehlt KUNDE.",
        "Schreiben Sie planwerk new review KUNDE [ZEITRAUM].",
        "ACCOUNT is missing after planwerk new review.",
        "Write planwerk new review ACCOUNT [PERIOD].",
    ),
    "import crm x --into y": (
        "missing-option",
        "Die Option --mapping fehlt; planwerk import crm braucht sie.",
        "Schreiben Sie planwerk import crm QUELLE --mapping PFAD --into PFAD.",
        "The option --mapping is missing; planwerk import crm needs it.",
        "Write planwerk import crm SOURCE --mapping PATH --into PATH.",
    ),
    "completion": (
        "missing-argument",
        "Hinter planwerk completion fehlt SHELL.",
        "Schreiben Sie planwerk completion SHELL. Hier gibt es: bash, zsh, fish",
        "SHELL is missing after planwerk completion.",
        "Write planwerk completion SHELL. Here you can write: bash, zsh, fish",
    ),
    "build --as-of": (
        "option-without-value",
        "Hinter --as-of fehlt der Wert.",
        "Schreiben Sie --as-of TAG.",
        "The value after --as-of is missing.",
        "Write --as-of DAY.",
    ),
    "fmt --check=1": (
        "option-takes-no-value",
        "Zur Option --check gehört kein Wert.",
        "Schreiben Sie nur --check.",
        "The option --check takes no value.",
        "Write --check alone.",
    ),
    "new account Nordwind AG": (
        "surplus-argument",
        "AG ist zu viel: planwerk new account erwartet es nicht.",
        "Schreiben Sie planwerk new account NAME|ID; was Leerzeichen enthält, in Anführungszeichen.",
        "AG is too much: planwerk new account does not expect it.",
        "Write planwerk new account NAME|ID; what holds spaces, in quotation marks.",
    ),
    "import -- ": (
        "missing-command",
        "Hinter planwerk import fehlt ein Befehl.",
        "Schreiben Sie einen davon dahinter: {below}. planwerk import -h sagt, was sie tun.",
        "A command is missing after planwerk import.",
        "Write one of these after it: {below}. planwerk import -h says what they do.",
    ),
    "build --as-of morgen": (
        "wrong-date",
        "--as-of morgen ist kein Datum.",
        "Schreiben Sie Jahr-Monat-Tag, zum Beispiel 2026-11-23.",
        "--as-of morgen is not a date.",
        "Write year-month-day, for example 2026-11-23.",
    ),
}


@BOTH
@pytest.mark.parametrize("typed", MISUSE)
def test_wrong_use_is_told_with_one_thing_to_type(said, tmp_path: Path, typed: str, language: str) -> None:  # type: ignore[no-untyped-def]  # fmt: skip
    (tmp_path / "nordwind").mkdir()
    code, out, err = said(*typed.split(), lang=language)
    rule, *words = MISUSE[typed]
    wrong, fix = words[:2] if language == "de" else words[2:]
    facts = {"formats": ", ".join(_formats()), "below": ", ".join(sorted(cli.commands["import"].commands))}  # type: ignore[attr-defined]  # fmt: skip
    head, *rest = err.rstrip("\n").split("\n")
    assert (code, out) == (2, "")
    assert head.startswith(f"{'Fehler' if language == 'de' else 'Error'} {rule}  ")
    assert ":1:1" not in head
    assert rest[:2] == [f"  {wrong}", f"  {'Hilfe' if language == 'de' else 'Help'}: {fix.format(**facts)}"]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "rule", "found"),
    [
        (("fmt", "plans", "-hx"), "unknown-option", "-x"),
        (("check", "x" * 300), "path-missing", "x" * 80 + "…"),
        (("check", "a/b/c"), "path-missing", "a/b/c"),
        (("check", "a\x1b[31m\n"), "path-missing", "a"),
        (("--lang",), "option-without-value", "--lang"),
        (("new", "account", "--language", "fr", "x"), "unknown-choice", "fr"),
        (("check", "-C", "../with space", "--strict", *["plans"] * 20), "option-misplaced", "planwerk -C '../with space' check --strict" + " plans" * 20 + "\n"),
    ],
)  # fmt: skip
def test_odd_lines_are_told_too(said, typed: tuple[str, ...], rule: str, found: str) -> None:  # type: ignore[no-untyped-def]
    code, out, err = said(*typed)
    assert (code, out) == (2, "")
    assert err.startswith(f"Fehler {rule}  planwerk")
    assert found in err
    assert "\x1b" not in err


def test_what_new_asks_for_is_called_as_the_usage_line_calls_it(said, workspace: Write) -> None:  # type: ignore[no-untyped-def]
    root = str(workspace())
    assert "Bei KUNDE steht nordwnd" in said("-C", root, "new", "review", "nordwnd")[2]
    assert "For ACCOUNT there is no nordwnd" in said("-C", root, "new", "review", "nordwnd", lang="en")[2]  # fmt: skip


def _formats() -> list[str]:
    kind = next(p for p in cli.commands["build"].params if p.name == "formats").type
    assert isinstance(kind, click.Choice)
    return [str(choice) for choice in kind.choices]


@BOTH
@pytest.mark.parametrize(
    ("kind", "value", "rule"),
    [
        (click.Path(exists=True, dir_okay=False), ".", "path-not-file"),
        (click.Path(exists=True, file_okay=False), "here.txt", "path-not-folder"),
        (click.File("r"), "nowhere.txt", "path-missing"),
        (click.INT, "many", "wrong-use"),
        (click.IntRange(1, 5), "9", "wrong-use"),
    ],
)
def test_values_of_every_type_are_told_in_our_words(said, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: click.ParamType, value: str, rule: str, language: str) -> None:  # type: ignore[no-untyped-def,type-arg]  # fmt: skip
    @click.group(cls=Group)
    def root() -> None:
        """Plans."""

    @root.command()
    @click.option("--what", type=kind, help="What.")
    def show(what: object) -> None:
        """Show."""

    (tmp_path / "here.txt").write_text("x", "utf-8")
    monkeypatch.setattr(command_line, "cli", root)
    code, _, err = said("show", "--what", value, lang=language)
    assert code == 2
    assert f" {rule}  planwerk show\n" in err
    assert value in err
    assert "Invalid" not in err


@BOTH
def test_a_wrong_answer_is_told_and_asked_for_again(workspace: Write, language: str) -> None:
    """On a terminal: the question, its choices and what is wrong with the answer."""
    two = WORKSPACE.replace("industries:\n", "industries:\n  - id: retail\n    name: Handel\n")
    root = workspace({"workspace.yml": two})
    outside, inside = pty.openpty()
    surroundings = {**os.environ, "LC_ALL": SPOKEN[language], "PYTHONIOENCODING": "utf-8"}
    asked = subprocess.Popen([sys.executable, "-m", "planwerk", "new", "account", "Neu AG"], cwd=root, env=surroundings, stdin=inside, stdout=inside, stderr=inside)  # fmt: skip
    os.close(inside)
    os.write(outside, b"retial\nretail\nbrandt\n")
    told = b""
    with suppress(OSError):  # which is how a terminal ends
        while part := os.read(outside, 4096):
            told += part
    os.close(outside)
    assert asked.wait() == 0, told.decode()
    words = told.decode().replace("\r\n", "\n")
    question, wrong, fix = {
        "de": ("Branche (retail, logistics)", "Bei --industry steht retial; das gibt es nicht.", "Meinten Sie retail? Wählen Sie eines davon: retail, logistics"),
        "en": ("Industry (retail, logistics)", "For --industry there is no retial.", "Did you mean retail? Choose one of these: retail, logistics"),
    }[language]  # fmt: skip
    assert words.count(question) == 2, words
    assert wrong in words
    assert fix in words
    assert "Error: " not in words


# --- the shell -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "offered"),
    [("de", "plain\ncheck\nAlle Pläne lesen"), ("en", "plain\ncheck\nRead all plans")],
)
def test_the_shell_offers_commands_with_what_they_do(tmp_path: Path, language: str, offered: str) -> None:  # fmt: skip
    asked = {"_PLANWERK_COMPLETE": "zsh_complete", "COMP_WORDS": "planwerk ", "COMP_CWORD": "1"}
    surroundings = {**os.environ, "LC_ALL": SPOKEN[language], "PYTHONIOENCODING": "utf-8", **asked}
    done = subprocess.run([sys.executable, "-m", "planwerk"], cwd=tmp_path, env=surroundings, capture_output=True, text=True, encoding="utf-8")  # fmt: skip
    assert offered in done.stdout


def test_the_words_of_the_help_are_loaded_only_for_it() -> None:
    code = (
        "import sys; sys.argv[1:] = ['--version']\n"
        "from planwerk.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "sys.exit(', '.join({'yaml', 'planwerk.words', 'planwerk.misuse'} & set(sys.modules)) or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
