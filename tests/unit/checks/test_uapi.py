# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about changes of the API that userspace sees."""

from __future__ import annotations

import pytest

from maintainer_kit.checks.example import COVER, GOOD, LIST, ROBIN, Example
from maintainer_kit.checks.rules import uapi as rules
from tests.unit.checks.bench import findings

_API = "linux-api@vger.kernel.org"
_TRIED = "Tried with the new selftests."


def change(path: str, *lines: str) -> Example:
    diff = (
        f"diff --git a/{path} b/{path}\nindex 1d3b2a7..9c8e5f0 100644\n--- a/{path}\n+++ b/{path}\n"
        f"@@ -1,1 +1,{1 + len(lines)} @@\n a\n" + "".join(f"+{line}\n" for line in lines)
    )
    return GOOD.with_(diff=diff, body="Words.")


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("include/uapi/linux/pebble.h", "struct pebble_trim {"),
        ("arch/x86/include/uapi/asm/pebble.h", "#define PEBBLE_TRIM 3"),
        ("arch/x86/entry/syscalls/syscall_64.tbl", "470 common pebble sys_pebble"),
        ("scripts/syscall.tbl", "470 common pebble sys_pebble"),
        ("fs/pebble/trim.c", "SYSCALL_DEFINE2(pebble, int, fd, int, how)"),
        ("drivers/pebble/pebble_ioctl.h", "#define PEBBLE_TRIM _IOWR('p', 3, struct pebble_trim)"),
        ("Documentation/ABI/testing/sysfs-fs-pebble", "What:  /sys/fs/pebble/trim"),
    ],
)
def test_what_userspace_sees(path: str, line: str) -> None:
    (found,) = findings(change(path, line), [rules.uapi_change])
    assert found.message.startswith(f"{path} changes ")
    assert found.message.endswith(f"{_API} is not in Cc and no test or manual page is mentioned")


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("include/uapi/linux/pebble.h", " * trim gives blocks back"),
        ("include/uapi/linux/pebble.h", "#include <linux/types.h>"),
        ("include/uapi/linux/pebble.h", ""),
        ("include/linux/pebble.h", "int pebble_trim(void);"),
        ("mount/pebble.c", "#define PEBBLE_TRIM _IO('p', 3)"),
        ("tools/testing/selftests/pebble/trim.h", "#define PEBBLE_TRIM _IO('p', 3)"),
        ("fs/pebble/trim.c", "/* SYSCALL_DEFINE2(pebble) is elsewhere */"),
        ("Documentation/filesystems/pebble.rst", "What: a file system"),
    ],
)
def test_what_userspace_does_not_see(path: str, line: str) -> None:
    assert findings(change(path, line), [rules.uapi_change]) == []


def test_each_half_is_asked_for_by_itself() -> None:
    seen = change("include/uapi/linux/pebble.h", "struct pebble_trim {")
    copied = seen.with_(headers={"To": f"{ROBIN}, {LIST}", "Cc": _API})
    (untried,) = findings(copied, [rules.uapi_change])
    assert untried.message.endswith("and no test or manual page is mentioned")
    (alone,) = findings(seen.with_(body=_TRIED), [rules.uapi_change])
    assert alone.message.endswith(f"and {_API} is not in Cc")
    assert findings(copied.with_(body=_TRIED), [rules.uapi_change]) == []


def test_a_file_without_recipients_is_not_asked_for_them() -> None:
    seen = change("include/uapi/linux/pebble.h", "struct pebble_trim {")
    bare = seen.with_(kind="file", headers={"To": ""}, body=_TRIED)
    assert findings(bare, [rules.uapi_change]) == []


def test_a_test_in_another_patch_of_the_series() -> None:
    seen = change("include/uapi/linux/pebble.h", "struct pebble_trim {")
    one = seen.with_(subject="[PATCH 1/2] pebble: a", headers={"Cc": _API})
    two = change("tools/testing/selftests/pebble/trim.c", "int main(void)").with_(
        subject="[PATCH 2/2] pebble: b"
    )
    assert findings(COVER.with_(rest=(one, two)), [rules.uapi_change]) == []


def test_only_the_first_patch_is_named() -> None:
    seen = change("include/uapi/linux/pebble.h", "struct pebble_trim {")
    parts = tuple(seen.with_(subject=f"[PATCH {n}/2] pebble: {n}") for n in (1, 2))
    (found,) = findings(COVER.with_(rest=parts), [rules.uapi_change])
    assert found.at == 1


def test_drm_wants_a_link() -> None:
    drm = change("include/uapi/drm/gravel_drm.h", "#define GRAVEL_TRIM 3")
    assert findings(drm, [rules.uapi_without_userspace])
    linked = COVER.with_(
        body="Mesa: https://gitlab.gravel.example/mesa/-/merge_requests/7",
        rest=(drm.with_(subject="[PATCH 1/1] drm/gravel: trim"),),
    )
    assert findings(linked, [rules.uapi_without_userspace]) == []
    other = change("include/uapi/linux/pebble.h", "#define PEBBLE_TRIM 3")
    assert findings(other, [rules.uapi_without_userspace]) == []


def test_hostile_lines() -> None:
    line = "#define " + "A" * 100_000 + " _IO" * 20_000
    assert findings(change("drivers/a.h", *[line] * 20), [rules.uapi_change]) == []
