# SPDX-License-Identifier: GPL-2.0-or-later
"""Subjects of the wild, one row each."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.model.mail.charset import decode_words
from maintainer_kit.model.message.subject import parse_subject, title_key

PLAIN: dict[str, Any] = {
    "is_reply": False,
    "is_forward": False,
    "is_patch": True,
    "revision": 1,
    "minor": 0,
    "number": None,
    "total": None,
    "rfc": False,
    "resend": False,
    "tags": (),
}

WILD: dict[str, dict[str, Any]] = {
    "[PATCH] net: fix foo": {"title": "net: fix foo"},
    "[RFC PATCH net-next v3 02/11] net: fix foo": {
        "title": "net: fix foo",
        "rfc": True,
        "tags": ("net-next",),
        "revision": 3,
        "number": 2,
        "total": 11,
    },
    "[PATCH RFC v2] x": {"title": "x", "rfc": True, "revision": 2},
    "[RFC] x": {"title": "x", "rfc": True, "is_patch": False},
    "[RFC v3 1/2] x": {"title": "x", "rfc": True, "revision": 3, "number": 1, "total": 2},
    "[PATCHv2] x": {"title": "x", "revision": 2},
    "[PATCHv3 1/4] x": {"title": "x", "revision": 3, "number": 1, "total": 4},
    "[PATCH-v2] x": {"title": "x", "revision": 2},
    "[RFC-PATCH v2] x": {"title": "x", "rfc": True, "revision": 2},
    "[PATCHSET 0/3] x": {"title": "x", "number": 0, "total": 3},
    "[PATCHES] x": {"title": "x"},
    "[patch V2 07/21] x": {"title": "x", "revision": 2, "number": 7, "total": 21},
    "[v2,1/2] x": {"title": "x", "revision": 2, "number": 1, "total": 2},
    "[bluez,v2] x": {"title": "x", "revision": 2, "tags": ("bluez",), "is_patch": False},
    "[PATCH v5.1 10/12] x": {"title": "x", "revision": 5, "minor": 1, "number": 10, "total": 12},
    "[PATCH v5.4 2/3] x": {"title": "x", "tags": ("v5.4",), "number": 2, "total": 3},
    "[PATCH v5.1] x": {"title": "x", "tags": ("v5.1",)},
    "[PATCH 5.10/5.15] x": {"title": "x", "tags": ("5.10/5.15",)},
    "[PATCH 6.0/6.1 1/2] x": {"title": "x", "tags": ("6.0/6.1",), "number": 1, "total": 2},
    "[PATCH v5.2-rc6] x": {"title": "x", "tags": ("v5.2-rc6",)},
    "[PATCH 6.1 00/03] 6.1.4-rc1 review": {
        "title": "6.1.4-rc1 review",
        "tags": ("6.1",),
        "number": 0,
        "total": 3,
    },
    "[PATCH 7/5] x": {"title": "x", "number": 7, "total": 5},
    "[PATCH 70/5] x": {"title": "x", "tags": ("70/5",)},
    "[PATCH 0/0] x": {"title": "x", "tags": ("0/0",)},
    "[PATCH 3 of 7] x": {"title": "x", "number": 3, "total": 7},
    "[PATCH RESEND] x": {"title": "x", "resend": True},
    "[RESEND PATCH v2 1/3] x": {
        "title": "x",
        "resend": True,
        "revision": 2,
        "number": 1,
        "total": 3,
    },
    "[PATCH REPOST] x": {"title": "x", "resend": True},
    "[PATCH v3 RESEND 2/2] x": {
        "title": "x",
        "resend": True,
        "revision": 3,
        "number": 2,
        "total": 2,
    },
    "[RESEND][PATCH] x": {"title": "x", "resend": True},
    "[PATCH][RESEND] x": {"title": "x", "resend": True},
    "[LTP] [PATCH v2 1/1] x": {
        "title": "x",
        "revision": 2,
        "number": 1,
        "total": 1,
        "tags": ("LTP",),
    },
    "Re: [LTP] [PATCH] x": {"title": "x", "is_reply": True, "tags": ("LTP",)},
    "[LTP] Re: [PATCH] x": {"title": "x", "is_reply": True, "tags": ("LTP",)},
    "[PATCH net,stable] x": {"title": "x", "tags": ("net", "stable")},
    "[PATCH BlueZ 0/4] [v3] Fix few bugs": {
        "title": "Fix few bugs",
        "tags": ("BlueZ",),
        "revision": 3,
        "number": 0,
        "total": 4,
    },
    "[PATCH] [rfc] drop it": {"title": "drop it", "rfc": True},
    "[PATCH] [media] vivid: fix": {"title": "[media] vivid: fix"},
    "[PATCH 1/2] [v5.x] x": {"title": "[v5.x] x", "number": 1, "total": 2},
    "[PATCH] x: use [] for arrays": {"title": "x: use [] for arrays"},
    "x: take [PATCH] out of the text": {
        "title": "x: take [PATCH] out of the text",
        "is_patch": False,
    },
    "Re: [PATCH] x": {"title": "x", "is_reply": True},
    "RE: Re: [PATCH] x": {"title": "x", "is_reply": True},
    "Re[2]: [PATCH] x": {"title": "x", "is_reply": True},
    "Re:[PATCH v8] x": {"title": "x", "is_reply": True, "revision": 8},
    "AW: [PATCH] x": {"title": "x", "is_reply": True},
    "Sv: [PATCH] x": {"title": "x", "is_reply": True},
    "Antw: [PATCH] x": {"title": "x", "is_reply": True},
    "Odp: [PATCH] x": {"title": "x", "is_reply": True},
    "\u7b54\u590d: [PATCH] x": {"title": "x", "is_reply": True},
    "\u56de\u590d\uff1a[PATCH] x": {"title": "x", "is_reply": True},
    "Fwd: [PATCH] x": {"title": "x", "is_forward": True},
    "Fw: [PATCH] x": {"title": "x", "is_forward": True},
    "WG: Re: [PATCH] x": {"title": "x", "is_forward": True, "is_reply": True},
    "\u8f6c\u53d1: [PATCH] x": {"title": "x", "is_forward": True},
    "[GIT PULL] fixes for 6.2-rc5": {
        "title": "fixes for 6.2-rc5",
        "tags": ("GIT", "PULL"),
        "is_patch": False,
    },
    "[tip: sched/core] sched: x": {
        "title": "sched: x",
        "tags": ("tip:", "sched/core"),
        "is_patch": False,
    },
    "[REGRESSION] mount fails": {
        "title": "mount fails",
        "tags": ("REGRESSION",),
        "is_patch": False,
    },
    "Restore the old default": {"title": "Restore the old default", "is_patch": False},
    "reset: not a reply": {"title": "reset: not a reply", "is_patch": False},
    "[PATCH -v2] x": {"title": "x", "revision": 2},
    "[PATCH V2-RESEND 1/2] x": {
        "title": "x",
        "revision": 2,
        "resend": True,
        "number": 1,
        "total": 2,
    },
    "[PATCH v6-rebased] x": {"title": "x", "revision": 6, "tags": ("rebased",)},
    "[PATCH v7-change-email] x": {"title": "x", "revision": 7, "tags": ("change-email",)},
    "[PATCH v6-rc3] x": {"title": "x", "tags": ("v6-rc3",)},
    "[PATCH-next v2] x": {"title": "x", "revision": 2, "tags": ("next",)},
    "[PATCH v1.2] x": {"title": "x", "minor": 2},
    "[PATCH ver2 1/2] x": {"title": "x", "revision": 2, "number": 1, "total": 2},
    "[PATCH version 2] x": {"title": "x", "revision": 2},
    "[PATCH v 3 2/4] x": {"title": "x", "revision": 3, "number": 2, "total": 4},
    "[PATCH, take 2] x": {"title": "x", "revision": 2},
    "[PATCH try #3] x": {"title": "x", "revision": 3},
    "[PATCH 2 / 4] x": {"title": "x", "number": 2, "total": 4},
    "[PATCH v2;3/4] x": {"title": "x", "revision": 2, "number": 3, "total": 4},
    "[PATCH 1/2 v4] x": {"title": "x", "revision": 4, "number": 1, "total": 2},
    "[PATCH v4][ 1/2] x": {"title": "x", "revision": 4, "number": 1, "total": 2},
    "[RFCv2] x": {"title": "x", "rfc": True, "revision": 2, "is_patch": False},
    "[RFC/RFT PATCH 1/2] x": {"title": "x", "rfc": True, "number": 1, "total": 2},
    "[PATCH|RFC v2] x": {"title": "x", "rfc": True, "revision": 2},
    "[PATCH re-send] x": {"title": "x", "resend": True},
    "[PATCH RESEND2 v3] x": {"title": "x", "resend": True, "revision": 3},
    "[PATCH (REPOST) v2] x": {"title": "x", "resend": True, "revision": 2},
    "[RESEND,PATCH v2 1/10] x": {
        "title": "x",
        "resend": True,
        "revision": 2,
        "number": 1,
        "total": 10,
    },
    "[v2 PATCH 2/3] x": {"title": "x", "revision": 2, "number": 2, "total": 3},
    "[[PATCH v2 1/3] x": {"title": "x", "revision": 2, "number": 1, "total": 3},
    "\u3010PATCH v2\u3011x": {"title": "x", "revision": 2},
    "[PATCH preview][] x": {"title": "x", "tags": ("preview",)},
    "[PATCH][next] x": {"title": "x", "tags": ("next",)},
    "[PATCH 0/8][next] x": {"title": "x", "tags": ("next",), "number": 0, "total": 8},
    "[PATCH][V2][net-next] x": {"title": "x", "revision": 2, "tags": ("net-next",)},
    "[PATCH]: x": {"title": "x"},
    "PATCH v2 1/2: x": {"title": "x", "revision": 2, "number": 1, "total": 2},
    "Subject: [PATCH] x": {"title": "x"},
    "[PATCH RFC PKS/PMEM 05/58] kmap: k[un]map": {
        "title": "kmap: k[un]map",
        "rfc": True,
        "tags": ("PKS/PMEM",),
        "number": 5,
        "total": 58,
    },
    "[PATCH RFC 58/58] [dax|pmem]: x": {
        "title": "[dax|pmem]: x",
        "rfc": True,
        "number": 58,
        "total": 58,
    },
    "[PATCH 6.16-6.6] x": {"title": "x", "tags": ("6.16-6.6",)},
    "[SRU][B][F/G][PATCH 1/2] x": {
        "title": "x",
        "tags": ("SRU", "B", "F/G"),
        "number": 1,
        "total": 2,
    },
    "[Interdiff v3~v4 4/4] x": {
        "title": "x",
        "is_patch": False,
        "number": 4,
        "total": 4,
        "tags": ("Interdiff", "v3~v4"),
    },
    "[xiang-erofs:dev-test 5/5] x.c:1:2: error: y": {
        "title": "x.c:1:2: error: y",
        "is_patch": False,
        "number": 5,
        "total": 5,
        "tags": ("xiang-erofs:dev-test",),
    },
    "Re: (subset) [PATCH v6 0/7] x": {
        "title": "x",
        "is_reply": True,
        "revision": 6,
        "number": 0,
        "total": 7,
    },
    "Re: [External Mail]Re: [PATCH v4] x": {"title": "x", "is_reply": True, "revision": 4},
    "Re: [Phishing Risk] [External] [PATCH] x": {"title": "x", "is_reply": True},
    "[EXT] x": {"title": "x", "is_patch": False},
    "\u64a4\u56de: [PATCH 2/2] x": {"title": "x", "is_reply": True, "number": 2, "total": 2},
    "\u56de\u590d\uff1a\u56de\u590d\uff1a[PATCH] x": {"title": "x", "is_reply": True},
    "RES: [PATCH] x": {"title": "x", "is_reply": True},
    "RV: [PATCH] x": {"title": "x", "is_forward": True},
    "rv: fix the monitor": {"title": "rv: fix the monitor", "is_patch": False},
    "PATCH": {"title": "PATCH", "is_patch": False},
    "": {"title": "", "is_patch": False},
    "[PATCH]": {"title": ""},
    "[PATCH": {"title": "[PATCH", "is_patch": False},
    "[] x": {"title": "x", "is_patch": False},
    "[PATCH v12345] x": {"title": "x", "tags": ("v12345",)},
    "  [PATCH\t v2\n 1/2]   a \n b ": {"title": "a b", "revision": 2, "number": 1, "total": 2},
}


@pytest.mark.parametrize(("value", "expected"), WILD.items())
def test_of_the_wild(value: str, expected: dict[str, Any]) -> None:
    found = asdict(parse_subject(value))
    del found["designations"]
    assert found == PLAIN | expected


@pytest.mark.parametrize(
    ("value", "designations"),
    [
        ("[PATCH] x", ()),
        ("[PATCH net-next v3 02/11] x", ("net-next",)),
        ("[PATCH net,stable] x", ("net", "stable")),
        ("[PATCH bpf-next 1/2] x", ("bpf-next",)),
        ("[net-next PATCH 1/2] x", ("net-next",)),
        ("[net-next,v2,1/2] x", ("net-next",)),
        ("[PATCH][next] x", ("next",)),
        ("[PATCH -next v2] x", ("next",)),
        ("[PATCH 5.10.y] x", ("5.10.y",)),
        ("[PATCH 5.10/5.15] x", ("5.10", "5.15")),
        ("[PATCH v5.2-rc6] x", ("v5.2-rc6",)),
        ("[PATCH stable 6.1.y] x", ("stable", "6.1.y")),
        ("[PATCH AUTOSEL 6.1 07/35] x", ("6.1",)),
        ("[PATCH RFC v2 for-6.8/block 1/18] x", ("for-6.8/block",)),
        ("[PATCH block/for-next v2 0/16] x", ("block/for-next",)),
        ("[LTP] [PATCH v2] x", ()),
        ("Re: [f2fs-dev] [PATCH liburing 1/2] x", ("liburing",)),
        ("[WIP] [PATCH UNTESTED v4] x", ()),
        ("[PATCH v6-rebased] x", ()),
        ("[tip: sched/core] x", ("sched/core",)),
        ("[xiang-erofs:dev-test 5/5] x.c:1: error: y", ("xiang-erofs:dev-test",)),
        ("[syzbot] [erofs?] WARNING in x", ()),
        ("[GIT PULL] x", ()),
    ],
)
def test_designations(value: str, designations: tuple[str, ...]) -> None:
    """Where a patch is to go; list tags and words about its progress are not among them."""
    assert parse_subject(value).designations == designations


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("=?utf-8?q?=5BPATCH_1/2=5D_x=3A_na=C3=AFve?=", "x: na\u00efve"),
        ("=?utf-8?B?W1BBVENIIDEvMl0geA==?=", "x"),
        ("[PATCH 1/2] =?utf-8?q?one_?=\n =?utf-8?q?two?=", "one two"),
        ("[PATCH\n 1/2] folded\n\ttwice", "folded twice"),
    ],
)
def test_encoded_and_folded(raw: str, title: str) -> None:
    found = parse_subject(decode_words(raw))
    assert (found.title, found.number, found.total, found.is_patch) == (title, 1, 2, True)


def test_a_very_long_subject_is_cut() -> None:
    found = parse_subject("[PATCH] " + "x" * 100_000)
    assert found.is_patch
    assert len(found.title) < 2001


def test_key_ignores_case_space_and_final_punctuation() -> None:
    assert parse_subject("[PATCH v2] Net:  Fix foo.").key == parse_subject("net: fix FOO").key
    assert title_key("a: b") != title_key("a: c")


SCRAPS = [
    "Re: ",
    "Fwd: ",
    "[",
    "]",
    "PATCH",
    "PATCH-next",
    " v2",
    "v5.10",
    " 1/2",
    " 3 of 4",
    "RFC",
    " RESEND",
    ",",
    "net-next",
    ": ",
    "tip:",
    "(subset) ",
    "\u3010",
    "\u3011",
    "x: y",
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(SCRAPS)).map("".join)))
def test_any_subject_is_understood(value: str) -> None:
    found = parse_subject(value)
    assert found.title in " ".join(value.split())
    assert found.revision >= 0 and found.minor >= 0
    assert (found.number is None) == (found.total is None)
    assert all(tag and not tag.isspace() for tag in (*found.tags, *found.designations))


@given(
    number=st.integers(0, 9),
    total=st.integers(9, 99),
    revision=st.integers(1, 99),
    tag=st.sampled_from(["net-next", "5.10.y", "bluez", "for-6.8/block"]),
    title=st.sampled_from(["net: fix foo", "a: [media] b", "k[un]map: 1/2 of it", "v2: x"]),
)
def test_what_a_prefix_says_comes_back(
    number: int, total: int, revision: int, tag: str, title: str
) -> None:
    """Whatever the order of its words, and with an answer's mark before it."""
    words = ["PATCH", tag, f"v{revision}", f"{number}/{total}"]
    for value in (f"[{' '.join(words)}] {title}", f"Re: [{','.join(words[::-1])}] {title}"):
        found = parse_subject(value)
        assert (found.number, found.total, found.revision) == (number, total, revision)
        assert (found.tags, found.designations, found.title) == ((tag,), (tag,), title)
        assert found.is_patch
