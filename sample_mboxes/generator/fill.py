# SPDX-License-Identifier: GPL-2.0-or-later
"""Placeholders of the scripts: `{commit:NAME}`, `{id:REF}`, `{esc}` and their like."""

from __future__ import annotations

import re

from sample_mboxes.generator.history import Entry, History
from sample_mboxes.generator.script import ScriptError
from sample_mboxes.generator.story import Story

_PLACEHOLDER = re.compile(r"\{(commit|commit40|full|fixes|id|link|patchid|base):([^{}]+)\}")
_CHARACTERS = {
    "{esc}": "\x1b",
    "{bel}": "\x07",
    "{bs}": "\x08",
    "{rlo}": "\N{RIGHT-TO-LEFT OVERRIDE}",
    "{pdf}": "\N{POP DIRECTIONAL FORMATTING}",
    "{zwsp}": "\N{ZERO WIDTH SPACE}",
    "{nbsp}": "\N{NO-BREAK SPACE}",
}


class Filler:
    """Fills in what a text names."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self.patch_ids: dict[str, str] = {}
        self.bases: dict[str, str] = {}

    def __call__(self, text: str, history: History) -> str:
        """The text with every placeholder filled; `ScriptError` where one names nothing."""
        for name, character in _CHARACTERS.items():
            text = text.replace(name, character)
        return _PLACEHOLDER.sub(lambda found: self._one(found[1], found[2], history), text)

    def _one(self, what: str, name: str, history: History) -> str:
        try:
            if what in ("id", "link"):
                message_id = self._story.drafts[name].message_id
                return message_id if what == "id" else f"https://lore.lumen.example/r/{message_id}"
            if what == "patchid":
                return self.patch_ids[name]
            if what == "base":
                return self.bases[name]
            return _of_commit(what, history.entries[name])
        except KeyError:
            raise ScriptError(f"{{{what}:{name}}} names nothing") from None


def _of_commit(what: str, entry: Entry) -> str:
    commit = entry.commit
    if what == "fixes":
        return f'{commit.id[:12]} ("{commit.subject}")'
    if what == "full":
        return f'commit {commit.id[:12]} ("{commit.subject}")'
    return commit.id if what == "commit40" else commit.id[:12]
