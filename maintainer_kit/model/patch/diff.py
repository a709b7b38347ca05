# SPDX-License-Identifier: GPL-2.0-or-later
"""A unified diff inside the text of a mail."""

from __future__ import annotations

from maintainer_kit.model.patch.change import Diff, FileChange
from maintainer_kit.model.patch.file_header import starts_diff
from maintainer_kit.model.patch.outline import outline_of
from maintainer_kit.model.patch.paths import strip_prefix, unquote_path


def parse_diff(text: str) -> Diff | None:
    """Read the first diff of ``text``, from its first file to the end; None without one.

    Lines that belong to no file (signatures, list footers) are passed over, as git does.
    """
    outline = outline_of(text)
    return outline.diff if outline else None


__all__ = ["Diff", "FileChange", "parse_diff", "starts_diff", "strip_prefix", "unquote_path"]
