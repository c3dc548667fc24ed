"""The Word template, made here: slim styles, one numbering, nothing left over from elsewhere.

Document defaults carry font, size, colour and language; *Normal* stays empty, because explicit
values there would beat table styles. Sizes in points, lengths in centimetres.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from planwerk.theme import Theme, mix

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
INDENT = 3.0
"""Text stands this far right of the margin; the margin column holds numbers and labels."""
LANGUAGES = {"de": "de-DE", "en": "en-GB"}
STEP, HANGING = 340, 284
"""How far each level of a list stands in, and its bullet before it, in twentieths of a point."""
REFERENCE = (
    '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
)
"""How the number of a footnote looks."""
BULLETS, CHAPTERS, NUMBERS = 1, 2, 3
"""Abstract numberings."""


def twips(centimetres: float) -> int:
    """Centimetres in twentieths of a point."""
    return round(centimetres * 566.929)


def accent_text(theme: Theme) -> str:
    """The accent dark enough for small text."""
    return mix(theme.color("accent"), 0.8, theme.color("ink"))


def paragraph_styles(theme: Theme, indent: float = INDENT, first: int = 0) -> dict[str, str]:
    """Our paragraph styles by id; `indent` is where text stands, `first` what a template's lists
    have as their highest id."""
    ink = theme.color("ink")
    primary, muted, accent = theme.color("primary"), theme.color("muted"), accent_text(theme)
    pale = mix(primary, 0.22)
    out = [
        _style("Title", "Title", 38, "FFFFFF", bold=True, after=6, line=0.9),
        _style("Subtitle", "Subtitle", 17, pale),
        _style(
            "Heading1",
            "heading 1",
            21,
            primary,
            bold=True,
            after=10,
            line=0.95,
            keep=True,
            level=0,
            number=CHAPTERS + first,
            new_page=True,
        ),
        _style(
            "Heading2",
            "heading 2",
            14,
            primary,
            bold=True,
            before=16,
            after=4,
            keep=True,
            level=1,
            indent=indent,
        ),
        _style(
            "Heading3",
            "heading 3",
            11,
            accent,
            bold=True,
            before=10,
            after=2,
            keep=True,
            level=2,
            indent=indent,
        ),
        _style("Lead", "Lead", 13.5, primary, after=10, line=1.15, indent=indent),
        _style("BodyText", "Body Text", 10.5, ink, after=6, line=1.18, indent=indent),
        _style("ListBullet", "List Bullet", 10.5, ink, after=3, line=1.12),
        _style(
            "Quote",
            "Quote",
            12,
            primary,
            before=4,
            after=2,
            line=1.15,
            indent=indent + 0.6,
            keep=True,
        ),
        _style("Code", "Code", 9, ink, after=6, indent=indent, font="Courier New"),
        _style("Caption", "caption", 9, ink, bold=True, before=10, after=4, keep=True),
        _style("Source", "Source", 8.5, muted, before=3, after=10),
        _style("SourceText", "Source Text", 8.5, muted, before=3, after=8, indent=indent),
        _style("MarginNote", "Margin Note", 9, accent, bold=True, line=1.05),
        _style("TableText", "Table Text", 9.5, ink),
        _style("TableNote", "Table Note", 8.5, muted),
        _style("TableHead", "Table Head", 9, muted, bold=True, keep=True),
        _style("KeyFigure", "Key Figure", 24, ink, bold=True, line=0.95),
        _style("CoverLabel", "Cover Label", 9, accent, bold=True),
        _style("CoverFact", "Cover Fact", 13, primary, bold=True),
        _style("CoverNote", "Cover Note", 9.5, muted),
        _style("HeadTitle", "Head Title", 26, primary, bold=True, after=2, line=0.95, keep=True),
        _style("HeadSubtitle", "Head Subtitle", 13.5, muted, after=10, keep=True),
        _style("HeadFact", "Head Fact", 11, ink, bold=True),
        _style(
            "HeadChapter",
            "Head Chapter",
            17,
            primary,
            bold=True,
            before=20,
            after=6,
            keep=True,
            level=0,
            indent=indent,
        ),
        _style("FootnoteText", "footnote text", 8.5, ink, after=2, line=1.05),
        _style("Header", "header", 8.5, muted, before=3, after=3),
        _style("Footer", "footer", 8.5, muted, before=3, after=3),
        _style("Spacer", "Spacer", 1, ink, exact=1),
        _style(
            "TOCHeading", "TOC Heading", 14, primary, bold=True, before=0, after=8, indent=indent
        ),
        _style("TOC1", "toc 1", 10.5, ink, after=4, indent=indent),
        _style("TableofFigures", "table of figures", 9.5, ink, after=2, indent=indent),
    ]
    return {_identity(style): style for style in out}


def _identity(style: str) -> str:
    return style.split('w:styleId="')[1].split('"')[0]


def styles(theme: Theme, language: str) -> bytes:
    """styles.xml."""
    font, ink = escape(theme.office_font), theme.color("ink")
    out = paragraph_styles(theme).values()
    spoken = LANGUAGES.get(language, "en-GB")
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
        f'<w:color w:val="{ink}"/><w:sz w:val="20"/><w:szCs w:val="20"/><w:lang w:val="{spoken}" w:eastAsia="{spoken}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    normal = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    link = f'<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="{theme.color("link")}"/><w:u w:val="single"/></w:rPr></w:style>'
    link += REFERENCE
    table = '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    return (
        f'<w:styles xmlns:w="{W}">{defaults}{normal}{"".join(out)}{link}{table}</w:styles>'.encode()
    )


def _style(
    identity: str, name: str, size: float, color: str, *, bold: bool = False, before: float = 0,
    after: float = 0, line: float = 1.0, keep: bool = False, indent: float = 0,
    level: int | None = None, number: int = 0, new_page: bool = False, font: str = "", exact: int = 0,
) -> str:  # fmt: skip
    """One paragraph style; children in the order the schema asks for."""
    rule = (
        f'w:line="{exact * 20}" w:lineRule="exact"'
        if exact
        else f'w:line="{round(line * 240)}" w:lineRule="auto"'
    )
    paragraph = "".join(
        (
            "<w:keepNext/>" if keep else "",
            "<w:pageBreakBefore/>" if new_page else "",
            "<w:widowControl/>",
            f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>' if number else "",
            f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}" {rule}/>',
            f'<w:ind w:left="{twips(indent)}"/>' if indent and not number else "",
            f'<w:outlineLvl w:val="{level}"/>' if level is not None else "",
        )
    )
    face = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/>' if font else ""
    weight = "<w:b/><w:bCs/>" if bold else ""
    run = f'{face}{weight}<w:color w:val="{color}"/><w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'
    return f'<w:style w:type="paragraph" w:customStyle="0" w:styleId="{identity}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>'.replace(
        ' w:customStyle="0"', ""
    )


def numbering(
    theme: Theme, restarts: int, starts: dict[int, int], indent: float = INDENT,
    before: tuple[str, str] = ("", ""), first: int = 0, chapters: bool = True,
) -> str:  # fmt: skip
    """numbering.xml: bullets, chapter numbers, and one restarted list for each ordered list.

    `starts` gives the first number of each restarted list by its id. `before` are a template's
    kinds of lists and those in use; ours have ids above `first`, and number chapters only
    where the template does not.
    """
    accent = theme.color("accent")
    text = twips(indent)
    bullets = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{text + STEP * (i + 1)}" w:hanging="{HANGING}"/></w:pPr><w:rPr><w:color w:val="{accent}"/></w:rPr></w:lvl>'
        for i in range(9)
    )
    decimals = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%{i + 1}."/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{text + STEP * (i + 1)}" w:hanging="{STEP}"/></w:pPr></w:lvl>'
        for i in range(9)
    )
    chapter = f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading1"/><w:suff w:val="tab"/><w:lvlText w:val="%1"/><w:lvlJc w:val="left"/><w:pPr><w:tabs><w:tab w:val="num" w:pos="{text}"/></w:tabs><w:ind w:left="{text}" w:hanging="{text}"/></w:pPr><w:rPr><w:color w:val="{accent}"/></w:rPr></w:lvl>'
    number = {kind: kind + first for kind in (BULLETS, CHAPTERS, NUMBERS)}
    levels = {BULLETS: ("hybridMultilevel", bullets), NUMBERS: ("hybridMultilevel", decimals)}
    if chapters:
        levels[CHAPTERS] = ("multilevel", chapter)
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{number[kind]}"><w:multiLevelType w:val="{name}"/>{level}</w:abstractNum>'
        for kind, (name, level) in sorted(levels.items())
    )
    used = "".join(
        f'<w:num w:numId="{number[kind]}"><w:abstractNumId w:val="{number[kind]}"/></w:num>'
        for kind in (BULLETS, CHAPTERS)
        if kind in levels
    )
    for i in range(restarts):
        identity = number[NUMBERS] + i
        start = starts.get(identity, 1)
        used += f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{number[NUMBERS]}"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
    return f'<w:numbering xmlns:w="{W}">{before[0]}{kinds}{before[1]}{used}</w:numbering>'


def settings(language: str) -> bytes:
    """settings.xml: compatibility with today's Word, hyphenation, the language of the theme."""
    spoken = LANGUAGES.get(language, "en-GB")
    compat = '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    return f'<w:settings xmlns:w="{W}"><w:autoHyphenation w:val="1"/><w:consecutiveHyphenLimit w:val="2"/><w:characterSpacingControl w:val="doNotCompress"/>{compat}<w:themeFontLang w:val="{spoken}"/><w:decimalSymbol w:val="{"," if language == "de" else "."}"/><w:listSeparator w:val=";"/></w:settings>'.encode()
