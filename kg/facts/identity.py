"""Identity: which agency a full name means, so that articles that call it differently speak of one.

Enters: the facts of one article. Leaves: by name, an ``Identity``: the code of the division it belongs to and what its
name says beyond that division's own agency. 南充市公安局 is 511300, 南充市公安局顺庆分局 and 顺庆区公安局 are 511302,
南充市公安局交警支队 is 511300 and "交警支队", also as 交通警察支队: ``mappings/units.tsv`` says which units are one,
and why. Two places of one name are told apart by the article's other agencies.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kg.errors import MappingError
from kg.facts.model import Bureau, Campaign, Fact, Honor, Metric
from kg.facts.office import bureau_name
from kg.mentions.lexicon import alternation
from kg.resources import table
from kg.values.place import Division, chain, choose, division_of, find_divisions, gazetteer, is_within, word_starting

_AGENCY = re.compile(r"公安[局厅]|警务处")
_POLICE_BRANCH = re.compile(r"(?<=.)公安分局")
_BRANCH = re.compile(r"(?P<zone>[^局厅处队所]{2,12}?)(?:公安)?分局")


@dataclass(frozen=True, slots=True)
class Identity:
    """An agency: the code of its division, and what of its name goes beyond that division's agency ("" for itself)."""

    code: str
    unit: str = ""

    @property
    def key(self) -> str:
        """Return what names the agency in an IRI."""
        return f"{self.code}-{self.unit}" if self.unit else self.code


def identify(
    name: str, *, place: str | None = None, near: Division | None = None, year: int | None = None
) -> Identity | None:
    """Return which agency a full name means; None where no place of the gazetteer begins it, or several could.

    ``place`` is the division that it is said to answer for, ``near`` one that the article is about.

    >>> identify("南充市公安局顺庆分局"), identify("顺庆区公安局")
    (Identity(code='511302', unit=''), Identity(code='511302', unit=''))
    >>> identify("南充市公安局交警支队").key, identify("鼓楼区公安局"), identify("公安部")
    ('511300-交警支队', None, None)
    >>> identify("厦门市公安局机场公安分局").key
    '350200-机场分局'
    >>> identify("鼓楼区公安局", near=find_divisions("南京")[0]).code
    '320106'
    """
    word = word_starting(name, 0)
    if word is None:
        return None
    division = _meant(find_divisions(word, year=year), place, near)
    if division is None:
        return None
    rest = name[len(word) :]
    agency = _AGENCY.match(rest)
    if agency is None:
        return Identity(division.code, rest) if "公安" in rest else None
    rest = rest[agency.end() :]
    branch = _BRANCH.match(rest)
    district = _district(branch["zone"], division, year) if branch else None
    if branch and district:
        return Identity(district.code, one_unit(rest[branch.end() :]))
    return Identity(division.code, one_unit(_POLICE_BRANCH.sub("分局", rest)))


@cache
def _units() -> tuple[Mapping[str, str], re.Pattern[str]]:
    found = {}
    for number, (name, unit, reason) in table("mappings", "units.tsv", columns=("name", "unit", "reason")):
        if not (name and unit and reason.strip()):
            raise MappingError(f"mappings/units.tsv, line {number}: a name, a unit and a reason are expected")
        found[name] = unit
    whole = [name for name in found if name.endswith(("中心", "所"))]
    lines_of_work = [name for name in found if name not in whole]
    return found, re.compile(
        f"(?:^|(?<=队))(?:(?:{alternation(lines_of_work)})(?=[总支大中]队|[处科])|(?:{alternation(whole)})(?=$|[^派]))"
    )


def one_unit(name: str) -> str:
    """Return the name of a unit under which an agency of several names is one. Raises MappingError for a bad table.

    >>> one_unit("交通警察支队车辆管理所"), one_unit("反电信网络诈骗中心"), one_unit("治安管理站")
    ('交警支队车管所', '反诈中心', '治安管理站')
    """
    units, pattern = _units()
    return pattern.sub(lambda found: units[found[0]], name)


def _meant(candidates: Iterable[Division], place: str | None, near: Division | None) -> Division | None:
    options = tuple(candidates)
    told = tuple(d for d in options if near is not None and (is_within(d, near) or is_within(near, d)))
    if not told and place is not None:
        home = find_divisions(place)
        told = tuple(d for d in options if any(is_within(h, d) for h in home)) if len(home) == 1 else ()
    return choose(told or options, near)


def _district(zone: str, city: Division, year: int | None) -> Division | None:
    """Return the district of a city that a branch is named for, though another city has one of the name now."""
    if city.level == "county":
        return None
    inside = [d for d in gazetteer().by_word.get(zone, ()) if is_within(d, city) and d.level == "county"]
    if len(inside) > 1:
        then = [d for d in find_divisions(zone, year=year) if d in inside]
        inside = then or inside
    return inside[0] if len(inside) == 1 else None


def _names(fact: Fact) -> tuple[str | None, ...]:
    match fact:
        case Bureau():
            return (fact.name, fact.parent)
        case Honor():
            return (fact.bureau, fact.recipient if fact.recipient_kind == "bureau" else None, *authorities(fact))
        case Metric() | Campaign():
            return (fact.bureau,)


def authorities(honor: Honor) -> tuple[str, ...]:
    """Return the bodies that granted an honor, one by one.

    >>> authorities(Honor(article="a", evidence=(), title="模范集体", recipient="甲", recipient_kind="unit",
    ...     grantor="甘肃省委、甘肃省人民政府"))
    ('甘肃省委', '甘肃省政府')
    """
    parts = (honor.grantor or "").split("、")
    return tuple(dict.fromkeys(name for part in parts if (name := authority_name(part))))


_AND_OTHERS = re.compile(r"等?(?:[一二三四五六七八九十两]|[0-9])+(?:部委|部门|单位|家).*$|等$")


def authority_name(words: str) -> str:
    """Return the usual name of a body: without "等三部委", 人民政府 as 政府.

    >>> authority_name("公安部等三部委"), authority_name("某市人民政府")
    ('公安部', '某市政府')
    """
    return _AND_OTHERS.sub("", words.strip()).replace("人民政府", "政府")


def home_division(facts: Iterable[Fact], year: int | None = None) -> Division | None:
    """Return the division that most facts are about, among those that their names leave in no doubt.

    >>> facts = [Bureau(article="a", evidence=(), name="南京市公安局", level="prefecture", place="南京市")]
    >>> home_division(facts).code
    '320100'
    """
    counts: Counter[str] = Counter()
    for name, times in Counter(name for fact in facts for name in _names(fact) if name).items():
        sure = identify(name, year=year)
        if sure is not None:
            counts[sure.code] += times
    if not counts:
        return None
    most = max(counts.values())
    return division_of(min(code for code, count in counts.items() if count == most))


def identities(facts: Iterable[Fact], year: int | None = None) -> Mapping[str, Identity]:
    """Return which agency each name in an article's facts means, where the gazetteer tells.

    >>> district = Bureau(article="a", evidence=(), name="城关区公安局", level="county", parent="兰州市公安局")
    >>> identities([district])["城关区公安局"].code
    '620102'
    """
    kept = list(facts)
    home = home_division(kept, year)
    hints: dict[str, tuple[str | None, Division | None]] = {}
    for fact in kept:
        if isinstance(fact, Bureau):
            above = identify(fact.parent, near=home, year=year) if fact.parent else None
            hints[fact.name] = (fact.place, division_of(above.code) if above else None)
    found: dict[str, Identity] = {}
    for name in sorted({name for fact in kept for name in _names(fact) if name}):
        place, above_it = hints.get(name, (None, None))
        one = identify(name, place=place, near=above_it or home, year=year)
        if one is not None:
            found[name] = one
    return found


def canonical_name(code: str) -> str | None:
    """Return the full name of a division's own agency, whatever articles call it.

    >>> canonical_name("511302"), canonical_name("999999")
    ('南充市公安局顺庆分局', None)
    """
    division = division_of(code)
    return bureau_name(division) if division else None


def chain_of(code: str) -> tuple[Division, ...]:
    """Return a division and all above it, from near to far.

    >>> [division.name for division in chain_of("511302")]
    ['顺庆区', '南充市', '四川省']
    """
    division = division_of(code)
    return chain(division) if division else ()
