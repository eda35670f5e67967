"""Series: campaigns and honors that come back, under longer and shorter names, year after year.

Enters: the name of a campaign or the title of an honor. Leaves: a ``Membership``: the series it belongs to and its
edition there; of an honor besides its rank. Rules do the plain cases; ``mappings/campaigns.tsv`` holds decisions that
no rule can make, each with its reason, and those go before the rules. ``mappings/campaigns_local.tsv`` holds names that
many places give to drives of their own, and one that says only when or how ("百日会战") is such a name too: these are
one series in one province alone. ``mappings/honors.tsv`` says which titles of one level are one honor.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

from kg.errors import MappingError
from kg.facts.jsonl import AWARD_LEVELS
from kg.mentions.lexicon import alternation, load_lexicon
from kg.resources import table
from kg.values.numeral import parse_numeral
from kg.values.place import find_divisions, word_starting

_YEAR = r"(?:19|20)[0-9]{2}"
_SPAN = rf"{_YEAR}(?:年度?)?(?:[-—至到]{_YEAR}(?:年度?)?)?"
_CAMPAIGN_EDITION = (
    re.compile(rf"^(?P<edition>{_SPAN})[-·—]?(?=\D)"),
    re.compile(rf"[-·—]?(?P<edition>{_YEAR})年?$"),
    re.compile(r"^第(?P<number>[0-9]{1,2}|[一二三四五六七八九十]+)(?:轮|次|届|期|批|阶段|战役)"),
    re.compile(r"[-·—]?(?P<number>[0-9]{1,2}|[一二三四五六七八九十]+)号$"),
)
_HONOR_EDITION = (
    re.compile(rf"(?P<edition>{_SPAN})"),
    re.compile(r"第(?P<number>[0-9]{1,3}|[一二三四五六七八九十百]+)(?:届|批|期)"),
)
_SCOPE = re.compile(r"^(?:全[国省市区县州盟旗](?!民)|常态化(?:开展|推进)?)+")


@dataclass(frozen=True, slots=True)
class Membership:
    """The ``series`` something belongs to, and its ``edition`` there: a year, a number, or None."""

    series: str
    edition: str | None = None


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank from 1, 0 for 特等; ``kind`` is merit (一等功), prize (一等奖), class (二级英模) or place (第三名)."""

    kind: str
    rank: int


@dataclass(frozen=True, slots=True)
class _Decision:
    series: str
    since: int
    until: int


@cache
def local_names() -> Collection[str]:
    """Return the names of ``mappings/campaigns_local.tsv``. Raises MappingError for a row without its reason."""
    found = set()
    for number, (name, reason) in table("mappings", "campaigns_local.tsv", columns=("name", "reason")):
        if not (name and reason.strip()):
            raise MappingError(f"mappings/campaigns_local.tsv, line {number}: a name and a reason are expected")
        found.add(name)
    return frozenset(found)


@cache
def decisions() -> Mapping[str, tuple[_Decision, ...]]:
    """Return what ``mappings/campaigns.tsv`` decides, by name. Raises MappingError for a row without its reason."""
    found: dict[str, tuple[_Decision, ...]] = {}
    columns = ("name", "series", "since", "until", "reason")
    for number, (name, series, since, until, reason) in table("mappings", "campaigns.tsv", columns=columns):
        years = all(not year or year.isdecimal() for year in (since, until))
        if not (name and series and years and reason.strip()):
            raise MappingError(
                f"mappings/campaigns.tsv, line {number}: name, series, years since and until, a reason are expected"
            )
        found[name] = (*found.get(name, ()), _Decision(series, int(since or 0), int(until or 9999)))
    return found


def _decided(name: str, year: int | None) -> str | None:
    for decision in decisions().get(name, ()):
        dated = decision.since > 0 or decision.until < 9999
        if not dated or (year is not None and decision.since <= year <= decision.until):
            return decision.series
    return None


def _without_edition(name: str, patterns: tuple[re.Pattern[str], ...]) -> tuple[str, str | None]:
    for pattern in patterns:
        match = pattern.search(name)
        if match and len(name) - len(match[0]) >= 2:
            groups = match.groupdict()
            number = groups.get("number")
            edition = str(parse_numeral(number).value) if number else str(groups.get("edition")).rstrip("年度")
            return (name[: match.start()] + name[match.end() :]).strip("-·— "), edition
    return name, None


@cache
def _head() -> re.Pattern[str]:
    return re.compile(f"(?:{alternation(load_lexicon('campaign_series_head').rows)})$")


def _without_place(name: str) -> str:
    """Return a name without the place that runs the campaign before it: 打黑除恶专项斗争 of 忻州市打黑除恶专项斗争."""
    word = word_starting(name, 0) or ""
    rest = name[len(word) :]
    return rest if len(rest) >= 4 and any(division.name == word for division in find_divisions(word)) else name


def _core(name: str) -> str:
    """Return a campaign's name without the words that may stand or not: 扫黑除恶 of 扫黑除恶专项斗争."""
    plain = re.sub("[“”‘’《》]", "", name)
    core = _SCOPE.sub("", _without_place(plain))
    match = _head().search(core)
    if match is None:
        return core or plain
    kept = core[: match.start()]
    return core if len(kept) < 2 or _says_when_or_how(kept) else kept


def _says_when_or_how(words: str) -> bool:
    return words in load_lexicon("campaign_generic") or words in load_lexicon("campaign_season")


@cache
def _is_local(series: str) -> bool:
    """Tell whether a series that nobody decided on has a name by which many places call drives of their own."""
    if any(decision.series == series for options in decisions().values() for decision in options):
        return False
    match = _head().search(series)
    bare = re.sub("(?:会战|攻坚|整治)+$", "", series[: match.start()] if match else series)
    return series in local_names() or _says_when_or_how(bare)


def campaign_series(name: str, year: int | None = None, province: str | None = None) -> Membership:
    """Return the series that a campaign belongs to, in an article of a year, of an agency in a province.

    >>> campaign_series("云剑-2020"), campaign_series("昆仑2021")
    (Membership(series='云剑', edition='2020'), Membership(series='昆仑', edition='2021'))
    >>> {campaign_series(name).series for name in ("扫黑除恶专项斗争", "扫黑除恶斗争", "常态化扫黑除恶")}
    {'扫黑除恶'}
    >>> campaign_series("夏季行动").series, campaign_series("第三轮禁毒人民战争")
    ('夏季行动', Membership(series='禁毒人民战争', edition='3'))
    >>> [campaign_series("雷霆2021", province=province).series for province in ("青海省", "河南省")]
    ['雷霆（青海省）', '雷霆（河南省）']
    """
    decided = _decided(name, year)
    if decided:
        return Membership(decided, _without_edition(name, _CAMPAIGN_EDITION)[1])
    plain, edition = _without_edition(name, _CAMPAIGN_EDITION)
    decided = _decided(plain, year)
    core = decided or _core(plain)
    again = _decided(core, year)
    if not (decided or again) and province and _is_local(core):
        return Membership(f"{core}（{province}）", edition)
    return Membership(again or core, edition)


@cache
def honor_decisions() -> Mapping[tuple[str, str], str]:
    """Return what ``mappings/honors.tsv`` decides, by title and level. Raises MappingError for a row without reason."""
    found = {}
    for number, cells in table("mappings", "honors.tsv", columns=("title", "level", "series", "reason")):
        if cells[1] not in AWARD_LEVELS or not all(cell.strip() for cell in cells):
            raise MappingError(
                f"mappings/honors.tsv, line {number}: title, level ({', '.join(AWARD_LEVELS)}), series and a reason "
                "are expected"
            )
        found[cells[0], cells[1]] = cells[2]
    return found


def honor_series(title: str, level: str | None = None) -> Membership:
    """Return the honor that comes back year after year, and which edition a title names.

    >>> honor_series("2019年度全国优秀公安局"), honor_series("第十二届全国见义勇为模范")
    (Membership(series='全国优秀公安局', edition='2019'), Membership(series='全国见义勇为模范', edition='12'))
    >>> honor_series("第二批枫桥式公安派出所", "national"), honor_series("枫桥式公安派出所", "municipal").series
    (Membership(series='全国枫桥式公安派出所', edition='2'), '枫桥式公安派出所')
    """
    series, edition = _without_edition(title, _HONOR_EDITION)
    return Membership(honor_decisions().get((series, level or ""), series), edition)


_RANKS = (
    ("merit", re.compile(r"(?P<n>[特一二三])等功")),
    ("prize", re.compile(r"(?P<n>[特一二三四])等奖")),
    ("class", re.compile(r"(?P<n>[一二])级(?=英雄模范|英模)")),
    ("place", re.compile(r"第(?P<n>[0-9]{1,3}|[一二三四五六七八九十]+)名|(?P<word>冠军|亚军|季军|金奖|银奖|铜奖)")),
)
_WORDS = {"冠军": 1, "亚军": 2, "季军": 3, "金奖": 1, "银奖": 2, "铜奖": 3}


def honor_rank(title: str) -> Rank | None:
    """Return the rank that a title names, None where it names none.

    >>> honor_rank("集体二等功"), honor_rank("技能竞赛一等奖"), honor_rank("全国优秀公安局")
    (Rank(kind='merit', rank=2), Rank(kind='prize', rank=1), None)
    """
    for kind, pattern in _RANKS:
        match = pattern.search(title)
        if match:
            word = match.groupdict().get("word")
            if word:
                return Rank(kind, _WORDS[word])
            number = match["n"]
            return Rank(kind, 0 if number == "特" else int(parse_numeral(number).value))
    return None
