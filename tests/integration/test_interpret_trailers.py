# SPDX-License-Identifier: GPL-2.0-or-later
"""Trailers in the form and order that ``git interpret-trailers`` reads and writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from maintainer_kit.model.message.given import given_trailers
from maintainer_kit.model.message.trailer import Trailer, message_trailers
from maintainer_kit.model.topic.applied import trailers_of
from tests.build import BO, ROBIN, patch, reply, topic
from tests.integration.test_patch_id import git

CY = "Cy Other <cy@x.example>"
SUBJECT = "pebble: mend it\n\n"
MESSAGES = [
    "Why.\n\nSigned-off-by: Ada <ada@x.example>\n",
    'Why.\n\nFixes: 12ab34cd ("x: y")\nCc: s@x.example # 6.1+\nSigned-off-by: A <a@x.example>\n',
    "Why.\n\nReported-by: Ada\n Long Name <ada@x.example>\nSigned-off-by: A <a@x.example>\n",
    "Why.\n\nLink: https://x.example/1\nDepends-on: y\nSigned-off-by: A <a@x.example>\n",
    "Signed-off-by: A <a@x.example>\n[bo: more words]\nSigned-off-by: B <b@x.example>\n",
    "A note: of sorts.\nAnd more text.\nAnd yet more.\n",
    "No trailers at all.\n",
]


def lines(trailers: tuple[Trailer, ...]) -> list[str]:
    return [f"{one.name}: {one.value}" for one in trailers]


@pytest.mark.parametrize("message", MESSAGES)
def test_what_git_reads_of_a_message(tmp_path: Path, message: str) -> None:
    said = git(tmp_path, "interpret-trailers", "--parse", data=(SUBJECT + message).encode())
    assert lines(message_trailers(message)) == said.decode().splitlines()


def test_what_git_writes_when_they_are_added(tmp_path: Path) -> None:
    """Our list of a patch is what a commit has after each reply's trailers were added to it."""
    text = f'Why.\n\nFixes: 12ab34cd ("x: y")\nTested-by: {CY}\nSigned-off-by: {ROBIN}\n'
    mails = [
        patch("[PATCH] pebble: mend it", text=text, message_id="1@x"),
        reply("1@x", f"REVIEWED-BY:   {BO}   # mm\n", minutes=60),
        reply("1@x", "Acked-by: Cy Other\n<cy@x.example>\n", sender=CY, minutes=90),
        reply("1@x", f"Tested-by: {CY}\n", sender=CY, minutes=120),
    ]
    found = topic(*mails)
    one = found.view[0]
    assert one is not None
    given = trailers_of(found, found.revisions[-1], one)
    added = [part for each in given[3:] for part in ("--trailer", lines((each.trailer,))[0])]
    message = git(tmp_path, "interpret-trailers", *added, data=(SUBJECT + text).encode())
    said = git(tmp_path, "interpret-trailers", "--parse", data=message).decode().splitlines()
    assert said == lines(tuple(each.trailer for each in given))
    assert said[3:] == [f"Reviewed-by: {BO} # mm", f"Acked-by: {CY}"]


@pytest.mark.parametrize(
    "text",
    [
        f"Reviewed-by: {BO}",
        "Tested-by: bo@shale.example",
        f"Acked-by:\t{BO}\t# for the DT part",
        f"Reviewed by: {BO} (one board)",
        "Acked-by: Bo Reviewer\n<bo@shale.example>",
    ],
)
def test_what_a_reply_gives_is_a_trailer_to_git(tmp_path: Path, text: str) -> None:
    (given,) = given_trailers(text)
    added = ("--trailer", lines((given,))[0])
    message = git(tmp_path, "interpret-trailers", *added, data=(SUBJECT + "Why.\n").encode())
    said = git(tmp_path, "interpret-trailers", "--parse", data=message).decode().splitlines()
    assert said == lines((given,))
