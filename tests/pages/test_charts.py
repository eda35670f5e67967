"""Charts: what Vega would draw, drawn in a tenth of the time; the specification is one that Vega-Lite knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import altair
import pytest
import vl_convert
from lxml import etree

from kg.charts import Point, Spec, chart_of, dots, draw_anew, to_png, to_svg, trend
from kg.store import Rows, Term

BOUNDS = ("exact", "min", "max", "approx")


def _points(count: int) -> list[Point]:
    return [
        Point(f"滨州市公安局 · {2000 + n}", (n * 3.5 + 1) * (-1) ** n, f"至少 {n * 3.5 + 1} 起", BOUNDS[n % 4])
        for n in range(count)
    ]


CHARTS = [draw(_points(count), "起 · 全市") for draw in (dots, trend) for count in (1, 2, 40)]


@pytest.mark.parametrize("spec", CHARTS)
def test_words_put_in_afterwards_stand_where_vega_puts_them(spec: Spec) -> None:
    assert to_svg(spec) == vl_convert.vegalite_to_svg(spec)


@pytest.mark.parametrize("form", [dots, trend])
def test_a_chart_in_another_language_is_drawn_once(form: Callable[[Sequence[Point], str], Spec]) -> None:
    drawn: list[Spec] = []

    def drawn_once(spec: Spec) -> str:
        drawn.append(spec)
        return draw_anew(spec)

    chinese, english = (
        [Point(name, value, said) for name, value, said in points]
        for points in (
            [("南充", 2, "2起"), ("巴中市", -3, "↓ 3起")],
            [("Nanchong", 2, "2"), ("Bazhong", -3, "↓ 3")],
        )
    )
    assert to_svg(form(chinese, "立案数"), drawn_once) != to_svg(form(english, "cases filed"), drawn_once)
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize("spec", CHARTS)
def test_a_specification_follows_the_schema_of_vega_lite(spec: Spec) -> None:
    altair.Chart.from_dict(spec, validate=True)


@pytest.mark.parametrize("draw", [dots, trend])
def test_words_of_an_article_are_text_in_a_chart(draw: object) -> None:
    assert callable(draw)
    said = '<script>alert("1")</script>\x00\ud800 & ~0~'
    svg = to_svg(draw([Point(said, 1, said), Point("乙", 2, "二")], said))
    tree = etree.fromstring(svg.encode())
    assert not tree.findall(".//{*}script")
    texts = ["".join(one.itertext()) for one in tree.iter("{*}text")]
    assert texts.count('<script>alert("1")</script>\ufffd\ufffd & ~0~') == 3
    assert "二" in texts


def test_a_label_longer_than_its_room_is_cut() -> None:
    spec = dots([Point("滨" * 60, 1, "一")], "起")
    (label,) = spec["params"][0]["value"]
    assert 20 < len(label) < 40 and label.endswith("…")


def test_a_chart_as_png() -> None:
    assert to_png(dots(_points(3), "起")).startswith(b"\x89PNG")


def test_what_a_chart_of_an_answer_leaves_out_is_told() -> None:
    whole = "http://www.w3.org/2001/XMLSchema#integer"
    rows = [
        (Term("literal", "滨州市公安局"), Term("literal", level), Term("literal", str(n), datatype=whole))
        for n in range(40)
        for level in ("national", "provincial")
    ]
    drawn = chart_of(Rows(("bureau", "level", "honors"), tuple(rows)))
    (labels,) = drawn.spec["params"]
    assert len(labels["value"]) == 60 and drawn.beyond == 20
    assert set(labels["value"]) == {"national", "provincial"}
