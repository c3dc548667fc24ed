"""What people are called who are named by id."""

from __future__ import annotations

from planwerk.loop.finding import known
from planwerk.model.plan import Review
from planwerk.model.portfolio import Portfolio


class Names:
    """Looks up people and accounts of a portfolio; an id that leads nowhere stays as it is."""

    def __init__(self, portfolio: Portfolio) -> None:
        self.currency = portfolio.workspace.currency
        self.team = {member.id: member.name for member in portfolio.workspace.team}
        self.questions = portfolio.questions.questions
        self.kpis = {kpi.id: kpi.name for kpi in portfolio.workspace.kpis}
        self.accounts = {account.id: account for account in portfolio.accounts}
        self.offerings = {offering.id: offering.name for offering in portfolio.workspace.offerings}

    def person(self, account: str, name: str) -> str:
        """The name of somebody of ours, of the client, or of a partner."""
        side, _, own = name.partition(":")
        found = self.accounts.get(account)
        if side == "client" and found:
            person = next((p for p in found.stakeholders if p.id == own), None)
            called = [str(v) for v in (person.name, person.title) if known(v)] if person else []
            return called[0] if called else name
        if side == "partner" and found:
            partners = {p.id: p.name for period in found.periods for p in period.tasks.partners}
            return str(partners.get(own, name))
        return str(self.team.get(name, name))

    def account(self, name: str) -> str:
        """What an account is called."""
        found = self.accounts.get(name)
        return found.profile.name if found else name

    def department(self, account: str, name: str) -> str:
        """What a department of an account is called."""
        found = self.accounts.get(account)
        known = found.departments if found else ()
        return next((str(d.name) for d in known if d.id == name), name)

    def left(self, account: str, name: str) -> str:
        """What a period left is called, such as `2026-h1/problem:form`; the name where it is not found."""
        period, _, what = name.partition("/")
        found = self.accounts.get(account)
        for one in found.periods if found else ():
            if one.id == period:
                review = one.review or Review()
                titles = {f"task:{task.id}": task.title for task in one.tasks.tasks}
                titles |= {f"problem:{problem.id}": problem.title for problem in review.problems}
                titles |= {f"next_step:{step.id}": step.title for step in review.next_steps}
                return titles.get(what, name)
        return name
