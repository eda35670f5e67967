"""Rulings: subjects of a few words inside a clause, as who set a task, arrested somebody, or has each rate of a row."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from kg.facts.bureau.subject import NUMBER, Scene, Subject
from kg.facts.cue import cue
from kg.facts.office import MINISTRY, bureau_name, fits, relative_division
from kg.mentions.agency import part
from kg.text import Span
from kg.values.place import Division, choose, find_divisions, is_everyday_word, is_within, word_starting

_ITEM = re.compile("[^、]+")


def rulings(scene: Scene, clause: Span) -> Iterator[Subject]:
    """Yield "省公安厅明确的15项任务", "3名逃犯被某县警方抓获": the number is that agency's own."""
    first, last = bisect_left(scene.starts, clause.start), bisect_left(scene.starts, clause.end)
    for mention in scene.mentions[first:last]:
        if found := part("subject_ruling").match(scene.text.view, mention.end):
            yield Subject(mention.start, found.end(), found.end(), (mention.name,), "ruling", mention.division)
        done = part("subject_done_by").match(scene.text.view, mention.end)
        passive = scene.text.view.endswith("被", clause.start, mention.start)
        if done and passive and mention.name not in scene.above:
            yield Subject(clause.start, clause.end, mention.end, (mention.name,), "ruling", mention.division)
        if part("subject_thanked").search(scene.text.view, clause.start, mention.start):
            sentence = scene.text.sentence_at(mention.start)
            means = mention.level == "unit" and cue("bureau-means").search(mention.name) is not None
            name = mention.parent if means and mention.parent else mention.name
            yield Subject(mention.start, sentence.end, mention.end, (name,), "ruling", mention.division)
    yield from _rates(scene, clause)
    yield from _turns(scene, clause)


def _turns(scene: Scene, clause: Span) -> Iterator[Subject]:
    """Yield whose each number of a list is whose items open with their agency: 其中甲县公安局17起、乙县公安局9起."""
    view = scene.text.view
    lead = part("subject_lead").match(view, clause.start, clause.end)
    turns: list[Subject] = []
    for item in _ITEM.finditer(view, lead.end() if lead else clause.start, clause.end):
        opened = _opener(scene, item.start(), item.end())
        if opened is not None:
            turns.append(opened)
        elif turns:
            turns[-1] = turns[-1].to(item.end())
        else:
            return
    if len(turns) > 1:
        yield from turns


def _opener(scene: Scene, start: int, end: int) -> Subject | None:
    """Return the agency that an item of a list opens with and has a number of, or the place that stands for one."""
    view, home = scene.text.view, scene.context.home
    index = bisect_left(scene.starts, start)
    if index < len(scene.mentions) and scene.mentions[index].start == start:
        mention = scene.mentions[index]
        own = mention.name not in scene.above and NUMBER.search(view, mention.end, end)
        return Subject(start, end, mention.end, (mention.name,), "ruling", mention.division) if own else None
    word = word_starting(view, start, end)
    if word is None or is_everyday_word(word) or home is None or NUMBER.match(view, start + len(word)) is None:
        return None
    division = choose(find_divisions(word, year=scene.context.year), home)
    if division is None or division.code == home.code or not is_within(division, home):
        return None
    return Subject(start, end, start + len(word), (bureau_name(division, scene.context.written),), "rate", division)


def _rates(scene: Scene, clause: Span) -> Iterator[Subject]:
    """Yield whose each rate of a row is: "群众安全感全国为91.9%、全省为96.2%、全州为97.4%、镇远县为98.1%"."""
    if scene.text.view.find("%", clause.start, clause.end) < 0:
        return
    found = list(part("subject_rate").finditer(scene.text.view, clause.start, clause.end))
    for rate in found:
        row = len(found) > 1 or scene.text.view.endswith("%、", clause.start, rate.start())
        if row and (of := _rated(scene, rate["whose"])) is not None:
            name, division = of
            source = "ruling" if rate["whose"][0] in "全我本" else "rate"
            yield Subject(rate.start("whose"), rate.end(), rate.end("whose"), (name,), source, division)


def _rated(scene: Scene, words: str) -> tuple[str, Division | None] | None:
    """Return the agency of the country, of the whole of a place, or of a place in or above home."""
    home, office = scene.context.home, scene.context.office
    if words == "全国":
        return MINISTRY, None
    if home is None or office is None:
        return None
    if words[0] in "全我本":
        division = home if fits(home, words[1:]) else relative_division(words[1:], home, None)
    else:
        division = choose(find_divisions(words, year=scene.context.year), home)
    if division is None or not (is_within(home, division) or is_within(division, home)):
        return None
    own = division.code == home.code
    return scene.whole or office.name if own else bureau_name(division, scene.context.written), division
