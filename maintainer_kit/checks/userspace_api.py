# SPDX-License-Identifier: GPL-2.0-or-later
"""Which changes of a patch programs of userspace can see, and what goes with such a change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.series import Series

_HEADER = re.compile(r"(?:^|/)include/uapi/")
_TABLE = re.compile(r"(?:^|/)syscall(?:s|_(?:32|64|n32|n64|o32))?[\w-]{0,12}\.tbl$")
_SYSCALL = re.compile(r"(?:COMPAT_)?SYSCALL_DEFINE[0-6]\(")
_IOCTL = re.compile(r"#\s{0,4}define\s+\w{2,60}\s+_IO(?:R|W|WR|RW)?\(")
_COMMENT = ("*", "/*", "//", "*/")
_TEST = re.compile(r"(?:^|/)tools/testing/(?:selftests|kunit)/|(?:^|/)tests?/")
_TOLD = re.compile(
    r"\b(?:man[ -]?pages?|kselftests?|selftests?|self-tests?|man \d|xfstests|fstests|ltp|igt|"
    r"test (?:program|suite|case)s?|tested with|\w+\(2\))",
    re.IGNORECASE,
)
_LONG = 400


@dataclass(frozen=True, slots=True)
class Seen:
    """A line that changes what userspace sees."""

    what: str
    path: str
    index: int
    """In the lines of the diff, from 0."""


def visible_change(patch: Patch) -> Seen | None:
    """The first line that changes the interface: of a header for userspace, the table of system
    calls, the definition of one or of an ioctl, the description of a file in sysfs."""
    if not any(map(_may_show, patch.paths)):
        return None
    return next(_seen(patch), None)


def _may_show(path: str) -> bool:
    return path.endswith((".h", ".c", ".tbl")) or path.startswith("Documentation/ABI/")


def _seen(patch: Patch) -> Iterator[Seen]:
    for one in patch.changes:
        text = one.text.strip()
        if not text or text.startswith(_COMMENT):
            continue
        if _HEADER.search(one.path) and not _is_plumbing(text):
            yield Seen("a header for userspace", one.path, one.index)
        elif _TABLE.search(one.path):
            yield Seen("the table of system calls", one.path, one.index)
        elif one.sign == "+" and one.path.startswith("Documentation/ABI/"):
            yield Seen("the description of an interface", one.path, one.index)
        elif one.sign == "+" and one.path.endswith(".c") and _SYSCALL.match(text):
            yield Seen("a system call", one.path, one.index)
        elif one.sign == "+" and _is_ioctl(one.path, text):
            yield Seen("an ioctl", one.path, one.index)


def _is_plumbing(text: str) -> bool:
    """Whether a line of a header says nothing to a program: guards and inclusions."""
    return text.startswith(("#include", "#endif", "#ifndef", "#else")) and "(" not in text


def _is_ioctl(path: str, text: str) -> bool:
    """Whether a header of the kernel defines an ioctl; a program has its own definitions."""
    return path.endswith(".h") and _IOCTL.match(text) is not None and not _is_test(path)


def _is_test(path: str) -> bool:
    return path.startswith(("tools/", "samples/")) or _TEST.search(path) is not None


def is_tried(patches: Iterable[Patch]) -> bool:
    """Whether a series brings a test, or its text speaks of one, or of a manual page."""
    for patch in patches:
        if any(_TEST.search(path) for path in patch.paths):
            return True
        if any(_TOLD.search(line[:_LONG]) for line in (*patch.body, *patch.notes)):
            return True
    return False


def texts_of(series: Series) -> Iterator[str]:
    """The lines in which a series tells about itself."""
    for _, patch in series.heads():
        yield from patch.body
        yield from patch.notes
