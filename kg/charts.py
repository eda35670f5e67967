"""Charts: claimed numbers as Vega-Lite, drawn without a browser.

Enters: points, each with its words, or the answer to a query. Leaves: a Vega-Lite specification, SVG, PNG. A bound
shows in the shape of a point and in its label, a fall lies left of zero. Room for labels is reckoned from their
characters, not measured, so that the specification and the SVG do not depend on the fonts of a machine.

vl-convert comes with ``pip install 'pingan-kg[charts]'``; it is imported when a chart is drawn.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

from kg.errors import UsageError
from kg.store import Rows, Term

Spec = dict[str, Any]

_DRAWN = 4  # grows when what is drawn changes
_WIDTH = 460
_WIDEST = 420
_STEP = 48  # by which room for words grows, so that a chart in another language is laid out alike
_ROW = 26
_INK, _LINE, _DOT = "#1d2129", "#b9c4cc", "#0b5a8a"
_SHAPES = {"exact": "circle", "approx": "diamond"}
_OPEN = {"y": ("triangle-left", "triangle-right"), "x": ("triangle-down", "triangle-up")}
_SIGNS = {"min": "≥ ", "max": "≤ ", "approx": "≈ "}
_FONT = "Noto Sans CJK SC, WenQuanYi Micro Hei, PingFang SC, Microsoft YaHei, sans-serif"
_MOST = 60
_NAMES = ("bureau", "series", "campaign", "about", "counted", "indicator", "level")


@dataclass(frozen=True, slots=True)
class Point:
    """One claimed number: the row or column it stands in, its value (below zero for a fall), and how it is said."""

    label: str
    value: float
    said: str
    bound: str = "exact"


def text_width(text: str, size: int = 12) -> int:
    """Return about how many pixels a text takes: Chinese characters are square, others half as wide.

    >>> text_width("南充 a")
    37
    """
    wide = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
    return round(wide * size * 0.52)


def _room_for(texts: Iterable[str], besides: int) -> int:
    """Return room for the widest of some texts, in steps.

    >>> _room_for(["南充", "南充市"], 12), _room_for(["Nanchong"], 12)
    (96, 96)
    """
    return -(-(max(map(text_width, texts)) + besides) // _STEP) * _STEP


def dots(points: Sequence[Point], axis: str) -> Spec:
    """Return numbers side by side: a row a point, in their order; ``axis`` says what is measured.

    Raises UsageError without points.
    """
    shown = _some(points)
    room = min(_room_for((point.label for point in shown), 12), _WIDEST)
    margin = _room_for((point.said for point in shown), 16)
    left = margin if any(point.value < 0 for point in shown) else 0
    names = {**_label_axis(room), "minExtent": room, "maxExtent": room, "domain": False, "offset": left}
    x = _quantity("value", axis, 8) | {"axis": _number_axis()}
    layers = (
        (_RULE, {"x": {"field": "zero", "type": "quantitative", "title": axis}, "x2": {"field": "value"}}),
        (_MARK, {"x": x, "shape": _SHAPE}),
        (
            # Words stand on the side of their point that is away from zero.
            {
                "type": "text",
                "color": _INK,
                "align": {"expr": "datum.value < 0 ? 'right' : 'left'"},
                "dx": {"expr": "datum.value < 0 ? -9 : 9"},
            },
            {"x": x, "text": {"field": "said", "type": "nominal"}},
        ),
    )
    size = {"width": _WIDTH, "height": _ROW * len(shown)}
    padding = {"left": room + 12 + left, "right": margin + 12, "top": 12, "bottom": 46}
    return _spelled(shown, room, "y", names, layers, size, padding)


def trend(points: Sequence[Point], axis: str) -> Spec:
    """Return numbers from period to period, joined by a line. Raises UsageError as ``dots`` does."""
    shown = _some(points)
    step = _room_for((point.label for point in shown), 24)
    names = {**_label_axis(step), "minExtent": 24, "maxExtent": 24, "labelAngle": 0}
    y = _quantity("value", None, 14) | {"axis": {**_number_axis(), "minExtent": 70, "maxExtent": 70}}
    layers = (
        ({"type": "line", "color": _LINE, "strokeWidth": 2}, {"y": y}),
        (_MARK, {"y": y, "shape": _SHAPE}),
        ({"type": "text", "color": _INK, "dy": -14}, {"y": y, "text": {"field": "said", "type": "nominal"}}),
    )
    size = {"width": step * len(shown), "height": 190}
    padding = {"left": 84, "right": 24, "top": 34, "bottom": 34}
    spec = _spelled(shown, step, "x", names, layers, size, padding)
    return {**spec, "title": {"text": axis, "anchor": "start", "fontSize": 12}}


_RULE: Spec = {"type": "rule", "color": _LINE, "strokeWidth": 2}
_MARK: Spec = {"type": "point", "filled": True, "size": 90, "color": _DOT, "opacity": 1}
_SHAPE: Spec = {"field": "shape", "type": "nominal", "scale": None, "legend": None}


def _some(points: Sequence[Point]) -> Sequence[Point]:
    if not points:
        raise UsageError("nothing to draw: the answer has no row with a number")
    return points[:_MOST]


def _label_axis(room: int) -> Spec:
    # Every label is shown: the room for each is reckoned, so that Vega need not look which of them overlap.
    return {"labelExpr": "labels[datum.value]", "labelLimit": room, "labelOverlap": False, "ticks": False}


def _quantity(field: str, title: str | None, padding: int) -> Spec:
    scale = {"zero": True, "nice": True, "padding": padding}
    return {"field": field, "type": "quantitative", "title": title, "scale": scale}


def _number_axis() -> Spec:
    return {"tickCount": 5, "grid": True, "gridColor": "#e7eaec", "domain": False, "labelFlush": False}


def _spelled(
    points: Sequence[Point],
    room: int,
    side: str,
    names: Spec,
    layers: Sequence[tuple[Spec, Spec]],
    size: Mapping[str, int],
    padding: Mapping[str, int],
) -> Spec:
    """Return the specification; its size is given in full, so that nothing is measured.

    ``side`` is where the labels stand, x or y, ``names`` is their axis.
    """
    place = {"field": "row", "type": "ordinal", "sort": None, "title": None, "axis": names}
    words = {"labelColor": _INK, "titleColor": _INK, "titleFontWeight": "normal"}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": {
            "font": _FONT,
            "background": "#ffffff",
            "autosize": {"type": "none"},
            "padding": dict(padding),
            "view": {"stroke": None},
            "axis": {**words, "labelFontSize": 12, "titleFontSize": 12},
            "text": {"fontSize": 12},
        },
        "params": [{"name": "labels", "value": [_fitted(point.label, room) for point in points]}],
        "data": {
            "values": [
                {
                    "row": row,
                    "value": point.value,
                    "said": point.said,
                    "bound": point.bound,
                    "shape": _shape(point, side),
                    "zero": 0,
                }
                for row, point in enumerate(points)
            ]
        },
        "layer": [{"mark": mark, "encoding": {side: place, **encoding}} for mark, encoding in layers],
        **size,
    }


def _shape(point: Point, side: str) -> str:
    """Return the shape of a point: a triangle points to where the number may lie instead.

    >>> _shape(Point("", 5, "", "min"), "y"), _shape(Point("", -5, "", "min"), "y")
    ('triangle-right', 'triangle-left')
    >>> _shape(Point("", -5, "", "max"), "x")
    'triangle-up'
    """
    if point.bound in ("min", "max"):
        return _OPEN[side][(point.bound == "min") == (point.value >= 0)]
    return _SHAPES.get(point.bound, "circle")


def _fitted(label: str, room: int) -> str:
    """Return a label that takes no more than this room, its end left out if need be.

    >>> _fitted("南充市公安局", 120), _fitted("南充市公安局", 40)
    ('南充市公安局', '南充…')
    """
    if text_width(label) <= room:
        return label
    kept = next(at for at in range(len(label), -1, -1) if text_width(label[:at]) + 12 <= room or at == 0)
    return f"{label[:kept]}…"


# --- answers ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Drawn:
    """The chart of an answer, and what of the answer it leaves out.

    ``others`` are the measures that are not drawn, ``beyond`` is how many numbers a chart has no room for.
    """

    spec: Spec
    measure: str
    others: tuple[str, ...] = ()
    beyond: int = 0


def chart_of(answer: Rows, measure: str | None = None) -> Drawn:
    """Return the chart of a query's answer, of those rows that are measured alike.

    A measure is a kind of number and its unit, such as "share %"; without one, the most frequent is drawn. Numbers of
    one bureau and one indicator are drawn over the years, others side by side. Of answers without a ``value`` the first
    column of numbers is drawn. Raises UsageError where there is nothing to draw.

    >>> chart_of(Rows(("bureau",), ()))
    Traceback (most recent call last):
    kg.errors.UsageError: nothing to draw: the answer has no rows
    """
    if not answer.rows:
        raise UsageError("nothing to draw: the answer has no rows")
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    numbers = next(iter(_numeric_columns(answer)), None)
    if numbers is None:
        raise UsageError("nothing to draw: the answer has no column of numbers")
    drawn = [row for row in rows if _number(row.get(numbers)) is not None]
    counts = Counter(_measure(row) if numbers == "value" else "" for row in drawn)
    chosen = measure if measure is not None else min(counts, key=lambda one: (-counts[one], one))
    if chosen not in counts:
        raise UsageError(f'no row is measured in "{chosen}"; there are {", ".join(sorted(counts))}')
    if numbers == "value":
        drawn = [row for row in drawn if _measure(row) == chosen]
    names = [name for name in _NAMES if name in answer.columns] or [answer.columns[0]]
    varying = [name for name in names if len({_text(row.get(name)) for row in drawn}) > 1]
    points = [_point(row, numbers, varying) for row in drawn]
    fixed = dict.fromkeys(_text(drawn[0].get(name)) for name in names if name not in varying)
    axis = " · ".join(filter(None, (*fixed, numbers if numbers != "value" else "", chosen)))
    spec = trend(points, axis) if not varying and len(points) > 1 else dots(points, axis)
    return Drawn(spec, chosen, tuple(sorted(set(counts) - {chosen})), max(len(points) - _MOST, 0))


def _measure(row: Mapping[str, Term | None]) -> str:
    return " ".join(filter(None, (_text(row.get("kind")), _text(row.get("unit"))))) or "number"


def _numeric_columns(answer: Rows) -> Iterable[str]:
    names = sorted(answer.columns, key=lambda name: (name != "value", answer.columns.index(name)))
    for name in names:
        at = answer.columns.index(name)
        terms = [row[at] for row in answer.rows if row[at] is not None]
        # A year or a day is where a number stands, not what it counts.
        if terms and "ear" not in name and all(_number(term) is not None for term in terms):
            yield name


def _point(row: Mapping[str, Term | None], numbers: str, varying: Sequence[str]) -> Point:
    value = _number(row[numbers])
    assert value is not None
    bound = _text(row.get("bound")) or "exact"
    falls = _text(row.get("direction")) == "down"
    unit = _text(row.get("unit")) if numbers == "value" else ""
    said = f"{'↓ ' if falls else ''}{_SIGNS.get(bound, '')}{value:,.10g}{unit}"
    label = " · ".join(filter(None, (*(_text(row.get(name)) for name in varying), _days(row))))
    return Point(label, -value if falls else value, said, bound if bound in (*_SHAPES, *_SIGNS) else "exact")


def _days(row: Mapping[str, Term | None]) -> str:
    start, end = _text(row.get("from")), _text(row.get("to"))
    if start.endswith("-01-01") and end.endswith("-12-31") and start[:4] == end[:4]:
        return start[:4]
    return f"{start}–{end}" if start and end else _text(row.get("year"))


def _text(term: Term | None) -> str:
    return "" if term is None else term.value


def _number(term: Term | None) -> float | None:
    if term is None or term.datatype is None or not term.datatype.endswith(("#decimal", "#integer", "#double")):
        return None
    try:
        return float(term.value)
    except ValueError:
        return None


# --- drawing ----------------------------------------------------------------------------------------------------------

_STAND_IN = re.compile("~([0-9]+)~")
_FOUND_AT_ONCE = "sans-serif"
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def to_svg(spec: Spec, draw: Callable[[Spec], str] | None = None) -> str:
    """Return a chart as SVG. Raises UsageError where vl-convert is not installed.

    Vega measures each text that it places, which takes it ten times as long as all else, though here no place depends
    on a text's width. So ``draw``, Vega itself unless another is given, places short stand-ins in a font that needs no
    looking for, and words and fonts follow.
    """
    short, words = _with_stand_ins(spec)
    svg = (draw or draw_anew)(short).replace(f'"{_FOUND_AT_ONCE}"', f'"{_FONT}"')
    return _STAND_IN.sub(lambda found: escape(_NO_XML.sub("\ufffd", words[int(found[1])])), svg)


def draw_anew(spec: Spec) -> str:
    """Return a specification as Vega draws it. Raises UsageError where vl-convert is not installed."""
    svg: str = _converter().vegalite_to_svg(spec)
    return svg


def _with_stand_ins(spec: Spec) -> tuple[Spec, Sequence[str]]:
    """Return a specification with a number for each text, and the texts; charts in two languages differ in these."""
    words: list[str] = []

    def stand_in(text: str | None) -> str | None:
        if text is None:
            return None
        words.append(text)
        return f"~{len(words) - 1}~"

    labels = [{**one, "value": list(map(stand_in, one["value"]))} for one in spec["params"]]
    values = [{**one, "said": stand_in(one["said"])} for one in spec["data"]["values"]]
    config = {**spec["config"], "font": _FOUND_AT_ONCE}
    short = {**spec, "config": config, "params": labels, "data": {"values": values}}
    title = spec["title"]["text"] if "title" in spec else spec["layer"][0]["encoding"]["x"]["title"]
    named = stand_in(title)
    if "title" in spec:
        short["title"] = {**spec["title"], "text": named}
    else:
        short["layer"] = [
            {**one, "encoding": {**one["encoding"], "x": {**one["encoding"]["x"], "title": named}}}
            for one in spec["layer"]
        ]
    return short, words


def to_png(spec: Spec) -> bytes:
    """Return a chart as PNG, two pixels a point; Chinese needs a font that has it. Raises UsageError as ``to_svg``."""
    png: bytes = _converter().svg_to_png(to_svg(spec), scale=2)
    return png


def to_json(spec: Spec) -> str:
    """Return the Vega-Lite specification itself."""
    return json.dumps(spec, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def charts_version() -> str:
    """Return the version of what draws charts, with this module's own: another one may draw them otherwise."""
    from importlib.metadata import version

    _converter()
    return f"vl-convert {version('vl-convert-python')} {_DRAWN}"


WRITERS: Mapping[str, Callable[[Spec], str | bytes]] = {".svg": to_svg, ".png": to_png, ".json": to_json}
"""How to write a chart, by the ending of the file's name."""


@cache
def _converter() -> Any:
    try:
        import vl_convert
    except ModuleNotFoundError as error:
        raise UsageError(f"charts need {error.name}; install it with: pip install 'pingan-kg[charts]'") from error
    return vl_convert
