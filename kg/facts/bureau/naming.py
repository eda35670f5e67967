"""Clauses to subjects: whose work a clause says that it is about, by an agency, "全市" or a place at its head."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from kg.facts.bureau.mention import BureauMention
from kg.facts.bureau.subject import NUMBER, Scene, Subject
from kg.facts.cue import cue
from kg.facts.office import MINISTRY, bureau_name, fits, letter_of, relative_division
from kg.mentions.agency import LICENSING, part
from kg.values.place import Division, choose, find_divisions, is_everyday_word, is_within, word_starting


def subject_in(scene: Scene, at: int, end: int, current: Subject | None) -> Subject | None:
    """Return who is the subject of a clause whose words begin at a position, None where it names nobody."""
    view = scene.text.view
    index = bisect_left(scene.starts, at)
    if index < len(scene.mentions) and scene.mentions[index].start == at:
        return _agency(scene, index)
    if nation := part("subject_nation").match(view, at, end):
        return Subject(at, nation.end(), nation.end(), (_of_the_nation(scene),), "nation", None)
    if found := part("subject_whole").match(view, at, end):
        return _whole(scene, found, current)
    return _places(scene, at, end) or _place(scene, at, end)


def _of_the_nation(scene: Scene) -> str:
    """Return whose work "全国共查处" is: the ministry's, or that of its office for traffic where that reports."""
    office = scene.context.office
    own = office is not None and office.level == "unit" and office.name.startswith(MINISTRY)
    return office.name if office and own and not part("subject_shared_field").search(office.name) else MINISTRY


def _agency(scene: Scene, index: int) -> Subject | None:
    first = scene.mentions[index]
    group = _group(scene, index)
    last = group[-1]
    attribute = part("subject_attribute").match(scene.text.view, last.end)
    own_work = ("bureau-made", "bureau-leads")
    introduced = first.start == scene.paragraph.start and cue("bureau-introduces").match(scene.text.view, last.end)
    if (
        attribute
        and not (introduced or _is_portrait(scene, first, last))
        and not any(cue(name).match(scene.text.view, last.end) for name in own_work)
    ):
        return None
    if scene.text.view[first.start - 1 : first.start] == "“" and part("platform_quoted").match(
        scene.text.view, last.end
    ):
        return None  # “某省公安微警务”: a name that an agency begins
    names = tuple(dict.fromkeys(m.name for m in group))
    if first.level == "unit" and names != scene.own and part("subject_speaks").match(scene.text.view, last.end):
        return None  # "治安总队昨日表示,目前已登记…": who speaks of home's work
    if names[0] in scene.above and _is_about_home(scene, first):
        return None
    speaks = part("subject_centre").search(scene.text.view, last.end, scene.paragraph.end) is not None
    own = first.name in scene.bodies or first.name == scene.home_name or speaks
    own = own or cue("bureau-command-centre").search(first.name) is not None
    if first.level == "unit" and cue("bureau-means").search(first.name) and not own:
        return None  # but a centre to which all calls for help go
    if scene.text.view.startswith(LICENSING, first.start):
        return None  # by its bare name it is a means of the squad that reports
    return Subject(first.start, last.end, last.end, names, "agency", first.division)


def _is_portrait(scene: Scene, first: BureauMention, last: BureauMention) -> bool:
    """Tell whether a paragraph opens with somebody of a station, or of an agency outside home, who tells of it."""
    view, start = scene.text.view, scene.paragraph.start
    opens = cue("bureau-portrayed").fullmatch(view, start, first.start) is not None
    if not opens or not cue("speaker-portrait").match(view, last.end):
        return False
    home, division = scene.context.home, first.division
    outside = home is None or (division is not None and not is_within(division, home))
    return first.name not in scene.own and (outside or first.level == "station")


def _group(scene: Scene, index: int) -> list[BureauMention]:
    """Return the mentions of one list: "无棣、滨城警方", "甲分局、乙分局和丙县公安局"."""
    view, group = scene.text.view, [scene.mentions[index]]
    for mention in scene.mentions[index + 1 : index + 40]:
        end = group[-1].end
        listed = mention.start == end + 1 and view[end] in "、和与及"
        if not listed and not (mention.start < end == mention.end):
            break
        group.append(mention)
    return group


def _is_about_home(scene: Scene, mention: BureauMention) -> bool:
    """Tell whether an agency above home is named for what it thinks of home: "省公安厅先后12次推介"."""
    clause = scene.text.clause_at(mention.start)
    return part("subject_regard").search(scene.text.view, mention.end, clause.end) is not None


def _whole(scene: Scene, found: re.Match[str], current: Subject | None) -> Subject | None:
    """Return the subject that "全市" at the head of a clause means: home, or the other city just spoken of."""
    letter, home, office = letter_of(found[0]), scene.context.home, scene.context.office
    if found[0] == "我们" and current and current.source == "agency" and current.names[0].endswith("派出所"):
        return None  # 河口派出所……。“我们调解纠纷21起,”所长说: it goes on
    if office is not None and (found["we"] or (home is not None and fits(home, letter))):
        name = office.name if found["we"] else scene.whole or office.name
        return Subject(found.start(), found.end(), found.end(), (name,), "whole", home)
    other = current.division if current else None
    if other is not None and current and home and not is_within(home, other) and fits(other, letter):
        return replace(current, start=found.start(), after=found.end(), source="whole")
    above = relative_division(letter, home, None)
    among = cue("home-among").match(scene.text.view, found.end())
    if office is None or above is None or among or home is None or fits(home, letter):
        return None
    name = bureau_name(above, scene.context.written)  # "全市" is never the county's
    return Subject(found.start(), found.end(), found.end(), (name,), "whole", above)


def _place(scene: Scene, at: int, end: int) -> Subject | None:
    """Return the subject that a bare place at the head of a clause stands for: "潍坊开放停车位…", "在东营,…"."""
    view, home, office = scene.text.view, scene.context.home, scene.context.office
    local = part("subject_local").match(view, at, end)
    start = local.end() if local else at
    word = word_starting(view, start, end)
    if word is None or is_everyday_word(word):
        return None
    division = choose(find_divisions(word, year=scene.context.year), home)
    stop = start + len(word)
    if home is None and office is not None and office.level == "ministry":
        return _province(scene, at, stop, division)
    if division is None or home is None or office is None:
        return None
    inner = word_starting(view, stop, end)
    part_of = choose(find_divisions(inner, year=scene.context.year), division) if inner else None
    if inner and part_of is not None and part_of.code != division.code and is_within(part_of, division):
        stop, division = stop + len(inner), part_of  # 遵义市凤冈县
    if not part("subject_after_place").match(view, stop):
        return None
    if local and not part("subject_located").match(view, stop):
        return None  # "在仙游度尾、荔城西天尾等园区建设": where home works
    if division.code == home.code:
        return Subject(at, stop, stop, (office.name,), "place", home)
    whole = division.level == "prefecture" and part("subject_did_in_all").match(view, stop) is not None
    if is_within(home, division) and whole and not local:
        return Subject(at, stop, stop, (bureau_name(division, scene.context.written),), "place", division)
    if is_within(home, division) or not is_within(division, home):
        return None
    return Subject(at, stop, stop, (bureau_name(division, scene.context.written),), "place", division)


def _province(scene: Scene, at: int, stop: int, division: Division | None) -> Subject | None:
    """Return the police of a province that a report of the ministry calls by the province's name: 云南查获3起."""
    does = part("subject_after_province").match(scene.text.view, stop) is not None
    whole = part("subject_whole_behind").match(scene.text.view, stop) is not None  # 甘肃全省共出动警力, 泉州全市
    if division is None or not (whole or (division.level == "province" and does)):
        return None
    return Subject(at, stop, stop, (bureau_name(division, scene.context.written),), "place", division)


def _places(scene: Scene, at: int, end: int) -> Subject | None:
    """Return the bureaus that a list of places at the head of a clause stands for: "京山、沙洋两县实现…"."""
    view, home, office = scene.text.view, scene.context.home, scene.context.office
    if home is None or office is None:
        return None
    found: list[Division] = []
    stop = at
    while word := word_starting(view, stop, end):
        division = choose(find_divisions(word, year=scene.context.year), home)
        if division is None or not is_within(division, home) or is_everyday_word(word):
            return None
        stop += len(word)
        part_of = word_starting(view, stop, end)
        if part_of and any(is_within(d, division) for d in find_divisions(part_of, year=scene.context.year)):
            continue  # 张掖市甘州区
        if division.code == home.code:
            return None
        found.append(division)
        if view[stop : stop + 1] not in ("、", "和", "与", "及"):
            break
        stop += 1
    tail = part("subject_places").match(view, stop, end)
    if tail and (told := NUMBER.search(tail[0])) and float(told[0]) > len(found):
        return None  # 郑州、鹤壁等11个市: most of them unnamed
    if len(found) < 2 or (tail is None and not part("subject_after_place").match(view, stop)):
        return None
    stop = tail.end() if tail else stop
    names = tuple(dict.fromkeys(bureau_name(d, scene.context.written) for d in found))
    return Subject(at, stop, stop, names, "place", found[0])
