"""The front page of a site: how much there is, from when to when, what is new, who reports what."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kg.queries import catalogue
from kg.site.answering import answer_table
from kg.site.coverage import region_matrix
from kg.site.outline import Outline, Page, Section
from kg.store import Rows

_NEW = 20
_HEADLINE = "criminal-cases"


def home_page(outline: Outline, answers: Mapping[str, Rows], new: Collection[str], odd: int, first: bool) -> Page:
    """Return the front page; ``new`` are articles that were not there before, ``odd`` is how many claims clash."""
    words, corpus = outline.words, outline.corpus
    days = sorted(day for claim in corpus.claims() for day in claim.period if day)
    printed = sorted(source.published for source in corpus.sources.values() if source.published)
    speaking = {claim.agency for claim in corpus.claims() if claim.agency in corpus.agencies}
    tiles = [
        (f"{len(corpus.sources):,}", words("home.articles")),
        (f"{len(speaking):,}", words("home.bureaus")),
        (f"{len(corpus.claims()):,}", words("home.claims")),
        (f"{len(corpus.figures):,}", words("home.figures")),
        (f"{odd:,}", words("home.odd")),
    ]
    if days:
        tiles.append(("–".join(dict.fromkeys((days[0][:4], days[-1][:4]))), words("home.span")))
    sections = [Section(note=words("home.claims_note"))]
    if _HEADLINE in answers and answers[_HEADLINE].rows:
        query = catalogue()[_HEADLINE]
        question = query.question_zh if words.language == "zh" else query.question
        link = ((words("home.all_questions"), "questions.html", False, ""),)
        table = answer_table(outline, answers[_HEADLINE], "", most=6)
        sections.append(Section(question, "headline", table=table, links=link))
    sections.append(
        Section(words("home.matrix"), "matrix", words("home.matrix_note"), table=region_matrix(outline, ""))
    )
    sections.append(_new(outline, new, first))
    lead = words("home.lead")
    if printed:
        lead = words.sentences(lead, words("home.published", first=printed[0], last=printed[-1]))
    return Page("index.html", words("home.title"), lead, tuple(sections), tuple(tiles), "index")


def _new(outline: Outline, new: Collection[str], first: bool) -> Section:
    words = outline.words
    sources = [one for one in outline.corpus.sources.values() if one.id in new]
    sources.sort(key=lambda one: (one.published, one.id), reverse=True)
    links = tuple((one.title, outline.source_href(one, ""), True, one.published) for one in sources[:_NEW])
    links += ((words("home.all_articles"), "articles.html", False, ""),)
    note = (
        words("home.first")
        if first
        else words("home.new_note", count=len(sources))
        if sources
        else words("home.nothing_new")
    )
    return Section(words("home.new"), "new", note, links=links)
