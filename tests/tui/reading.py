# SPDX-License-Identifier: GPL-2.0-or-later
"""Mail to read on the topic screen: a patch of two files with comments, and how it comes there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from maintainer_kit.adapters.mail.source import MailSource
from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow.importing import import_mail
from tests.build import ROBIN, patch, reply

WALK = "walk@made.example"
ABOVE = "@@ -10,7 +10,8 @@ int walk(struct node *node)\n"
BELOW = "@@ -40,5 +41,4 @@ void leave(struct node *node)\n"
OTHER = "@@ -1,3 +1,3 @@\n"
DIFF = (
    "diff --git a/fs/walk.c b/fs/walk.c\n"
    "index 1111111..2222222 100644\n"
    "--- a/fs/walk.c\n"
    "+++ b/fs/walk.c\n"
    f"{ABOVE}"
    " \tstruct node *next;\n"
    " \n"
    "-\tfor (next = node; next; next = next->next)\n"
    "+\tfor (next = node; next != NULL; next = next->next)\n"
    "+\t\tvisit(next);\n"
    " \t\tcount++;\n"
    " \treturn count;\n"
    " }\n"
    " \n"
    f"{BELOW}"
    " \tlock(node);\n"
    "-\tdrop(node);\n"
    " \tunlock(node);\n"
    " }\n"
    " \n"
    "diff --git a/tools/walk.py b/tools/walk.py\n"
    "index 3333333..4444444 100644\n"
    "--- a/tools/walk.py\n"
    "+++ b/tools/walk.py\n"
    f"{OTHER}"
    " import os\n"
    "-print('old')  # once\n"
    "+print('new')  # once\n"
    " os.sync()\n"
)
REVIEW = (
    f"> {ABOVE}"
    "> +\tfor (next = node; next != NULL; next = next->next)\n"
    "\n"
    "Why not plain next?\nThe old one was fine.\n"
    "\n"
    f"> {BELOW}"
    "> -\tdrop(node);\n"
    "\n"
    "Who drops it now? \x1b[31mAnyone\u202e?\n"
)


def walk(diff: str = DIFF, message_id: str = WALK, minutes: int = 900) -> bytes:
    """A patch of two files."""
    return patch("[PATCH] walk: visit each", diff, message_id=message_id, minutes=minutes)


def review(body: str = REVIEW, minutes: int = 960) -> bytes:
    """Two comments on it by Bo Reviewer."""
    return reply(
        WALK, body, minutes=minutes, subject="Re: [PATCH] walk: visit each", message_id="rev@b"
    )


def answer(minutes: int = 930) -> bytes:
    """What the reader of the mail said about it."""
    subject = "Re: [PATCH] walk: visit each"
    return reply(WALK, "I will look.\n", sender=ROBIN, minutes=minutes, subject=subject)


def deliver(folder: Path, mails: Sequence[bytes]) -> None:
    """Import mails into the home of MKIT_HOME; ``folder`` is for their files."""
    folder.mkdir(exist_ok=True)
    for at, raw in enumerate(mails):
        (folder / f"{at:04}.eml").write_bytes(raw)
    with open_workspace() as workspace:
        import_mail(workspace.stores, MailSource([folder]))
