# SPDX-License-Identifier: GPL-2.0-or-later
"""What the screens are made of, without a screen."""

from __future__ import annotations

import time

import pytest
from rich.cells import cell_len

from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.queue.listed import Listed
from maintainer_kit.tui.parts.cells import fit
from maintainer_kit.tui.parts.themes import look_of
from maintainer_kit.tui.queue.cells import widths
from maintainer_kit.tui.queue.lines import Heading, QueueLines
from maintainer_kit.tui.topic.document import LineKind, classify, document
from maintainer_kit.tui.topic.layout import lay_out
from maintainer_kit.tui.topic.mail_cells import mail_strip
from tests.build import edit, mail, patch

LOOK = look_of("dark", {"COLORTERM": "truecolor"})


def _kinds(text: str) -> list[LineKind]:
    return [kind for kind, _ in classify(text.split("\n"))]


def test_lines_of_a_queue() -> None:
    found = Listed([("a", "me"), ("b", "me"), ("c", "author"), ("d", "nobody")])
    lines = QueueLines(found)
    shown = [lines.at(at) for at in range(lines.line_count)]
    assert shown == [
        Heading("me", 2), "a", "b",
        None, Heading("author", 1), "c",
        None, Heading("nobody", 1), "d",
    ]  # fmt: skip
    for topic_id, _ in found:
        number = lines.line_of(topic_id)
        assert number is not None
        assert lines.at(number) == topic_id
    assert lines.line_of("x") is None
    assert lines.at(lines.line_count) is None
    assert lines.at(-1) is None
    assert lines.ids_between(1, 6) == ["a", "b", "c"]


def test_no_lines() -> None:
    assert QueueLines(Listed()).line_count == 0
    assert QueueLines(Listed()).at(0) is None


@pytest.mark.parametrize("total", range(60, 240, 7))
def test_columns_add_up(total: int) -> None:
    size = widths(total)
    assert size.subject >= 8
    assert bool(size.reason) != bool(size.state)


@pytest.mark.parametrize("width", range(12))
@pytest.mark.parametrize(
    "text", ["", "plain words", "\u4f50\u85e4\u5065\u4e8c", "e\u0301" * 9, "\x1b[1m\n"]
)
def test_fit_is_exact(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width
    assert "\x1b" not in fit(text, width)


def test_kinds_of_a_patch_mail() -> None:
    raw = patch("[PATCH] x", text='Words.\n> quoted\n\nFixes: 1234 ("y")\nAcked-by: Q <q@x>\n')
    kinds = [kind for kind, _ in document(read_mail(raw))]
    wanted = [
        LineKind.TEXT, LineKind.QUOTE, LineKind.TEXT, LineKind.TRAILER, LineKind.TRAILER,
        LineKind.CUT, LineKind.STAT, LineKind.STAT, LineKind.TEXT,
        LineKind.BEGIN, LineKind.FILE, LineKind.FILE, LineKind.FILE, LineKind.HUNK,
        LineKind.CONTEXT, LineKind.REMOVED, LineKind.ADDED, LineKind.CONTEXT,
        LineKind.SIGNATURE, LineKind.SIGNATURE,
    ]  # fmt: skip
    assert kinds == wanted


def test_a_removed_line_of_dashes_is_no_signature() -> None:
    text = "--- a/x\n+++ b/x\n@@ -1,2 +1,1 @@\n keep\n-- \n-- \n2.39"
    assert _kinds(text)[3:] == [
        LineKind.CONTEXT, LineKind.REMOVED, LineKind.SIGNATURE, LineKind.SIGNATURE
    ]  # fmt: skip


def test_a_second_file_follows_the_first() -> None:
    assert _kinds(edit() + edit("b.c")).count(LineKind.ADDED) == 2


def test_a_hunk_that_breaks_off_ends_there() -> None:
    text = "--- a/x\n+++ b/x\n@@ -1,9 +1,9 @@\n keep\nwrapped words\n+not in a hunk"
    assert _kinds(text)[3:] == [LineKind.CONTEXT, LineKind.FILE, LineKind.FILE]


def test_attachments_follow_under_their_names() -> None:
    body = (
        "--b\nContent-Type: text/plain\n\nSee there.\n--b\n"
        'Content-Type: text/x-patch; name="a.patch"\n'
        f"Content-Disposition: attachment\n\n{edit()}\n--b--\n"
    )
    headers = {"MIME-Version": "1.0", "Content-Type": "multipart/mixed; boundary=b"}
    lines = document(read_mail(mail("[PATCH] x", body, headers=headers)))
    assert (LineKind.NOTE, "attached: a.patch (text/x-patch)") in lines
    assert any(kind is LineKind.ADDED for kind, _ in lines)


def test_prose_is_broken_and_diffs_are_not() -> None:
    words = "word " * 30
    lines = [(LineKind.TEXT, words.strip()), (LineKind.ADDED, "+" + "x" * 300)]
    found = lay_out(lines, 40, fold=True)
    assert all(len(text) <= 40 for kind, text in found.lines if kind is LineKind.TEXT)
    assert " ".join(text for kind, text in found.lines if kind is LineKind.TEXT) == words.strip()
    assert found.width == 301


@pytest.mark.parametrize("char", ["x", "\u4f50", "e\u0301"])
def test_a_line_of_a_megabyte_is_laid_out_at_once(char: str) -> None:
    text = char * 500_000
    start = time.perf_counter()
    found = lay_out([(LineKind.TEXT, text)], 80, fold=True)
    assert time.perf_counter() - start < 5
    assert "".join(piece for _, piece in found.lines) == text
    assert max(cell_len(piece) for _, piece in found.lines[:50]) <= 80


def test_short_quotes_stay() -> None:
    lines = [(LineKind.QUOTE, f"> {at}") for at in range(12)]
    assert lay_out(lines, 80, fold=True).lines == lines
    folded = lay_out([*lines, (LineKind.QUOTE, "> 12")], 80, fold=True)
    assert len(folded.lines) == 7
    assert folded.lines[0][0] is LineKind.NOTE


@pytest.mark.parametrize("kind", list(LineKind))
def test_each_kind_of_line_is_drawn_safely(kind: LineKind) -> None:
    strip = mail_strip((kind, "+a \x1b[31m\u202e 'b' /* [bold] */ @@ -1 +1 @@ | 3 ++-"), 80, LOOK)
    assert strip.cell_length == 80
    assert "\x1b" not in strip.text
    assert "\u202e" not in strip.text
    assert "[bold]" in strip.text
