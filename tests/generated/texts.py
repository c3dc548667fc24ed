"""Texts that bite in a layout, by manner."""

from __future__ import annotations

from random import Random

COMPOUNDS = (
    "Kundenzufriedenheitsbefragungsergebnisübersicht",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "Rechtsschutzversicherungsgesellschaften und Rückfragenbearbeitungszeitvereinbarung",
    "Niederlassungsleiterjahresgesprächsvorbereitung",
    "Lieferantenrahmenvertragsverlängerungsverhandlung Nord-Süd-Ost-West-Verbund",
    "Auftragsdatenverarbeitungsvereinbarungsentwurf/Datenschutzfolgenabschätzungsbericht",
)
PLAIN = (
    "Befragung in allen Niederlassungen", "Answers on the same day", "Ja", "A",
    "Rückmeldungen je Tour auswerten", "Fewer returns in the north", "Preis: 12.600 EUR, § 5",
)  # fmt: skip
SCRIPTS = (
    "🚀 Start 👩‍💻 im Team 🏳️‍🌈", "תוכנית שותפות לשנת 2026 עם הלקוח", "خطة الشراكة مع العميل لعام ٢٠٢٦",
    "客户满意度调查结果概览与下一步行动计划", "顧客満足度調査の結果と次の一歩", "План развития отношений с клиентом",
    "Ζωή & <b> wäre hier verboten".replace("<b>", "b"), "e\u0301tat ne\u0301gocie\u0301 ﷺ ﷽", "ไม่มีช่องว่างระหว่างคำในภาษาไทยเลยสักคำ",
    "😀" * 12, "mixed עברית and English עם מספרים 42", "Zà̷l̸g̶o̵ ỳ̴ë̸s̷", "½ ≠ ¾ · ∑ → ∞ ✓ ✗ №",
)  # fmt: skip
PROSE = """\
## {a}

{b} mit **{a}** und *{b}*, siehe [den Bericht](https://ruhrblick.example/bericht) und `kpi_{n}`.

1. {a}
2. {b}
   - {a}
     - {b}
3. Schluss

> {b}
>
> {a}

| {b} | Ziel | Ist |
|---|---:|---|
| {a} | 12 | offen |
| kurz | 1.000.000 | {b} |

```
wenn ({n} > 3) {{ weiter; }}    # {n}
```

---

{a}\\
{b}
"""

MANNERS = ("plain", "compounds", "titles", "scripts", "prose")
LONG = 300


def title(rng: Random, manner: str) -> str:
    """One line of words."""
    match manner:
        case "compounds":
            return " ".join(rng.choice(COMPOUNDS) for _ in range(rng.choice((1, 1, 2, 4))))
        case "titles":
            pool = (*COMPOUNDS, *PLAIN)
            words = rng.choice(pool)
            while len(words) < LONG:
                words += " " + rng.choice(pool)
            # a third of them without a place to break at
            return (words if rng.random() < 0.7 else words.replace(" ", ""))[:LONG].strip()
        case "scripts":
            return " ".join(rng.choice(SCRIPTS) for _ in range(rng.choice((1, 1, 2))))
        case "prose":
            return rng.choice((*PLAIN, *COMPOUNDS, *SCRIPTS))
        case _:
            return rng.choice(PLAIN)


def prose(rng: Random, manner: str) -> str:
    """Words that may run over lines, with all that prose can hold where that is the manner."""
    if manner != "prose":
        return "\n\n".join(title(rng, manner) for _ in range(rng.choice((1, 1, 3))))
    made = PROSE.format(a=title(rng, manner), b=title(rng, manner), n=rng.randint(1, 99))
    return made * rng.choice((1, 1, 4))
