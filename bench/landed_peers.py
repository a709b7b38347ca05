# SPDX-License-Identifier: GPL-2.0-or-later
"""Two other methods, written anew from how they are described: Patchwork's hash of a diff, and what
b4's ``ty`` goes by.

Both get more than they have in practice: all commits of the branch, of whatever author and time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import sha1

from bench.landed_commits import Branch
from bench.landed_mail import PatchMail
from bench.landed_score import Claim
from maintainer_kit.adapters.git.diff_options import CONFIG, OPTIONS
from maintainer_kit.model.patch.outline import outline_of

_HUNK = re.compile(r"@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@")
_PREFIX = re.compile(r"(?:\[[^\]]*\]\s*)+")
_NOTHING = sha1(b"", usedforsecurity=False).hexdigest()
"""The hash of a diff without text, which says nothing; Patchwork itself takes it for one."""


def patchwork_hash(diff: str) -> str:
    """SHA-1 of hunks and file names: names without their first directory, headers of hunks as the
    two counts, changed lines and context as they are; all else is left out."""
    digest = sha1(usedforsecurity=False)
    for line in diff.replace("\r", "").strip().split("\n"):
        kept = _kept(line)
        if kept:
            digest.update(f"{kept}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _kept(line: str) -> str:
    if line.startswith(("--- ", "+++ ")):
        side = "a/" if line[0] == "-" else "b/"
        return f"{line[:4]}{side}{line[4:].partition('/')[2]}"
    if found := _HUNK.match(line):
        return f"@@ -{found[1] or 1} +{found[2] or 1} @@"
    return line if line[:1] in ("-", "+", " ") and line else ""


def _mailed_hash(mail: PatchMail) -> str:
    outline = outline_of(mail.text)
    if outline is None:
        return _NOTHING
    text = mail.text[outline.start :]
    return patchwork_hash(text.rpartition("\n-- \n")[0] if "\n-- \n" in text else text)


def _commits(branch: Branch) -> Iterator[tuple[str, str, str]]:
    """Id, title and diff of each commit, the oldest last."""
    argv = (*CONFIG, "log", "--no-merges", "--format=%x01%x00%H%x00%s%x00", *OPTIONS, branch.ref)
    for record in branch.git(*argv).split(b"\x01\0")[1:]:
        commit, title, diff = record.decode("utf-8", "surrogateescape").split("\0", 2)
        yield commit, title, diff


def hash_claims(mails: Sequence[PatchMail], branch: Branch) -> list[Claim]:
    """What Patchwork's hash alone says; the oldest commit of several."""
    by_hash = {patchwork_hash(diff): commit for commit, _, diff in _commits(branch)}
    by_hash.pop(_NOTHING, None)
    return [
        Claim(mail.message.message_id, commit, "hash", True)
        for mail in mails
        if (commit := by_hash.get(_mailed_hash(mail)))
    ]


def ty_claims(mails: Sequence[PatchMail], branch: Branch) -> list[Claim]:
    """By Patchwork's hash, else by the very title; links are not looked at."""
    by_hash, by_title = {}, {}
    for commit, title, diff in _commits(branch):
        by_hash[patchwork_hash(diff)] = commit
        by_title[title] = commit
    by_hash.pop(_NOTHING, None)
    found = []
    for mail in mails:
        title = _PREFIX.sub("", mail.message.full_subject, count=1).strip()
        by_content = by_hash.get(_mailed_hash(mail))
        if named := by_content or by_title.get(title):
            tier = "hash" if by_content else "title"
            found.append(Claim(mail.message.message_id, named, tier, True))
    return found
