# SPDX-License-Identifier: GPL-2.0-or-later
"""Texts that go into a cover letter: that of the last revision, and a range-diff."""

from __future__ import annotations

from collections.abc import Iterable

from maintainer_kit.checks.patch import Patch
from maintainer_kit.lazy.dataclass import replace
from maintainer_kit.render.compare_text import cover_text, range_diff_text
from maintainer_kit.workflow.comparing.comparison import Comparison
from maintainer_kit.workflow.posting.texts import CUT


class PostingWords:
    """Implements the port ``Words`` of posting."""

    def cover(self, patch: Patch) -> list[str]:
        # What stands below its cut is a part of it: the changes of older revisions do.
        whole = replace(patch, body=(*patch.body, "", CUT, *patch.notes)) if patch.notes else patch
        lines = cover_text(whole)
        while len(lines) > 2 and lines[-1].strip() in ("", CUT):
            lines.pop()
        return lines

    def range_diff(self, found: Comparison) -> Iterable[str]:
        return range_diff_text(found, found.pairs)
