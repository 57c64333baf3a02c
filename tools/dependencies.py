"""Install the oldest or the newest allowed version of every dependency, build the example with them, and run the tests.

    python tools/dependencies.py oldest newest

Each set gets a fresh environment in a temporary folder. Options after `--` go to pytest.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent
PINNED = re.compile(r"^([A-Za-z0-9._-]+)>=([0-9.]+)$")


def oldest_versions(pyproject: Path) -> list[str]:
    """Each requirement that pyproject.toml makes, as a constraint to its lower bound: `name==version`.

    Raises ValueError for a requirement that has no lower bound.
    """
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    requirements = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    constraints = []
    for requirement in requirements:
        bound = PINNED.match(requirement)
        if bound is None:
            raise ValueError(f"{requirement}: write it as name>=version")
        constraints.append(f"{bound[1]}=={bound[2]}")
    return constraints


def try_versions(which: str, folder: Path, pytest_options: list[str]) -> None:
    """Raises CalledProcessError when the environment can't be made, the example doesn't build, or a test fails."""
    venv.create(folder / "venv", with_pip=True)
    programs = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    install: list[str | Path] = [programs / "python", "-m", "pip", "install", "--quiet", "--editable", f"{ROOT}[test]"]
    if which == "oldest":
        constraints = folder / "constraints.txt"
        constraints.write_text("\n".join(oldest_versions(ROOT / "pyproject.toml")), encoding="utf-8")
        install += ["--constraint", constraints]
    environment = os.environ | {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    commands: list[list[str | Path]] = [
        install,
        [programs / "sitegen", "build", "--output", folder / "site"],
        [programs / "python", "-m", "pytest", *pytest_options],
    ]
    for command in commands:
        print("+", *command, flush=True)
        subprocess.run(command, cwd=ROOT, env=environment, check=True)


def main() -> int:
    arguments = sys.argv[1:]
    split = arguments.index("--") if "--" in arguments else len(arguments)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("which", nargs="+", choices=["oldest", "newest"])
    for which in parser.parse_args(arguments[:split]).which:
        with tempfile.TemporaryDirectory(prefix=f"sitegen-{which}-") as folder:
            try:
                try_versions(which, Path(folder), arguments[split + 1 :])
            except subprocess.CalledProcessError as error:
                print(f"{which}: {error}", file=sys.stderr)
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
