# SPDX-License-Identifier: GPL-2.0-or-later
"""Other checkers run on patches: as files of a private folder, several at a time, never by a shell.

A tool that fails or hangs costs its own findings only, and is not started again.
"""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import Path

from maintainer_kit.adapters.bounded_run import Bounds, Ended, run_bounded
from maintainer_kit.checks.foreign import Form, Said, Tool
from maintainer_kit.checks.foreign_output import read_output
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.workflow.foreign import Answer, Question

_BOUNDS = Bounds(seconds=120, output=8 << 20)
_MOST_TOGETHER = 100
_WORTH_A_START = 8
"""Patches that take a tool about as long as its start."""
_OWN_FLAGS = {
    Form.CHECKPATCH: ("--terse", "--show-types", "--no-summary", "--color=never"),
    # 3: nothing about encodings and binary files.
    Form.CODESPELL: ("--disable-colors", "--quiet-level=3"),
    Form.COMMON: (),
}
_STDIN = ("", "-", "stdin", "<stdin>", "/dev/stdin", "(standard input)")
"""What tools call their standard input."""


@dataclass(frozen=True, slots=True)
class _Job:
    """One call of a tool."""

    tool: Tool
    files: tuple[Path, ...]
    numbers: tuple[int, ...]
    """The number of the question that each file holds."""


class ForeignTools:
    """``workflow.foreign.Asking`` by real processes."""

    def __init__(self, bounds: Bounds = _BOUNDS, cores: int = 0, repository: str = "") -> None:
        """``repository`` is told to the tools as MKIT_REPOSITORY; without ``cores`` all that
        there are are used."""
        self._bounds = bounds
        self._cores = cores or len(os.sched_getaffinity(0))
        self._env = {"MKIT_REPOSITORY": repository} if repository else {}

    def ask(self, questions: Sequence[Question]) -> Iterator[Answer]:
        """Answers as they come, in no order; closing the iterator ends all tools."""
        with tempfile.TemporaryDirectory(prefix="mkit-check-") as name:
            jobs = list(self._jobs(Path(name), questions))
            stopped: dict[str, threading.Event] = {one.tool.name: threading.Event() for one in jobs}
            with ThreadPoolExecutor(self._cores) as pool:
                running = {
                    pool.submit(self._run, Path(name), job, stopped[job.tool.name]): job
                    for job in jobs
                }
                try:
                    yield from _answers(running, stopped)
                finally:
                    for event in stopped.values():
                        event.set()

    def _jobs(self, folder: Path, questions: Sequence[Question]) -> Iterator[_Job]:
        by_tool: dict[str, list[tuple[int, Question]]] = {}
        for number, one in enumerate(questions):
            by_tool.setdefault(one.tool.name, []).append((number, one))
        for at, asked in enumerate(by_tool.values()):
            tool = asked[0][1].tool
            place = folder / str(at)
            place.mkdir()
            files = []
            for number, one in asked:
                file = place / f"{number:06}.patch"
                file.write_bytes(one.text)
                files.append((file, number))
            for part in _parts(files, 1 if tool.from_stdin else self._together(len(files))):
                yield _Job(tool, tuple(one for one, _ in part), tuple(one for _, one in part))

    def _together(self, count: int) -> int:
        """How many patches one call gets: all cores busy, and starts worth their while."""
        share = -(-count // self._cores)
        return min(_MOST_TOGETHER, max(_WORTH_A_START, share))

    def _run(self, folder: Path, job: _Job, stopped: threading.Event) -> Ended:
        if stopped.is_set():
            return Ended(None, b"", "", "was stopped")
        tool = job.tool
        argv = [*tool.argv, *_OWN_FLAGS[tool.form]]
        if not tool.from_stdin:
            argv += [str(one) for one in job.files]
        place = Path(tool.folder) if tool.folder else folder
        stdin = job.files[0] if tool.from_stdin else None
        return run_bounded(argv, place, stdin, self._env, self._bounds, stopped.is_set)


def _parts(files: Sequence[tuple[Path, int]], size: int) -> Iterator[Sequence[tuple[Path, int]]]:
    return (files[at : at + size] for at in range(0, len(files), size))


def _answers(
    running: dict[Future[Ended], _Job], stopped: dict[str, threading.Event]
) -> Iterator[Answer]:
    while running:
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for one in done:
            job, ended = running.pop(one), one.result()
            was_stopped = stopped[job.tool.name].is_set()
            answer = _answer(job, ended, was_stopped)
            if answer.problem:
                stopped[job.tool.name].set()
            yield answer


def _answer(job: _Job, ended: Ended, was_stopped: bool) -> Answer:
    output = ended.output.decode("utf-8", "replace")
    said = tuple(_placed(job, one) for one in read_output(job.tool.form, output))
    problem = "" if was_stopped else _problem(ended, bool(said))
    return Answer(job.tool, job.numbers, said, problem)


def _placed(job: _Job, said: Said) -> tuple[int | None, Said]:
    """What was said, and of which patch, as far as the tool tells."""
    name = said.file.rpartition("/")[2]
    for file, number in zip(job.files, job.numbers, strict=True):
        if file.name == name:
            return number, replace(said, file="")
    only = job.numbers[0] if len(job.numbers) == 1 else None
    return only, replace(said, file="") if said.file in _STDIN else said


def _problem(ended: Ended, has_said: bool) -> str:
    """Why its silence means nothing; a checker that found something ends with whatever code."""
    if ended.reason:
        return ended.reason
    if ended.code is not None and (ended.code < 0 or (ended.code and not has_said)):
        last = ended.words.splitlines()[-1] if ended.words else "and says nothing"
        how = f"signal {-ended.code}" if ended.code < 0 else f"exit code {ended.code}"
        return visible_line(f"ended with {how}: {last}")[:300]
    return ""
