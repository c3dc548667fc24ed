"""An import told to a person: what was seen, what was decided, what needs somebody."""

from __future__ import annotations

from planwerk.importing.files import import_words
from planwerk.importing.report import ImportReport
from planwerk.words import Words

KINDS = {"seen": "ui.seen", "decided": "ui.decided", "open": "ui.open_points"}


def tell_import(report: ImportReport, words: Words) -> str:
    """The notes by kind, then what was written, left alone or kept."""
    texts = import_words(words.language)
    lines: list[str] = []
    for kind, heading in KINDS.items():
        notes = [note for note in report.notes if note.kind == kind]
        if notes:
            lines.append(f"{words(heading)}:")
            lines += [f"  - {texts(f'import.{n.key}', **n.facts, count=n.count)}" for n in notes]
    lines += [f"  - {words('ui.kept', path=path)}" for path in report.kept]
    written = words("ui.written", count=len(report.written))
    lines.append(f"{written}, {words('ui.unchanged', count=report.unchanged)}")
    return "\n".join(lines) + "\n"
