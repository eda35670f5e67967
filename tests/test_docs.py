"""What the pages say is so: generated pages are current, links lead somewhere, the examples run."""

from __future__ import annotations

import hashlib
import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

import kg
from kg.cli.arguments import COMMANDS
from kg.facts.jsonl import FIELDS
from kg.store import open_store

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def write_docs() -> ModuleType:
    """Return scripts/write_docs.py as a module."""
    spec = importlib.util.spec_from_file_location("write_docs", ROOT / "scripts" / "write_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.long
def test_generated_pages_are_current(write_docs: ModuleType) -> None:
    for name, text in write_docs.pages().items():
        assert (ROOT / "docs" / name).read_text(encoding="utf-8") == text, f"docs/{name}: run make docs"


def test_the_answer_in_the_readme_is_the_answer(write_docs: ModuleType, seed_store: Path) -> None:
    table = write_docs.answer_table(open_store(seed_store))
    assert table.count("\n") > 3
    assert write_docs.readme_with(table, README) == README, "run make docs"
    chinese = (ROOT / "README.zh.md").read_text(encoding="utf-8")
    assert write_docs.readme_with(write_docs.in_chinese(table), chinese) == chinese, "run make docs"


def test_every_command_and_query_is_documented() -> None:
    cli = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert f"## kg {name}\n" in cli
    for command in re.findall(r"kg ([a-z]+)", README):
        assert command in {*COMMANDS, "import"}, command


@pytest.mark.parametrize(
    "page", ["README.md", "README.zh.md", *(str(p.relative_to(ROOT)) for p in (ROOT / "docs").rglob("*.md"))]
)
def test_links_lead_somewhere(page: str) -> None:
    path = ROOT / page
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))
    for link in links:
        assert (path.parent / link).exists(), f"{page}: {link}"
    assert links or page != "README.md"


def test_python_in_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (block,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert sum(1 for line in block.splitlines() if line.strip()) <= 10
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    names: dict[str, object] = {}
    exec(compile(block, "README.md", "exec"), names)
    quotes = names["quotes"]
    assert isinstance(quotes, list)
    assert any("刑事" in quote for quote in quotes)


def test_the_readmes_two_commands_stand() -> None:
    script = (ROOT / "run").read_text(encoding="utf-8")
    assert (ROOT / "run").stat().st_mode & 0o111
    assert "./run          #" in README
    assert "./run test     #" in README
    assert "build seeds" in script
    assert "pytest" in script
    assert "./run test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_field_of_the_contract_is_documented() -> None:
    page = (ROOT / "docs" / "facts.md").read_text(encoding="utf-8")
    for names in FIELDS.values():
        for name in names:
            assert f"`{name}`" in page, name


def test_public_names_can_be_imported() -> None:
    for name in kg.__all__:
        assert getattr(kg, name) is not None
    assert set(dir(kg)) >= set(kg.__all__)
    with pytest.raises(AttributeError, match="no attribute 'weather'"):
        _ = kg.weather  # type: ignore[attr-defined]


def test_the_articles_stand_byte_for_byte() -> None:
    digests = {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in (ROOT / "seeds").glob("*.txt")}
    assert digests == {
        "baicheng-2016": "d12e002401378f54dc3cef73d07dfec4a75e34aaba8d136368cecae876bebd50",
        "binzhou-2020": "5a98e49f8289a9acbca90fb76c820cf8ce3d2cea87893d4b99fd5008aa28b1e8",
        "binzhou-2025": "887006a5d044fedd3140523e5dbe0ec9f914c51cdd0d9d904b5bc6d35d06454b",
        "bozhou-2024": "da921b297073aa58cd76e9ee775f09df33d4dba09d4c460a42c0eda14e2d1788",
        "shandong-2021": "20fdc11d679c3ea54cdd2cec226573e7159f9733e5bc4d2101eb736c6be2b13d",
    }
    attributes = (ROOT / ".gitattributes").read_text(encoding="utf-8")
    assert "seeds/* -text" in attributes


def test_version_and_licence_are_stated_once_and_alike() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == "Apache-2.0"
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in licence
    assert "END OF TERMS AND CONDITIONS" in licence
    pins = dict(line.lower().replace("_", "-").split("==") for line in (ROOT / "constraints.txt").read_text().split())
    for dependency in project["dependencies"]:
        assert re.split(r"[<>=\[]", dependency.lower())[0] in pins, dependency


def test_the_chinese_readme_says_the_same() -> None:
    chinese = (ROOT / "README.zh.md").read_text(encoding="utf-8")
    for pattern in (r"(?m)^    (\./run\b\S*|kg \w+)", r"```python\n(?:.*\n)+?```", r"(?m)^#+ ", r"\]\(([^)]*)\)"):
        english, other = (re.findall(pattern, text.replace("README.zh.md", "README.md")) for text in (README, chinese))
        assert english == other, pattern


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_modules_is_current() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert page == _load("write_architecture").page(page), "run make docs"


RUN_DOCS = _load("run_docs")


def test_pages_with_commands_are_found() -> None:
    assert len(RUN_DOCS.pages()) > 7
    assert RUN_DOCS.fits("a\n...\nz…\n", "a\nb\nzz\n")
    assert not RUN_DOCS.fits("a\n", "b\n")


@pytest.mark.long
@pytest.mark.parametrize("path", RUN_DOCS.pages(), ids=lambda path: path.stem)
def test_commands_of_the_docs_print_what_they_say(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert RUN_DOCS.run_page(text) == text, "python scripts/run_docs.py --write"


@pytest.mark.long
def test_the_docs_make_a_site_that_asks_no_other_host(tmp_path: Path) -> None:
    # With --quiet nothing is counted as a warning, and --strict has nothing to stop at.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    pages = list((tmp_path / "site").rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        assert not re.search(
            r'<(?:script|img)[^>]+src="https?:|<link[^>]+rel="stylesheet"[^>]+href="https?:', page.read_text()
        )
    tutorial = (tmp_path / "site" / "tutorial.html").read_text(encoding="utf-8")
    assert "亳州市公安局" in tutorial and 'href="tutorial.ipynb"' in tutorial
    assert (tmp_path / "site" / "tutorial-1.svg").read_text(encoding="utf-8").startswith("<svg")
    assert 'href="tutorial.html"' in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "not included in the" not in done.stderr, done.stderr  # every page can be reached from the navigation


@pytest.mark.long
def test_the_tutorial_runs_and_shows_what_it_gives(tmp_path: Path) -> None:
    import nbformat

    tutorial = _load("run_tutorial")
    now = tutorial.words(tutorial.run(tmp_path))
    assert now == tutorial.words(nbformat.read(tutorial.TUTORIAL, as_version=4)), (
        "python scripts/run_tutorial.py --write"
    )
    assert (tmp_path / "falling.svg").read_text(encoding="utf-8").startswith("<svg")
    assert "pa:Metric" in (tmp_path / "graph.ttl").read_text(encoding="utf-8")
