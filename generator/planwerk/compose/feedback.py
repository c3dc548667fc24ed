"""How a reader tells us what is wrong: a mail link that names client and page, or a form.

Nothing is told to others by it: the form's address is as the house wrote it, and a mail is only
written in the reader's own program.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote

from planwerk import blocks as b
from planwerk.compose.marks import house
from planwerk.model.portfolio import Account, Portfolio
from planwerk.model.types import EMAIL
from planwerk.words import Words

IN_ADDRESS = "@+.-_"
"""What of an address need not be encoded in a link."""


@dataclass(frozen=True, slots=True)
class Ways:
    """Where to write ("" where nobody knows), where a form is, and whom the portal is about."""

    email: str
    form: str
    about: str
    house: str


def ways_of(seen: Portfolio, say: Words, account: Account | None = None) -> Ways:
    """How the readers of a portal reach us: as the house says, else whoever is responsible for
    the account, where the reader may know that, else the house."""
    chosen = seen.workspace.feedback
    ours = house(seen, say)
    addresses = (chosen.email, _owner(seen, account), seen.workspace.organisation.email)
    email = next((a for a in addresses if isinstance(a, str) and EMAIL.fullmatch(a)), "")
    if chosen.form and not chosen.email:
        email = ""
    return Ways(email, chosen.form or "", account.profile.name if account else ours, ours)


def _owner(seen: Portfolio, account: Account | None) -> object:
    """The e-mail address of whoever is responsible for an account, as far as the reader knows."""
    if account is None:
        return None
    owner = account.profile.owner if seen.audience == "internal" else account.whom_to_ask
    member = seen.team.get(owner) if isinstance(owner, str) else None
    return member.email if member else None


def invited(page: b.Page, ways: Ways, say: Words) -> b.Page:
    """The page with the line that says how to tell us something about it."""
    return replace(page, foot=_line(ways, page.tab, say))


def _line(ways: Ways, page: str, say: Words) -> b.Text:
    runs: list[b.Run] = []
    if ways.email:
        runs.append(b.Run(say("tell_us.write"), link=mail(ways, page, say)))
    if ways.form:
        runs += [b.Run(" · ")] if runs else []
        runs.append(b.Run(say("tell_us.form"), link=ways.form))
    return tuple(runs) or b.text(say("tell_us.tell", house=ways.house))


def mail(ways: Ways, page: str, say: Words) -> str:
    """The link to a mail whose subject names the client and the page."""
    subject = say("tell_us.subject", about=ways.about, page=page)
    return f"mailto:{quote(ways.email, safe=IN_ADDRESS)}?subject={quote(subject, safe='')}"


def in_help(ways: Ways, page: str, say: Words) -> b.Paragraph:
    """The same in a sentence, for the help."""
    address = b.Run(ways.email, link=mail(ways, page, say) if ways.email else None)
    form = b.Run(say("tell_us.the_form"), link=ways.form or None)
    key = "both" if ways.email and ways.form else "mail" if ways.email else "in_form" if ways.form else "nobody"  # fmt: skip
    parts = say(f"tell_us.{key}").split("|")
    named = {"email": address, "form": form}
    return b.Paragraph(tuple(named.get(part) or b.Run(part) for part in parts))
