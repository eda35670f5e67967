"""The charts of a site: which are drawn, and their files.

Enters: charts. Leaves: files of each, named by a digest of what it shows. A chart in another language has other words
in the same places, so what is drawn once is kept, until the site is built, for who draws that.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from kg.charts import Spec, charts_version, dots, draw_anew, to_json, to_svg, trend
from kg.site.outline import Chart
from kg.site.sharing import Shared
from kg.site.writing import Draft, Sketch, digest_of

ENDINGS = (".svg", ".js", ".json")


def chart_path(name: str, ending: str) -> str:
    """Return where a file of a chart stands.

    >>> chart_path("a", ".svg")
    'charts/a.svg'
    """
    return f"charts/{name}{ending}"


@cache
def sketch_of(chart: Chart) -> Sketch:
    """Return the name of a chart's files, and what decides whether it is drawn."""
    figures = digest_of(*(f"{point.value} {point.bound}" for point in chart.points))
    return Sketch(digest_of(_version(), repr(chart)), chart.weight, figures)


@cache
def _version() -> str:
    return charts_version()


def chosen(sketches: Iterable[Sketch], most: int) -> frozenset[str]:
    """Return the names of the charts with most figures, as many as allowed."""
    ranked = sorted(dict.fromkeys(sketches), key=lambda one: (-one.weight, one.figures, one.name))
    return frozenset(one.name for one in ranked[:most])


def is_drawn(draft: Draft, name: str) -> bool:
    """Tell whether the old site holds all files of a chart."""
    return all(draft.has(chart_path(name, ending), name) for ending in ENDINGS)


@dataclass(frozen=True, slots=True)
class Drawing:
    """How charts are drawn: ``kept`` is the folder of what has been drawn in any language.

    Two languages are laid out at once, and draw the same but for its words; one of them begins at the end
    (``backwards``), so that they meet in the middle. With a ``pool``, processes that have nothing else to do help.
    """

    kept: str
    pool: Executor | None = None
    backwards: bool = False


def put_charts(draft: Draft, charts: Mapping[str, Chart], names: Iterable[str], drawing: Drawing) -> None:
    """Put the charts of these names; ``charts`` are those, by name, that may have to be drawn."""
    left = sorted(names)
    wanted = [(charts[name], name, drawing.kept) for name in left if not is_drawn(draft, name)]
    wanted.sort(key=lambda one: sketch_of(one[0])[::-1])
    if drawing.pool:
        made = dict(Shared(drawing.pool, _drawn, wanted).done())
    else:
        made = dict(map(_drawn, reversed(wanted) if drawing.backwards else wanted))
    for name in left:
        for ending in ENDINGS:
            path = chart_path(name, ending)
            if path in draft.digests:
                continue
            if name in made:
                draft.write(path, name, made[name][ending].encode("utf-8", "backslashreplace"))
            else:
                draft.keep(path, name)


def _drawn(wanted: tuple[Chart, str, str]) -> tuple[str, Mapping[str, str]]:
    """Return the name of a chart with its files; runs in any process."""
    chart, name, kept = wanted
    return name, draw(chart, name, partial(_drawn_once, Path(kept)))


def _drawn_once(kept: Path, spec: Spec) -> str:
    """Return what another has drawn of the same specification, else draw it and keep it for others."""
    path = kept / digest_of(json.dumps(spec, ensure_ascii=False, sort_keys=True))
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        svg = draw_anew(spec)
    beside = path.with_suffix(f".{os.getpid()}")
    beside.write_text(svg, encoding="utf-8", newline="")
    beside.replace(path)
    return svg


def draw(chart: Chart, name: str, drawn: Callable[[Spec], str] = draw_anew) -> Mapping[str, str]:
    """Return a chart as SVG and as a Vega-Lite specification, by the ending of the file; the SVG as a script too.

    Of the script a browser makes a PNG when somebody wants it. To draw it here took longer than all else of a chart,
    made seven tenths of a site's bytes, and depended on the fonts of this machine.
    """
    spec = (trend if chart.over_time else dots)(chart.points, chart.axis)
    svg = to_svg(spec, drawn)
    spelled = json.dumps(svg, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return {".svg": svg, ".js": f"window.kgCharts[{json.dumps(name)}] = {spelled};\n", ".json": to_json(spec)}
