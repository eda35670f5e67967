"""Home: the place, and the agency, whose report an article is.

Enters: the text and the agencies it mentions. Leaves: the home division, and the home unit where a unit reports itself.
Agencies named after a place speak loudest, the title and the lead louder than the rest; "全市" and "全县" speak for a
place of their kind.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.facts.office import (
    MINISTRY_OFFICE,
    Context,
    Office,
    as_written,
    below,
    district_of,
    division_meant,
    fits,
    is_border,
    letter_of,
    office_of,
    relative_division,
    resolve_agency,
)
from kg.mentions.agency import Agency, find_agencies
from kg.patterns import compile_once
from kg.text import Text
from kg.values.place import (
    Division,
    chain,
    find_divisions,
    is_everyday_word,
    is_within,
    word_ending,
    word_starting,
)

_LEAD = 260
_PLACE_END = compile_once(
    r"[省市县区州盟旗]|日报|晚报|晨报|早报|都市报|新闻网|长安网|政法网|网消息|网讯|讯\(|融媒|在线|发布"
)
_WHOLE = re.compile(r"[全我本]([省市县区州盟旗师])")
# "居全市第一", "全省公安机关先进集体": among whom somebody stands out, not whose figures these are.
_AMONG = re.compile(
    r"[^,。;]{0,12}?(?:第[0-9一二三四五六七八九十]|首[个家位批例]|前[列茅三0-9]"
    r"|唯一|率先|领先|先进|优秀|示范|突出|十佳|殊荣|最)"
)
_STANDS = re.compile(r"[居列获为]$")
_SCANNED = 3000  # characters in which a bare place name is looked for where no agency tells the place
_PEACEFUL = re.compile("平安(?=[一-龥]{2})")
_BARE_AFTER = re.compile("[人籍路街站港湾大]")
_SIBLINGS = 3
# "邻市副市长来我市考察": whose guests they are, not who reports.
_VISITS = re.compile("[^,。;]{0,24}?(?:来|莅临|莅)我[省市县区州盟旗]")
_LETTERS = ("县", "旗", "区", "市", "州", "盟", "自治县", "自治州", "地区", "省", "自治区")
# "自公安部部署…以来", "公安部B级通缉令", "公安部副部长": the ministry orders, it does not report.
_ORDERS = re.compile(r"[^,。;]{0,10}?(?:[A-E]级|督[办捕]|部署|挂牌|命名|授予|表彰|批示|签发)|副?部长")
_SERVICES = ("公安交", "公安刑", "公安经", "公安禁", "公安治", "公安网", "公安出")
_ALL_CHINA = re.compile("全国(?!人大|两会|政协|第)|我国|各地公安")
_POLICE = re.compile("公安机关|公安民警|人民警察|民警")
_NATIONAL = re.compile(r"全国公安(?:机关)?(?![\u4e00-\u9fff]{0,14}(?:先进|称号|模范|英雄|单位|集体|大赛|比武|会议))")


@dataclass(slots=True)
class _Votes:
    weights: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    known: dict[str, Division] = field(default_factory=dict)
    policed: set[str] = field(default_factory=set)
    outlets: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, divisions: Sequence[Division], weight: float, outlet: bool = False) -> None:
        for division in divisions:
            self.known[division.code] = division
            self.weights[division.code] += weight / len(divisions)
            if outlet:
                self.outlets[division.code] += weight / len(divisions)


def _named_places(view: str) -> Iterator[tuple[int, str, float]]:
    """Yield where full names of places and names of local outlets stand, and their weight."""
    for found in _PLACE_END.finditer(view):
        whole = len(found[0]) == 1
        word = word_ending(view, found.end() if whole else found.start())
        if not word or (whole and len(word) <= 2) or is_everyday_word(word):
            continue
        first = found.end() - len(word) if whole else found.start() - len(word)
        if view[first - 1 : first] != "被" and not _VISITS.match(view, found.end()):
            yield found.start(), word, 1.0 if whole else 2.0


def _spoken_for(agency: Agency) -> tuple[Division, ...]:
    """Return the divisions whose own agency a mention is, or is part of: a district where it names the branch."""
    district = district_of(agency, agency.divisions[0]) if len(agency.divisions) == 1 else None
    return (district,) if district else agency.divisions


def _vote_of_places(votes: _Votes, view: str, agencies: Sequence[Agency], year: int | None, factor: float) -> None:
    """Count the places named outside agencies' names."""
    starts = [agency.start for agency in agencies]
    for at, word, weight in _named_places(view):
        index = bisect_right(starts, at) - 1
        if index < 0 or at >= agencies[index].end:
            told = weight * factor * (2 if at < _LEAD else 1)
            votes.add(find_divisions(word, year=year), told, outlet=weight > 1)


def _vote_of_agencies(votes: _Votes, agencies: Sequence[Agency]) -> None:
    for agency in agencies:
        if not agency.divisions or agency.doubtful:
            continue
        divisions = _spoken_for(agency)
        own = len(agency.below) == (0 if divisions == agency.divisions else 1)
        leading = agency.start < _LEAD
        weight = (3.0 if own or leading else 1.0) * (2 if leading else 1)
        votes.add(divisions, weight + (0 if votes.policed else 2))
        if len(divisions) == 1:
            votes.policed.add(divisions[0].code)


def _first_line(text: Text) -> str:
    """Return the first line where it can be a title, else nothing."""
    first = text.paragraphs[0] if text.paragraphs else None
    return text.view[first.start : first.end] if first and first.heading and len(text.paragraphs) > 1 else ""


def _vote_of_title(votes: _Votes, title: str, year: int | None) -> None:
    agencies = find_agencies(title, year=year)
    for agency in agencies:
        votes.add(_spoken_for(agency), 5)
    _vote_of_places(votes, title, agencies, year, 2.5)
    first = word_starting(title, 0)
    if first and not agencies and not is_everyday_word(first):
        votes.add(find_divisions(first, year=year), 3)


def find_home(text: Text, agencies: Sequence[Agency], year: int | None) -> Division | None:
    """Return the place whose bureau reports, None where none stands out or the ministry reports.

    >>> from kg.text import text_of
    >>> text = text_of("临海警方破案12起。全市公安机关将继续努力。")
    >>> find_home(text, find_agencies(text.view), None).name
    '临海市'
    """
    view = text.view
    if _is_of_a_line(agencies):
        return None
    votes = _Votes()
    _vote_of_agencies(votes, agencies)
    _vote_of_places(votes, view, agencies, year, 1)
    _vote_of_title(votes, text.title or _first_line(text), year)
    for _, word, _ in _named_places(text.outlet or ""):
        votes.add(find_divisions(word, year=year), 2, outlet=True)
    _drop_shadowed(votes, view)
    relative: dict[str, int] = defaultdict(int)
    for agency in agencies:
        if agency.qualifier and not agency.divisions:
            relative[letter_of(agency.qualifier)] += 1
    for found in _WHOLE.finditer(view):
        relative[found[1]] += 1
    _drop_outlets(votes, relative)
    provincial = sum(1 for a in agencies if a.head == "alias" and a.qualifier in ("全省", "全区", "全自治区"))
    scores = {code: _score(votes, code, relative, provincial) for code in votes.known}
    best = max(scores, key=lambda code: (scores[code], code), default=None)
    ministry = _ministry_score(votes, [a for a in agencies if not _orders(a, view)], view)
    if ministry >= 6 and (best is None or ministry > scores[best]):
        return None
    if best is None or scores[best] <= 0:
        return _bare_home(text, relative, year)
    return _widened(votes.known[best], agencies, text)


def _is_of_a_line(agencies: Sequence[Agency]) -> bool:
    """Tell whether a service of the whole country reports: it leads, comes again, and all else named is of its own."""
    if len(agencies) < 2 or agencies[0].head != "line" or agencies[1].head != "line":
        return False
    own = agencies[0].written[:2]
    return all(agency.head in ("line", "ministry") or agency.written.startswith(own) for agency in agencies)


def _bare_home(text: Text, relative: Mapping[str, int], year: int | None) -> Division | None:
    """Return the place that the words name most, where "全市" or "市公安局" speaks of one that no agency names."""
    letters = [letter for letter in _LETTERS if relative.get(letter, 0) >= 2]
    letters.sort(key=lambda letter: -relative[letter] if letter not in ("省", "自治区") else 0)
    named = next((found for letter in letters if (found := _most_named(text, letter, year))), None)
    return named or _peaceful_home(text, relative, year)


def _peaceful_home(text: Text, relative: Mapping[str, int], year: int | None) -> Division | None:
    """Return the one place that the words "平安……" name, where "全市", "全县" speak of a place of its kind."""
    found: dict[str, Division] = {}
    for match in _PEACEFUL.finditer(text.view):
        word = word_starting(text.view, match.end())
        if word is None or is_everyday_word(word):
            continue
        for division in find_divisions(word, year=year):
            if any(fits(division, letter) for letter in relative):
                found[division.code] = division
    return next(iter(found.values())) if len(found) == 1 else None


def _most_named(text: Text, letter: str, year: int | None) -> Division | None:
    """Return the place of a kind that title and text name most, else the page around: None where several are even."""
    title = text.article.title or _first_line(text)
    around = text.article.text
    for lines in (((title, 2), (text.view[:_SCANNED], 1)), ((around[:_SCANNED], 1), (around[-_SCANNED // 2 :], 1))):
        counts: dict[str, int] = defaultdict(int)
        known: dict[str, Division] = {}
        for line, weight in lines:
            for division in _bare_places(line, year):
                if fits(division, letter):
                    known[division.code] = division
                    counts[division.code] += weight
        best = max(counts, key=lambda code: (counts[code], code), default=None)
        if best is not None:
            return known[best] if list(counts.values()).count(counts[best]) == 1 else None
    return None


def _bare_places(line: str, year: int | None) -> Iterator[Division]:
    """Yield every division that a word of a line can mean, with or without its ending."""
    at = 0
    while at < len(line):
        word = word_starting(line, at)
        if word is None or is_everyday_word(word) or _BARE_AFTER.match(line, at + len(word)):
            at += 1
            continue
        at += len(word)
        yield from find_divisions(word, year=year)


def _widened(home: Division, agencies: Sequence[Agency], text: Text) -> Division:
    """Return the division above where the article is its report: it speaks first, and of "全市" more than of its part.

    "延安市…宝塔分局…子长县公安局…全市" is the city's own report, whichever of its parts is named most.
    """
    context = Context(home, None, {}, None)
    weights = _named_in_lead(text, agencies, chain(home))
    leading = dict(weights)
    named: list[tuple[int, Division]] = []
    for agency in agencies:
        division = None if agency.below or agency.head == "ministry" else division_meant(agency, context, None)
        if division is not None:
            weights[division.code] += not agency.qualifier.startswith("全")
            named.append((agency.start, division))
    if not named:
        return home
    by_name = [agency for agency in agencies if agency.divisions]
    late = not leading.get(home.code) and all(a.start >= _LEAD for a in by_name if home in a.divisions)
    for above in chain(home)[1:]:
        several = len({d.code for a in by_name for d in a.divisions if is_within(d, above)}) > 1
        if late and above.level != "province" and leading.get(above.code) and several:
            return above  # the lead names the city alone, further down its parts are named
    wholes: dict[str, int] = defaultdict(int)
    first = named[0]
    for at, division in _wholes(text.view, home):
        wholes[division.code] += 1
        first = min(first, (at, division), key=lambda entry: entry[0])
    if first[1].code == home.code:
        return home
    own = weights[home.code] + wholes[home.code]
    for above in reversed(chain(home)[1:]):
        parts = [part.code for _, division in named if (part := _part_of(division, above)) is not None]
        mine = _part_of(home, above)
        shared = len(set(parts)) >= _SIBLINGS and mine is not None and 2 * parts.count(mine.code) <= len(parts)
        if first[1].code == above.code and shared:
            return above
        spoken = wholes[above.code] + weights[above.code]
        if wholes[above.code] >= 2 and spoken > own:
            return above
        opening = division_meant(agencies[0], context, None)
        leads = opening == above == first[1] and wholes[above.code] >= 2 and weights[above.code] > 0
        if leads and not wholes[home.code] and 2 * spoken > own:
            return above
    return home


def _part_of(division: Division, above: Division) -> Division | None:
    """Return the division right below another that holds a division: the prefecture of a province."""
    line = chain(division)
    return next((d for d, outer in pairwise(line) if outer.code == above.code), None)


def _named_in_lead(text: Text, agencies: Sequence[Agency], divisions: Sequence[Division]) -> dict[str, int]:
    """Return how often title and lead name each division outside the names of agencies."""
    lead = list(text.view[:_LEAD])
    for agency in agencies:
        lead[agency.start : agency.end] = "#" * (min(len(lead), agency.end) - min(len(lead), agency.start))
    words = "".join(lead)
    return defaultdict(int, {d.code: words.count(d.short) for d in divisions})


def _wholes(view: str, home: Division) -> Iterator[tuple[int, Division]]:
    """Yield where "全市", "我省" speak of a division, not of those among whom somebody stands out."""
    meant: dict[str, Division | None] = {}
    for found in _WHOLE.finditer(view):
        if _AMONG.match(view, found.end()) or _STANDS.search(view, max(0, found.start() - 1), found.start()):
            continue
        if found[1] not in meant:
            meant[found[1]] = relative_division(found[1], home, None)
        division = meant[found[1]]
        if division is not None:
            yield found.start(), division


def _orders(agency: Agency, view: str) -> bool:
    return agency.head == "ministry" and not agency.below and _ORDERS.match(view, agency.end) is not None


def _ministry_score(votes: _Votes, agencies: Sequence[Agency], view: str) -> float:
    score = 3.0 * len(_NATIONAL.findall(view))
    score += sum(3 if a.start < _LEAD else 1 for a in agencies if a.head == "ministry")
    if agencies and agencies[0].head == "ministry":
        score += 3
    return score + (4 if len({code[:2] for code in votes.policed}) > 1 else 0)


def _drop_shadowed(votes: _Votes, view: str) -> None:
    """Take the votes of places that are never named in full where a namesake is: 大理市, 大理白族自治州."""
    written = {d.short for d in votes.known.values() if d.name in view}
    for code, division in votes.known.items():
        if division.short in written and division.name not in view:
            votes.weights[code] = 0.0


def _drop_outlets(votes: _Votes, relative: Mapping[str, int]) -> None:
    """Take the votes of a province that only outlets are named after, where the words name a part of it."""
    if relative.get("省") or relative.get("自治区"):
        return
    for code, told in votes.outlets.items():
        outer = votes.known[code]
        inner = (c for c in votes.known if c != code and votes.weights[c] > votes.outlets.get(c, 0.0))
        alone = outer.level == "province" and votes.weights[code] <= told
        if alone and any(is_within(votes.known[c], outer) for c in inner):
            votes.weights[code] = 0.0


def _score(votes: _Votes, code: str, relative: dict[str, int], provincial: int) -> float:
    division = votes.known[code]
    score = votes.weights[code]
    score += sum(0.5 * n for letter, n in relative.items() if letter not in ("省", "自治区") and fits(division, letter))
    if division.level == "province":
        score += provincial
    score += 0.1 * sum(votes.weights.get(above.code, 0.0) for above in chain(division)[1:])
    return score + sum(1.0 for inner in votes.policed if inner != code and is_within(votes.known[inner], division))


def find_home_unit(agencies: Sequence[Agency], context: Context) -> Office | None:
    """Return the unit or station whose own report an article is: it leads, and its bureau has no part besides.

    >>> view = "营口市公安局交警支队通报情况。支队连续两年获评优秀,支队民警立功。"
    >>> find_home_unit(find_agencies(view), Context(find_divisions("营口")[0], None, {}, None)).name
    '营口市公安局交警支队'
    """
    services = [agency for agency in agencies if agency.head == "service"]
    agencies = [agency for agency in agencies if agency.head != "service"]
    first = next((a for a in agencies if a.start < _LEAD and _may_report(a)), None)
    if context.home is None:
        return None
    if first is None and (service := _home_service(services, agencies, context)):
        return service
    if not agencies:
        return None
    if agencies[0].rule == "bureau-station" and agencies[0].head == "none":
        return _home_station(agencies, context)
    if first is None:
        return None
    special = first.written.startswith(("铁", "森林")) or is_border(first)
    if first.head == "branch" and (not first.divisions or first.written != first.qualifier):
        return _home_branch(first, agencies, context)
    if (not first.below and not special) or (first.below and first.below[-1].endswith("中心")):
        return None
    division = division_meant(first, context, None)
    if division is None:
        return None
    through_branch = len(first.below) > 1 and is_within(context.home, division)
    if not (is_within(division, context.home) or special or through_branch):
        return None
    if special:
        return resolve_agency(first, context, None, ())
    own = sum(1 for a in agencies if _is_own(a, division, context))
    office = below(office_of(division, context.written), first.below)
    again = sum(1 for a in agencies if a.head == "anaphor" and office.name.endswith(a.written.removeprefix("该")))
    again += sum(1 for a in agencies if a.head == "none" and a.below == first.below[-1:])
    again += sum(1 for a in agencies if a.below == first.below)
    again += sum(1 for a in services if a.divisions == first.divisions and a.written[:2] in office.name)
    others = {a.below or a.qualifier for a in agencies if a.divisions and a.below != first.below}
    if again < 2 and len(others) >= _SIBLINGS:
        return None  # the first of a roll of agencies, named once as each of them
    return as_written(office, context.written) if 2 * own < again else None


def _home_service(services: Sequence[Agency], others: Sequence[Agency], context: Context) -> Office | None:
    """Return the unit of the service that reports under its short name alone and more than its bureau: "沂源交警"."""
    assert context.home is not None
    if not services or services[0].start >= _LEAD:
        return None
    same = sum(1 for a in services if (a.divisions, a.written) == (services[0].divisions, services[0].written))
    own = sum(1 for a in others if _is_own(a, context.home, context))
    return resolve_agency(services[0], context, None, ()) if same > max(1, own) else None


def _may_report(agency: Agency) -> bool:
    """Tell whether a mention can be who reports: not "全省公安交警系统", nor "常德公安交警" for a unit named so."""
    whole = agency.head == "alias" and (agency.qualifier.startswith("全") or agency.written.startswith(_SERVICES))
    return not whole and bool(agency.qualifier or agency.head == "branch")


def _home_station(agencies: Sequence[Agency], context: Context) -> Office | None:
    """Return the station that an article sets out with and speaks of more than of its bureau: "郢中派出所举行…"."""
    assert context.home is not None
    first = agencies[0]
    again = sum(1 for a in agencies if a.below[-1:] == first.below)
    own = sum(1 for a in agencies if _is_own(a, context.home, context))
    if first.start >= _LEAD or again <= max(1, own):
        return None
    return below(office_of(context.home, context.written), first.below)


def find_lone_station(agencies: Sequence[Agency]) -> Office | None:
    """Return the station that an article speaks of where nothing tells its place, None where several are named.

    >>> view = "皇甫渡派出所守护8个村寨。皇甫渡派出所化解纠纷40起。"
    >>> find_lone_station(find_agencies(view)).name
    '皇甫渡派出所'
    """
    names = {agency.below for agency in agencies if agency.head == "none" and agency.below[-1].endswith("派出所")}
    return Office(names.pop()[-1], "station", None, None) if len(names) == 1 else None


def _home_branch(first: Agency, agencies: Sequence[Agency], context: Context) -> Office | None:
    """Return the branch of a zone or town that reports itself: "东侨公安分局" of 宁德."""
    assert context.home is not None
    again = sum(1 for a in agencies if a.head == "branch" and a.written == first.written)
    again += sum(1 for a in agencies if a.head == "anaphor" and a.written.endswith("分局"))
    own = sum(1 for a in agencies if _is_own(a, context.home, context))
    return resolve_agency(first, context, None, ()) if again > max(1, own) else None


def find_national_office(text: Text, agencies: Sequence[Agency]) -> Office | None:
    """Return who reports an article of the whole country: the ministry, its bureau or a service of its own, or None.

    >>> from kg.text import text_of
    >>> text = text_of("一年来,公安机关破获电信网络诈骗案件9万起,全国每天有3万警力巡逻。")
    >>> find_national_office(text, find_agencies(text.view)).name
    '公安部'
    """
    nowhere = Context(None, None, {}, None)
    if unit := find_ministry_unit(agencies):
        return unit
    if any(agency.head == "ministry" and not _orders(agency, text.view) for agency in agencies):
        return MINISTRY_OFFICE
    lines = [office for a in agencies if a.head == "line" and (office := resolve_agency(a, nowhere, None, ()))]
    if lines:
        return max(lines, key=lambda office: (lines.count(office), -len(office.name)))
    local = _WHOLE.search(text.view) or any(a.qualifier not in ("", "全国") and not a.divisions for a in agencies)
    return MINISTRY_OFFICE if not local and _ALL_CHINA.search(text.view) and _POLICE.search(text.view) else None


def find_ministry_unit(agencies: Sequence[Agency]) -> Office | None:
    """Return the bureau of the ministry that leads and is named more than the ministry itself.

    >>> find_ministry_unit(find_agencies("公安部铁路公安局通报,铁路公安局破案900起。")).name
    '公安部铁路公安局'
    """
    first = agencies[0] if agencies else None
    if first is None or first.head != "ministry" or not first.below or first.start >= _LEAD:
        return None
    plain = sum(1 for a in agencies if a.head == "ministry" and not a.below)
    if plain >= sum(1 for a in agencies if a.head == "ministry" and a.below == first.below):
        return None
    return resolve_agency(first, Context(None, None, {}, None), None, ())


def _is_own(agency: Agency, division: Division, context: Context) -> bool:
    return (
        not agency.below
        and not agency.written.startswith(_SERVICES)
        and agency.rule != "bureau-short"
        and agency.head in ("alias", "bureau")
        and division_meant(agency, context, None) == division
    )
