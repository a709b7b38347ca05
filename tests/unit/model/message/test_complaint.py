# SPDX-License-Identifier: GPL-2.0-or-later
"""Reports of bugs told from talk and from mail that only wants attention."""

from __future__ import annotations

import pytest

from maintainer_kit.model.message.complaint import is_complaint, names_bug
from maintainer_kit.model.message.subject import parse_subject

SHELL = "# mount /dev/x /mnt\n# ls /mnt\nls: reading directory: Input/output error\n"


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("[BUG] it does nothing", "words"),
        ("[bug report] pebble: tidy up", "words"),
        ("[REGESSION] sleep", "words"),
        ("KASAN: slab-out-of-bounds in pebble_read", "words"),
        ("possible deadlock between two locks", "words"),
        ("mainline build failure due to 0123456789ab", "words"),
        ("strange lines", "I see these:\n[   12.5] Call Trace:\n x\n"),
        ("a log", "  WARNING: CPU: 0 PID: 1 at fs/x.c:1 y+0x1/0x2\n"),
        ("hello", "This is new.\n\n#regzbot introduced: v6.1\n"),
        ("hello", "==1234==ERROR: AddressSanitizer: heap-use-after-free\n"),
        ("mkfs fails on ppc", f"Version 1.8.2 here.\n{SHELL}"),
        ("An issue with reading", f"The error I'm getting is below, on 6.1.\n{SHELL}"),
        ("lamp dark after plugging twice", "It goes dark until reboot. 6.1 and 6.2-rc2.\n"),
        ("Labels not defined", f"They are unlabeled on 6.1.\n{SHELL}"),
        (
            "fsck needs forever",
            f"It fails with this on kernel 6.1:\n{SHELL}make: *** [x] Error 2\n",
        ),
    ],
)
def test_a_report(subject: str, text: str) -> None:
    assert is_complaint(parse_subject(subject), text)


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Meeting on Monday", "At nine, in the usual room."),
        ("[ANNOUNCE] pebble-progs 1.8.2", "It fixes a crash on 6.1; thanks to all."),
        ("[RFC] what to do when a read fails", "On 6.1 it fails with EIO: fs/pebble/x.c"),
        ("[question] broken links", "Kernel 6.1 and pebble_read(): is that to be expected?"),
        ("Final warning: Delivery Error", "Your mailbox is full. Click here."),
        ("Your package cannot be delivered", "We were unable to deliver it. Call 555 6.1"),
        ("Is there a way to grow it?", "We run 6.1 and would like to. See fs/pebble/super.c"),
        ("A pull of the plug", "no words"),
        ("", ""),
    ],
)
def test_no_report(subject: str, text: str) -> None:
    assert not is_complaint(parse_subject(subject), text)


def test_only_the_beginning_of_a_text_is_looked_at() -> None:
    assert not is_complaint(parse_subject("hello"), "x\n" * 20_000 + "Call Trace:\n")


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Re: [syzbot] [fs?] general protection fault in x", True),
        ("Re: [v6.6] BUG: Bad page state in y", True),
        ("Re: how are lockdep splats to be read?", False),
        ("Re: the next release", False),
    ],
)
def test_names_bug(subject: str, expected: bool) -> None:
    assert names_bug(parse_subject(subject)) is expected
