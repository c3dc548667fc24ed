"""Front matter: plain values with their places; everything else is refused where it stands."""

from __future__ import annotations

import time
from pathlib import PurePosixPath

import pytest

from planwerk.text.front_matter import read_front_matter

PATH = PurePosixPath("x.md")


def test_values_stay_the_text_that_stands_there_and_know_their_place() -> None:
    located, problems = read_front_matter(PATH, "a: NO\nb:\n  - c: client:cio\n    d: 3.10\n", 2)
    assert not problems
    assert located.value == {"a": "NO", "b": [{"c": "client:cio", "d": "3.10"}]}
    assert located.span(("b", 0, "d")) == (5, 8, 4)
    assert located.key_span(("b", 0, "c")) == (4, 5, 1)


def test_a_value_left_away_is_absent_rather_than_empty() -> None:
    assert read_front_matter(PATH, "a:\n")[0].value == {"a": None}


def test_nothing_at_all_is_no_mistake_of_writing() -> None:
    assert read_front_matter(PATH, "")[0].value == {}


@pytest.mark.parametrize(
    ("front", "rule", "place"),
    [
        ("a: {b: c}\n", "braces", "x.md:1:4"),
        ("a: [b]\n", "braces", "x.md:1:4"),
        ("a: Maßnahme #3 x #4\nb: 1 # c\n", "comment-in-line", "x.md:1:12"),
        ("a: b: c\n", "colon-in-text", "x.md:1:4"),
        ("a: &x b\n", "yaml-anchor", "x.md:1:4"),
        ("a: *x\n", "yaml-anchor", "x.md:1:4"),
        ("a: &a\n  - *a\n", "yaml-anchor", "x.md:1:4"),
        ("<<: b\n", "yaml-anchor", "x.md:1:1"),
        ("%YAML 1.1\n---\na: b\n", "yaml-directive", "x.md:1:1"),
        ("a: b\n---\nc: d\n", "second-document", "x.md:2:1"),
        ("a: b\na: c\n", "duplicate-key", "x.md:2:1"),
        ("''\n---\nc: d\n", "second-document", "x.md:2:1"),
        ("''\na: b\n", "broken-yaml", "x.md:2:1"),
        ("e\u0301: b\n\u00e9: c\n", "duplicate-key", "x.md:2:1"),
        ("\ta: b\n", "tab-indentation", "x.md:1:1"),
        ("a: 'x\nb: c\n", "broken-yaml", "x.md:1:4"),
        ("a: !!python/object/apply:os.system b\n", "yaml-tag", "x.md:1:4"),
        ("- a\n", "not-key-value", "x.md:1:1"),
        ("? [a]\n: b\n", "key-not-a-word", "x.md:1:3"),
        ("a: >\n  b\n", "folded-text", "x.md:1:4"),
        ("a: b\n  c\n", "text-over-lines", "x.md:1:4"),
    ],
)
def test_what_is_not_plain_is_refused_where_it_stands(front: str, rule: str, place: str) -> None:
    _, problems = read_front_matter(PATH, front)
    assert [(p.rule, str(p.place)) for p in problems] == [(rule, place)]


@pytest.mark.parametrize(
    "bomb",
    [
        "a: " + "[" * 100_000,
        "\n".join("  " * i + "a:" for i in range(2000)),
        "a: &a x\n" + "".join(f"b{i}: &b{i}\n  - *a\n  - *a\n" for i in range(22)),
        "a:\n" + "  - b\n" * 200_000,
    ],
    ids=["brackets", "nesting", "anchors", "values"],
)
def test_bombs_are_answered_at_once(bomb: str) -> None:
    begun = time.process_time()
    _, problems = read_front_matter(PATH, bomb)
    assert problems
    assert time.process_time() - begun < 2
