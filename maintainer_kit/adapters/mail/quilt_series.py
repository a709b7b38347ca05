# SPDX-License-Identifier: GPL-2.0-or-later
"""The series file of quilt(1): which patches, in what order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from maintainer_kit.workflow.ports import BrokenMail

_MOST = 10_000


def is_quilt_series(path: Path) -> bool:
    """Whether a path is a series file: it has quilt's name for it."""
    return path.name == "series" and path.is_file()


def quilt_patches(series: Path) -> Iterator[Path | BrokenMail]:
    """The patches that it lists; comments and options (``-p0``) are passed over, and a name that
    leads out of its folder is refused."""
    folder = series.parent.resolve()
    try:
        lines = series.read_text("utf-8", "surrogateescape").split("\n")[:_MOST]
    except OSError as error:
        yield BrokenMail(str(series), 0, error.strerror or "cannot be read")
        return
    for line in lines:
        name = line.partition("#")[0].strip().partition(" ")[0]
        if not name:
            continue
        path = series.parent / name
        if not path.resolve().is_relative_to(folder):
            yield BrokenMail(str(series), 0, f"lists {name}, which is not in its folder")
        else:
            yield path
