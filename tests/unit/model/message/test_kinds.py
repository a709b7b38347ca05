# SPDX-License-Identifier: GPL-2.0-or-later
"""Kinds of mail that a single word of the subject does not tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.model.message.message import Kind, Says
from tests.build import BO, edit, mail, patch, read, reply

ID = "ab" * 20
LKP = "kernel test robot <lkp@intel.com>"
SYZBOT = "syzbot <syzbot+0123456789abcdef@syzkaller.example>"
CARMEN = "Carmen Stable <carmen@lumen.example>"
QUEUED = 'Patch "pebble: fix a leak" has been added to the 6.1-stable tree'
NOTE = (
    f"This is a note to let you know that I have added it.\n\ncommit {ID} upstream.\n---\n{edit()}"
)
OOPS = "After a day:\n\n[  12.345678] BUG: kernel NULL pointer dereference\n[  12.4] RIP: 0010:x\n"


def attached(subject: str, text: str) -> bytes:
    """A mail with a patch beside its text."""
    body = (
        f"--cut\nContent-Type: text/plain\n\n{text}\n"
        "--cut\nContent-Type: text/x-patch; name=a.patch\n"
        f"Content-Disposition: attachment\n\n{edit()}\n--cut--\n"
    )
    return mail(subject, body, headers={"Content-Type": 'multipart/mixed; boundary="cut"'})


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (mail("[tree:dev] BUILD SUCCESS abc", "configs tested: 9", sender=LKP), Kind.BOT_REPORT),
        (mail("[tree:dev] BUILD REGRESSION abc", "Error", sender=LKP), Kind.REPORT),
        (mail("[tree:dev 2/5] fs/x.c:1:2: error: y", "head: abc", sender=LKP), Kind.REPORT),
        (mail("[tree:master] [x] 0123: foo 11.6% improvement", "", sender=LKP), Kind.BOT_REPORT),
        (patch("[PATCH] x: fix x.cocci warnings", sender=LKP), Kind.PATCH),
        (
            patch("[PATCH] x: fix x.cocci warnings", sender=LKP, parents=["a@x"]),
            Kind.BOT_REPORT,
        ),
        (mail("[syzbot] [fs?] WARNING in x", "Hello,", sender=SYZBOT), Kind.REPORT),
        (
            mail(
                "[syzbot] Monthly fs report", "Hello,", sender="syzbot+list0a1b@syzkaller.example"
            ),
            Kind.OTHER,
        ),
        (mail(QUEUED, NOTE, sender=CARMEN), Kind.COMMIT),
        (mail(QUEUED, NOTE, sender=CARMEN, parents=["a@x"]), Kind.COMMIT),
        (mail(f"Re: {QUEUED}", "Please drop it.", parents=["a@x"]), Kind.FOLLOW_UP),
        (mail("post-receive: pub/x", f"service: git\nchanges:\n new: {ID}\n"), Kind.COMMIT),
        (mail("[GIT PULL] x for 5.5", "a", parents=["old@x"]), Kind.PULL_REQUEST),
        (mail("[PULL 00/25] queue", "The following changes since commit 01234567:"), Kind.COVER),
        (patch("[PULL 01/25] x"), Kind.PATCH),
        (patch("[Interdiff v3~v4 4/4] x", parents=["a@x"]), Kind.FOLLOW_UP),
        (
            mail("Mail delivery failed", f"error: x\n{OOPS}", sender="postmaster@x.example"),
            Kind.OTHER,
        ),
        (
            mail("mount fails", OOPS, headers={"Auto-Submitted": "auto-replied"}),
            Kind.OTHER,
        ),
        (mail("mount fails", OOPS, headers={"Auto-Submitted": "no"}), Kind.REPORT),
        (patch("[BUG] x: leak, and what would mend it"), Kind.REPORT),
        (patch("x: fix a use-after-free"), Kind.PATCH),
        (mail("\u64a4\u56de: [PATCH 2/2] x", "He takes it back."), Kind.FOLLOW_UP),
        (patch("Fwd: [PATCH] x"), Kind.PATCH),
        (patch("Fwd: [PATCH] x", parents=["a@x"]), Kind.FOLLOW_UP),
        (
            patch("Fwd: [PATCH] x", text="See.\n---------- Forwarded message ---------\n"),
            Kind.OTHER,
        ),
        (attached("build of 1.8.6 fails", f"error: x\n{OOPS}"), Kind.REPORT),
        (attached("[PATCH] build: mend it", f"error: x\n{OOPS}"), Kind.PATCH),
        (attached("please take this", "It is better so."), Kind.PATCH),
    ],
)
def test_kind(raw: bytes, kind: Kind) -> None:
    assert read(raw).kind is kind


def test_what_is_queued_for_stable_is_applied_but_names_no_commit() -> None:
    found = read(mail(QUEUED, NOTE, sender=CARMEN, parents=["a@x"]))
    assert found.says == {Says.APPLIED}
    assert found.commits == ()


def test_a_bots_fixup_keeps_its_patch() -> None:
    found = read(reply("a@x", f"Please fold this in.\n\n---\n{edit('a.c')}", sender=LKP))
    assert found.kind is Kind.BOT_REPORT
    assert found.diff is not None and found.diff.files[0].path == "a.c"
    assert found.patch_id == read(patch("[PATCH] x", edit("a.c"))).patch_id


def test_a_persons_answer_keeps_none() -> None:
    assert read(reply("a@x", f"Like this?\n\n{edit('a.c')}", sender=BO)).diff is None


SCRAPS = [
    "Re: ",
    "[PATCH",
    "]",
    " v2",
    " 1/2",
    "[syzbot] ",
    "BUG: ",
    "pull request",
    "\n",
    "\u202e",
]
TEXTS = st.lists(st.sampled_from([*SCRAPS, "-- >8 --\n", edit(), OOPS, "#regzbot x"]), max_size=8)


@given(subject=st.lists(st.sampled_from(SCRAPS), max_size=8), body=TEXTS)
def test_every_mail_has_a_kind(subject: list[str], body: list[str]) -> None:
    raw = mail("".join(subject).replace("\n", " "), "".join(body))
    found = read(raw)
    assert found.kind in Kind
    assert (found.diff is None) or found.kind in (Kind.PATCH, Kind.COMMIT, Kind.BOT_REPORT)
    assert found == read(raw)
