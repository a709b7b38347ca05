# SPDX-License-Identifier: GPL-2.0-or-later
"""Repositories to be tested, and homes that test them."""

from __future__ import annotations

import os
from pathlib import Path

from tests.cli import schemas
from tests.integration.driver import CONFIG, Json, Mkit
from tests.integration.repositories import Work

WARNS = "warning: unused variable 'a' [-Wunused-variable]"


def configured(mkit: Mkit, *tests: str) -> Mkit:
    """A home with these values of ``mkit.test``."""
    quoted = (one.replace("\\", "\\\\").replace('"', '\\"') for one in tests)
    lines = "".join(f'\ttest = "{one}"\n' for one in quoted)
    return mkit.configure(f"{CONFIG}{lines}[user]\n\tname = Robin\n")


class Range:
    """A repository with a base and a branch ``topic`` on it; files say what commands come to."""

    def __init__(self, path: Path, **files: str) -> None:
        self.work = Work(path)
        self.files = files
        self.base = self.work.commit("Begin", **files)
        self.work.git("switch", "--quiet", "--create", "topic")
        self.commits: list[str] = []

    def step(self, title: str = "", **files: str) -> str:
        """One more commit on the branch."""
        number = len(self.commits) + 1
        found = self.work.commit(title or f"pebble: step {number}", n=str(number), **files)
        self.commits.append(found)
        return found

    def steps(self, count: int) -> Range:
        for _ in range(count):
            self.step()
        return self

    def test(self, mkit: Mkit, *words: str, code: int = 0) -> Json:
        """What ``mkit test`` tells of the branch, which is as its schema says."""
        found = mkit.json("test", "master..topic", "--repo", self.work.path, *words, code=code)
        schemas.check(found, "test")
        return found


def of(found: Json, name: str) -> Json:
    """What was found by one configuration."""
    (one,) = (one for one in found["configurations"] if one["name"] == name)
    assert isinstance(one, dict)
    return one


def verdicts(found: Json, name: str) -> list[str]:
    """What each commit came to, the oldest first."""
    return [one["verdict"] for one in of(found, name)["results"]]


def began(found: Json, name: str) -> dict[str, list[str]]:
    """Where what is new began: kinds of problems by commit."""
    told: dict[str, list[str]] = {}
    for one in of(found, name)["began"]:
        told.setdefault(one["commit"], []).extend(each["kind"] for each in one["problems"])
    return told


class Lifeline:
    """A pipe that tests hold open for as long as they live."""

    def __init__(self, path: Path) -> None:
        self.path = path
        os.mkfifo(path)

    def wait_for_somebody(self) -> int:
        """Opened at the other end: a process of the test is there."""
        return os.open(self.path, os.O_RDONLY)

    @staticmethod
    def wait_till_all_are_gone(handle: int) -> bytes:
        """What they wrote; it ends when the last of them has."""
        with os.fdopen(handle, "rb") as opened:
            return opened.read()
