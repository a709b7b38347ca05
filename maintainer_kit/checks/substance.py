# SPDX-License-Identifier: GPL-2.0-or-later
"""What a message should tell besides the what: what breaks without the change, how it was tried."""

from __future__ import annotations

from maintainer_kit.checks.patch import Patch
from maintainer_kit.lazy.pattern import lazy_pattern

# Parts of words for what goes wrong, and for who would see it; a blank is written "_".
_IMPACT = """
    crash leak oops panic warn error fail hang hung stuck deadlock dead-lock livelock lockup
    undeclared corrupt wrong incorrect invalid broke break lose lost cannot unable regress slow
    stall race racy overflow underflow overrun out-of- use-after double-free null deref uninit
    garbage stale bogus spurious unexpected mis bug kasan ubsan kmsan kcsan lockdep splat trace
    segfault fault abort assert infinite endless never vulnerab attack exploit insecure unsafe
    expos permission denied reject refus ignor drop lack without instead otherwise problem issue
    trouble confus surpris waste expensive inconsisten undefined unreachable unused build compil
    complain report n't _not_ result lead caus trigger avoid prevent so_that
"""
# The same for how something was tried.
_TESTING = """
    tested test. test, testing testcase verif reproduc tried kunit selftest xfstest fstests
    boots booted benchmark measur compile-test build-test _ran_ running run_on run_with syzbot
    syzkaller fuzz kasan kmemleak hyperfine before: after: with_this_patch without_this_patch
    time_ % $_ _#_ _test_
"""
_IMPACT_PARTS, _TESTING_PARTS = (
    tuple(one.replace("_", " ") for one in words.split()) for words in (_IMPACT, _TESTING)
)
_MOST_NOTES = 500
_FIX_TITLE = lazy_pattern(r"(?i)\bfix(?:e[sd])?\b")
# Nobody is hurt by these, nor asked what for.
_HARMLESS = lazy_pattern(
    r"(?i)typo|spell|grammar|plural|comment|indent|style|white ?space|format|mailmap|doc|man ?page|"
    r"readme|maintainers|kernel-?doc|word"
)
_NO_CODE = (
    ".txt",
    ".rst",
    ".adoc",
    ".md",
    ".po",
    ".pot",
    ".html",
    ".svg",
    ".yml",
    ".yaml",
    ".toml",
)
_NOT_RUN = ("Documentation/", "docs/", "doc/", "MAINTAINERS", "LICENSES/", ".mailmap", "CREDITS")


def is_fix(patch: Patch) -> bool:
    """Whether it says that it mends something."""
    if patch.is_revert or patch.is_merge:
        return False
    if _HARMLESS.search(patch.title):
        return False
    return bool(patch.named("Fixes")) or bool(_FIX_TITLE.search(patch.title))


def says_impact(patch: Patch) -> bool:
    """Whether the message has any word of what goes wrong; the title counts, but for "fix"."""
    return _says(_IMPACT_PARTS, f"{patch.title}\n{_prose(patch)}")


def says_testing(patch: Patch) -> bool:
    """Whether message or notes have any word of how it was tried."""
    if patch.named("Tested-by") or _says(_TESTING_PARTS, _prose(patch)):
        return True
    return _says(_TESTING_PARTS, "\n".join(patch.notes[:_MOST_NOTES]))


def _says(parts: tuple[str, ...], text: str) -> bool:
    low = " ".join(text.lower().split())
    return any(part in low for part in parts)


def _prose(patch: Patch) -> str:
    return "\n".join(patch.prose)


def is_small(patch: Patch, lines: int) -> bool:
    """Whether it changes fewer lines of code than that; tests are no code here, nor is text."""
    if patch.diff is None or patch.is_merge:
        return True
    return sum(one.added + one.removed for one in patch.diff.files if _is_code(one.path)) < lines


def _is_code(path: str) -> bool:
    if path.endswith(_NO_CODE) or path.startswith(_NOT_RUN):
        return False
    return not any(part in ("t", "test", "tests", "selftests") for part in path.split("/")[:-1])
