"""What goes wrong is said in one line, with the exit code that says what kind of thing it was, and nothing is lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from places import ROOT, SEEDS

from kg.store import open_store, write_store

Kg = Callable[..., "subprocess.CompletedProcess[str]"]
REPORT = "镇安县公安局2023年破获刑事案件120起,抓获犯罪嫌疑人80人。\n"

WRONG_USAGE, UNUSABLE, REFUSED, INTERNAL = 2, 3, 1, 4


def assert_one_line(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    assert done.returncode == code, done.stderr
    assert done.stderr.startswith("kg: "), done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


@pytest.fixture
def store(store_of: Callable[..., Path]) -> Path:
    """Return a store that holds one report."""
    return store_of({"zhenan.txt": REPORT})


@pytest.mark.parametrize("name", ["graph.ttl", "graph.nt", "graph.rdf", "graph.n3", "rows.csv", "record.json"])
@pytest.mark.parametrize("command", ["facts", "build"])
def test_what_is_no_article_is_not_read_as_one(kg: Kg, tmp_path: Path, command: str, name: str) -> None:
    data = tmp_path / name
    data.write_text(f'<urn:a> <urn:b> "{REPORT.strip()}" .\n', encoding="utf-8")
    given = [command, *(["--store", tmp_path / "new"] if command == "build" else []), data]
    assert_one_line(kg(*given), UNUSABLE, name, "no article")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("name", ["graph.rdf", "graph.n3", "rows.csv"])
def test_what_the_gate_cannot_read_does_not_pass_it(kg: Kg, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(REPORT, encoding="utf-8")
    assert_one_line(kg("check", tmp_path / name), UNUSABLE, name, "no article")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the package with its data."""
    copy = tmp_path_factory.mktemp("checkout")
    for name in ("kg", "mappings", "ontology", "queries"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    drive = "2023年,镇安县公安局开展“雪鹰”专项行动,被省公安厅评为先进单位。\n"  # asks all tables
    (copy / "report.txt").write_text(REPORT + drive, encoding="utf-8")
    return copy


@pytest.mark.parametrize(
    ("name", "spoilt", "says"),
    [
        ("mappings/rules/bureau.toml", "[[rule", "mappings/rules/bureau.toml"),
        ("mappings/campaigns.tsv", "", "mappings/campaigns.tsv, line 1"),
        ("mappings/honors.tsv", "title\tlevel\tseries\treason\n先进\tnatoinal\t先进\tone\n", "honors.tsv, line 2"),
        ("mappings/context.jsonld", "{", "mappings/context.jsonld"),
        ("mappings/cascade.toml", "[[stage]]\n", "mappings/cascade.toml"),
        ("ontology/units.ttl", "a b c d", "ontology/"),
    ],
)
def test_data_that_is_malformed_is_told_before_an_article_is_blamed(
    checkout: Path, tmp_path: Path, name: str, spoilt: str, says: str
) -> None:
    path = checkout / name
    sound = path.read_bytes()
    path.write_text(spoilt, encoding="utf-8")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "kg", "build", "--store", tmp_path / "new", "report.txt"],
            cwd=checkout,
            env={**os.environ, "PYTHONPATH": str(checkout)},
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        path.write_bytes(sound)
    assert_one_line(done, INTERNAL, says)


@pytest.mark.parametrize("command", ["facts", "build", "check", "explain"])
def test_missing_file(kg: Kg, command: str) -> None:
    assert_one_line(kg(command, "nowhere.txt"), UNUSABLE, "nowhere.txt", "No such file")


@pytest.mark.parametrize("command", ["facts", "build", "check"])
def test_folder_without_articles(kg: Kg, tmp_path: Path, command: str) -> None:
    (tmp_path / "empty").mkdir()
    assert_one_line(kg(command, "empty"), UNUSABLE, "empty", "without articles")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", ("empty",)),
        (b" \n\t\n", ("blanks",)),
        (b"%PDF-1.7 ...", ("PDF",)),
        (bytes(range(256)) * 20, ("a.txt",)),
        ("Überführt wurden fünf Täter, größtenteils älter".encode("latin-1") * 3, ("not UTF-8", "UTF-8")),
        (b"\xff\xfe" + "平安".encode("utf-16-le") + b"\x00\xd8", ("UTF-16",)),
    ],
)
def test_files_that_are_no_articles(kg: Kg, tmp_path: Path, data: bytes, words: tuple[str, ...]) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    assert_one_line(kg("facts", "a.txt"), UNUSABLE, "a.txt", *words)
    assert_one_line(kg("build", "--store", "s", "a.txt"), UNUSABLE, "a.txt")
    assert not (tmp_path / "s").exists()


def test_an_unreadable_article_among_others_does_not_hold_them_up(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"%PDF")
    done = kg("build", "--store", "s", "a.txt", "b.txt")
    assert_one_line(done, UNUSABLE, "b.txt")
    assert set(open_store(tmp_path / "s").held) == {"a"}
    facts = kg("facts", "a.txt", "b.txt")
    assert_one_line(facts, UNUSABLE, "b.txt")
    assert facts.stdout.count('"Metric"') == 2


def test_an_article_that_becomes_unreadable_keeps_its_graph(kg: Kg, store: Path, tmp_path: Path) -> None:
    before = open_store(store).dump()
    (tmp_path / "zhenan.txt").write_bytes(b"%PDF")
    assert_one_line(kg("build", "--store", store, "zhenan.txt"), UNUSABLE, "PDF")
    assert open_store(store).dump() == before


@pytest.mark.parametrize("store", [(), ("--store", "s"), ("--dry-run",)])
def test_a_build_without_articles_and_without_seeds(kg: Kg, tmp_path: Path, store: tuple[str, ...]) -> None:
    assert_one_line(kg("build", *store), WRONG_USAGE, "name an article or a folder; the default seeds/ is not here")
    assert list(tmp_path.iterdir()) == []


def test_a_check_of_what_cannot_be_read_says_so_once(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    done = kg("check", "empty.txt")
    assert_one_line(done, UNUSABLE, "empty.txt: empty")
    assert done.stdout == ""
    report = json.loads(kg("check", "--format", "json", "empty.txt").stdout)
    assert report["conforms"] is False


def test_article_without_facts(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "weather.txt").write_text("今天天气很好。\n", encoding="utf-8")
    assert_one_line(kg("facts", "weather.txt"), REFUSED, "no facts", "--allow-empty")
    assert kg("facts", "--allow-empty", "weather.txt").returncode == 0
    refused = kg("build", "--store", "s", "weather.txt")
    assert refused.returncode == REFUSED
    assert "no facts" in refused.stdout
    again = kg("build", "--store", "s", "weather.txt")
    assert again.returncode == REFUSED
    assert "no facts" in again.stdout
    assert [iri for iri in open_store(tmp_path / "s").graphs() if "weather" in iri] == []
    assert kg("build", "--store", "s", "--allow-empty", "weather.txt").returncode == 0
    assert kg("check", "weather.txt").returncode == REFUSED
    assert kg("check", "--allow-empty", "weather.txt").returncode == 0


def test_an_article_that_loses_its_facts_keeps_its_graph(kg: Kg, store: Path, tmp_path: Path) -> None:
    before = open_store(store).dump()
    (tmp_path / "zhenan.txt").write_text("今天天气很好。\n", encoding="utf-8")
    assert kg("build", "--store", store, "zhenan.txt").returncode == REFUSED
    assert open_store(store).dump() == before
    held = open_store(store).held["zhenan"]
    assert "no facts" in held.refused[0]
    assert "未读出任何事实" in held.refused_zh[0]


def test_unknown_command_option_and_setting(kg: Kg, tmp_path: Path) -> None:
    assert_one_line(kg("bild"), WRONG_USAGE, "did you mean build?")
    assert_one_line(kg("facts", "--fromat", "jsonl", "x"), WRONG_USAGE, "--fromat", "did you mean --format?")
    assert_one_line(kg("facts", "--format", "jsnl", "x"), WRONG_USAGE, '"jsnl"', "did you mean jsonl?")
    assert_one_line(kg("review", "corect"), WRONG_USAGE, "did you mean correct?")
    assert_one_line(kg("infer", "x"), WRONG_USAGE, "unrecognized arguments: x; see kg infer")
    assert_one_line(kg("facts", "--published", "yesterday", "x"), WRONG_USAGE, "YYYY-MM-DD")
    assert_one_line(kg("query"), WRONG_USAGE, "required")
    assert_one_line(kg("queries", env={"KG_LIMIT": "many"}), WRONG_USAGE, "KG_LIMIT")
    (tmp_path / "kg.toml").write_text('shop = "store"\n', encoding="utf-8")
    assert_one_line(kg("queries"), WRONG_USAGE, "kg.toml: shop is no setting")
    for wrong in (
        "store = 3",
        'limit = "5"',
        "limit = 1.5",
        "limit = -1",
        "limit = true",
        "timeout = nan",
        "store = []",
    ):
        (tmp_path / "kg.toml").write_text(f"{wrong}\n", encoding="utf-8")
        assert_one_line(kg("queries"), WRONG_USAGE, f"kg.toml: {wrong.split()[0]} is ", "expected")
    (tmp_path / "kg.toml").write_text("timeout = 5\n", encoding="utf-8")
    assert kg("queries").returncode == 0
    for name, value in (("KG_LIMIT", "-1"), ("KG_TIMEOUT", "nan"), ("KG_TIMEOUT", "1e400")):
        assert_one_line(kg("queries", env={name: value}), WRONG_USAGE, name, "expected")
    (tmp_path / "kg.toml").write_text("store =\n", encoding="utf-8")
    assert_one_line(kg("queries"), WRONG_USAGE, "kg.toml")


@pytest.mark.parametrize("arguments", [("build", "zhenan.txt", "--stor", "x"), ("query", "bureaus", "--lim", "1")])
def test_options_that_are_cut_off_are_not_guessed(
    kg: Kg, store: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    assert_one_line(kg(*arguments, "--store", store), WRONG_USAGE, "did you mean --")
    assert not (tmp_path / "x").exists()


def test_unknown_query_and_its_nearest_name(kg: Kg, store: Path) -> None:
    assert_one_line(
        kg("query", "--store", store, "homicide-clearence"), WRONG_USAGE, "did you mean homicide-clearance?"
    )
    assert_one_line(kg("queries", "homicide"), WRONG_USAGE, "homicide")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["evidence-of-bureau"], ("needs -p bureau=",)),
        (["losses-recovered", "-p", "least=much"], ("least is of type decimal", '"much"')),
        (["criminal-cases", "-p", "direction=sideways"], ("one of down, up, any",)),
        (["bureaus", "-p", "city=x"], ('no parameter "city"',)),
        (["bureaus", "-p", "bureau"], ("name=value",)),
        (["bureaus", "-p", "bureau=a", "-p", "bureau=b"], ("bureau is given twice",)),
        (["bureaus", "--limit", "few"], ("whole number",)),
        (["bureaus", "--limit", "-3"], ('"-3"; give a whole number from 0',)),
        (["bureaus", "--endpoint", "http://127.0.0.1:9/query"], ("--store", "not allowed with", "--endpoint")),
        (["bureaus", "--timeout", "-1"], ("seconds",)),
    ],
)
def test_missing_and_ill_typed_parameters(kg: Kg, store: Path, arguments: list[str], words: tuple[str, ...]) -> None:
    assert_one_line(kg("query", "--store", store, *arguments), WRONG_USAGE, *words)


@pytest.mark.parametrize(
    ("sparql", "words"),
    [
        ("SELECT ?s\nWHERE { ?s ?p", ("line 2, column 14",)),
        ("SELEKT *", ("line 1, column 1", "SELEKT")),
        ("DELETE WHERE { ?s ?p ?o }", ("DELETE is an update",)),
        ("LOAD <file:///etc/passwd>", ("LOAD is an update",)),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", ("FROM reaches outside",)),
        ("SELECT * { SERVICE <http://127.0.0.1:9> { ?s ?p ?o } }", ("SERVICE reaches outside",)),
        ("", ("empty",)),
        (b"\xff\xfe\x00", ("not UTF-8",)),
    ],
)
def test_sparql_that_cannot_be_asked(kg: Kg, store: Path, sparql: str | bytes, words: tuple[str, ...]) -> None:
    before = open_store(store).dump()
    assert_one_line(kg("query", "--store", store, "-", stdin=sparql), UNUSABLE, *words)
    assert open_store(store).dump() == before


def test_query_file_that_is_not_there(kg: Kg, store: Path) -> None:
    assert_one_line(kg("query", "--store", store, "mine.rq"), UNUSABLE, "mine.rq", "No such file")


def test_a_query_without_end_is_ended(kg_process: Kg, store: Path) -> None:
    endless = (
        'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c = CONCAT(?f, ?i, ?l, "x")) }'
    )
    done = kg_process("query", "--store", store, "--timeout", "0.5", "-", stdin=endless)
    assert_one_line(done, UNUSABLE, "no answer within 0.5 seconds")


def test_no_store_and_a_file_for_a_store(kg: Kg, tmp_path: Path) -> None:
    assert_one_line(kg("query", "bureaus"), UNUSABLE, "no store here", "kg build")
    assert_one_line(kg("export", "--store", "none"), UNUSABLE, "no store here")
    assert_one_line(kg("check", "--store", "none"), UNUSABLE, "no store here")
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    assert_one_line(kg("build", "--store", "a.txt", "a.txt"), UNUSABLE, "a file, not a folder")
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == REPORT


def test_store_locked_by_another_process(kg: Kg, store: Path, tmp_path: Path) -> None:
    before = open_store(store).dump()
    (tmp_path / "zhenan.txt").write_text(REPORT.replace("120", "121"), encoding="utf-8")
    with write_store(store, package="another"):
        assert_one_line(kg("build", "--store", store, "zhenan.txt"), UNUSABLE, "another process is writing")
        assert kg("query", "--store", store, "bureaus").returncode == 0
    assert open_store(store).dump() == before
    assert kg("build", "--store", store, "zhenan.txt").returncode == 0


def test_store_of_another_version(kg: Kg, store: Path) -> None:
    pointer = store / "store.json"
    pointer.write_text(json.dumps({**json.loads(pointer.read_text()), "format": 2}), encoding="utf-8")
    before = pointer.read_bytes()
    for arguments in (("query", "bureaus"), ("build", "zhenan.txt"), ("export",), ("check",)):
        done = kg(arguments[0], "--store", store, *arguments[1:])
        assert_one_line(done, UNUSABLE, "a store of format 2", "this version reads format 1")
    assert pointer.read_bytes() == before


def test_output_that_cannot_be_written(kg: Kg, store: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for output in ("folder", "nowhere/graph.ttl", "zhenan.txt/graph.ttl"):
        done = kg("export", "--store", store, "-o", output)
        assert_one_line(done, UNUSABLE, "cannot be written", "-o")
    assert_one_line(kg("facts", "zhenan.txt", "-o", "folder"), UNUSABLE, "cannot be written")
    assert_one_line(kg("build", "--store", "/proc/nowhere", "zhenan.txt"), UNUSABLE, "cannot be written")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "store", "zhenan.txt"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_under_standard_output(store: Path) -> None:
    command = [sys.executable, "-m", "kg", "export", "--store", str(store)]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == UNUSABLE
    assert done.stderr.startswith("kg: ")
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_has_enough_is_no_error(store: Path) -> None:
    command = f"{sys.executable} -m kg export --store {store} --format nquads | head -1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--as", "data-cube", "--format", "trig"], ("--format trig", "data-cube is written as turtle, nquads")),
        (["--as", "data-cube", "--ontology"], ("--as data-cube has no place", "--ontology")),
        (["--as", "nanopublications", "--format", "turtle"], ("--format turtle", "written as trig, nquads")),
        (["--as", "nanopublications", "-o", "out.ttl"], ("-o out.ttl", "written as trig, nquads")),
        (["--as", "graphml", "--format", "csv"], ("--as graphml", "leave out --format")),
        (["--format", "csv", "--ontology"], ("CSV", "leave out --ontology")),
        (["-o", "out.nt"], ("-o out.nt", "--format")),
        (["--endpoint", "http://127.0.0.1:9/query"], ("--store", "not allowed with", "--endpoint")),
    ],
)
def test_an_export_that_does_not_exist(
    kg: Kg, store: Path, tmp_path: Path, arguments: list[str], words: tuple[str, ...]
) -> None:
    assert_one_line(kg("export", "--store", store, *arguments), WRONG_USAGE, *words)
    assert not list(tmp_path.glob("out.*"))


@pytest.mark.parametrize(
    ("command", "least"),
    [(("build", "--workers", "-1"), 0), (("serve", "--workers", "0"), 2), (("build", "--article-memory", "0"), 1)],
)
def test_numbers_that_are_too_small(kg: Kg, command: tuple[str, ...], least: int) -> None:
    assert_one_line(kg(*command), WRONG_USAGE, f"give a whole number from {least}")


def test_nothing_to_draw(kg: Kg, store: Path) -> None:
    assert_one_line(kg("plot", "--store", store, "criminal-cases", "-p", "bureau=没有"), WRONG_USAGE, "has no rows")


def test_unknown_article_in_export(kg: Kg, store: Path) -> None:
    assert_one_line(kg("export", "--store", store, "--article", "zhenam"), WRONG_USAGE, "did you mean zhenan?")


def test_rdf_that_does_not_parse(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text("<urn:a> <urn:b\n", encoding="utf-8")
    assert_one_line(kg("check", "broken.ttl"), UNUSABLE, "broken.ttl", "line 1")
    (tmp_path / "remote.jsonld").write_text('{"@context": "http://127.0.0.1:9/context", "a": 1}', encoding="utf-8")
    assert_one_line(kg("check", "remote.jsonld"), UNUSABLE, "remote.jsonld")


def test_gold_that_is_no_gold(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text('{"type": "Weather"}\n', encoding="utf-8")
    assert_one_line(kg("evaluate", "gold.jsonl", "--system", "gold.jsonl"), UNUSABLE, "gold.jsonl, line 1")
    assert_one_line(kg("evaluate", "none.jsonl"), UNUSABLE, "none.jsonl")


@pytest.mark.parametrize(
    "command",
    [
        ("evaluate", "WRONG"),
        ("evaluate", "zhenan.txt", "--system", "WRONG"),
        ("diff", "WRONG", "WRONG"),
        ("query", "WRONG"),
        ("build", "--store", "store", "--reviews", "WRONG", "zhenan.txt"),
        ("review", "list", "--store", "store", "--reviews", "WRONG"),
        ("check", "--baseline", "WRONG", "zhenan.txt"),
    ],
)
def test_text_that_cannot_be_read(kg: Kg, store: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    fact = kg("facts", "zhenan.txt").stdout
    (tmp_path / "zhenan.txt").write_text(fact if command[0] == "evaluate" else REPORT, encoding="utf-8")
    (tmp_path / "bytes.jsonl").write_bytes(b"{\xff")
    (tmp_path / "folder.jsonl").mkdir()
    before = open_store(store).dump()
    for wrong, words in (("bytes.jsonl", "not UTF-8 (byte 1)"), ("folder.jsonl", "Is a directory")):
        if command[0] == "diff" and words == "Is a directory":
            continue  # a folder may be a store
        done = kg(*(wrong if word == "WRONG" else word for word in command))
        assert_one_line(done, UNUSABLE, f"kg: {wrong}: {words}; ")
        assert "Errno" not in done.stderr
        assert "codec" not in done.stderr
    assert open_store(store).dump() == before


def test_a_store_whose_pointer_cannot_be_read(kg: Kg, store: Path) -> None:
    (store / "store.json").unlink()
    for make, words in (
        (lambda path: path.write_bytes(b"\xff"), "not what kg build writes"),
        (lambda path: path.unlink() or path.mkdir(), "Is a directory"),
    ):
        make(store / "store.json")
        done = kg("query", "--store", store, "bureaus")
        assert_one_line(done, UNUSABLE, f"store.json: cannot be read ({words})", "build into a new one")


def test_a_second_interruption_leaves_the_old_state(store: Path, tmp_path: Path) -> None:
    code = (
        "import os, signal, sys\n"
        "import kg.examination as examination\n"
        "def extract(article, extractor):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "examination.extract = extract\n"
        "from kg.cli import main\n"
        f"sys.exit(main(['build', '--workers', '0', '--store', {str(store)!r}, 'zhenan.txt']))\n"
    )
    before = open_store(store).dump()
    (tmp_path / "zhenan.txt").write_text(REPORT.replace("120", "121"), encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 130
    first, last = done.stderr.splitlines()
    assert first.startswith("kg: stopping;")
    assert last == "kg: interrupted; nothing was changed"
    assert open_store(store).dump() == before


@pytest.mark.parametrize("format", ["text", "json"])
def test_an_interruption_before_the_first_article_changes_nothing_and_says_so(tmp_path: Path, format: str) -> None:
    (tmp_path / "zhenan.txt").write_text(REPORT, encoding="utf-8")
    code = (
        "import os, signal, sys\n"
        "import kg.pipeline as pipeline\n"
        "def interrupted(paths, inputs=pipeline.inputs):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    return inputs(paths)\n"
        "pipeline.inputs = interrupted\n"
        "from kg.cli import main\n"
        f"sys.exit(main(['build', '--workers', '0', '--format', {format!r}, '--store', 's', 'zhenan.txt']))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 130
    assert done.stderr.splitlines()[1:] == ["kg: interrupted; nothing was changed"]
    assert done.stdout == "" if format == "text" else json.loads(done.stdout)["changed"] is False
    assert not (tmp_path / "s").exists()


@pytest.mark.parametrize(
    "module", ["kg.cli", "argparse", "kg.errors", "tomllib", "kg.cli.commands", "kg.gate", "rdflib"]
)
def test_interruption_while_loading_is_one_line(tmp_path: Path, module: str) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import os, signal, sys\n"
        "def hook(event, arguments):\n"
        f"    if event == 'import' and arguments[0] == {module!r}:\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.addaudithook(hook)\n",
        encoding="ascii",
    )
    command = [sys.executable, "-m", "kg", "check", str(SEEDS / "bozhou-2024.txt")]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "kg: interrupted; nothing was changed\n")


@pytest.mark.parametrize("command", [("query", "bureaus"), ("build", "zhenan.txt"), ("check",), ("export",), ("diff",)])
def test_a_store_that_has_lost_its_memory_is_to_be_built_anew(
    kg: Kg, store: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "zhenan.txt").write_text(REPORT, encoding="utf-8")
    for state in store.glob("g-*/state.json"):
        state.unlink()
    before = {path: path.stat().st_mtime_ns for path in store.rglob("*")}
    where = (store, store) if command == ("diff",) else ("--store", store)
    assert_one_line(kg(*command, *where), UNUSABLE, "state.json is gone", "build anew: kg build --store NEW-FOLDER")
    assert {path: path.stat().st_mtime_ns for path in store.rglob("*")} == before


def test_an_internal_error_is_no_refusal(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from kg.cli import commands, main\n"
        "commands.queries = lambda said: 1 // 0\n"
        "sys.exit(main(['queries']))\n"
    )
    environment: Mapping[str, str] = {key: value for key, value in os.environ.items() if key != "KG_DEBUG"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False, env=environment
    )
    assert_one_line(done, 4, "internal error", "ZeroDivisionError", "KG_DEBUG")
