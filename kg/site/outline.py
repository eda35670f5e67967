"""The outline of a site in one language: which pages there are, where they lead, and what a page is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TypeVar
from urllib.parse import quote

from kg.charts import Point
from kg.pages.wording import Wording
from kg.site.corpus import Agency, Award, Claim, Corpus, Days, Figure, Part, Source, Topic, region_name, slug
from kg.site.tables import Cell, Column, Table

_C = TypeVar("_C", bound=Claim)

NAVIGATION = (
    "index", "bureaus", "indicators", "campaigns", "honors", "coverage", "contradictions", "questions", "gate",
    "sparql", "search",
)  # fmt: skip
"""The pages that every page leads to, in their order."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart to be drawn: its points, whether they follow one another in time, what the axis says, and its words."""

    points: tuple[Point, ...]
    over_time: bool
    axis: str
    caption: str
    weight: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two quotes beside each other, with what is odd about them."""

    title: str
    grade: str
    severity: str
    message: str
    sides: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page; whatever is empty is left out."""

    heading: str = ""
    anchor: str = ""
    note: str = ""
    chips: tuple[tuple[str, str, bool], ...] = ()
    chart: Chart | None = None
    table: Table | None = None
    pairs: tuple[Pair, ...] = ()
    code: str = ""
    links: tuple[tuple[str, str, bool, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a site: its path below the language's folder, and all that its template needs.

    Of a long page that is split, ``parts`` are the numbers and addresses of its parts, "" for this one, and ``first``
    is the path of the first.
    """

    path: str
    title: str
    lead: str = ""
    sections: tuple[Section, ...] = ()
    tiles: tuple[tuple[str, str], ...] = ()
    here: str = ""
    crumbs: tuple[tuple[str, str], ...] = ()
    chinese: bool = False
    template: str = "page.html"
    more: Mapping[str, object] = field(default_factory=dict)
    parts: tuple[tuple[str, str], ...] = ()
    first: str = ""

    @property
    def root(self) -> str:
        """Return the way from the page to the language's folder."""
        return "../" * self.path.count("/")


@dataclass(frozen=True, slots=True)
class Plan:
    """How a page of claims is laid out, if it must be; ``besides`` is what it is made of besides its ingredients."""

    path: str
    make: Callable[[], Page]
    besides: str = ""


def laid_out(pages: Iterable[Page | Plan]) -> Iterator[Page]:
    """Give pages, those that are only planned too."""
    return (one.make() if isinstance(one, Plan) else one for one in pages)


class Outline:
    """What pages need to speak of claims and to lead to one another, in one language."""

    def __init__(self, corpus: Corpus, words: Wording) -> None:
        self.corpus = corpus
        self.words = words
        # The same agencies, days and amounts stand in most cells.
        self.agency_cell = cache(self._agency_cell)
        self.campaign_cell = cache(self._campaign_cell)
        self.days = cache(self._days)
        self.region = cache(self._region)
        self.what_href = cache(self._what_href)
        self._amount = cache(words.amount)
        self._indicator_cell = cache(self._indicator)
        # A figure stands in the tables of its agency, its indicator and its campaign.
        self._cells_of: defaultdict[tuple[str, str], dict[str, Cell]] = defaultdict(dict)

    # --- what belongs together

    @cached_property
    def figures_of(self) -> Mapping[str, list[Figure]]:
        """Figures by agency."""
        return _grouped(self.corpus.figures)

    @cached_property
    def awards_of(self) -> Mapping[str, list[Award]]:
        """Honors by agency."""
        return _grouped(self.corpus.awards)

    @cached_property
    def parts_of(self) -> Mapping[str, list[Part]]:
        """Participations by agency."""
        return _grouped(self.corpus.parts)

    @cached_property
    def children_of(self) -> Mapping[str, list[Agency]]:
        """Agencies by the one above."""
        found: dict[str, list[Agency]] = defaultdict(list)
        for agency in self.corpus.agencies.values():
            found[agency.parent].append(agency)
        return found

    @cached_property
    def shown(self) -> frozenset[str]:
        """The agencies that have a page: those that claim something, and all above them."""
        waiting = {claim.agency for claim in self.corpus.claims() if claim.agency in self.corpus.agencies}
        found: set[str] = set()
        while waiting:
            iri = waiting.pop()
            if iri in self.corpus.agencies and iri not in found:
                found.add(iri)
                waiting.add(self.corpus.agencies[iri].parent)
        return frozenset(found)

    @cached_property
    def measured(self) -> Mapping[tuple[str, str], list[Figure]]:
        """Figures by subject and aspect, where they have both."""
        found: dict[tuple[str, str], list[Figure]] = defaultdict(list)
        for figure in self.corpus.figures:
            if figure.subject in self.corpus.topics and figure.aspect in self.corpus.topics:
                found[figure.subject, figure.aspect].append(figure)
        return found

    @cached_property
    def years_told(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """By agency and subject the years for which it reports anything."""
        found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for figure in self.corpus.figures:
            if figure.agency in self.corpus.agencies and figure.subject:
                found[figure.agency][figure.subject].add(figure.period[1][:4] or "?")
        return {agency: {subject: sorted(some) for subject, some in of.items()} for agency, of in found.items()}

    @cached_property
    def source_named(self) -> Mapping[str, str]:
        """Where the page of an article is, by its id."""
        return {source.id: self.source_href(source, "") for source in self.corpus.sources.values()}

    @cached_property
    def agency_named(self) -> Mapping[str, str]:
        """Where the page of an agency is, by any of its names."""
        return {
            name: self.agency_href(iri, "")
            for iri in sorted(self.shown)
            for name in (self.corpus.agencies[iri].name, *self.corpus.agencies[iri].other_names)
        }

    @cached_property
    def _pages(self) -> Mapping[str, str]:
        return {iri: f"article/{quote(source.slug)}.html" for iri, source in self.corpus.sources.items()}

    @cached_property
    def quoted(self) -> Mapping[tuple[str, str], str]:
        """Where a quote stands, by the id of its article and itself."""
        sources = self.corpus.sources
        claims = (claim for claim in self.corpus.claims() if claim.article in sources)
        return {(sources[claim.article].id, claim.quote): self.quote_href(claim, "") for claim in claims}

    # --- names and places

    def agency_name(self, iri: str) -> str:
        """Return an agency's name, "not stated" where no claim says it."""
        agency = self.corpus.agencies.get(iri)
        return agency.name if agency else self.words("value.unknown_bureau")

    def agency_href(self, iri: str, root: str) -> str:
        """Return where an agency's page is, "" where it has none."""
        return f"{root}bureau/{self.corpus.agencies[iri].slug}.html" if iri in self.shown else ""

    def topic_name(self, topic: Topic | None) -> str:
        """Return a concept's label in the language of the page."""
        return "" if topic is None else topic.labels.get(self.words.language, topic.name)

    def concept(self, scheme: str, called: str) -> str:
        """Return the label of a concept that is called by its name or by its label in any language."""
        return self._concepts.get((scheme, called), called)

    @cached_property
    def _concepts(self) -> Mapping[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        for topic in self.corpus.topics.values():
            scheme = topic.iri.rpartition("#")[0].rpartition("/")[2]
            found |= {(scheme, called): self.topic_name(topic) for called in (topic.name, *topic.labels.values())}
        return found

    def what(self, subject: str, aspect: str) -> str:
        """Return what figures of a subject and an aspect measure, such as "homicide: clearance rate"."""
        names = (self.topic_name(self.corpus.topics.get(iri)) for iri in (subject, aspect))
        return self.words("site.what", subject=next(names), aspect=next(names))

    def _what_href(self, subject: str, aspect: str, root: str) -> str:
        """Return where the page of an indicator is, "" where it has none."""
        if (subject, aspect) not in self.measured:
            return ""
        return f"{root}indicator/{self.corpus.topics[subject].name}.{self.corpus.topics[aspect].name}.html"

    def series_of(self, campaign: str) -> str:
        """Return the series of a campaign."""
        drive = self.corpus.drives.get(campaign)
        return drive.series if drive else campaign

    def series_href(self, series: str, root: str) -> str:
        """Return where a series of campaigns has its page."""
        return f"{root}campaign/{series_slug(series)}.html"

    def quote_href(self, claim: Claim, root: str) -> str:
        """Return where a claim's words stand on the page of its article."""
        page = self._pages.get(claim.article)
        return f"{root}{page}#{claim.key}" if page else ""

    def source_href(self, source: Source, root: str) -> str:
        """Return where an article's page is."""
        return f"{root}{self._pages[source.iri]}"

    def _region(self, agency: str) -> str:
        """Return the province that an agency lies in, as the gazetteer calls it today."""
        found = self.corpus.agencies.get(agency)
        while found is not None and not found.region and found.parent:
            found = self.corpus.agencies.get(found.parent)
        return region_name(found.region) if found and found.region else ""

    # --- words of claims

    def amount(self, figure: Figure) -> str:
        """Return a figure's number with its bound, direction and unit."""
        return self._amount(figure.value, figure.unit, figure.bound, figure.direction or None)

    def _days(self, days: Days) -> str:
        """Return days as people write them."""
        return self.words.days(*days)

    def against(self, figure: Figure) -> str:
        """Return what a change is measured against; that it is not stated is said too."""
        if figure.baseline[0]:
            return self.days(figure.baseline)
        if figure.comparison:
            return self.words.of("comparison", figure.comparison)
        return self.words("comparison.none") if figure.kind == "change" else ""

    def column(self, name: str, kind: str = "") -> Column:
        """Return a column headed with the word for a field."""
        return Column(self.words(f"column.{name}"), kind)

    def figure_cells(self, figure: Figure, root: str, *names: str) -> tuple[Cell, ...]:
        """Return the cells of a figure, one a name."""
        made = self._cells_of[figure.iri, root]
        for name in names:
            if name not in made:
                made[name] = self._figure_cell(name, figure, root)
        return tuple([made[name] for name in names])

    def _figure_cell(self, name: str, figure: Figure, root: str) -> Cell:
        match name:
            case "agency":
                return self.agency_cell(figure.agency, root)
            case "indicator":
                return self._indicator_cell(figure.indicator, figure.subject, figure.aspect, root)
            case "value":
                signed = figure.value if figure.value is None or figure.direction != "down" else -figure.value
                sort = " " if signed is None else f"{signed:f}"
                return Cell(self.amount(figure), sort=sort)
            case "period":
                return Cell(self.days(figure.period), sort="/".join(figure.period) if figure.period[0] else "")
            case "against":
                return Cell(self.against(figure))
            case "scope":
                return Cell(figure.scope, chinese=True)
            case "streak":
                return Cell(figure.streak)
            case "campaign":
                return self.campaign_cell(figure.campaign, root)
            case _:
                return self.words_cell(figure, root)

    def _indicator(self, name: str, subject: str, aspect: str, root: str) -> Cell:
        return Cell(name, self.what_href(subject, aspect, root), True)

    def _campaign_cell(self, campaign: str, root: str) -> Cell:
        """Return the cell of a campaign's name."""
        drive = self.corpus.drives.get(campaign)
        return Cell(drive.name, self.series_href(drive.series, root), True) if drive else Cell("")

    def _agency_cell(self, iri: str, root: str) -> Cell:
        """Return the cell of an agency's name."""
        return Cell(self.agency_name(iri), self.agency_href(iri, root), iri in self.corpus.agencies)

    def words_cell(self, claim: Claim, root: str) -> Cell:
        """Return the cell of a claim's quote, which leads to it in its article."""
        return Cell(claim.quote, self.quote_href(claim, root), True, style="quote")

    def figures_table(self, caption: str, figures: Iterable[Figure], root: str, *names: str) -> Table:
        """Return a table of figures with these columns; those in which nothing stands are left out."""
        rows = [self.figure_cells(figure, root, *names) for figure in figures]
        kept = [at for at, name in enumerate(names) if name in ("value", "quote") or any(row[at].text for row in rows)]
        kinds = {"value": "number", "quote": "quote"}
        columns = tuple(self.column(names[at], kinds.get(names[at], "")) for at in kept)
        filtered = self.words("site.filter") if len(rows) > 8 else ""
        return Table(caption, columns, tuple(tuple(row[at] for at in kept) for row in rows), filtered=filtered)

    def point(self, figure: Figure, label: str) -> Point | None:
        """Return a figure as a point of a chart, None where it gives no number."""
        if figure.value is None:
            return None
        falls = figure.direction == "down"
        return Point(label, float(-figure.value if falls else figure.value), self.amount(figure), figure.bound)


def series_slug(iri: str) -> str:
    """Return the name of a series' page: a digest, since its name may hold anything.

    >>> series_slug("urn:a").startswith("x-")
    True
    """
    return slug("/", iri)


def _grouped(claims: Sequence[_C]) -> Mapping[str, list[_C]]:
    found: dict[str, list[_C]] = defaultdict(list)
    for claim in claims:
        found[claim.agency].append(claim)
    return found
