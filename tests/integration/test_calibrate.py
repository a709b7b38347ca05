# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit check --calibrate`` on the sample repository."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from maintainer_kit.adapters.git.repository import create_from_stream
from maintainer_kit.adapters.profiles import load_profile
from maintainer_kit.checks.profile import read_profile
from tests.integration.driver import SAMPLE, Mkit
from tests.integration.repositories import Work


@pytest.fixture(scope="session")
def lumen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("calibrate") / "lumen.git"
    create_from_stream(path, SAMPLE / "repository.fi")
    return path


def _calibrate(mkit: Mkit, lumen: Path, *argv: str) -> str:
    done = mkit.run("check", "--repo", str(lumen), "--profile", "kernel", "--calibrate", *argv)
    return done.stdout


def _read(text: str) -> dict[str, str]:
    """What the profile changes, each checked against its own comment."""
    profile = read_profile("mine", text, lambda name: "")
    found = {}
    for name, figures in re.findall(r'^(\S+) = "\w+"  # ([\d.]+) % of', text, re.M):
        setting = profile.settings[name]
        assert float(figures) > 0
        found[name] = "off" if setting.is_off else str(setting.severity)
    assert set(found) == set(profile.settings)
    return found


def test_the_sample_history_makes_a_profile(mkit: Mkit, lumen: Path) -> None:
    text = _calibrate(mkit, lumen, "20")
    assert 'inherits = "kernel"' in text
    assert "what 20 accepted commits say" in text
    assert _read(text)
    assert text == _calibrate(mkit, lumen, "20")


def test_a_made_profile_is_used_by_its_name(mkit: Mkit, lumen: Path, tmp_path: Path) -> None:
    folder = Path(mkit.env["HOME"]) / ".config/mkit/profiles"
    folder.mkdir(parents=True)
    done = mkit.run(
        "check", "--repo", str(lumen), "--profile", "kernel", "--calibrate", "20",
        "--out", str(folder / "lumen.toml"),
    )  # fmt: skip
    assert done.stdout == ""
    assert "changed by 20 commits" in done.stderr
    changed = _read((folder / "lumen.toml").read_text())
    quiet = [name for name, grade in changed.items() if grade == "off"]
    argv = ("check", "--repo", str(lumen), "--no-tools", "--fail-on", "never", "--json")
    before = mkit.run(*argv, "--profile", "kernel", "--", "-20").json
    after = mkit.run(*argv, "--profile", "lumen", "--", "-20").json
    assert after["profile"] == "lumen"
    assert not [one for one in after["findings"] if one["rule"] in quiet]
    assert after["summary"]["error"] <= before["summary"]["error"]
    assert load_profile("kernel").name == "kernel"


def test_merges_are_left_out_and_a_short_history_is_taken_whole(mkit: Mkit, tmp_path: Path) -> None:
    work = Work(tmp_path / "work")
    work.commit("lid: make it", lid="1")
    work.git("checkout", "--quiet", "-b", "side")
    work.commit("lid: open it.", lid="2")
    work.git("checkout", "--quiet", "master")
    work.commit("rim: make it.", rim="1")
    work.git("merge", "--quiet", "--no-ff", "--message=Merge lids.", "side")
    text = _calibrate(mkit, work.path, "500")
    assert "what 3 accepted commits say" in text
    assert 'subject-full-stop = "off"  # 66.7 % of 3 accepted commits; was warning' in text


def test_what_cannot_be_is_said(mkit: Mkit, lumen: Path, tmp_path: Path) -> None:
    argv = ("check", "--repo", str(lumen), "--calibrate")
    assert mkit.run(*argv, "0", code=2).stdout == ""
    missing = mkit.run(*argv, "3", "--out", str(tmp_path / "no" / "x.toml"), code=1)
    assert "no such file" in missing.stderr.lower()
    assert not (tmp_path / "no").exists()
    assert "--calibrate" in mkit.run("check", "--out", "x", "y", code=2).stderr
