"""Words for people, one language at a time: what ``web/texts/en.toml`` and ``zh.toml`` hold, and numbers and days."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kg.errors import MappingError
from kg.explanation import described, illustrated
from kg.resources import resource

LANGUAGES = ("en", "zh")
"""The languages of pages; each has a file in ``web/texts/``."""

_FLAT = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of one language. ``language`` is a key of LANGUAGES, ``texts`` are by dotted name."""

    language: str
    texts: Mapping[str, str]

    def __call__(self, name: str, /, **given: object) -> str:
        """Return the text of that name with its places filled in. Raises MappingError where there is none.

        >>> wording("en")("bound.min"), wording("zh")("page.facts", count=3)
        ('at least', '3 条事实')
        """
        try:
            text = self.texts[name]
        except KeyError:
            raise MappingError(f'web/texts/{self.language}.toml: has no text "{name}"') from None
        return text.format_map(given) if given else text

    def of(self, group: str, name: str | None) -> str:
        """Return the word for a value of a field, the value itself where the texts do not know it.

        >>> wording("zh").of("kind", "money"), wording("zh").of("kind", None), wording("zh").of("kind", "?")
        ('金额', '', '?')
        """
        return "" if name is None else self.texts.get(f"{group}.{name}", name)

    def sentences(self, *texts: str) -> str:
        """Return sentences one behind another, with a blank between where the language has one.

        >>> wording("en").sentences("One.", "Two."), wording("zh").sentences("一。", "二。")
        ('One. Two.', '一。二。')
        """
        return ("" if self.language == "zh" else " ").join(texts)

    def number(self, value: Decimal | None) -> str:
        """Return a number with its thousands apart.

        >>> wording("en").number(Decimal("1234567.80"))
        '1,234,567.8'
        """
        if value is None:
            return self("value.none")
        text = f"{value:,f}"
        return text.rstrip("0").rstrip(".") if "." in text else text

    def amount(
        self, value: Decimal | None, unit: str | None, bound: str | None = None, direction: str | None = None
    ) -> str:
        """Return a claimed number with its bound, direction and unit, so that none of them gets lost.

        >>> wording("en").amount(Decimal(9.5), "%", "min", "down")
        'down at least 9.5%'
        """
        words = [self.of("direction", direction)] if direction else []
        if bound and bound != "exact":
            words.append(self.of("bound", bound))
        spaced = unit is not None and unit != "%" and self.language == "en"
        number = self.number(value) if value is not None or not direction else ""
        words.append(f"{number}{' ' if spaced and number else ''}{unit or ''}" if number else "")
        return (" " if self.language == "en" else "").join(filter(None, words))

    def days(self, start: str | None, end: str | None) -> str:
        """Return days as people write them: a whole year as a year, a single day once.

        >>> wording("en").days("2020-01-01", "2020-12-31"), wording("zh").days("2020-01-01", "2020-09-30")
        ('2020', '2020-01-01 至 2020-09-30')
        """
        if not start or not end:
            return self("period.unknown")
        if start == end:
            return start
        if start.endswith("-01-01") and end.endswith("-12-31"):
            first, last = start[:4], end[:4]
            return first if first == last else self("period.range", start=first, end=last)
        return self("period.range", start=start, end=end)


@cache
def wording(language: str) -> Wording:
    """Return the texts of a language.

    Raises MappingError where the two languages do not have the same texts: a page would break off in one of them.

    >>> wording("en").language
    'en'
    """
    texts = {one: _read(one) for one in LANGUAGES}
    for one in LANGUAGES:
        lacking = sorted(set().union(*texts.values()) - set(texts[one]))
        if lacking:
            raise MappingError(f'web/texts/{one}.toml: lacks "{lacking[0]}", which another language has')
    if language not in texts:
        raise MappingError(f'no texts in "{language}"; there are {", ".join(LANGUAGES)}')
    return Wording(language, texts[language])


def _read(language: str) -> dict[str, str]:
    data = tomllib.loads(resource("web", "texts", f"{language}.toml").read_text(encoding="utf-8"))
    return {
        f"{group}.{name}": _FLAT.sub(" ", text).strip() for group, texts in data.items() for name, text in texts.items()
    }


def source_in(words: Wording, source: str) -> str:
    """Return where context found a field, as a derivation names it, in the language of the page.

    >>> source_in(wording("en"), "agency 南充市公安局"), source_in(wording("zh"), "home")
    ('the agency named there: 南充市公安局', '本文的主体机关')
    >>> source_in(wording("en"), "今年以来")
    '“今年以来”'
    """
    known = [name.removeprefix("context.") for name in words.texts if name.startswith("context.")]
    for name in sorted(known, key=len, reverse=True):
        if source == name or source.startswith(f"{name} "):
            rest = source[len(name) :].strip()
            return words(f"context.{name}") + (f" {rest}" if words.language == "en" and rest else rest)
    return f"“{source}”"


def rule_in(words: Wording, name: str) -> str:
    """Return what a rule is for, in the language of the page, "" where nothing is known of it.

    Notes of rules are in English. What Chinese readers are told is what the rule is about and an example of what it
    reads, which stands beside the rule and is tested with it.

    >>> rule_in(wording("en"), "zero")
    '零发案 is a count of 0.'
    >>> rule_in(wording("zh"), "decoy-run").startswith("数值规则，例如"), rule_in(wording("zh"), "?")
    (True, '')
    """
    if words.language == "en":
        return described(name).removeprefix(name).removeprefix(": ")
    found = illustrated(name)
    return words("reason.example", about=words.of("phenomenon", found[0]), text=found[1]) if found else ""


_REASONS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("a plan or a promise, not an outcome"), "plan"),
    (re.compile("part of an agency's name"), "name"),
    (re.compile("no rule of values reads it"), "unread"),
    (re.compile("no frame rule comes near"), "far"),
    (re.compile(r"(?P<rule>[\w-]+) matches, but nothing beside .*"), "unbound"),
    (re.compile(r'nearest rule (?P<rule>[\w-]+); (?P<words>".*") \((?P<found>[\w-]+)\) stands in the way'), "blocked"),
    (
        re.compile(r'nearest rule (?P<rule>[\w-]+); it wants (?P<label>[\w-]+) before (?P<words>".*") \(([\w-]+)\)'),
        "missing",
    ),
    (
        re.compile(r'nearest rule (?P<rule>[\w-]+); it wants (?P<label>[\w-]+) where (?P<words>".*") .*stands'),
        "other",
    ),
    (re.compile(r"(?P<rule>[\w-]+)(?:: (?P<note>.*))?"), "rule"),
)


def reason_in(words: Wording, reason: str) -> str:
    """Return why a number gave no fact, as ``kg.explanation`` says it in English, in the language of the page.

    >>> reason_in(wording("zh"), "part of an agency's name")
    '是机关名称的一部分'
    """
    if words.language == "en":
        return reason
    for pattern, name in _REASONS:
        match = pattern.fullmatch(reason)
        if match:
            told = match.groupdict()
            about = rule_in(words, told.get("rule", ""))
            return words(f"reason.{name}", **told, about=words("reason.about", about=about) if about else "")
    return reason
