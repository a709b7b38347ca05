# SPDX-License-Identifier: GPL-2.0-or-later
"""The series file of quilt(1): which patches, in what order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.workflow.ports import BrokenMail
from maintainer_kit.workflow.quilting.names import leads_out
from maintainer_kit.workflow.quilting.series import read_series


def is_quilt_series(path: Path) -> bool:
    """Whether a path is a series file: it has quilt's name for it."""
    return path.name == "series" and path.is_file()


def quilt_patches(series: Path) -> Iterator[Path | BrokenMail]:
    """The patches that it lists; comments and options (``-p0``) are passed over, and a name that
    leads out of its folder is refused."""
    folder = series.parent.resolve()
    try:
        entries = read_series(series.read_text("utf-8", "surrogateescape"))
    except OSError as error:
        yield BrokenMail(str(series), 0, error.strerror or "cannot be read")
        return
    for entry in entries:
        path = series.parent / entry.name
        if leads_out(entry.name) or not path.resolve().is_relative_to(folder):
            words = f"lists {visible_line(entry.name)}, which is not in its folder"
            yield BrokenMail(str(series), 0, words)
        else:
            yield path
