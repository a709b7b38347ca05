# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about changes of the API that userspace sees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from maintainer_kit.checks.context import Look
from maintainer_kit.checks.example import GOOD, LIST, ROBIN
from maintainer_kit.checks.finding import Fix, Hit, Severity
from maintainer_kit.checks.patch import in_diff
from maintainer_kit.checks.rule import series_rule
from maintainer_kit.checks.series import Series
from maintainer_kit.checks.sources import ADDING_SYSCALLS, DRM_UAPI
from maintainer_kit.checks.userspace_api import is_tried, texts_of, visible_change

_API = "linux-api@vger.kernel.org"
_LINK = re.compile(r"https?://[^\s<>/]{1,100}/\S")
_DRM = re.compile(r"(?:^|/)include/uapi/drm/")
_LONG = 400

_DIFF = """\
diff --git a/include/uapi/linux/pebble.h b/include/uapi/linux/pebble.h
index 2d3b2a7..9c8e5f1 100644
--- a/include/uapi/linux/pebble.h
+++ b/include/uapi/linux/pebble.h
@@ -20,2 +20,3 @@ struct pebble_stats {
 #define PEBBLE_IOC_SYNC _IO('p', 1)
 #define PEBBLE_IOC_STAT _IOR('p', 2, struct pebble_stats)
+#define PEBBLE_IOC_TRIM _IOW('p', 3, __u64)
"""
_NEW = GOOD.with_(
    subject="[PATCH] pebble: let a program give free blocks back",
    body="Nothing but a mount option can ask for it. An ioctl lets a program choose when.",
    diff=_DIFF,
)
_GPU = _NEW.with_(diff=_DIFF.replace("uapi/linux/pebble", "uapi/drm/gravel_drm"))


@series_rule(
    "uapi-change",
    Severity.WARNING,
    "What userspace sees is changed without those who look after it.",
    why="Once a kernel is released with it, an interface stays for ever: a mistake in it cannot be "
    "taken back. So people on linux-api want to see it before, with a manual page and a test that "
    "shows how it is used.",
    fix=f"Add {_API} to Cc, write a test in tools/testing/selftests, and say where the manual page "
    "is.",
    source=ADDING_SYSCALLS,
    options={"list": _API},
    passes=_NEW.with_(
        headers={"To": f"{ROBIN}, {LIST}", "Cc": _API},
        body=f"{_NEW.body}\n\nThe ioctl(2) of pebble is tried by selftests in a series of its own.",
    ),
    fails=_NEW,
)
def uapi_change(series: Series, look: Look) -> Iterator[Hit]:
    if series.is_range:
        return
    shift = 1 if series.cover else 0
    wanted = str(look.options["list"])
    for at, patch in enumerate(series.patches):
        seen = visible_change(patch)
        if seen is None:
            continue
        lacks = []
        there = (*patch.to, *patch.cc)
        if wanted and there and all(one.key != wanted.lower() for one in there):
            lacks.append(f"{wanted} is not in Cc")
        if not is_tried(one for _, one in series.heads()):
            lacks.append("no test or manual page is mentioned")
        if lacks:
            words = f"{seen.path} changes {seen.what}, and {' and '.join(lacks)}"
            yield Hit(
                words, in_diff(seen.index), Fix("; ".join(_todo(lacks, wanted))), None, at + shift
            )
        return


def _todo(lacks: list[str], wanted: str) -> Iterator[str]:
    if any("Cc" in one for one in lacks):
        yield f"Cc: {wanted}"
    if any("test" in one for one in lacks):
        yield "say how it was tried, and where it is described"


@series_rule(
    "uapi-without-userspace",
    Severity.INFO,
    "An interface for userspace comes without a link to a program that uses it.",
    why="In drm a new interface goes in only together with a free program that uses it, reviewed "
    "and ready to be merged: else nobody can tell whether the interface is right.",
    fix="Link to the merge request of the userspace driver in the cover letter or the patch.",
    source=DRM_UAPI,
    passes=_GPU.with_(
        body=f"{_GPU.body}\n\nUsed by https://gitlab.gravel.example/mesa/-/merge_requests/7"
    ),
    fails=_GPU,
)
def uapi_without_userspace(series: Series, look: Look) -> Iterator[Hit]:
    if series.is_range or any(_LINK.search(line[:_LONG]) for line in texts_of(series)):
        return
    shift = 1 if series.cover else 0
    for at, patch in enumerate(series.patches):
        seen = visible_change(patch) if any(map(_DRM.search, patch.paths)) else None
        if seen:
            words = f"no link to a program that uses what is new in {seen.path}"
            yield Hit(
                words, in_diff(seen.index), Fix("link to its merge request"), None, at + shift
            )
            return
