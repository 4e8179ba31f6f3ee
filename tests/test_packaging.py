"""What a fresh clone needs: names, versions, commands and files that agree with one another."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
NEEDED = [Requirement(line) for line in [*PROJECT["dependencies"], *EXTRAS["test"], *EXTRAS["bench"]]]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def locked():
    """The versions of each name: more than one where Python versions differ."""
    found = {}
    for name, version in re.findall(r"(?m)^([\w.-]+)==([^\s;]+)", LOCK):
        found.setdefault(canonicalize_name(name), []).append(version)
    return found


def test_the_lock_meets_every_bound():
    versions = locked()
    for needed in NEEDED:
        assert canonicalize_name(needed.name) in versions, needed
        for version in versions[canonicalize_name(needed.name)]:
            assert version in needed.specifier, f"{needed}: {version} is locked"


def test_the_lock_has_hashes_and_no_address():
    entries = re.split(r"(?m)^(?=\w)", LOCK)[1:]
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in LOCK
    assert not re.search(r"(?m)^\s*(-|--)(i|e|f|r|index|extra|find|trusted)\b", LOCK)


@pytest.mark.parametrize(
    ("name", "version"), [("nbconvert", "7.17.0"), ("jupyter-server", "2.19.9"), ("pytest", "10.0")]
)
def test_versions_with_known_faults_are_shut_out(name, version):
    (needed,) = [one for one in NEEDED if one.name == name]
    assert version not in needed.specifier


def test_the_conda_environment_agrees_with_the_project():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert environment["channels"] == ["conda-forge"]
    *names, last = environment["dependencies"]
    python, *packages, pip = [Requirement(name) for name in names]
    assert (python.name, str(python.specifier), pip.name) == ("python", PROJECT["requires-python"], "pip")
    assert last == {"pip": ["--editable .[test]"]}
    bounds = {needed.name: needed.specifier for needed in NEEDED}
    assert {package.name: package.specifier for package in packages}.items() <= bounds.items()


def test_the_workflow_covers_the_versions_that_the_lock_is_for():
    workflow = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8"))
    tested = workflow["jobs"]["test"]["strategy"]["matrix"]["python"]
    assert tested == ["3.11", "3.12", "3.13"]
    assert PROJECT["requires-python"] == f">={tested[0]}"


def git(*arguments):
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True).stdout.splitlines()


def test_every_file_of_the_library_is_tracked():
    on_disk = {path for path in (ROOT / "lib").rglob("*") if path.is_file() and path.suffix != ".pyc"}
    assert on_disk == {ROOT / name for name in git("ls-files", "lib")}


def test_nothing_that_is_made_is_tracked():
    made = re.compile(r"(^|/)(reports|\.venv|__pycache__|\.ipynb_checkpoints|\.\w+_cache|\.hypothesis)(/|$)")
    assert [name for name in git("ls-files") if made.search(name)] == []


def test_no_module_is_over_300_lines():
    long = {
        path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in ROOT.glob("lib/**/*.py")
    }
    assert {name: lines for name, lines in long.items() if lines > 300} == {}


def test_the_readme_names_every_make_target_and_no_other():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"(?m)^([a-z]+):.*##", makefile))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`make ([a-z]+)", readme)) == targets


def test_every_file_that_the_readme_links_is_there():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", readme):
        assert "://" in target or (ROOT / target).exists(), target
