"""The articles of the sites that tests build: two seeds, two that contradict each other, one with hostile content."""

from __future__ import annotations

import json
from pathlib import Path

SEEDS = Path(__file__).parent.parent / "seeds"
HOSTILE = "<script>alert(1)</script>"

_SHORT = {
    "wenzhou-1": "温州市公安局2023年破获刑事案件120起,抓获犯罪嫌疑人80名。开展“云剑”专项行动。\n",
    "wenzhou-2": "温州市公安局2023年破获刑事案件450起,抓获犯罪嫌疑人80名。开展“云剑”专项行动。\n",
    "taizhou-1": "台州市公安局2023年破获刑事案件90余起,抓获犯罪嫌疑人70名。命案连续3年全破。开展“云剑”专项行动。\n",
    "taizhou-0": "台州市公安局2022年破获刑事案件80起,2021年破获刑事案件85起。\n",
}


def write_articles(folder: Path) -> Path:
    """Write the articles and return their folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("bozhou-2024", "binzhou-2020"):
        (folder / f"{name}.txt").write_bytes((SEEDS / f"{name}.txt").read_bytes())
    for name, text in _SHORT.items():
        (folder / f"{name}.txt").write_text(f"{name[:7]}平安答卷\n\n2024-01-05\n\n{text}", encoding="utf-8")
    hostile = {
        "id": "hostile",
        "title": f'"><img src=x onerror=alert(1)>{HOSTILE}',
        "publisher": f"{HOSTILE}报",
        "published": "2024-02-01",
        "text": f"镇安县公安局2023年破获“{HOSTILE}”案件120起。"
        "\u202e破获\u202c刑事案件33起。开展“<b>净网</b>”专项行动。",
    }
    (folder / "hostile.jsonl").write_text(json.dumps(hostile, ensure_ascii=False) + "\n", encoding="utf-8")
    return folder
