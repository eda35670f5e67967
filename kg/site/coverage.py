"""What is reported, and what is not: bureaus against subjects, province by province, and provinces against subjects."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.site.corpus import Topic, slug
from kg.site.outline import Outline, Page, Section
from kg.site.tables import Cell, Column, Table

_WIDE = 24
Years = Mapping[str, Mapping[str, Sequence[str]]]


def coverage_pages(outline: Outline) -> Iterator[Page]:
    """Give the matrix of provinces, and a matrix of its bureaus for each province."""
    words = outline.words
    years = outline.years_told
    subjects = common_subjects(outline)
    by_region: dict[str, list[str]] = defaultdict(list)
    for agency in years:
        by_region[outline.region(agency)].append(agency)
    regions = sorted(by_region, key=lambda name: (name == "", -len(by_region[name]), name))
    links = tuple((_name(outline, one), _path(one), bool(one), f"({len(by_region[one])})") for one in regions)
    overview = Section(words("coverage.regions"), "regions", table=region_matrix(outline, ""))
    first = Section(words("coverage.by_region"), "by-region", links=links)
    yield Page("coverage.html", words("nav.coverage"), words("coverage.lead"), (overview, first), here="coverage")
    for region in regions:
        agencies = sorted(
            by_region[region], key=lambda iri: (-sum(map(len, years[iri].values())), outline.agency_name(iri))
        )
        table = _matrix(outline, words("coverage.caption", region=_name(outline, region)), agencies, subjects, years)
        crumbs = ((words("nav.coverage"), "../coverage.html"),)
        title = words("coverage.title", region=_name(outline, region))
        sections = (Section(table=table, note=words("coverage.note")),)
        yield Page(_path(region), title, "", sections, here="coverage", crumbs=crumbs)


def _path(region: str) -> str:
    return f"coverage/{slug(region, region) if region else 'other'}.html"


def _name(outline: Outline, region: str) -> str:
    return region or outline.words("coverage.no_region")


def common_subjects(outline: Outline) -> list[Topic]:
    """Return the subjects on which most bureaus report, most first."""
    counts: Counter[str] = Counter()
    for of in outline.years_told.values():
        counts.update(of.keys())
    kept = [iri for iri in counts if iri in outline.corpus.topics]
    return [outline.corpus.topics[iri] for iri in sorted(kept, key=lambda iri: (-counts[iri], iri))[:_WIDE]]


def _matrix(outline: Outline, caption: str, agencies: Sequence[str], subjects: Sequence[Topic], years: Years) -> Table:
    columns = (outline.column("agency"), *(Column(outline.topic_name(one)) for one in subjects))
    rows = []
    for iri in agencies:
        cells = [Cell(outline.agency_name(iri), outline.agency_href(iri, "../"), True)]
        for topic in subjects:
            said = years[iri].get(topic.iri, ())
            text = " ".join(one[2:] if one.isdigit() else one for one in said)
            cells.append(Cell(text, sort="22", style="some") if said else Cell("–", style="none"))
        rows.append(tuple(cells))
    return Table(caption, columns, tuple(rows), headed=True, matrix=True)


def region_matrix(outline: Outline, root: str) -> Table:
    """Return how many bureaus of each province report on each subject."""
    subjects = common_subjects(outline)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for agency, of in outline.years_told.items():
        counts[outline.region(agency)].update(of.keys())
    most = max((count for row in counts.values() for count in row.values()), default=1)
    columns = (outline.column("region"), *(Column(outline.topic_name(one)) for one in subjects))
    rows = []
    for region in sorted(counts, key=lambda name: (name == "", -sum(counts[name].values()), name)):
        cells = [Cell(_name(outline, region), f"{root}{_path(region)}", bool(region))]
        for topic in subjects:
            count = counts[region][topic.iri]
            part = str(round(12 + 38 * math.log1p(count) / math.log1p(most)))
            cells.append(Cell(str(count), sort=part, style="some") if count else Cell("–", style="none"))
        rows.append(tuple(cells))
    return Table(outline.words("coverage.regions_caption"), columns, tuple(rows), headed=True, matrix=True)
