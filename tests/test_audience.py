"""The gate: what is not shared is in no byte of a client's output, and that can be shown."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

import leaks
from conftest import Write
from planwerk.audience import CLIENT, project, shares_anything
from planwerk.measure import measure
from planwerk.model.portfolio import Account, Portfolio
from planwerk.read import read


@pytest.fixture(scope="module")
def portfolio(examples: Path) -> Portfolio:
    found = read(examples).portfolio
    assert found is not None
    return measure(found)


def planted(portfolio: Portfolio, account: Account) -> tuple[Portfolio, list[str]]:
    """The portfolio with a token in every text that this client may not see."""
    planter = leaks.Planter(CLIENT)
    changed = []
    for each in portfolio.accounts:
        copy = planter.plant(each, visible=True)
        assert isinstance(copy, Account)
        changed.append(copy)
    return portfolio.model_copy(update={"accounts": tuple(changed)}), planter.tokens


def clients(portfolio: Portfolio) -> list[Account]:
    """The accounts that get an output."""
    return [account for account in portfolio.accounts if shares_anything(account)]


def test_an_account_that_shares_nothing_gets_no_output(portfolio: Portfolio) -> None:
    assert {a.id for a in portfolio.accounts} - {a.id for a in clients(portfolio)}


def test_a_projection_holds_no_token(portfolio: Portfolio) -> None:
    for account in clients(portfolio):
        dirty, tokens = planted(portfolio, account)
        assert len(tokens) > 50
        packed = pickle.dumps(project(dirty, CLIENT, account.id)).decode("utf-8", "replace")
        assert [token for token in tokens if token in packed] == []


def test_a_projection_does_not_change_with_what_is_internal(portfolio: Portfolio) -> None:
    for account in clients(portfolio):
        dirty, _ = planted(portfolio, account)
        clean = project(portfolio, CLIENT, account.id)
        assert pickle.dumps(project(dirty, CLIENT, account.id)) == pickle.dumps(clean)


def render(portfolio: Portfolio, account: str, out: Path) -> None:
    """A client's whole output, as a worker makes it."""
    from planwerk.jobs import Job
    from planwerk.packing import pack
    from planwerk.worker import do

    out.mkdir(parents=True)
    formats = ("portal", "word", "slides")
    do(Job("account", (pack(portfolio),), (account,), out, formats, None, "planwerk", "mkdocs"))


def test_no_byte_of_a_clients_output_holds_a_token(portfolio: Portfolio, tmp_path: Path) -> None:
    for account in clients(portfolio):
        dirty, tokens = planted(portfolio, account)
        render(project(dirty, CLIENT, account.id), account.id, tmp_path / account.id)
        assert leaks.found(tmp_path / account.id, tokens) == set()


def test_other_clients_are_not_named(portfolio: Portfolio, tmp_path: Path) -> None:
    for account in clients(portfolio):
        render(project(portfolio, CLIENT, account.id), account.id, tmp_path / account.id)
        others = [a.profile.name for a in portfolio.accounts if a.id != account.id]
        assert leaks.found(tmp_path / account.id, others) == set()


def test_the_search_finds_the_tokens_when_the_gate_is_open(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    account = clients(portfolio)[0]
    dirty, tokens = planted(portfolio, account)
    open_gate = dirty.model_copy(update={"accounts": (dirty.account(account.id),)})
    render(open_gate, account.id, tmp_path / "open")
    hits = leaks.found(tmp_path / "open", tokens)
    assert any(name.endswith(".html") for name, _ in hits)
    assert any("find/" in name for name, _ in hits), sorted({n for n, _ in hits})
    assert any(".docx!" in name for name, _ in hits)


def test_an_outside_audience_never_sees_two_clients(portfolio: Portfolio) -> None:
    with pytest.raises(ValueError, match="exactly one account"):
        project(portfolio, CLIENT)


def test_of_what_we_learned_only_the_shared_words_leave(portfolio: Portfolio) -> None:
    """Interview, journey, competition and meetings: marked records, released fields, no other."""
    seen = project(portfolio, CLIENT, "nordwind-logistik")
    account = seen.accounts[0]
    assert [i.id for i in account.interview.insights] == ["same-day-initiative", "two-mailboxes", "routing-everywhere"]  # fmt: skip
    assert {i.told_by for i in account.interview.insights} == {None}
    assert account.interview.questions == ()
    assert [s.id for s in account.journey.stages] == ["tender", "onboarding", "daily-business"]
    assert {(s.sentiment, s.owner, s.personas) for s in account.journey.stages} == {
        (None, None, ())
    }
    assert [f.force for f in account.competition.forces] == ["rivalry", "buyers"]
    assert {f.opening for f in account.competition.forces} == {""}
    assert [c.id for c in account.competition.competitors] == ["hansefracht"]
    assert account.competition.our_competitors == account.competition.swot == ()
    (meeting,) = account.meetings
    assert [a.id for a in meeting.actions] == ["mailbox-access"]
    assert (meeting.rating, meeting.actions[0].task) == (None, None)
    assert (account.features, account.interactions, account.surveys) == ((), (), ())
    assert [period.risks.risks for period in account.periods] == [(), ()]
    assert (seen.personas, seen.questions.questions, seen.training) == ({}, (), ())
    # the industry is a field of the profile, and this profile is not shared
    assert seen.forces == {}


def test_the_industrys_forces_follow_a_shared_profile(portfolio: Portfolio) -> None:
    account = portfolio.account("nordwind-logistik")
    shared = account.model_copy(
        update={"profile": account.profile.model_copy(update={"share": (CLIENT,)})}
    )
    changed = portfolio.model_copy(update={"accounts": (shared,)})
    seen = project(changed, CLIENT, "nordwind-logistik")
    assert [f.force for f in seen.forces["logistics"].forces] == ["rivalry", "buyers"]
    assert {f.opening for f in seen.forces["logistics"].forces} == {""}


def test_what_became_of_a_hidden_promise_is_not_told(workspace: Write) -> None:
    review = "---\ncommitments:\n  - step: raise-prices\n    result: missed\n    share: client\nnext_steps:\n  - id: raise-prices\n    for: goal:loyalty\n    title: Preise erhöhen\n    accountable: brandt\n    due: offen\nSHARE---\n"  # fmt: skip
    for share in ("", "    share: client\n"):
        root = workspace({"nordwind/2026-h2/review.md": review.replace("SHARE", share)})
        found = read(root).portfolio
        assert found is not None
        packed = pickle.dumps(project(found, CLIENT, "nordwind"))
        assert (b"raise-prices" in packed) == bool(share)


@pytest.mark.parametrize("before", ["", "share: client\n"])
def test_a_period_that_is_not_seen_is_not_named_by_the_next(workspace: Write, before: str) -> None:
    first = "---\nfrom: 2026-01-01\nto: 2026-06-30\nclosed_on: 2026-07-01\nSHARE---\n".replace("SHARE", before)  # fmt: skip
    later = "---\nfrom: 2026-07-01\nto: 2026-12-31\npredecessor: 2026-rescue\nshare: client\n---\n"
    root = workspace({"nordwind/2026-rescue/plan.md": first, "nordwind/2026-h2/plan.md": later})
    found = read(root).portfolio
    assert found is not None
    packed = pickle.dumps(project(found, CLIENT, "nordwind"))
    assert (b"2026-rescue" in packed) == bool(before)
