# SPDX-License-Identifier: GPL-2.0-or-later
"""What rules cannot do without, in words."""

from __future__ import annotations

from collections.abc import Collection

from maintainer_kit.checks.context import Need

_WORDS = {
    Need.REPOSITORY: "a repository",
    Need.MAINTAINERS: "a MAINTAINERS file",
    Need.EARLIER: "an earlier revision in the index",
    Need.ARCHIVE: "an index with the mail of the thread",
}


def need_words(needs: Collection[Need]) -> list[str]:
    """Each of them in words, always in the same order."""
    return [words for need, words in _WORDS.items() if need in needs]
