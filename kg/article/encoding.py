"""Bytes to characters: UTF-8, UTF-16, GB18030 and Big5, decided by evidence and never by a wild guess."""

from __future__ import annotations

import codecs
import re

from kg.errors import ArticleError

MAX_BYTES = 20_000_000
"""The largest article that is read. A year of a newspaper's police pages is a hundredth of it."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip archive or office document",
    b"PK\x05\x06": "a zip archive",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ\x00": "an xz archive",
    b"\x28\xb5\x2f\xfd": "a zstd archive",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\x7fELF": "a program",
    b"SQLite format 3": "a database",
    b"{\\rtf": "an RTF document",
}
_META = re.compile(rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.I)
_DECLARED = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
}
_SAMPLE = 200_000
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_WORD = re.compile(r"\w")
_CHINESE = re.compile(r"[\u3400-\u9fff\ue000-\uf8ff\uf900-\ufaff\uac00-\ud7af\U00020000-\U0003ffff]")

# The characters that Chinese prose is made of, Simplified and Traditional, with those of police reports.
_FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定"
    "行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些"
    "然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公"
    "无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将"
    "组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金"
    "增争济阶思术极交受联什认六共权收证改清己美再采转更单风切打白教速带安场身车例真务具万每目至达走积示议声报斗完类八离"
    "华名确才科张信节话整空元况今集传许步群广石记需段研界林律究观越织装影算低持音众书布复容儿须际商非验连断深难近千周委"
    "素技备半办青省列习响约支史感劳便团往历市克何除消构府称太准精值号率族维划选标写存候亲快效院查江型眼王按格养易置派层"
    "片始却专状育京识适属包火住调满县局照参红细引听该价严警案犯罪嫌疑抓获破缉盗抢诈骗毒刑侦逃涉摧毁赌网络移诉拘留审讯"
    "巡逻防控隐患排治安稳矛盾纠纷化群满意服务户籍驾驶证照街派出镇乡村城区街州"
    "這為個國時來們對會發動過說產種麼進著電裡現實體機當點從業應開還與關間樣線內數無結問題見計別論運農幾強決戰則據處隊給"
    "門規熱領導東壓眾書復傳許廣記極聯認權證轉單風帶場車務萬達積議聲報類離華確張節話須際連斷難備辦習響約勞團歷構稱準號維"
    "劃選標寫親歲養層專狀識適屬調滿縣參紅細聽該價嚴資訊偵緝盜搶詐騙賭網絡羅獲毀訴審滅險護衛續領後於經濟麗優質讓總組長級統將"
)


def decode(data: bytes, where: str = "article") -> str:
    """Return the text that the bytes spell, without its byte-order mark; line endings stay as they are.

    UTF-8 wins where it is valid; then a byte-order mark, a charset that an HTML page declares, and last whichever of
    GB18030, Big5 and UTF-16 gives prose of frequent Chinese characters. Raises ArticleError for bytes that are empty,
    too many, a binary format, or text in none of these.

    >>> decode("公安机关".encode("gb18030"))
    '公安机关'
    """
    _refuse_what_is_no_text(data, where)
    return check_text(_spell(data, where), where)


def check_text(text: str, where: str = "article") -> str:
    """Return the text itself. Raises ArticleError where it is too long, has no words, or is full of controls."""
    if len(text) > MAX_BYTES:
        raise ArticleError(f"{where}: {len(text):,} characters, the limit is {MAX_BYTES:,}; split it")
    if not _WORD.search(text):
        raise ArticleError(f"{where}: nothing but blanks; an article needs words")
    controls = len(_CONTROLS.findall(text, 0, _SAMPLE))
    if "\0" in text or controls * 20 > min(len(text), _SAMPLE):
        raise ArticleError(f"{where}: control characters, as in a binary file; export it as plain text or HTML")
    return text


def _refuse_what_is_no_text(data: bytes, where: str) -> None:
    if not data:
        raise ArticleError(f"{where}: empty file; an article needs words")
    if len(data) > MAX_BYTES:
        raise ArticleError(
            f"{where}: {len(data):,} bytes, the limit is {MAX_BYTES:,}; split it, or hand it over as JSON Lines"
        )
    if (kind := binary_kind(data)) is not None:
        raise ArticleError(f"{where}: {kind}, not text; export it as plain text or HTML")


def binary_kind(data: bytes) -> str | None:
    """Return what kind of file some first bytes open that is no text, None where they open none that is known.

    >>> binary_kind(b"%PDF-1.7"), binary_kind("公安".encode())
    ('a PDF', None)
    """
    return next((name for magic, name in _MAGIC.items() if data.startswith(magic)), None)


def _spell(data: bytes, where: str) -> str:
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _strictly(data[len(bom) :], name, where)
    failure: UnicodeDecodeError
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        failure = error
    else:
        if "\0" not in text:
            return text
        return _guess(
            data, ("utf-16-le", "utf-16-be"), f"{where}: NUL bytes, as in a binary file; it is not text in UTF-8"
        )
    reason = f"{where}: not UTF-8 (byte 0x{data[failure.start]:02x} at {failure.start})"
    declared = _declared(data)
    if declared:
        try:
            return data.decode(declared)
        except UnicodeDecodeError:
            pass
    return _guess(data, ("gb18030", "big5hkscs", "cp950", "utf-16-le", "utf-16-be"), reason)


def _strictly(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"{where}: opens with the byte-order mark of {encoding.upper()}, but byte {error.start} does not fit it; "
            "save it again as UTF-8"
        ) from error


def _declared(data: bytes) -> str | None:
    match = _META.search(data[:4096])
    return _DECLARED.get(match[1].decode("ascii").lower()) if match else None


def _guess(data: bytes, encodings: tuple[str, ...], reason: str) -> str:
    """Return the decoding with the most frequent characters. Raises ArticleError where none reads as Chinese."""
    best, best_share = "", 0.0
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        share = _share_of_frequent(text[:_SAMPLE])
        if share > best_share:
            best, best_share = text, share
    if best_share < 0.3:
        raise ArticleError(f"{reason}, and no Chinese in GB18030, Big5 or UTF-16; save it again as UTF-8")
    return best


def _share_of_frequent(text: str) -> float:
    foreign = sum(1 for c in text if c > "\x7f" and not ("\u2010" <= c <= "\u303f" or "\uff00" <= c <= "\uffef"))
    chinese = _CHINESE.findall(text)
    return sum(1 for c in chinese if c in _FREQUENT) / foreign if foreign else 0.0
