"""Paragraphs to subjects: from where to where each governs, and which a heading or a speaker carries on."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.facts.bureau.mention import BureauMention
from kg.facts.bureau.naming import subject_in
from kg.facts.bureau.ruling import rulings
from kg.facts.bureau.subject import NUMBER, Scene, Subject
from kg.facts.cue import cue
from kg.facts.office import Context, bureau_name
from kg.facts.speaker import find_speakers, says_we, speaker_of, tells_of_unit
from kg.mentions.agency import part
from kg.text import Span, Text
from kg.values.place import is_within

_SPEECH = re.compile("“([^“”]{8,400})”,?")


def subjects_of(text: Text, mentions: Sequence[BureauMention], context: Context) -> dict[int, tuple[Subject, ...]]:
    """Return whose work each paragraph speaks of, by where the paragraph starts."""
    starts = [mention.start for mention in mentions]
    clauses: dict[int, list[Span]] = defaultdict(list)
    for clause in text.clauses:
        clauses[text.paragraph_at(clause.start).start].append(clause)
    subjects: dict[int, tuple[Subject, ...]] = {}
    whole = _whole_name(text, mentions, context)
    bodies = frozenset(m.name for m in mentions if cue("bureau-centre-in-full").search(text.view, m.start, m.end))
    speakers = find_speakers(text.view, [mention.end for mention in mentions])
    section: Subject | None = None
    for paragraph in text.paragraphs:
        scene = Scene(text, paragraph, mentions, starts, context, whole, bodies)
        if paragraph.heading:
            section = _heading(scene)
        found = tuple(_read(scene, clauses[paragraph.start]))
        if speakers and (name := speaker_of(text.view, paragraph)) is not None:
            of = mentions[speakers[name]] if name in speakers else None
            own = of is not None and (tells_of_unit(text.view, paragraph) or _is_of_another_place(of, context))
            section = _floor(scene, of) if of is not None and own else None
        if section is not None and not paragraph.heading:
            others = (s for s in found if section.source != "speaker" or not says_we(text.view, s.start))
            found = (replace(section, start=paragraph.start, end=paragraph.end), *others)
        if found:
            subjects[paragraph.start] = found
    return subjects


def _is_squad(subject: Subject) -> bool:
    """Tell whether a subject is one squad of several: 城区中队."""
    return subject.source == "agency" and len(subject.names) == 1 and subject.names[0].endswith("中队")


def _is_of_another_place(mention: BureauMention, context: Context) -> bool:
    """Tell whether an agency is the bureau of a place inside home: one city's at the conference of its province."""
    home, division = context.home, mention.division
    inside = home is not None and division is not None and division.code != home.code and is_within(division, home)
    return inside and mention.level in ("prefecture", "county")


def _whole_name(text: Text, mentions: Sequence[BureauMention], context: Context) -> str | None:
    """Return whose work "全市" is: home's, or its bureau's.

    It is the bureau's where a unit reports and names "全市公安机关" too, or where the unit is of a field in which every
    station works: "全市破获毒品案件" is not the drug squad's alone, "全市发生交通事故" is the traffic police's own.
    """
    home, office = context.home, context.office
    if office is not None and home is not None and office.level == "county" and home.level == "prefecture":
        return bureau_name(home, context.written)  # to a zone's branch "全市" is the city
    if office is None or home is None or office.level not in ("unit", "station"):
        return office.name if office else None
    bureau = bureau_name(home, context.written)
    shared = part("subject_shared_field").search(office.name, len(bureau)) is not None
    counted = any(m.alias and m.name == bureau and _is_counted_in(text, m) for m in mentions)
    return bureau if shared or counted else office.name


def _is_counted_in(text: Text, mention: BureauMention) -> bool:
    """Tell whether the sentence that names an agency tells a number too: 全市公安机关破案310起, but no plan."""
    sentence = text.sentence_at(mention.start)
    return NUMBER.search(text.view, mention.end, sentence.end) is not None


def _read(scene: Scene, clauses: Sequence[Span]) -> Iterator[Subject]:
    """Yield subjects in order; a ruling, which governs a few words only, comes last."""
    current: Subject | None = None
    inside: list[Subject] = []
    for clause in clauses:
        lead = part("subject_lead").match(scene.text.view, clause.start, clause.end)
        new = subject_in(scene, lead.end() if lead else clause.start, clause.end, current)
        inside.extend(rulings(scene, clause))
        if new is None:
            continue
        if current is not None:
            yield current.to(min(current.end, new.start))
        current = new.to(_reach(scene, new, clause))
    if current is not None:
        yield current
    yield from inside
    yield from _speeches(scene)


def _speeches(scene: Scene) -> Iterator[Subject]:
    """Yield what a quotation says for the agency of who is named behind it: “……。”某所所长甲乙说.

    The head of a unit may tell of the whole bureau's work, unless the words say 我们 or 大队.
    """
    view = scene.text.view
    for speech in _SPEECH.finditer(view, scene.paragraph.start, scene.paragraph.end):
        index = bisect_left(scene.starts, speech.end())
        mention = scene.mentions[index] if index < len(scene.mentions) else None
        if mention is None or mention.start != speech.end() or not cue("speaker-quoted").match(view, mention.end):
            continue
        of_all = any(not whole["we"] for whole in part("subject_whole").finditer(view, *speech.span(1)))
        own = mention.level in ("station", "county") or cue("speaker-own").search(view, *speech.span(1))
        if own and not of_all and mention.name not in scene.above:
            yield Subject(*speech.span(1), speech.end(), (mention.name,), "speech", mention.division)


def _heading(scene: Scene) -> Subject | None:
    """Return the agency that a heading names and nothing else, which governs its section: "二、鼓楼分局".

    A line of a roll names it behind its title: "★全国青年文明号 市公安局出入境管理支队".
    """
    last = bisect_left(scene.starts, scene.paragraph.end) - 1
    if last >= 0 and scene.mentions[last].start > scene.paragraph.start:
        honoured = scene.mentions[last]
        if honoured.end == scene.paragraph.end and scene.text.view[honoured.start - 1] == " ":
            return Subject(honoured.start, honoured.start, honoured.end, (honoured.name,), "section", honoured.division)
    lead = part("subject_lead").match(scene.text.view, scene.paragraph.start, scene.paragraph.end)
    at = lead.end() if lead else scene.paragraph.start
    index = bisect_left(scene.starts, at)
    if index == len(scene.mentions) or scene.mentions[index].start != at:
        return None
    mention = scene.mentions[index]
    if len(scene.text.view[mention.end : scene.paragraph.end].strip("”’)】:。 ")) > 0:
        return None
    return Subject(at, at, mention.end, (mention.name,), "section", mention.division)


def _floor(scene: Scene, mention: BureauMention) -> Subject:
    """Return the agency for which somebody speaks, until another takes the floor."""
    at = scene.paragraph.start
    return Subject(at, scene.paragraph.end, at, (mention.name,), "speaker", mention.division)


def _reach(scene: Scene, subject: Subject, clause: Span) -> int:
    """Return how far a subject governs: home to the end, an honoured one its clause, others their sentence."""
    if subject.names in (scene.own, (scene.whole,)):
        return scene.paragraph.end
    if part("subject_honoured").search(scene.text.view, subject.after, clause.end):
        return clause.end
    if subject.source == "nation" and NUMBER.search(scene.text.view, subject.after, clause.end):
        return scene.text.sentence_at(subject.start).end
    if subject.names[0] in scene.above:
        counted = subject.source == "whole" and NUMBER.search(scene.text.view, subject.after, clause.end)
        return scene.text.sentence_at(subject.start).end if counted else clause.end  # 我市接警900次,日均3次
    if subject.source == "agency" and subject.names == _over_home(scene):
        return scene.paragraph.end  # in a station's report: what its bureau did goes on
    sentence = scene.text.sentence_at(subject.start)
    before = scene.text.view[scene.paragraph.start : subject.start]
    leads = subject.source == "agency" and (len(before) <= 3 or cue("bureau-dated").fullmatch(before) is not None)
    if leads or subject.source == "whole":
        return scene.paragraph.end
    if (other := cue("bureau-other-squad").search(scene.text.view, subject.after, sentence.end)) and _is_squad(subject):
        return other.start()
    cues = ("bureau-story", "bureau-of-these") if subject.source == "agency" else ("bureau-of-these",)
    return _parted(scene, subject.after, _story_end(scene, sentence, cues))


def _over_home(scene: Scene) -> tuple[str, ...]:
    """Return the bureau of the place whose station reports, empty where no station does."""
    home, office = scene.context.home, scene.context.office
    if home is None or office is None or office.level != "station":
        return ()
    return (bureau_name(home, scene.context.written),)


def _story_end(scene: Scene, sentence: Span, cues: Sequence[str]) -> int:
    """Return where a story ends whose next sentence goes on with who did it: 某所接到报警。民警辗转五省,…."""
    end = sentence.end
    while end < scene.paragraph.end and any(cue(name).match(scene.text.view, end) for name in cues):
        following = scene.text.sentence_at(end).end
        if following <= end:
            break
        end = following
    return end


def _parted(scene: Scene, at: int, end: int) -> int:
    """Return where a semicolon parts what an agency did from what somebody else is said to have done."""
    while (stop := scene.text.view.find(";", at, end)) >= 0:
        if part("subject_goes_on").match(scene.text.view, stop + 1, end) is None:
            return stop
        at = stop + 1
    return end
