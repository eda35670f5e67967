"""Bureaus: mentions of agencies to their full names, the home bureau, and whose work a number is about.

Enters: a ``Text``. Leaves: a ``BureauView``, which other facts ask, and the Bureau facts themselves. Names resolve
through the gazetteer and the article's own words, never through a list of bureaus.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from kg.facts.model import Bureau, Derivation, Evidence
from kg.mentions.agency import Agency, find_agencies
from kg.mentions.rule import load_rules
from kg.text import Paragraph, Text
from kg.values.place import (
    CORPS,
    Division,
    chain,
    choose,
    find_divisions,
    is_city_province,
    is_everyday_word,
    is_within,
    parent_of,
    word_ending,
    word_starting,
)

MINISTRY = "公安部"


@dataclass(frozen=True, slots=True)
class Office:
    """An agency as the contract names it. ``division`` is the place it answers for, None for the ministry."""

    name: str
    level: str
    place: str | None
    parent: str | None
    division: Division | None = None


@dataclass(frozen=True, slots=True)
class BureauMention:
    """A stretch ``start`` to ``end`` of the view that means an agency.

    ``alias`` where the words are another name than the official one, ``inner`` where another mention's words are
    counted already ("无棣" of "无棣、滨城警方" shares its end with the next).
    """

    start: int
    end: int
    name: str
    level: str
    place: str | None
    parent: str | None
    rule: str
    alias: bool = False
    division: Division | None = None


# --- names -----------------------------------------------------------------------------------------------------------


def bureau_name(division: Division, written: Mapping[str, str] | None = None) -> str:
    """Return the full name of a division's public-security agency.

    A district's is a branch of the city's; ``written`` holds, by code, the form that an article itself uses.

    >>> [bureau_name(find_divisions(word)[0]) for word in ("山东", "滨州", "无棣", "滨城", "北京", "海淀区")]
    ['山东省公安厅', '滨州市公安局', '无棣县公安局', '滨州市公安局滨城分局', '北京市公安局', '北京市公安局海淀分局']
    """
    if division.level == "province":
        return division.name + ("公安局" if is_city_province(division) or division.code == CORPS else "公安厅")
    if written and division.code in written:
        return written[division.code]
    above = parent_of(division)
    if division.level == "county" and division.name.endswith("区") and above and above.name.endswith("市"):
        return f"{bureau_name(above)}{division.short}分局"
    return f"{division.name}公安局"


def office_of(division: Division, written: Mapping[str, str] | None = None) -> Office:
    """Return the agency of a division.

    >>> office_of(find_divisions("无棣")[0]).parent
    '滨州市公安局'
    """
    above = parent_of(division)
    if division.code.startswith("6590"):  # the Corps' cities: the standard puts them under the region
        corps = find_divisions("新疆生产建设兵团")
        above = corps[0] if corps else above
    parent = bureau_name(above, written) if above else MINISTRY
    return Office(bureau_name(division, written), division.level, division.name, parent, division)


_MINISTRY_OFFICE = Office(MINISTRY, "ministry", "中国", None)
_STATION = re.compile(r"(?:派出所|警务站)$")
_BRANCH = re.compile(r"(?:公安)?分局$")


def _below(office: Office, names: Sequence[str], whole: bool = False) -> Office:
    """Return the agency that a chain of names below an office leads to."""
    for name in names:
        name = re.sub(r"^(?:党委|机关)", "", name)
        if _BRANCH.search(name):
            office = _branch_of(office, _BRANCH.sub("", name))
            continue
        level = "station" if _STATION.search(name) else "unit"
        prefix = office.division.name if name.startswith("公安司法") and office.division else office.name
        office = Office(prefix + name, level, office.place, office.name, office.division)
    return office


def _branch_of(office: Office, zone: str) -> Office:
    """Return the branch of an office for a district or zone, as written."""
    division, place = office.division, office.place
    if division is not None and division.level != "county":
        inside = [d for d in find_divisions(zone) if d.parent == division.code]
        if inside:
            division, place = inside[0], inside[0].name
    return Office(f"{office.name}{zone}分局", "county", place, office.name, division)


# --- home ------------------------------------------------------------------------------------------------------------

_OUTLET = re.compile(r"日报|晚报|晨报|早报|都市报|时报|新闻网|长安网|政法网|网讯|电视台|广播|融媒|人民政府|讯(?=[(::])")
_LETTERS = {"省": "province", "市": "市", "县": "县", "区": "区", "州": "州", "盟": "盟", "旗": "旗", "师": "师"}


def _letter(word: str) -> str:
    """Return the kind of division that a relative word names: "全市" and "市" both 市."""
    for long in ("自治区", "自治州", "自治县", "兵团", "地区", "行署"):
        if word.endswith(long):
            return long
    return word[-1:] if word else ""


def _fits(division: Division, letter: str) -> bool:
    """Tell whether "全市", "省公安厅" and the like can mean a division."""
    name, level = division.name, division.level
    if letter == "省":
        return level == "province" and name.endswith("省")
    if letter == "自治区":
        return level == "province" and name.endswith("自治区")
    if letter == "区":
        return (level == "county" and name.endswith("区")) or (level == "province" and name.endswith("自治区"))
    if letter in ("州", "自治州"):
        return name.endswith("自治州")
    if letter in ("县", "自治县"):
        return level == "county" and name.endswith("县")
    if letter in ("地区", "行署"):
        return level == "prefecture" and name.endswith("地区")
    if letter == "兵团":
        return division.code == CORPS
    return bool(letter) and name.endswith(letter)


def _year(text: Text) -> int | None:
    return text.article.published.year if text.article.published else None


def _place_weights(view: str, agencies: Sequence[Agency], lead: int) -> tuple[Counter[str], dict[str, Division]]:
    """Return how strongly the agencies of a view speak for each division they name."""
    weights: Counter[str] = Counter()
    known: dict[str, Division] = {}
    for agency in agencies:
        for division in agency.divisions:
            known[division.code] = division
            weight = 1.0 if agency.below or agency.head == "branch" else 3.0
            if agency.doubtful:
                weight = 0.5
            if agency.start < lead:
                weight *= 2
            weights[division.code] += weight / len(agency.divisions)  # type: ignore[assignment]
    return weights, known


_PLACE_END = re.compile(r"[省市县区州盟旗]|日报|晚报|晨报|早报|都市报|新闻网|长安网|政法网|讯\(|融媒|在线|发布")


def _named_places(view: str, year: int | None) -> Iterator[tuple[int, str, float]]:
    """Yield where full names of places and names of local outlets stand, and their weight."""
    for found in _PLACE_END.finditer(view):
        whole = len(found[0]) == 1
        word = word_ending(view, found.end() if whole else found.start())
        if word and (not whole or len(word) > 2) and not is_everyday_word(word):
            yield found.start(), word, 1.0 if whole else 2.0


def _find_home(text: Text, agencies: Sequence[Agency], year: int | None) -> Division | None:
    view = text.view
    lead = _lead_end(text)
    weights, known = _place_weights(view, agencies, lead)
    for at, word, weight in _named_places(view, year):
        options = find_divisions(word, year=year)
        for division in options:
            known[division.code] = division
            weights[division.code] += weight * (2 if at < lead else 1) / len(options)  # type: ignore[assignment]
    for word in (text.article.title, text.article.outlet):
        for at, found, _ in _named_places(word or "", year):
            for division in find_divisions(found, year=year):
                known[division.code] = division
                weights[division.code] += 2
    relative = Counter(_letter(a.qualifier) for a in agencies if a.qualifier and not a.divisions and not a.below)
    relative.update(found[1] for found in re.finditer("[全我本]([市县区州盟旗省])", view))
    national = sum(view.count(word) for word in ("全国公安机关", "全国公安"))
    best: tuple[float, str] | None = None
    for code, division in known.items():
        score = float(weights[code])
        for letter, count in relative.items():
            if letter not in ("省", "自治区") and _fits(division, letter):
                score += 0.5 * count
        score += 0.2 * sum(float(weights[d.code]) for d in chain(division)[1:])
        if best is None or (score, code) > best:
            best = (score, code)
    if best is None or (national >= 3 and best[0] < 2 * national):
        return None
    return known[best[1]]


def _lead_end(text: Text) -> int:
    """Return where title and lead end: the first two hundred characters and the first long paragraph."""
    return min(len(text.view), 260)


# --- resolution ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Context:
    home: Division | None
    home_office: Office | None
    written: Mapping[str, str]
    year: int | None


def _written_names(agencies: Sequence[Agency], home: Division | None) -> dict[str, str]:
    """Return by code the names of district agencies as an article writes them in full."""
    written: dict[str, str] = {}
    for agency in agencies:
        if agency.head == "bureau" and agency.divisions and agency.written == "公安局":
            division = choose(agency.divisions, home)
            if division and division.name.endswith("区") and division.level == "county":
                written.setdefault(division.code, f"{division.name}公安局")
        names = [agency.written] if agency.head == "branch" and agency.divisions else []
        division = choose(agency.divisions, home) if agency.divisions else None
        if names and division and division.level == "county" and agency.written == agency.qualifier:
            above = parent_of(division)
            if above:
                written.setdefault(division.code, f"{bureau_name(above)}{names[0]}分局")
        elif division and division.level != "county" and agency.below and _BRANCH.search(agency.below[0]):
            zone = _BRANCH.sub("", agency.below[0])
            for inner in find_divisions(zone):
                if inner.parent == division.code:
                    written.setdefault(inner.code, f"{bureau_name(division)}{zone}分局")
    return written


def _relative_division(letter: str, home: Division | None, near: Division | None) -> Division | None:
    """Return the division that "市" or "全县" means: home or above it, else the place last spoken of."""
    for base in (home, near):
        if base is not None:
            for division in chain(base):
                if _fits(division, letter):
                    return division
    return None


def _division_of(agency: Agency, context: _Context, near: Division | None) -> Division | None:
    if agency.divisions:
        return choose(agency.divisions, context.home)
    letter = _letter(agency.qualifier)
    if letter == "区" and agency.written.endswith("厅"):
        letter = "自治区"
    return _relative_division(letter, context.home, near)


def _office(agency: Agency, context: _Context, near: Division | None, last: Office | None) -> Office | None:
    """Return the agency that a mention means in an article, None where the words leave it open."""
    if agency.head == "ministry":
        return _below(_MINISTRY_OFFICE, agency.below)
    if agency.head == "anaphor":
        return _anaphor(agency, context, last)
    if agency.head == "none":
        base = context.home_office
        if base and base.level in ("station", "unit") and agency.rule == "bureau-station":
            base = office_of(base.division, context.written) if base.division else base
        return _below(base, agency.below) if base else None
    if agency.head == "branch":
        return _branch_office(agency, context, near)
    division = _division_of(agency, context, near)
    if division is None:
        return None
    if agency.qualifier.startswith("全") and agency.head == "alias":
        if context.home and division.code != context.home.code and is_within(context.home, division):
            return None
    if agency.doubtful and (context.home is None or not is_within(division, chain(context.home)[-1])):
        return None
    return _below(office_of(division, context.written), agency.below)


def _branch_office(agency: Agency, context: _Context, near: Division | None) -> Office | None:
    if agency.divisions and agency.written == agency.qualifier:
        division = choose(agency.divisions, context.home)
        if division is None:
            return None
        return _below(office_of(division, context.written), agency.below)
    if agency.divisions:
        division = choose(agency.divisions, context.home)
    else:
        division = context.home
        if division is not None and division.level == "county" and division.name.endswith("区"):
            division = parent_of(division)
    if division is None:
        return None
    return _below(_branch_of(office_of(division, context.written), agency.written), agency.below)


def _anaphor(agency: Agency, context: _Context, last: Office | None) -> Office | None:
    word = agency.written
    for office in (context.home_office, last):
        if office is None:
            continue
        if word.startswith("该") or office.name.endswith(word):
            return _below(office, agency.below)
    return None


# --- the view --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Subject:
    start: int
    end: int
    names: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class BureauView:
    """What an article's words say about agencies."""

    text: Text
    mentions: tuple[BureauMention, ...]
    home: BureauMention | None
    _context: _Context
    _subjects: Mapping[int, tuple[_Subject, ...]] = field(repr=False)

    def subject_at(self, position: int, end: int) -> tuple[str | None, str]:
        """Return the full name of the bureau whose work or area ``view[position:end]`` is about, and what said so."""
        paragraph = self.text.paragraph_at(position)
        for subject in reversed(self._subjects.get(paragraph.start, ())):
            if subject.start <= position < subject.end or subject.start < end <= subject.end and subject.source == "ruling":
                return self._one_of(subject, end), f"{subject.source} @ {subject.start}"
        if self.home is None:
            return None, "unknown"
        return self.home.name, "home"

    def _one_of(self, subject: _Subject, end: int) -> str:
        """Return whose turn it is where several subjects share a list: "无棣、滨城警方分别…26年、27年"."""
        if len(subject.names) == 1:
            return subject.names[0]
        between = self.text.view[subject.start : end]
        apart = re.split("分别|依次|各", between)
        turn = max(0, len(re.findall(r"[0-9]+(?:\.[0-9]+)?", apart[-1])) - 1) if len(apart) > 1 else 0
        return subject.names[min(turn, len(subject.names) - 1)]

    def resolve(self, words: str, position: int = 0) -> str | None:
        """Return the full name of the agency that a phrase such as "市公安局" means at a position, or None."""
        found = find_agencies(words, year=self._context.year)
        if not found:
            return None
        near, last = self._near(position)
        office = _office(found[0], self._context, near, last)
        return office.name if office else None

    def _near(self, position: int) -> tuple[Division | None, Office | None]:
        before = [m for m in self.mentions if m.end <= position]
        if not before:
            return None, None
        last = before[-1]
        return last.division, Office(last.name, last.level, last.place, last.parent, last.division)

    def authority(self, words: str) -> str:
        """Return the full name of who grants or orders: "省委、省政府" is "吉林省委、吉林省政府" in a Jilin article."""
        return "、".join(self._one_authority(part) for part in re.split("[、和与]", words) if part)

    def _one_authority(self, words: str) -> str:
        name = self.resolve(words)
        if name is not None:
            agency = find_agencies(words, year=self._context.year)[0]
            if agency.start == 0 and agency.end == len(words):
                return name
        relative = re.match(r"(自治区|自治州|省|市|县|区|州|盟|旗)(?=[委政人党扫文总妇团信公纪禁综平])", words)
        home = self._context.home
        if relative and home:
            division = _relative_division(relative[1], home, None)
            if division:
                return division.name + words[relative.end() :]
        return words

    def agency_above(self, position: int) -> str | None:
        """Return the agency that the words of the clause name nearest before a position, or None."""
        clause = self.text.clause_at(position)
        before = [m for m in self.mentions if clause.start <= m.start and m.end <= position]
        return before[-1].name if before else None


def find_bureaus(text: Text) -> BureauView:
    """Return all mentions of agencies in an article, resolved, with its home bureau.

    >>> from kg.text import text_of
    >>> view = find_bureaus(text_of("镇安县公安局召开会议。今年以来,县公安局破案12起,被省公安厅通报表扬。"))
    >>> sorted({mention.name for mention in view.mentions})
    ['镇安县公安局', '陕西省公安厅']
    """
    year = _year(text)
    agencies = find_agencies(text.view, year=year)
    home = _find_home(text, agencies, year)
    context = _context_of(text, agencies, home, year)
    mentions = tuple(_resolve_all(agencies, context))
    return BureauView(text, mentions, _home_mention(context, mentions), context, _subjects_of(text, mentions, context))


def _context_of(text: Text, agencies: Sequence[Agency], home: Division | None, year: int | None) -> _Context:
    written = _written_names(agencies, home)
    office = office_of(home, written) if home else None
    if office is None and any(agency.head == "ministry" for agency in agencies):
        office = _MINISTRY_OFFICE
    context = _Context(home, office, written, year)
    unit = _home_unit(text, agencies, context)
    return _Context(home, unit, written, year) if unit else context


def _home_unit(text: Text, agencies: Sequence[Agency], context: _Context) -> Office | None:
    """Return the unit or station whose own report an article is: the lead names it, and its bureau has no part."""
    if context.home is None:
        return None
    first = next((a for a in agencies if a.divisions and a.start < _lead_end(text)), None)
    if first is None or not first.below:
        return None
    division = choose(first.divisions, context.home)
    if division is None or not is_within(division, context.home):
        return None
    own = sum(1 for a in agencies if not a.below and a.head in ("alias", "bureau")
              and _division_of(a, context, None) == division)
    office = _below(office_of(division, context.written), first.below)
    again = sum(1 for a in agencies if a.head == "anaphor" and office.name.endswith(a.written))
    same = sum(1 for a in agencies if a.below and a.below == first.below)
    return office if own < again + same else None


def _home_mention(context: _Context, mentions: Sequence[BureauMention]) -> BureauMention | None:
    office = context.home_office
    if office is None:
        return None
    for mention in mentions:
        if mention.name == office.name:
            return mention
    return BureauMention(0, 0, office.name, office.level, office.place, office.parent, "home", True, office.division)


def _resolve_all(agencies: Iterable[Agency], context: _Context) -> Iterator[BureauMention]:
    near: Division | None = None
    last: Office | None = None
    for agency in agencies:
        office = _office(agency, context, near, last)
        if office is None:
            continue
        if office.division is not None:
            near = office.division
        last = office
        alias = agency.head in ("alias", "anaphor") or agency.rule == "bureau-short"
        yield BureauMention(agency.start, agency.end, office.name, office.level, office.place, office.parent,
                            agency.rule, alias, office.division)


# --- subjects --------------------------------------------------------------------------------------------------------


@cache
def _pattern(name: str) -> re.Pattern[str]:
    for rule in load_rules("bureau"):
        if rule.name == name and rule.regex is not None:
            return rule.regex
    raise KeyError(name)


def _subjects_of(
    text: Text, mentions: Sequence[BureauMention], context: _Context
) -> dict[int, tuple[_Subject, ...]]:
    starts = [m.start for m in mentions]
    subjects: dict[int, tuple[_Subject, ...]] = {}
    clauses: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for clause in text.clauses:
        clauses[text.paragraph_at(clause.start).start].append((clause.start, clause.end))
    for paragraph in text.paragraphs:
        found = list(_paragraph_subjects(text, paragraph, clauses[paragraph.start], mentions, starts, context))
        if found:
            subjects[paragraph.start] = tuple(found)
    return subjects


def _paragraph_subjects(
    text: Text, paragraph: Paragraph, clauses: Sequence[tuple[int, int]], mentions: Sequence[BureauMention],
    starts: Sequence[int], context: _Context,
) -> Iterator[_Subject]:
    view, home = text.view, context.home_office
    home_name = home.name if home else None
    pending: _Subject | None = None
    rulings: list[_Subject] = []
    for start, end in clauses:
        at = _pattern("subject-lead").match(view, start, end).end()  # type: ignore[union-attr]
        new = _subject_in(text, at, end, mentions, starts, context, pending)
        rulings.extend(_rulings(view, start, end, mentions, starts))
        if new is None:
            continue
        if pending is not None:
            yield _Subject(pending.start, min(pending.end, new.start), pending.names, pending.source)
        pending = _Subject(new.start, _reach(text, paragraph, new, end, context), new.names, new.source)
    if pending is not None:
        yield pending
    yield from rulings


def _reach(text: Text, paragraph: Paragraph, subject: _Subject, clause_end: int, context: _Context) -> int:
    """Return how far a subject governs: home for good, an agency above to the sentence, an honour to the clause."""
    view = text.view
    if _pattern("subject-honoured").search(view, subject.end, clause_end):
        return clause_end
    above = {bureau_name(d) for d in chain(context.home)[1:]} | {MINISTRY} if context.home else {MINISTRY}
    if subject.names[0] in above:
        return clause_end
    if subject.source == "place":
        return text.sentence_at(subject.start).end
    return paragraph.end


def _subject_in(
    text: Text, at: int, end: int, mentions: Sequence[BureauMention], starts: Sequence[int], context: _Context,
    current: _Subject | None,
) -> _Subject | None:
    """Return who is the subject of a clause whose words begin at a position, None where it names nobody."""
    view = text.view
    index = bisect_right(starts, at - 1)
    here = [m for m in mentions[index : index + 1] if m.start == at]
    if here:
        first = here[0]
        group = [m for m in mentions[index:] if m.start < first.end and m.end == first.end]
        return _Subject(at, first.end, tuple(dict.fromkeys(m.name for m in group)), "agency")
    if (whole := _pattern("subject-whole").match(view, at, end)) is not None:
        return _whole(whole, context, current)
    local = _pattern("subject-local").match(view, at, end)
    place = word_starting(view, local.end() if local else at, end)
    if place is None or is_everyday_word(place):
        return None
    stop = (local.end() if local else at) + len(place)
    if not _pattern("subject-place").match(view, stop):
        return None
    division = choose(find_divisions(place, year=context.year), context.home)
    if division is None or (context.home and is_within(context.home, division) and division != context.home):
        return None
    if context.home and division.code == context.home.code and context.home_office:
        return _Subject(at, stop, (context.home_office.name,), "place")
    return _Subject(at, stop, (bureau_name(division, context.written),), "place")


def _whole(found: re.Match[str], context: _Context, current: _Subject | None) -> _Subject | None:
    """Return the subject that "全市" at the head of a clause restores: home, unless another city is spoken of."""
    letter = _letter(found[0])
    if context.home is not None and context.home_office is not None and _fits(context.home, letter):
        return _Subject(found.start(), found.end(), (context.home_office.name,), "agency")
    return None


def _rulings(
    view: str, start: int, end: int, mentions: Sequence[BureauMention], starts: Sequence[int]
) -> Iterator[_Subject]:
    """Yield "省公安厅明确的15项任务": the number is that agency's own."""
    for mention in mentions[bisect_right(starts, start - 1) : bisect_right(starts, end)]:
        if found := _pattern("subject-ruling").match(view, mention.end):
            yield _Subject(mention.start, found.end(), (mention.name,), "ruling")


# --- facts -----------------------------------------------------------------------------------------------------------


def build_bureaus(text: Text, view: BureauView) -> list[Bureau]:
    """Return one fact an agency, with every place that names it as evidence; of nested names only the longest."""
    grouped: dict[str, list[BureauMention]] = defaultdict(list)
    for mention in view.mentions:
        grouped[mention.name].append(mention)
    return [_fact(text, mentions) for mentions in grouped.values()]


def _fact(text: Text, mentions: Sequence[BureauMention]) -> Bureau:
    first = mentions[0]
    quotes = {(m.start, m.end): text.quote(m.start, m.end) for m in mentions}
    evidence = tuple(sorted(Evidence(q.start, q.end, q.quote) for q in quotes.values()))
    rules = tuple(dict.fromkeys(m.rule for m in mentions))
    return Bureau(article=text.article.id, evidence=evidence, derivation=Derivation(rules), name=first.name,
                  level=first.level, place=first.place, parent=first.parent)
