# SPDX-License-Identifier: GPL-2.0-or-later
"""Subjects of the wild, one row each."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest

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
    "[PATCH 7/5] x": {"title": "x", "tags": ("7/5",)},
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
    "": {"title": "", "is_patch": False},
    "[PATCH]": {"title": ""},
    "[PATCH": {"title": "[PATCH", "is_patch": False},
    "[] x": {"title": "x", "is_patch": False},
    "[PATCH v12345] x": {"title": "x", "tags": ("v12345",)},
    "  [PATCH\t v2\n 1/2]   a \n b ": {"title": "a b", "revision": 2, "number": 1, "total": 2},
}


@pytest.mark.parametrize(("value", "expected"), WILD.items())
def test_of_the_wild(value: str, expected: dict[str, Any]) -> None:
    assert asdict(parse_subject(value)) == PLAIN | expected


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
