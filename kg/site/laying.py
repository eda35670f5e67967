"""The pages of one language, into a draft: laid out and rendered, but for those that would be the same as last time.

Enters: pages, some of them only planned, and what those are made of. Leaves: their files. A planned page stands where
it is made of the same as the one of the old site, by a digest, and that is all there; it is kept without being looked
at. Only so many charts are drawn in all, so that a page may show more or fewer though it says the same; the charts that
it might show are remembered with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.pages.templates import environment
from kg.pages.wording import LANGUAGES, Wording
from kg.site.drawing import Drawing, chosen, is_drawn, put_charts, sketch_of
from kg.site.outline import NAVIGATION, Chart, Page, Plan
from kg.site.splitting import part_paths, split
from kg.site.writing import Draft, Made, digest_of


@dataclass(frozen=True, slots=True)
class _Placed:
    """A page of a site: its path, how it is made, and its parts where they are laid out; ``made.of`` may be ""."""

    path: str
    made: Made
    plan: Plan | None = None
    parts: tuple[Page, ...] = ()


def put_pages(
    draft: Draft,
    pages: Iterable[Page | Plan],
    words: Wording,
    ingredients: Mapping[str, str],
    most: int,
    drawing: Drawing,
) -> int:
    """Put pages, with the ``most`` charts that have most figures, and return how many there are.

    ``ingredients`` are digests of what planned pages are made of, by path.
    """
    count = 0
    waiting = []
    for page in pages:
        placed = _place(draft, page, words, ingredients)
        count += placed.made.parts
        if placed.made.charts:
            waiting.append(placed)  # which charts are drawn is known at the end
        else:
            _put(draft, placed, words)
    drawn = chosen((one for placed in waiting for one in placed.made.charts), most)
    waiting = [_showing(placed, drawn, words) for placed in waiting]
    charts = {sketch_of(chart).name: chart for placed in waiting for chart in _charts(placed.parts)}
    put_charts(draft, charts, drawn, drawing)
    for placed in waiting:
        _put(draft, placed, words)
    return count


def _place(draft: Draft, page: Page | Plan, words: Wording, ingredients: Mapping[str, str]) -> _Placed:
    """Return a page as it stands in the old site, else laid out."""
    path = f"{words.language}/{page.path}"
    if isinstance(page, Page):
        return _lay_out(path, "", page, words)
    of = digest_of(ingredients[page.path], page.besides)
    made = draft.state.made.get(path)
    if made is None or made.of != of or not _stands(draft, path, made):
        return replace(_lay_out(path, of, page.make(), words), plan=page)
    return _Placed(path, made, page)


def _stands(draft: Draft, path: str, made: Made) -> bool:
    """Tell whether all files of a page are there, those of its charts too."""
    there = all((draft.old / part).is_file() and part in draft.state.files for part in part_paths(path, made.parts))
    return there and all(is_drawn(draft, name) for name in made.shown)


def _lay_out(path: str, of: str, page: Page, words: Wording) -> _Placed:
    parts = split(page, words)
    sketches = tuple(sketch_of(chart) for chart in _charts(parts))
    return _Placed(path, Made(of, len(parts), sketches), parts=parts)


def _charts(parts: Iterable[Page]) -> Sequence[Chart]:
    return [section.chart for page in parts for section in page.sections if section.chart]


def _showing(placed: _Placed, drawn: frozenset[str], words: Wording) -> _Placed:
    """Return a page with those of its charts that are drawn, laid out if it showed others."""
    shown = tuple(sketch.name for sketch in placed.made.charts if sketch.name in drawn)
    if not placed.parts and shown != placed.made.shown and placed.plan:
        placed = replace(_lay_out(placed.path, placed.made.of, placed.plan.make(), words), plan=placed.plan)
    return replace(placed, made=placed.made._replace(shown=shown))


def _put(draft: Draft, placed: _Placed, words: Wording) -> None:
    if placed.path in draft.digests:
        return
    for part in placed.parts:
        put_page(draft, part, words, placed.made.shown)
    if not placed.parts:
        for path in part_paths(placed.path, placed.made.parts):
            draft.keep(path, draft.state.files[path])
    if placed.made.of:
        draft.made[placed.path] = placed.made


def put_page(draft: Draft, page: Page, words: Wording, shown: Sequence[str] = ()) -> None:
    """Put a page that is laid out, with those of its charts that are ``shown``, by name."""
    names = {chart: name if (name := sketch_of(chart).name) in shown else "" for chart in _charts([page])}
    given = {
        "page": page,
        "words": words,
        "charts": names,
        "navigation": NAVIGATION,
        "other": next(one for one in LANGUAGES if one != words.language),
    }
    text = environment().get_template(f"site/{page.template}").render(given)
    draft.put_text(f"{words.language}/{page.path}", text)
