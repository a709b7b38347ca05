# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit check --base`` of mails and patch files, as the real git apply would have it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.driver import Mkit
from tests.integration.repositories import Work

_RULE = "patch-does-not-apply"
_SENT = b"Message-ID: <one@quarry.example>\nTo: pebble@lists.lumen.example\n"


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """Three commits; each of the later two changes a line next to that of the other."""
    made = Work(tmp_path / "work")
    made.commit("pebble: add a file\n", a="one\ntwo\nthree\n")
    made.commit("pebble: a greater one\n\nBody.\n", a="ONE\ntwo\nthree\n")
    made.commit("pebble: a greater two\n\nBody.\n", a="ONE\nTWO\nthree\n")
    return made


def exported(work: Work) -> tuple[bytes, bytes]:
    """What git format-patch makes of the last commit: its first line, and all others."""
    [name] = work.git("format-patch", "-1", "-o", "out").splitlines()
    first, _, rest = (work.path / name).read_bytes().partition(b"\n")
    return first + b"\n", rest


def problems(mkit: Mkit, work: Work, raw: bytes, *args: str) -> list[str]:
    path = mkit.base / "one.eml"
    path.write_bytes(raw)
    options = (path, "--repo", work.path, "--only", _RULE, "--fail-on=never")
    found = mkit.json("check", *map(str, options), *args)
    assert found["checked"] == 1
    return [one["message"] for one in found["findings"]]


@pytest.mark.parametrize("head", [b"", b"From ada@quarry.example Mon Jan  5 10:00:00 2026\n"])
def test_a_mail_is_tried_on_the_base_that_is_named(mkit: Mkit, work: Work, head: bytes) -> None:
    _, rest = exported(work)

    assert problems(mkit, work, head + _SENT + rest, "--base", "HEAD~1") == []
    [said] = problems(mkit, work, head + _SENT + rest, "--base", "HEAD~2")
    assert said.startswith("does not apply to ")
    assert "a:1 is not as the patch expects it" in said


def test_a_file_is_tried_with_and_without_the_line_of_format_patch(mkit: Mkit, work: Work) -> None:
    first, rest = exported(work)

    for raw in (rest, first + rest, first + _SENT + rest):
        assert problems(mkit, work, raw, "--base", "HEAD~1") == []
        assert len(problems(mkit, work, raw, "--base", "HEAD~2")) == 1


def test_a_mail_without_a_base_is_tried_where_one_is(mkit: Mkit, work: Work) -> None:
    first, rest = exported(work)

    work.git("checkout", "--quiet", "HEAD~2")
    assert len(problems(mkit, work, _SENT + rest)) == 1
    # The line says which commit it was made of, and so what it was made on.
    assert problems(mkit, work, first + _SENT + rest) == []


def test_the_base_of_the_user_comes_before_that_of_the_mail(mkit: Mkit, work: Work) -> None:
    _, rest = exported(work)
    good, other = work.git("rev-parse", "HEAD~1", "HEAD~2").split()
    for named, asked, words in (
        (good, "", ()),
        (good, "HEAD~1", ()),
        (good, "HEAD~2", (f"does not apply to {other[:12]}: a:1 is not as",)),
        (other, "HEAD~1", ()),
        (other, "", (f"does not apply to its base-commit {other[:12]}: a:1 is not as",)),
    ):
        raw = _SENT + rest.replace(b"\n-- \n", b"\n\nbase-commit: %s\n-- \n" % named.encode())
        found = problems(mkit, work, raw, *(("--base", asked) if asked else ()))
        assert [one[: len(word)] for one, word in zip(found, words, strict=True)] == [*words]


def test_one_mail_of_several_is_not_tried(mkit: Mkit, work: Work) -> None:
    _, rest = exported(work)
    part = rest.replace(b"[PATCH]", b"[PATCH 2/2]")

    assert problems(mkit, work, _SENT + part, "--base", "HEAD~2") == []


def test_a_mail_that_the_index_knows_is_tried_at_once(mkit: Mkit, work: Work) -> None:
    _, rest = exported(work)
    mkit.bring(_SENT + rest)

    assert len(problems(mkit, work, _SENT + rest, "--base", "HEAD~2")) == 1
    # Whole as it is, nothing is waited for, however new the mail is.
    fresh = mkit.having(MKIT_NOW="")
    assert len(problems(fresh, work, _SENT + rest, "--base", "HEAD~2")) == 1
