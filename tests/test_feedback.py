"""How readers tell what is wrong: a mail link that names client and page, a form, or a sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from conftest import ACCOUNT, PLAN, WORKSPACE, Write, prose_of
from planwerk import blocks as b
from planwerk.audience import project
from planwerk.compose import portal
from planwerk.compose.feedback import Ways, invited, mail, ways_of
from planwerk.compose.view import view_of
from planwerk.measure import measure
from planwerk.model.portfolio import Portfolio
from planwerk.read import read
from planwerk.render.html import Writer
from planwerk.render.portal import markdown
from planwerk.words import load_words

OWNER = "    name: Maren Brandt\n"
WITH_OWNER = WORKSPACE.replace(OWNER, OWNER + "    email: maren.brandt@ruhrblick.example\n")
WITH_HOUSE = "  email: haus@ruhrblick.example\n"
SHARED = PLAN.replace("owner: brandt", "owner: brandt\n    share: client", 1)
SAY = load_words("de")


def known(root: Path) -> Portfolio:
    found = read(root).portfolio
    assert found is not None
    return measure(found)


def email(seen: Portfolio) -> str:
    return ways_of(seen, SAY, seen.accounts[0]).email


def test_the_house_s_address_comes_first_then_the_owner_s_then_the_organisation_s(
    workspace: Write,
) -> None:
    house = WITH_OWNER.replace("  name: Ruhrblick", f"{WITH_HOUSE}  name: Ruhrblick")
    root = workspace({"workspace.yml": house, "nordwind/2026-h2/plan.md": SHARED})
    assert email(known(root)) == "maren.brandt@ruhrblick.example"
    assert email(project(known(root), "client", "nordwind")) == "maren.brandt@ruhrblick.example"
    root = workspace({"workspace.yml": house + "feedback:\n  email: sag@ruhrblick.example\n"})
    assert email(known(root)) == "sag@ruhrblick.example"
    root = workspace({"workspace.yml": house.replace("    email: maren", "    phone: maren")})
    assert email(known(root)) == "haus@ruhrblick.example"


def test_a_client_does_not_learn_of_an_owner_it_does_not_meet(workspace: Write) -> None:
    someone = WITH_OWNER.replace("team:\n", "team:\n  - id: demir\n    name: Selin Demir\n")
    root = workspace(
        {
            "workspace.yml": someone,
            "nordwind/2026-h2/plan.md": SHARED.replace("owner: brandt", "owner: demir"),
        }
    )
    seen = project(known(root), "client", "nordwind")
    assert email(known(root)) == "maren.brandt@ruhrblick.example"
    assert (email(seen), seen.accounts[0].whom_to_ask) == ("", "")
    assert "brandt" not in repr(seen)


def test_a_form_stands_alone_or_beside_the_mail_and_learns_nothing(workspace: Write) -> None:
    form = "feedback:\n  form: https://ruhrblick.example/formular\n"
    alone = ways_of(known(workspace({"workspace.yml": WITH_OWNER + form})), SAY)
    assert (alone.email, alone.form) == ("", "https://ruhrblick.example/formular")
    both = replace(alone, email="a@b.example")
    line = invited(b.Page("goals", "Ziele", "Ziele", ()), both, SAY).foot
    assert [run.link for run in line if run.link] == [
        "mailto:a@b.example?subject=R%C3%BCckmeldung%20zu%20Ruhrblick%20Software%20GmbH%3A%20Ziele",
        "https://ruhrblick.example/formular",
    ]


@pytest.mark.parametrize("about", ["A & B? #1%", 'Müller "x" <y>', "a&body=b"])
def test_the_subject_says_client_and_page_whatever_they_are_called(about: str) -> None:
    ways = Ways("first+last@b.example", "", about, "Haus")
    link = mail(ways, "Ziele & mehr", SAY)
    parts = urlsplit(link)
    assert unquote(parts.path) == "first+last@b.example"
    assert parse_qs(parts.query) == {"subject": [f"Rückmeldung zu {about}: Ziele & mehr"]}
    assert re.fullmatch(r"mailto:[\w@+.-]+\?subject=[\w%.~-]+", link)


def test_an_odd_address_cannot_add_to_the_mail() -> None:
    link = mail(Ways("a?cc=x&b@c.example", "", "A", "A"), "B", SAY)
    assert parse_qs(urlsplit(link).query).keys() == {"subject"}


@pytest.mark.parametrize("audience", ["internal", "client"])
def test_every_page_invites_and_the_help_says_how(workspace: Write, audience: str) -> None:
    root = workspace({"workspace.yml": WITH_OWNER, "nordwind/2026-h2/plan.md": SHARED})
    seen = known(root) if audience == "internal" else project(known(root), "client", "nordwind")
    site = portal.account_site(view_of(seen, seen.accounts[0]))
    pages = markdown(site)
    for page in site.pages:
        subject = "R%C3%BCckmeldung%20zu%20Nordwind%20AG%3A%20"
        assert f"mailto:maren.brandt@ruhrblick.example?subject={subject}" in pages[page.name]
        assert pages[page.name].count('class="tell"') == 1
    assert pages["help"].count("mailto:") == 2
    if audience == "internal":
        over_all = markdown(portal.portfolio_site(seen, SAY))
        assert all('class="tell"' in words for words in over_all.values())


@pytest.mark.parametrize("language", ["de", "en"])
def test_without_an_address_a_sentence_says_whom_to_tell(workspace: Write, language: str) -> None:
    seen = project(known(workspace({"nordwind/2026-h2/plan.md": SHARED})), "client", "nordwind")
    say = load_words(language)
    site = portal.account_site(view_of(seen, seen.accounts[0], language))
    words = say("tell_us.tell", house="Ruhrblick Software GmbH")
    assert all(b.plain(page.foot) == words for page in site.pages)
    help_ = prose_of(seen, language)[0]
    assert say("tell_us.nobody") in Writer({}).all(help_.blocks)
    assert "mailto:" not in "".join(markdown(site).values())


def test_only_a_whole_sentence_is_made_of_the_parts(workspace: Write) -> None:
    form = "feedback:\n  email: a@b.example\n  form: https://c.example/f\n"
    seen = known(workspace({"workspace.yml": WORKSPACE + form, "nordwind/account.md": ACCOUNT}))
    for language in ("de", "en"):
        words = Writer({}).all(prose_of(seen, language)[0].blocks)
        assert "|" not in words
        assert '<a href="https://c.example/f">' in words
        assert ">a@b.example</a>" in words
