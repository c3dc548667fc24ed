"""A new workspace: the smallest one that checks and builds, with hints in the bodies."""

from __future__ import annotations

from pathlib import Path

from planwerk.problems import refuse

FILES = {
    "de": {
        "plans/workspace.yml": """\
format: 1
organisation:
  name: Ihre Firma GmbH
  short: Ihre Firma
  domain: ihre-firma.example
language: de
currency: EUR
team:
  - id: muster
    name: Alex Muster
    title: Key-Account-Management
offerings:
  - id: beratung
    name: Beratung
industries:
  - id: industrie
    name: Industrie
kpis:
  - id: antwortzeit
    name: Antwortzeit auf Anfragen
    unit: hours
    direction: lower
    share: client
    definition: Stunden bis zur ersten Antwort
    source: Ticketsystem
""",
        "plans/beispiel-kunde/account.md": """\
---
name: Beispiel Kunde AG
industry: industrie
owner: muster
language: de
customer_since: offen
departments:
  - id: it
    name: IT
    contacted: ja
---

Dieser Text ist intern. Ändern Sie die Angaben oben und schreiben Sie hier, was Sie über den
Kunden wissen. Der Name des Ordners ist die Kennung des Kunden.
""",
        "plans/beispiel-kunde/erstes-jahr/plan.md": """\
---
from: 2026-01-01
to: 2026-12-31
share: client
vision: In einem Jahr antworten wir auf jede Anfrage am selben Tag.
goals:
  - id: schneller-antworten
    title: Anfragen am selben Tag beantworten
    share: client
    kpis:
      - antwortzeit
    owner: muster
kpis:
  - kpi: antwortzeit
    baseline: 26
    target: 8
    owner: muster
    share: client
---
""",
    },
    "en": {
        "plans/workspace.yml": """\
format: 1
organisation:
  name: Your Company Ltd
  short: Your Company
  domain: your-company.example
language: en
currency: EUR
team:
  - id: sample
    name: Alex Sample
    title: Key account management
offerings:
  - id: consulting
    name: Consulting
industries:
  - id: manufacturing
    name: Manufacturing
kpis:
  - id: answer-time
    name: Time to answer
    unit: hours
    direction: lower
    share: client
    definition: Hours to the first answer
    source: Ticket system
""",
        "plans/sample-client/account.md": """\
---
name: Sample Client plc
industry: manufacturing
owner: sample
language: en
customer_since: open
departments:
  - id: it
    name: IT
    contacted: yes
---

This text is internal. Change the details above, and write down here what you know of the
client. The name of the folder is the account's id.
""",
        "plans/sample-client/first-year/plan.md": """\
---
from: 2026-01-01
to: 2026-12-31
share: client
vision: In a year we answer every request on the same day.
goals:
  - id: answer-faster
    title: Answer requests on the same day
    share: client
    kpis:
      - answer-time
    owner: sample
kpis:
  - kpi: answer-time
    baseline: 26
    target: 8
    owner: sample
    share: client
---
""",
    },
}


def scaffold(path: Path, language: str) -> None:
    """Write the files of a new workspace; refuses (exit code 2) a folder that holds plans."""
    if (path / "plans").exists():
        raise refuse("folder-not-empty", str(path / "plans"), found=str(path / "plans"))
    for name, words in FILES[language].items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(words, "utf-8")
    ignore = path / ".gitignore"
    if not ignore.exists():
        ignore.write_text("build/\n", "utf-8")
