# SPDX-License-Identifier: GPL-2.0-or-later
"""The promises of the packaging: locked, hashed requirements; a whole wheel; two commands."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from maintainer_kit.cli.verbs import VERBS

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "requirements"
LOCKS = sorted(REQUIREMENTS.glob("*.txt"))
HOOKS = sorted(path for path in (ROOT / "hooks").iterdir() if path.is_file())
MAIL_HOOKS = sorted((ROOT / "hooks" / "mail").iterdir())
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def locked(lock: Path) -> dict[str, tuple[Requirement, int]]:
    """Return each requirement of a lock by its normal name, with the number of its hashes."""
    logical = lock.read_text().replace("\\\n", " ").splitlines()
    entries = (line for line in logical if line.strip() and not line.lstrip().startswith("#"))
    found: dict[str, tuple[Requirement, int]] = {}
    for entry in entries:
        requirement = Requirement(entry.split("--hash", 1)[0])
        hashes = re.findall(r"--hash=sha256:[0-9a-f]{64}(?!\S)", entry)
        found[canonicalize_name(requirement.name)] = (requirement, len(hashes))
    return found


def version_of(requirement: Requirement) -> str:
    """Return the one version that a line of a lock pins."""
    (specifier,) = requirement.specifier
    assert specifier.operator == "=="
    return specifier.version


def test_every_group_has_a_lock() -> None:
    assert [lock.stem for lock in LOCKS] == ["build", "lock", "runtime", "test"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_pins_one_version_and_its_hashes(lock: Path) -> None:
    entries = locked(lock)
    assert entries
    for requirement, hashes in entries.values():
        assert version_of(requirement)
        assert requirement.url is None
        assert hashes, f"{requirement.name} has no hash"


@pytest.mark.parametrize("path", sorted(REQUIREMENTS.iterdir()), ids=lambda path: path.name)
def test_a_lock_names_no_place_to_download_from(path: Path) -> None:
    text = path.read_text()
    assert "://" not in text
    assert not re.search(r"^\s*(-i|-f|--index-url|--extra-index-url|--find-links)\b", text, re.M)


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("runtime", PROJECT["dependencies"]),
        ("test", PROJECT["dependencies"]),
        ("test", PROJECT["optional-dependencies"]["test"]),
        ("test", PROJECT["optional-dependencies"]["lint"]),
    ],
)
def test_a_lock_satisfies_the_bounds(lock: str, wanted: list[str]) -> None:
    entries = locked(REQUIREMENTS / f"{lock}.txt")
    for line in wanted:
        requirement = Requirement(line)
        pinned, _ = entries[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version_of(pinned)), line


def test_locks_agree_with_each_other() -> None:
    versions: dict[str, set[str]] = {}
    for lock in LOCKS:
        for name, (requirement, _) in locked(lock).items():
            versions.setdefault(name, set()).add(version_of(requirement))
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_each_dependency_is_explained() -> None:
    explained = (ROOT / "docs/dependencies.md").read_text().lower()
    optional = PROJECT["optional-dependencies"].values()
    lines = [*PROJECT["dependencies"], *(line for group in optional for line in group)]
    names = {Requirement(line).name.lower() for line in lines}
    assert {name for name in names if not re.search(rf"\b{re.escape(name)}\b", explained)} == set()


def test_help_lists_each_target_meant_for_people() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.M)
    assert phony is not None
    public = [name for name in phony[1].split() if not name.startswith("setup-")]
    shown = subprocess.run(
        ["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=20
    ).stdout
    assert re.findall(r"^  make (\S+) +\S", shown, re.M) == public


@pytest.mark.parametrize(
    "script",
    [*sorted((ROOT / "scripts").iterdir()), *HOOKS, ROOT / ".ci/run"],
    ids=lambda path: path.name,
)
def test_scripts_are_runnable_shell(script: Path) -> None:
    assert os.access(script, os.X_OK)
    assert script.read_text().startswith("#!/bin/sh\n")
    subprocess.run(["sh", "-n", str(script)], check=True, timeout=20)


def test_find_python_names_an_interpreter_that_is_new_enough() -> None:
    found = find_python(sys.executable)
    assert found.returncode == 0
    asked = [found.stdout.strip(), "-c", "import sys; print(sys.version_info >= (3, 11))"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=20)
    assert answer.stdout == "True\n"


def test_find_python_says_what_to_do_when_there_is_none(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    found = find_python(str(old))
    assert (found.returncode, found.stdout) == (1, "")
    assert "Python 3.11" in found.stderr
    assert "try: " in found.stderr


def find_python(asked: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ROOT / "scripts/find-python")],
        env={**os.environ, "PYTHON": asked},
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )


def test_the_wheel_carries_the_demo_and_nothing_of_the_tests(tmp_path: Path) -> None:
    if importlib.util.find_spec("hatchling") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("hatchling is missing")
        pytest.skip("hatchling is missing")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, capture_output=True, check=True, timeout=60)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    carried = {name for name in names if name.startswith("maintainer_kit/_data/")}
    assert carried == {f"maintainer_kit/_data/{name}" for name in demo_files()}
    profiles = (ROOT / "maintainer_kit/checks/profiles").glob("*.toml")
    assert {f"maintainer_kit/checks/profiles/{one.name}" for one in profiles} <= names
    roots = {name.split("/", 1)[0] for name in names}
    assert {root for root in roots if not root.endswith(".dist-info")} == {"maintainer_kit"}


def demo_files() -> set[str]:
    """Return what the demo, the hooks and the schemas need, as the package's data names it."""
    mail = ROOT / "sample_mboxes"
    single = ("repository.fi", "clock.txt", "MANIFEST.tsv")
    files = {f"sample_mboxes/{path.name}" for path in mail.glob("*.mbox")}
    files |= {f"sample_mboxes/{name}" for name in single if (mail / name).exists()}
    files |= {f"hooks/{path.name}" for path in HOOKS}
    files |= {f"hooks/mail/{path.name}" for path in MAIL_HOOKS}
    return files | {f"schemas/{path.name}" for path in (ROOT / "docs/schemas").glob("*.json")}


def test_each_hook_of_the_manifest_calls_what_there_is() -> None:
    text = (ROOT / ".pre-commit-hooks.yaml").read_text()
    assert re.findall(r"^- id: (\S+)$", text, re.M) == [
        "mkit-commit-msg",
        "mkit-staged",
        "mkit-pre-push",
    ]
    entries = re.findall(r"^  entry: mkit (.*)$", text, re.M)
    assert len(entries) == 3
    for entry in entries:
        words = entry.split()
        if words[:2] == ["hooks", "run"]:
            assert words[2] in {path.name for path in HOOKS}
        else:
            assert words[0] in VERBS
