"""Teams: squads, posts and case teams by their own names, of the agency that the words before speak of."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.facts.cue import cue
from kg.facts.honor.agency import Agencies
from kg.facts.honor.holder import Holder
from kg.facts.honor.pattern import honor_part
from kg.facts.honor.unit import read_city
from kg.facts.office.below import in_full
from kg.facts.office.relative import letter_of, relative_division

_GIVES = ("被", "由", "经", "获")  # before who gives an award or supervises a case
_APART = re.compile("[,;:。!?]")
_OURS = frozenset({"我省", "我市", "我县", "我区", "我州", "我盟", "我旗"})
_REACH = 40  # characters of the name of an agency
_RANKS = {"总队": 5, "支队": 4, "大队": 3, "中队": 2, "派出所": 2}


def read_squad(agencies: Agencies, start: int, end: int) -> Holder | None:
    """Return who sent a team to a contest: "滨海代表队" goes by its place, "代表队" is the subject's."""
    match = honor_part("squad").fullmatch(agencies.view, start, end)
    home, _ = agencies.bureaus.subject_at(start, end)
    if match is None or home is None:
        return None
    if not match["whose"]:
        return Holder(f"{home}代表队", "unit", home, start, end)
    here = agencies.bureaus.home.division if agencies.bureaus.home else None
    division = relative_division(letter_of(match["whose"]), here, None) if match["whose"] in _OURS else None
    if division is not None:
        return Holder(f"{division.name}代表队", "unit", home, start, end)
    sent = read_city(agencies, start, match.end("whose"))
    team = agencies.view[start:end]
    return Holder(team, "unit", sent.bureau, start, end) if sent and sent.bureau else None


def read_troop(agencies: Agencies, start: int, end: int) -> Holder | None:
    """Return a unit that no agency stands before: 海东青骑警队."""
    match = honor_part("station").fullmatch(agencies.view, start, end) or honor_part("troop").search(
        agencies.view, start, end
    )
    home, _ = agencies.bureaus.subject_at(start, end)
    if match is None or home is None or agencies.mentions_in(start, end) or cue("honor-this-team").match(match[0]):
        return None
    if match.groupdict().get("whole") and _rank(home) < _RANKS["支队"] and agencies.bureaus.home is not None:
        home = agencies.bureaus.home.name  # no brigade has a detention house
    if match.groupdict().get("branch") and agencies.bureaus.home is not None:
        branch = agencies.bureaus.home.name + match["branch"]
        return Holder(branch + match[0].removeprefix(match["branch"]), "unit", branch, start, end)
    name = match[0].rpartition("的")[2]
    if home.endswith((name, in_full(name))):
        return replace(agencies.by_name(home, end), start=end - len(name), end=end)  # the unit that is spoken of
    return Holder(home + name, "unit", home, end - len(name), end)


def read_team(agencies: Agencies, start: int, end: int) -> Holder | None:
    """Return a team by its own name, of the agency spoken of before it: "交警支队……,柳湖大队……", "“302”专案组"."""
    match = honor_part("team").fullmatch(agencies.view, start, end)
    if match is None or honor_part("outside").search(agencies.view, start, end):
        return None
    if match["deictic"]:
        return _named_before(agencies, match["name"], match.start("name"), end)
    of_place = agencies.bureaus.resolve(f"{match['place']}警方", start) if match["place"] else None
    bureau = of_place or _superior(agencies, start, match["suffix"])
    if bureau is None or agencies.mentions_in(start, end):
        return None
    name = honor_part("marks").sub("", match["name"])
    if name == "专案组" and (codes := cue("honor-case-code").findall(agencies.view, 0, start)):
        name = f"{codes[-1]}{name}"  # of the case spoken of
    whole = name if match["suffix"] == "专案组" else bureau + name
    return Holder(whole, "unit", bureau, match.start("name"), end, "holder-team")


def _named_before(agencies: Agencies, name: str, start: int, end: int) -> Holder | None:
    """Return the team that "这支巡逻队" means: the same words after an agency further up."""
    at = _behind_agency(agencies, name, start)
    line = agencies.view.rfind("\n", 0, max(0, at)) + 1
    if name == "专案组" and (own := cue("honor-case-team").search(agencies.view, line, max(0, at))):
        of_place = agencies.bureaus.resolve(f"{own['place']}警方", start) if own["place"] else None
        home = of_place or agencies.bureaus.subject_at(start, end)[0]
        if home is not None:
            whole = f"{own['place'] or ''}{own['code']}{name}"
            return Holder(whole, "unit", home, start, end, "holder-team")
    named = next((m for m in agencies.mentions_in(line, at + len(name)) if m.end == at + len(name)), None)
    if named is not None and named.parent and at >= 0:
        return Holder(named.name, "unit", named.parent, start, end, "holder-team")
    mentions = agencies.mentions_in(max(line, at - 40), at) if at >= 0 else ()
    if not mentions or _APART.search(agencies.view, mentions[-1].end, at):
        home, _ = agencies.bureaus.subject_at(start, end)
        return Holder(name, "unit", home, start, end, "holder-team") if name == "专案组" and home else None
    whole = mentions[-1].name + honor_part("marks").sub("", agencies.view[mentions[-1].end : at + len(name)])
    return Holder(whole, "unit", mentions[-1].name, start, end, "holder-team")


def _behind_agency(agencies: Agencies, name: str, end: int) -> int:
    """Return where a name stands right behind an agency, else where it stands first; -1 where nowhere."""
    first = at = agencies.view.find(name, 0, end)
    while at >= 0:
        if any(mention.end == at for mention in agencies.mentions_in(max(0, at - _REACH), at)):
            return at
        at = agencies.view.find(name, at + 1, end)
    return first


def _superior(agencies: Agencies, start: int, suffix: str) -> str | None:
    """Return the nearest agency in the sentence that a team can belong to, else whose work is spoken of."""
    sentence = agencies.text.sentence_at(start)
    for mention in reversed(agencies.mentions_in(sentence.start, start)):
        gives = agencies.view[mention.start - 1 : mention.start] in _GIVES
        if mention.name != "公安部" and not gives and _rank(mention.name) > _RANKS.get(suffix, 1):
            return mention.name
    name, _ = agencies.bureaus.subject_at(start, start + 1)
    return name


def _rank(name: str) -> int:
    return next((rank for ending, rank in _RANKS.items() if name.endswith(ending)), 6)
