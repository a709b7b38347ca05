# SPDX-License-Identifier: GPL-2.0-or-later
"""The committed sample is what its generator gives, and its tables tell the truth."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from .repository import NO_GIT
from .tables import ROOT, SAMPLE, Row, manifest, messages, table

GENERATED = (
    "pebblefs.mbox", "wick.mbox", "pebble-progs.mbox", "lumen-kernel.mbox",
    "git-commits-head.mbox", "repository.fi", "MANIFEST.tsv", "TOPICS.tsv", "COMMITS.tsv",
    "clock.txt",
)  # fmt: skip

WEATHERS = (
    {"LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "1"},
    {
        "LC_ALL": "C.UTF-8",
        "TZ": "Asia/Kathmandu",
        "PYTHONHASHSEED": "2",
        "GIT_DIFF_OPTS": "--unified=0",
        "GIT_AUTHOR_DATE": "2001-01-01T00:00:00",
        "GIT_DEFAULT_HASH": "sha256",
    },
)
"""Surroundings that must not matter."""

WANTED_ODDITIES = (
    "partial reroll", "RESEND", "patch arrives days late", "stands on a patch that never arrived",
    "change-id reroll", "Link-to-v1", "reroll in a new thread", "reroll threaded under the old",
    "RFC", "trailers on the patch", "trailer on the cover", "kernel test robot", "CI results",
    "patchwork-bot summary", "bug report without a patch", "regression report", "delegation",
    "tip-bot", "pull request", "lines wrapped", "tabs turned to spaces", "HTML alternative",
    "attachment", "base64", "quoted-printable", "format=flowed", "iso-8859-1", "gb2312", "gbk",
    "iso-2022-jp", "koi8-r", "RFC 2047", "bogus charset", "PGP/MIME", "control characters",
    "right-to-left name", "no Message-ID", "same Message-ID on two lists", "rewritten by the list",
    "in-body From", "below scissors", "binary patch", "rename-only", "mode-only",
    "prerequisite-patch-id", "two ids in In-Reply-To", "brackets with several trees",
    "dead thread", "begins with From", "Nacked-by",
)  # fmt: skip


@pytest.mark.timeout(120)
@pytest.mark.skipif(NO_GIT, reason="no git")
@pytest.mark.parametrize("weather", WEATHERS)
def test_committed_files_are_what_the_generator_gives(
    tmp_path: Path, weather: dict[str, str]
) -> None:
    settings = "[core]\n\tabbrev = 7\n[diff]\n\tnoprefix = true\n\talgorithm = patience\n"
    (tmp_path / ".gitconfig").write_text(settings)
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), **weather}
    argv = [sys.executable, "-m", "sample_mboxes.generator", str(tmp_path / "out")]
    subprocess.run(argv, cwd=ROOT, env=env, check=True, capture_output=True, timeout=60)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(GENERATED)
    for name in GENERATED:
        assert (tmp_path / "out" / name).read_bytes() == (SAMPLE / name).read_bytes(), name


def test_size_and_clock() -> None:
    assert sum((SAMPLE / name).stat().st_size for name in GENERATED) < 3_000_000
    assert (SAMPLE / "clock.txt").read_text() == "2026-03-20T17:00:00Z\n"


def test_manifest_counts_hold() -> None:
    rows = manifest()
    assert len(rows) >= 420
    assert len({row["topic"] for row in rows}) >= 45
    oddities = {row["oddity"] for row in rows}
    assert not [want for want in WANTED_ODDITIES if not any(want in odd for odd in oddities)]
    turns = Counter(row["turn"] for row in table("TOPICS.tsv"))
    assert turns["me"] >= 15
    assert turns["author"] >= 8
    assert turns["nobody"] >= 8


def test_each_mail_is_in_its_list_by_date() -> None:
    found = [(name, _id(mail)) for name, mail in messages()]
    said = [(row["list"], row["message_id"]) for row in manifest()]
    assert Counter(found) == Counter(said)
    for name in {name for name, _ in found}:
        dates = [
            parsedate_to_datetime(mail["Date"]) for listed, mail in messages() if listed == name
        ]
        assert dates == sorted(dates), name
        assert dates[-1] <= datetime(2026, 3, 20, 17, tzinfo=UTC), name


def _id(mail: Message) -> str:
    return str(mail["Message-ID"]).strip("<>") if mail["Message-ID"] else "-"


def test_kinds_agree_with_subjects() -> None:
    subjects = {_id(mail): str(mail["Subject"]) for _, mail in messages()}
    posted = [row for row in manifest() if row["number"] and not _in_words(row)]
    assert len(posted) > 180
    for row in posted:
        subject = " ".join(subjects[row["message_id"]].split())
        assert subject.startswith(("[PATCH", "[RFC PATCH")), subject
        if int(row["total"]) > 1:
            assert re.search(rf" 0?{row['number']}/{row['total']}\]", subject), subject
        if int(row["revision"]) > 1:
            assert f"v{row['revision']}" in subject


def _in_words(row: Row) -> bool:
    """Patches whose subject does not say that they are."""
    words = ("scissors", "attachment", "mangled", "HTML", "RFC 2047 prefix")
    return any(word in row["oddity"] for word in words)
