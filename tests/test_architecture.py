"""Rules that the import contracts of pyproject.toml do not cover: pure calls, imports of each command, caught exceptions."""

import ast
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.built_sites import ROOT

PACKAGE = ROOT / "sitegen"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
LAYERS = [contract for contract in CONTRACTS if contract["type"] == "layers"]
PURE = [contract for contract in CONTRACTS if contract["type"] == "forbidden"]
"of the middle, of parsing, of reading reports"

HEAVY = {
    "babel", "dateutil", "jinja2", "lxml", "markdown_it", "markupsafe", "mdit_py_plugins", "msgspec", "starlette", "trafilatura", "uvicorn", "watchfiles",
    "yaml",
}  # fmt: skip
ABOUT_A_CLOCK = {"now", "today", "utcnow", "fromtimestamp", "localtime", "gmtime"}


def run(*command: str, cwd: Path = ROOT) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, *command], cwd=cwd, capture_output=True, text=True, timeout=300, check=False)


def modules() -> dict[str, Path]:
    """Files of the package by module name, without those of a new site."""
    paths = (path for path in sorted(PACKAGE.rglob("*.py")) if "site" not in path.relative_to(PACKAGE).parts)
    return {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


def pure_modules() -> Iterator[tuple[str, ast.Module]]:
    for name, path in modules().items():
        if any(name == source or name.startswith(f"{source}.") for contract in PURE for source in contract["source_modules"]):
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def imported(*arguments: str, cwd: Path = ROOT) -> set[str]:
    """Names of all modules that a command of sitegen has imported when it is done."""
    script = "import sys\nfrom sitegen.cli import main\ntry:\n main(sys.argv[1:])\nexcept SystemExit:\n pass\nprint('\\n'.join(sys.modules), file=sys.stderr)"
    done = run("-c", script, *arguments, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


def test_every_package_has_its_layer() -> None:
    assert LAYERS[0]["containers"] == ["sitegen"]
    assert all("ignore_imports" not in contract for contract in LAYERS)
    assert LAYERS[0]["exhaustive"]
    assert all("ignore_imports" not in contract for contract in PURE)
    assert all(contract["forbidden_modules"] == PURE[0]["forbidden_modules"] for contract in PURE)
    assert "allow_indirect_imports" not in PURE[0]


def test_every_pure_module_is_under_the_contract_of_purity() -> None:
    impure = {"sitegen.content", "sitegen.content.read"}
    middle = {
        name
        for name in modules()
        if (
            name.split(".")[1:2]
            and name.split(".")[1]
            in {"content", "timeline", "pages", "render", "sandbox", "compare", "text", "dates", "model", "problems", "toml_reader"}
        )
        or name.startswith("sitegen.markdown")
    }
    assert {name for name, _ in pure_modules() if not name.startswith("sitegen.ingest.")} == middle - impure


def test_pure_modules_open_nothing_and_read_no_clock() -> None:
    for name, tree in pure_modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in ("open", "print", "input", "exec", "eval", "__import__"), f"{name}:{node.lineno}"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                assert node.func.attr not in ABOUT_A_CLOCK, f"{name}:{node.lineno}"
            if isinstance(node, ast.ImportFrom | ast.Import):
                asked = {node.module} if isinstance(node, ast.ImportFrom) else {alias.name for alias in node.names}
                assert not asked & {"urllib.request", "importlib", "locale"}, f"{name}:{node.lineno}"


SUPERVISORS = {"sitegen.serve.watch"}
"keep a thread alive after any error, and report it"


def test_every_caught_exception_is_named() -> None:
    for name, path in modules().items():
        if name in SUPERVISORS:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                assert node.type is not None, f"{name}:{node.lineno}"
                assert ast.unparse(node.type) not in ("Exception", "BaseException"), f"{name}:{node.lineno}"


def test_a_module_opens_with_its_purpose() -> None:
    for name, path in modules().items():
        text = path.read_text(encoding="utf-8")
        assert not text or ast.get_docstring(ast.parse(text)), name


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["build", "--help"], ["ingest", "--help"], ["serve", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    found = imported(*arguments)
    assert {name.partition(".")[0] for name in found} & HEAVY == set()
    assert {name for name in found if name.startswith("sitegen")} == {"sitegen", "sitegen.cli", "sitegen.console"}


def test_a_build_imports_nothing_of_authoring_or_of_the_network(tmp_path: Path) -> None:
    (tmp_path / "sitegen.toml").write_text('title = "x"\n')
    found = imported("build", cwd=tmp_path)
    assert "sitegen.builder.pipeline" in found
    assert {name for name in found if name.startswith(("sitegen.editing", "sitegen.ingest", "sitegen.serve", "sitegen.scaffold"))} == set()
    assert {name.partition(".")[0] for name in found} & {
        "trafilatura",
        "lxml",
        "starlette",
        "uvicorn",
        "watchfiles",
        "dateutil",
    } == set()
    assert found & {"urllib.request", "http.client", "ssl", "asyncio"} == set()


def test_a_build_without_changes_imports_only_the_check(tmp_path: Path) -> None:
    (tmp_path / "sitegen.toml").write_text('title = "x"\n')
    for _ in range(2):
        time.sleep(0.2)  # until file times are older than a tick of the disk's clock
        imported("build", cwd=tmp_path)
    time.sleep(0.2)
    imported("build", cwd=tmp_path)
    found = imported("build", cwd=tmp_path)
    assert {name.partition(".")[0] for name in found} & {"jinja2", "markdown_it", "yaml", "markupsafe"} == set()
    assert not [name for name in found if name.startswith(("sitegen.pages", "sitegen.timeline", "sitegen.content.parse"))]
