"""Charts: claimed numbers as Vega-Lite, drawn without a browser.

Enters: points, each with its words, or the answer to a query. Leaves: a Vega-Lite specification, SVG, PNG. A bound
shows in the shape of a point and in its label, a fall lies left of zero. Room for labels is reckoned from their
characters, not measured, so that the specification and the SVG do not depend on the fonts of a machine.

Altair and vl-convert come with ``pip install 'pingan-kg[charts]'``; they are imported when a chart is made.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.errors import UsageError
from kg.store import Rows, Term

Spec = dict[str, Any]

_WIDTH = 460
_ROW = 26
_INK, _LINE, _DOT = "#1d2129", "#b9c4cc", "#0b5a8a"
_SHAPES = {"exact": "circle", "min": "triangle-right", "max": "triangle-left", "approx": "diamond"}
_SIGNS = {"min": "≥ ", "max": "≤ ", "approx": "≈ "}
_FONT = "Noto Sans CJK SC, WenQuanYi Micro Hei, PingFang SC, Microsoft YaHei, sans-serif"
_MOST = 60
_NAMES = ("bureau", "series", "campaign", "about", "counted", "indicator")


@dataclass(frozen=True, slots=True)
class Point:
    """One claimed number: the row or column it stands in, its value (below zero for a fall), and how it is said."""

    label: str
    value: float
    said: str
    bound: str = "exact"


def text_width(text: str, size: int = 12) -> int:
    """Return about how many pixels a text takes: Chinese characters are square, others half as wide.

    >>> text_width("滨州 a")
    37
    """
    wide = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
    return round(wide * size * 0.52)


def dots(points: Sequence[Point], axis: str) -> Spec:
    """Return numbers side by side: a row a point, in their order; ``axis`` says what is measured.

    Raises UsageError without points, or where Altair is not installed.
    """
    alt = _altair()
    shown = _some(points)
    room = min(max(text_width(point.label) for point in shown) + 12, 420)
    margin = max(text_width(point.said) for point in shown) + 16
    left = margin if any(point.value < 0 for point in shown) else 0
    base = alt.Chart(alt.Data(values=_values(shown))).encode(
        y=alt.Y(
            "row:O",
            sort=None,
            title=None,
            axis=alt.Axis(
                labelExpr=f"({json.dumps([p.label for p in shown], ensure_ascii=False)})[datum.value]",
                minExtent=room,
                maxExtent=room,
                labelLimit=room,
                ticks=False,
                domain=False,
                offset=left,
            ),
        )
    )
    x = alt.X("value:Q", title=axis, scale=alt.Scale(zero=True, nice=True, padding=8), axis=_number_axis(alt))
    parts = alt.layer(
        base.mark_rule(color=_LINE, strokeWidth=2).encode(x=alt.X("zero:Q", title=axis), x2="value:Q"),
        base.mark_point(filled=True, size=90, color=_DOT, opacity=1).encode(x=x, shape=_shape(alt)),
        base.mark_text(dx=9, align="left", color=_INK).encode(
            x=x, text="said:N", opacity=alt.condition("datum.value >= 0", alt.value(1), alt.value(0))
        ),
        base.mark_text(dx=-9, align="right", color=_INK).encode(
            x=x, text="said:N", opacity=alt.condition("datum.value < 0", alt.value(1), alt.value(0))
        ),
    )
    return _spelled(
        parts.properties(width=_WIDTH, height=_ROW * len(shown)),
        {"left": room + 12 + left, "right": margin + 12, "top": 12, "bottom": 46},
    )


def trend(points: Sequence[Point], axis: str) -> Spec:
    """Return numbers from period to period, joined by a line. Raises UsageError as ``dots`` does."""
    alt = _altair()
    shown = _some(points)
    step = max(90, max(text_width(point.label) for point in shown) + 24)
    base = alt.Chart(alt.Data(values=_values(shown))).encode(
        x=alt.X(
            "row:O",
            sort=None,
            title=None,
            axis=alt.Axis(
                labelExpr=f"({json.dumps([p.label for p in shown], ensure_ascii=False)})[datum.value]",
                labelAngle=0,
                labelLimit=step,
                minExtent=24,
                maxExtent=24,
                ticks=False,
            ),
        )
    )
    y = alt.Y("value:Q", title=None, scale=alt.Scale(zero=True, nice=True, padding=14), axis=_number_axis(alt, room=70))
    parts = alt.layer(
        base.mark_line(color=_LINE, strokeWidth=2).encode(y=y),
        base.mark_point(filled=True, size=90, color=_DOT, opacity=1).encode(y=y, shape=_shape(alt)),
        base.mark_text(dy=-14, color=_INK).encode(y=y, text="said:N"),
    )
    return _spelled(
        parts.properties(width=step * len(shown), height=190, title=alt.Title(axis, anchor="start", fontSize=12)),
        {"left": 84, "right": 24, "top": 34, "bottom": 34},
    )


def _some(points: Sequence[Point]) -> Sequence[Point]:
    if not points:
        raise UsageError("nothing to draw: the answer has no row with a number")
    return points[:_MOST]


def _values(points: Sequence[Point]) -> list[dict[str, object]]:
    return [
        {"row": row, "value": point.value, "said": point.said, "bound": point.bound, "zero": 0}
        for row, point in enumerate(points)
    ]


def _number_axis(alt: Any, room: int | None = None) -> Any:
    fixed = {} if room is None else {"minExtent": room, "maxExtent": room}
    return alt.Axis(tickCount=5, grid=True, gridColor="#e7eaec", domain=False, labelFlush=False, **fixed)


def _shape(alt: Any) -> Any:
    return alt.Shape(
        "bound:N", scale=alt.Scale(domain=list(_SHAPES), range=list(_SHAPES.values())), legend=None, sort=None
    )


def _spelled(chart: Any, padding: Mapping[str, int]) -> Spec:
    """Return the specification; its size is given in full, so that nothing is measured."""
    spec: Spec = (
        chart.configure(font=_FONT, background="#ffffff", autosize={"type": "none"}, padding=dict(padding))
        .configure_view(stroke=None)
        .configure_axis(labelColor=_INK, titleColor=_INK, titleFontWeight="normal", labelFontSize=12, titleFontSize=12)
        .configure_text(fontSize=12)
        .to_dict(validate=False)
    )
    return spec


# --- answers ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Drawn:
    """The chart of an answer, and what of the answer it leaves out because it is measured otherwise."""

    spec: Spec
    measure: str
    others: tuple[str, ...] = ()


def chart_of(answer: Rows, measure: str | None = None) -> Drawn:
    """Return the chart of a query's answer, of those rows that are measured alike.

    A measure is a kind of number and its unit, such as "share %"; without one, the most frequent is drawn. Numbers of
    one bureau and one indicator are drawn over the years, others side by side. Of answers without a ``value`` the first
    column of numbers is drawn. Raises UsageError where there is nothing to draw.

    >>> chart_of(Rows(("bureau",), ()))
    Traceback (most recent call last):
    kg.errors.UsageError: nothing to draw: the answer has no column of numbers
    """
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
    return Drawn(spec, chosen, tuple(sorted(set(counts) - {chosen})))


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
    return Point(label, -value if falls else value, said, bound if bound in _SHAPES else "exact")


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


def to_svg(spec: Spec) -> str:
    """Return a chart as SVG. Raises UsageError where vl-convert is not installed."""
    svg: str = _converter().vegalite_to_svg(spec)
    return svg


def to_png(spec: Spec) -> bytes:
    """Return a chart as PNG, two pixels a point; Chinese needs a font that has it. Raises UsageError as ``to_svg``."""
    png: bytes = _converter().vegalite_to_png(spec, scale=2)
    return png


def to_json(spec: Spec) -> str:
    """Return the Vega-Lite specification itself."""
    return json.dumps(spec, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def charts_version() -> str:
    """Return the versions of what draws charts: another one may draw them otherwise."""
    from importlib.metadata import version

    _altair(), _converter()
    return f"altair {version('altair')} vl-convert {version('vl-convert-python')}"


WRITERS: Mapping[str, Callable[[Spec], str | bytes]] = {".svg": to_svg, ".png": to_png, ".json": to_json}
"""How to write a chart, by the ending of the file's name."""


@cache
def _altair() -> Any:
    try:
        import altair
    except ModuleNotFoundError as error:
        raise UsageError(f"charts need {error.name}; install it with: pip install 'pingan-kg[charts]'") from error
    return altair


@cache
def _converter() -> Any:
    try:
        import vl_convert
    except ModuleNotFoundError as error:
        raise UsageError(f"charts need {error.name}; install it with: pip install 'pingan-kg[charts]'") from error
    return vl_convert
