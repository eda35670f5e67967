"""Awards: the verbs of honour in a view, each with the titles that it governs.

Enters: a ``Text``. Leaves: ``Award`` values in order, each with its titles in view coordinates. Who received them is
not asked here, so that a number inside a title is known for a name even where the recipient is not named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.facts.honor.pattern import honor_part, honor_patterns
from kg.facts.honor.title import Title, read_title
from kg.facts.honor.title_list import blanked, items_of, titles_from
from kg.mentions.lexicon import load_lexicon
from kg.text import Span, Text


@dataclass(frozen=True, slots=True)
class Award:
    """A verb of honour from ``start`` with its titles; ``grantor`` and ``recipient`` where the pattern has them."""

    rule: str
    start: int
    titles: tuple[Title, ...]
    grantor: Span | None = None
    recipient: Span | None = None
    end: int = 0


def find_awards(text: Text) -> list[Award]:
    """Return the awards of a text in order, with or without a named recipient.

    >>> from kg.text import text_of
    >>> [t.name for a in find_awards(text_of("县局获评全国优秀公安局、“文明单位”,抓获3人。")) for t in a.titles]
    ['全国优秀公安局', '文明单位']
    """
    found: list[Award] = []
    taken = -1
    for award in sorted(_candidates(text), key=lambda a: (a.start, -a.end)):
        if award.start < taken:
            continue
        if award.titles:
            found.append(award)
            taken = award.titles[-1].end
    return found


def _candidates(text: Text) -> Iterator[Award]:
    patterns = honor_patterns()
    view = text.view
    given = set()  # where a verb stands whose recipient follows it
    for name in ("honor-given", "honor-credited", "honor-handed"):
        for match in patterns[name].finditer(view):
            given.add(match.start())
            yield _given(view, name, match)
    for name in ("honor-passive", "honor-received-from", "honor-active"):
        for match in patterns[name].finditer(view):
            strong = name != "honor-active" or load_lexicon("honor_received").get(match["verb"], "force") == "strong"
            grantor = match.groupdict().get("grantor")
            span = Span(*match.span("grantor")) if grantor else None
            titles = tuple(titles_from(view, match.end(), strong))
            if titles and _is_record(match["verb"], titles) and _is_named(view, match["verb"], titles[0]):
                yield Award(name, match.start(), titles, span, end=titles[-1].end)
    for match in patterns["honor-commended"].finditer(view):
        who = "grantor" if match["grantor"] else "giver"
        title = Title(*match.span("title"), match["title"], "any", "", lead=match.start("title"))
        yield Award("honor-commended", match.start(), (title,), Span(*match.span(who)), end=match.end())
    for match in patterns["honor-commended-list"].finditer(view):
        yield from _sorts(view, match)
    for match in patterns["honor-fell-to"].finditer(view):
        won = read_title(view, *match.span("title"), False)
        if won is not None and won.rule in ("title-known", "title-rank"):
            yield Award("honor-fell-to", won.start, (won,), None, Span(*match.span("recipient")), won.end)
    for name in ("honor-line-title", "honor-line-spaced", "honor-line-fallen"):
        for match in patterns[name].finditer(view):
            first, last = match.span("title")
            told = [read_title(view, *item, False) for item in items_of(view, first, last)]
            known = [one for one in told if one and one.rule in ("title-known", "title-rank", "title-quoted")]
            if len(known) == len(told):
                recipient = Span(*match.span("recipient"))
                yield Award(name, known[0].start, tuple(known), None, recipient, known[-1].end)
    for match in patterns["honor-crowned"].finditer(view):
        crown = Title(*match.span("crown"), "冠军", "any", "title-known", lead=match.start("crown"))
        yield Award("honor-crowned", match.start(), (crown,), None, end=match.end())
    for match in patterns["honor-line"].finditer(view):
        titles = tuple(titles_from(view, match.end(), False))
        if titles and _is_line(view, match.end(), titles):
            yield Award("honor-line", match.start("recipient"), titles, None, _trimmed(view, match), titles[-1].end)
    for match in patterns["honor-emerged"].finditer(view):
        titles = tuple(titles_from(view, match.end(), False))
        if titles and all(title.kind in ("group", "person", "any") for title in titles):
            yield Award("honor-emerged", match.start(), titles, None, Span(*match.span("recipient")), titles[-1].end)
    for match in patterns["honor-continued"].finditer(view):
        titles = tuple(titles_from(view, match.end(), True))
        if titles and _is_record(match["verb"], titles) and match.start("verb") not in given:
            grantor = Span(*match.span("grantor")) if match["grantor"] else None
            yield Award("honor-continued", match.start() + 1, titles, grantor, end=titles[-1].end)
    for match in patterns["honor-copula"].finditer(view):
        titles = tuple(titles_from(view, match.end(), False))
        if titles and all(title.kind in ("group", "person") for title in titles):
            yield Award("honor-copula", match.start(), titles, end=titles[-1].end)


def _sorts(view: str, match: re.Match[str]) -> Iterator[Award]:
    """Yield what each sort of those who are commended is: 对甲局等3个“先进单位”、乙所等9个“示范所”予以表彰."""
    grantor = _giver_before(view, match.start())
    for item in honor_part("commended_item").finditer(view, *match.span("list")):
        told = read_title(view, *item.span("title"), False)
        if told is not None and told.rule in ("title-known", "title-quoted"):
            yield Award("honor-commended-list", item.start(), (told,), grantor, Span(*item.span("recipient")), told.end)


def _giver_before(view: str, position: int) -> Span | None:
    """Return the words of a clause before a verb whose subject gives the award."""
    clause = max(view.rfind(mark, 0, position) for mark in ",;:。!?\n") + 1
    return None if honor_part("joins_verb").fullmatch(view, clause, position) else Span(clause, position)


def _is_record(verb: str, titles: Sequence[Title]) -> bool:
    """Tell whether 记 and 立 have what they need: a merit, not a case on file, nor the rest of a name (张立新荣立)."""
    name = titles[0].name
    merit = name.endswith(("等功", "嘉奖")) and not name.startswith("功") and "荣" not in name
    return verb not in ("记", "立") or merit


def _is_line(view: str, start: int, titles: Sequence[Title]) -> bool:
    """Tell whether what follows the colon of a line is titles and no sentence with a verb of its own."""
    words = blanked(view[start : titles[0].end])
    if words.startswith("我"):
        return False  # who speaks, and what he says: 李强:我局夺得第一名
    named = titles[0].rule in ("title-known", "title-rank") and all(title.kind != "work" for title in titles)
    return named and honor_part("item_verb").search(words) is None


def _trimmed(view: str, line: re.Match[str]) -> Span:
    """Return the recipient of a line of a roll without the blanks around it."""
    start, end = line.span("recipient")
    return Span(start, start + len(view[start:end].rstrip()))


def _is_named(view: str, verb: str, title: Title) -> bool:
    """Tell whether 成为 has a title in quotation marks: what one becomes besides, 全市的标杆, nobody bestowed."""
    words = view[title.start : title.end]
    return verb != "成为" or ("“" in words and honor_part("title_praised").search(words) is None)


def _given(view: str, name: str, match: re.Match[str]) -> Award:
    titles = list(titles_from(view, match.start("title"), True))
    if name == "honor-handed":
        handed = read_title(view, *match.span("title"), True)
        titles = [handed] if handed else []
    elif match["title"].startswith("通报"):
        titles = [Title(*match.span("title"), match["title"], "any", "", lead=match.start("title"))]
    start, end = match.span("recipient")
    verb = next((word for word in ("荣记", "记", "为") if view.endswith(word, start, end)), "")
    recipient = Span(start, end - len(verb))  # 追授某某为二级英雄模范, 给予某某记三等功
    told = match.groupdict().get("grantor")
    grantor = Span(*match.span("grantor")) if told else _giver_before(view, match.start())
    return Award(name, match.start(), tuple(titles), grantor, recipient, match.end())
