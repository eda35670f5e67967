"""Regenerate ``mappings/lexicons/place_pinyin.tsv``, what ids of articles call places by.

One package spells them, unpacked beforehand (``mappings/lexicons/README.md`` records version, licence and date)::

    pip download --no-deps pypinyin==0.55.0 && unzip pypinyin-*.whl -d spelling
    PYTHONPATH=spelling python scripts/make_place_pinyin.py

A place goes by its short name, where that has two characters or more; a county by its full one too.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

from pypinyin import lazy_pinyin  # type: ignore[import-not-found]

LEXICONS = Path(__file__).parent.parent / "mappings" / "lexicons"
SPELLED = {
    "六安": "luan", "蚌埠": "bengbu", "台州": "taizhou", "乐清": "yueqing", "乐亭": "laoting", "莘县": "shenxian",
    "单县": "shanxian", "尉氏": "weishi", "浚县": "xunxian", "泌阳": "biyang", "铅山": "yanshan", "歙县": "shexian",
    "六合": "luhe", "盱眙": "xuyi", "东阿": "donge", "长子": "zhangzi", "洪洞": "hongtong", "繁峙": "fanshi",
    "蔚县": "yuxian", "井陉": "jingxing", "厦门": "xiamen", "重庆": "chongqing", "犍为": "qianwei", "荥经": "yingjing",
    "番禺": "panyu", "大埔": "dabu", "宿州": "suzhou", "宿迁": "suqian", "枞阳": "zongyang", "大城": "dacheng",
    "黄陂": "huangpi", "会昌": "huichang", "会宁": "huining", "会理": "huili", "会泽": "huize", "会东": "huidong",
    "会同": "huitong", "句容": "jurong", "中牟": "zhongmu", "渑池": "mianchi", "柘城": "zhecheng", "宕昌": "dangchang",
    "吴堡": "wubu", "那曲": "naqu", "陕西": "shaanxi", "郧西": "yunxi", "监利": "jianli", "筠连": "junlian",
    "綦江": "qijiang", "勐海": "menghai", "东莞": "dongguan", "涡阳": "guoyang",
    "漯河": "luohe", "民乐": "minle",  "长垣": "changyuan", "长治": "changzhi", "长沙": "changsha", "长春": "changchun",
}  # fmt: skip

READ = {"都": "du", "长": "chang", "乐": "le", "勒": "le", "朝": "chao"}


def spellings(name: str) -> set[str]:
    """Return how a name is spelled: 绿 as lv and lu, names that have a reading of their own by it."""
    known = next((word for word in (name[:2], name) if word in SPELLED), "")
    rest = name[len(known) :]
    spelled = SPELLED.get(known, "") + "".join(
        READ.get(c, sound) for c, sound in zip(rest, lazy_pinyin(rest), strict=True)
    )
    return {spelled, spelled.replace("v", "u")}


def main() -> None:
    """Write the table."""
    places: dict[str, set[str]] = defaultdict(set)
    with (LEXICONS / "divisions.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            county = row["name"].endswith("县")
            for word in (*((row["name"],) if county else ()), *((row["short"],) if len(row["short"]) > 1 else ())):
                for spelled in spellings(word):
                    places[spelled].add(row["name"])
    lines = [f"{spelled}\t{'、'.join(sorted(names))}" for spelled, names in sorted(places.items())]
    (LEXICONS / "place_pinyin.tsv").write_text("word\tnames\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
