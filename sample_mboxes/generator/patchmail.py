# SPDX-License-Identifier: GPL-2.0-or-later
"""Text of patch mails and cover letters, as git format-patch and b4 lay them out."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from sample_mboxes.generator.ids import token
from sample_mboxes.generator.objects import Commit
from sample_mboxes.generator.story import Draft, Patch, Series

GIT_VERSION = "2.43.0"
RULE = "------------------\n"


@dataclass(frozen=True)
class Made:
    """A series in git: what it stands on, and its commits in order."""

    base: Commit
    commits: tuple[Commit, ...]
    diffs: tuple[str, ...]
    """Of each patch: diffstat, summary, diff."""

    whole: str
    """The same of the whole series."""

    prerequisites: tuple[str, ...] = ()


def patch_text(draft: Draft, patch: Patch, made: Made) -> str:
    """Body of a patch mail."""
    assert draft.series is not None
    at = [item.ref for item in draft.series.patches].index(patch.ref)
    lead = ""
    if patch.author is not draft.sender or "in-body-from" in patch.section.words:
        lead = f"From: {patch.author.ident}\n\n"
    if tree := draft.series.section.get("review"):
        lead = f"{tree}-stable review patch.  Who objects, please say so.\n\n{RULE}\n{lead}"
    if patch.chat:
        lead = f"{patch.chat}\n-- >8 --\nSubject: [PATCH] {patch.subject}\n\n"
    elif patch.section.get("as") == "attached":
        lead = f"{patch.notes}\n-- attachment --\n{_mail_head(draft, patch)}"
    notes = "" if patch.section.get("as") == "attached" else patch.notes
    middle = f"---\n{notes}\n" if notes else "---\n"
    return f"{lead}{patch.body}{middle}{made.diffs[at]}{_end(draft, made, notes)}"


def _mail_head(draft: Draft, patch: Patch) -> str:
    head = f"From {token(patch.ref, 40)} Mon Sep 17 00:00:00 2001\nFrom: {patch.author.ident}\n"
    return f"{head}Subject: [PATCH] {patch.subject}\n\n"


def _end(draft: Draft, made: Made, notes: str) -> str:
    series = draft.series
    assert series is not None
    if series.style == "b4":
        if series.cover is not None:
            return f"\n-- \n{GIT_VERSION}\n"
        return f"\n---\n{_based(series, made)}\n{_regards(draft)}"
    first = draft.patch is not None and draft.patch is series.patches[0] and series.cover is None
    based = f"\n{_based(series, made)}" if first and "base-commit" in series.section.words else ""
    return f"{based}-- \n{GIT_VERSION}\n\n"


def _based(series: Series, made: Made) -> str:
    lines = [f"base-commit: {made.base.id}"]
    if series.style == "b4" and "no-change-id" not in series.section.words:
        lines.append(f"change-id: {change_id(series)}")
    lines += [f"prerequisite-patch-id: {patch_id}" for patch_id in made.prerequisites]
    return "".join(f"{line}\n" for line in lines)


def change_id(series: Series) -> str:
    """The b4 change-id, the same for all revisions of a topic."""
    given = series.topic.slug
    day = 20260100 + int(token(given, 4), 16) % 9 + 1
    return f"{day}-{given}-{token(given + ' change', 12)}"


def _regards(draft: Draft) -> str:
    return f"Best regards,\n-- \n{draft.sender.name} <{draft.sender.email}>\n"


def cover_text(draft: Draft, made: Made) -> str:
    """Body of a cover letter."""
    series = draft.series
    assert series is not None
    words, line, changes = f"{draft.section.text}".partition("---\n")
    stat = made.whole.partition("\ndiff --git")[0].rstrip("\n") + "\n"
    if series.style == "b4":
        sign = "" if "no-sob" in series.section.words else f"Signed-off-by: {draft.sender.ident}\n"
        middle = f"---\n{changes}\n" if line else "---\n"
        tail = f"---\n{_based(series, made)}\n{_regards(draft)}"
        return f"{words}\n{sign}{middle}---\n{_shortlog(series)}{stat}{tail}".replace(
            "---\n---\n", "---\n"
        )
    based = f"\n{_based(series, made)}" if "base-commit" in series.section.words else ""
    changes = f"---\n{changes}\n" if line else ""
    return f"{words}\n{changes}{_shortlog(series)}{stat}{based}\n-- \n{GIT_VERSION}\n\n"


def _shortlog(series: Series) -> str:
    return shortlog([(patch.author.name, patch.subject) for patch in series.patches])


def shortlog(rows: list[tuple[str, str]]) -> str:
    """Authors and subjects, as git shortlog puts them."""
    out = ""
    for name in sorted({name for name, _ in rows}, key=str.encode):
        subjects = [subject for author, subject in rows if author == name]
        out += f"{name} ({len(subjects)}):\n"
        for subject in subjects:
            out += textwrap.fill(subject, 72, initial_indent="  ", subsequent_indent="    ") + "\n"
        out += "\n"
    return out
