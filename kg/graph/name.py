"""IRIs and digests: from content alone, never from an order of appearance."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import quote

ONTOLOGY = "https://w3id.org/pingan/ontology#"
BASE = "https://w3id.org/pingan/data/"
SUBJECTS = "https://w3id.org/pingan/subject#"
ASPECTS = "https://w3id.org/pingan/aspect#"
QUANTITIES = "https://w3id.org/pingan/quantity#"
NODE_KINDS = (
    "article", "authority", "award", "bureau", "campaign", "evidence", "extraction", "graph", "honor", "metric",
    "participation", "period", "place", "series", "software", "streak",
)  # fmt: skip
"""What comes between the base IRI and the name of a node."""
_PLAIN_NAME = re.compile(r"[\w·-]([\w·.-]*[\w·-])?")  # \w is what str.isalnum allows, and the underscore


def local_name(text: str) -> str:
    """Return the text as the last part of an IRI: letters and digits of any script stay, the rest is %-encoded.

    >>> local_name("平安行·你我他"), local_name("a/b c.")
    ('平安行·你我他', 'a%2Fb%20c%2E')
    """
    if _PLAIN_NAME.fullmatch(text):
        return text
    kept = "".join(c if c.isalnum() or c in "-_·." else quote(c, safe="", errors="replace") for c in text)
    return re.sub(r"^\.+|\.+$", lambda dots: "%2E" * len(dots[0]), kept)


def node_iri(kind: str, name: str, base: str = BASE) -> str:
    """Return the IRI of a node of one of NODE_KINDS.

    >>> node_iri("bureau", "南充市公安局")
    'https://w3id.org/pingan/data/bureau/南充市公安局'
    """
    return f"{base}{kind}/{local_name(name)}"


def graph_iri(article_id: str, base: str = BASE) -> str:
    """Return the name of an article's graph.

    >>> graph_iri("nanchong-2020")
    'https://w3id.org/pingan/data/graph/nanchong-2020'
    """
    return node_iri("graph", article_id, base)


def text_hash(text: str) -> str:
    """Return the digest by which an article's text is known in the graph.

    >>> text_hash("平安")
    'sha256:572027d3290df33676c11e87dda8c1fbdafee3a98d1646efad0b71f2faebabcc'
    """
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def software_name() -> str:
    """Return name and version of this program, for provenance."""
    try:
        return f"pingan-kg {version('pingan-kg')}"
    except PackageNotFoundError:
        return "pingan-kg"
