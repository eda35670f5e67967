"""A hook of MkDocs: docs/tutorial.ipynb as a page of the site, with what its cells give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import nbformat
from mkdocs.structure.files import File, Files

_NOTEBOOK = "tutorial.ipynb"
_PAGE = "tutorial.md"


def on_files(files: Files, *, config: Any) -> Files:
    """Add the page and its charts; the notebook stays beside it, to be taken away."""
    notebook = files.get_file_from_path(_NOTEBOOK)
    if notebook is None:
        raise FileNotFoundError(f"docs/{_NOTEBOOK}")
    charts: dict[str, str] = {}
    lines = "\n".join(_lines(nbformat.reads(notebook.content_string, as_version=4), charts))
    made = {_PAGE: lines, **charts}
    for name, content in made.items():
        files.append(File.generated(config, name, content=content))
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Lead from other pages to the page, where they lead to the notebook."""
    return markdown.replace(f"[Tutorial]({_NOTEBOOK})", f"[Tutorial]({_PAGE})")


def _lines(notebook: Any, charts: dict[str, str]) -> Iterator[str]:
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown":
            yield from (cell.source, "")
            if number == 0:
                yield from (f"The same as a notebook: [{_NOTEBOOK}]({_NOTEBOOK}).", "")
            continue
        yield from ("```python", cell.source, "```", "")
        for output in cell.outputs:
            drawn = output.get("data", {}).get("image/svg+xml")
            if drawn:
                name = f"tutorial-{len(charts) + 1}.svg"
                charts[name] = drawn
                yield from (f"![The chart that these lines draw]({name})", "")
            else:
                text = output.text if output.output_type == "stream" else output.data["text/plain"]
                yield from ("```text", text.rstrip("\n"), "```", "")
