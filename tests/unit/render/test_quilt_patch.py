# SPDX-License-Identifier: GPL-2.0-or-later
"""Patch files for quilt: what people and git read at their top, and where the diff ends."""

from __future__ import annotations

from maintainer_kit.checks.reading import patch_of_mail
from maintainer_kit.render.quilt_patch import quilt_patch
from tests.build import edit, mail, patch

BINARY = (
    "diff --git a/x.bin b/x.bin\nnew file mode 100644\n"
    "index 0000000000000000000000000000000000000000..587be6b4c3f93f93c489c0111bba5596147a26cb\n"
    "GIT binary patch\nliteral 2\nJcma#fNd*7^0RR9100\n\nliteral 0\nHcmV?d00001\n\n"
)


def made(raw: bytes, *body: str) -> str:
    found = patch_of_mail(raw)
    return quilt_patch(found, body or found.body).decode()


def test_what_stands_below_the_diff_is_left_out() -> None:
    footer = f"{edit()}-- \n2.39.5\n_______________________\nlist mailing list\n"
    text = made(mail("[PATCH] x: y", f"Why.\n---\n{footer}", message_id="a@x.example"))
    assert text.endswith("Message-ID: <a@x.example>\n\nWhy.\n---\n\n" + edit())
    last = "-\tafter();\n+}\n\\ No newline at end of file\n"
    newline = edit().replace(" \tafter();\n", last)
    assert made(patch("[PATCH] x: y", newline)).endswith("\\ No newline at end of file\n")


def test_data_of_a_binary_file_keeps_its_empty_line() -> None:
    assert made(patch("[PATCH] x: y", BINARY)).endswith("HcmV?d00001\n\n")
    moved = "diff --git a/a.c b/b.c\nsimilarity index 100%\nrename from a.c\nrename to b.c\n"
    assert made(patch("[PATCH] x: y", moved)).endswith("rename to b.c\n")


def test_names_that_are_more_than_that() -> None:
    raw = patch(
        "[PATCH] x: y", sender='"Ada (\u6797) B." <ada@x.example>', message_id="a@x.example"
    )
    assert made(raw).startswith('From: "Ada (\u6797) B." <ada@x.example>\n')
    evil = patch("[PATCH] x:\x1b[31m y", sender="<a@x.example>")
    head = made(evil).split("\n\n")[0]
    assert "\x1b" not in head
    assert head.startswith("From: a@x.example\n")


def test_another_message() -> None:
    text = made(patch("[PATCH 1/2] x: y"), "Other.", "", "Acked-by: Bo <bo@x.example>")
    assert "\nSubject: x: y\n" in text
    assert "\n\nOther.\n\nAcked-by: Bo <bo@x.example>\n---\n\ndiff --git" in text
