# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails of pushes to a gitolite: for each ref that changed a list of its new commits.

The text is YAML in one fixed form; it is read line by line, because a commit's title may hold
anything that YAML gives a meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.mail import Mail
from maintainer_kit.model.message.announced import Announced
from maintainer_kit.model.message.commit_place import branch_of, tree_of
from maintainer_kit.model.message.commit_words import one_line

MOST = 1000
"""So many commits of a push are read, the newest first."""
_MAX_TEXT = 1 << 20
_KEY = lazy_pattern(r"[ \t]{0,8}(- )?(repo|ref|old|new|log):[ \t]*(\S[^\n]{0,500})?")
_LOGGED = lazy_pattern(r"[ \t-]{0,12}([0-9a-f]{40,64}) (\S[^\n]{0,600})")
_ID = lazy_pattern(r"[0-9a-f]{40,64}")


def pushed_commits(mail: Mail, text: str) -> tuple[Announced, ...]:
    """The commits of a push, the newest of a ref first; its tip alone where there is no list."""
    if not mail.header("subject").lower().startswith("post-receive:"):
        return ()
    found: dict[tuple[str, str], Announced] = {}
    for one in _read(mail, text[:_MAX_TEXT].split("\n")):
        if one.commit.strip("0"):
            found.setdefault((one.commit, one.ref), one)
        if len(found) == MOST:
            break
    return tuple(found.values())


def _read(mail: Mail, lines: Iterable[str]) -> Iterator[Announced]:
    tree, ref, tip, is_listed = "", "", "", True
    for line in lines:
        if logged := _LOGGED.match(line):
            is_listed = True
            yield Announced(logged[1], tree, ref, one_line(logged[2]))
            continue
        if not (key := _KEY.fullmatch(line.rstrip())):
            continue
        name, value = key[2], key[3] or ""
        if name == "repo":
            tree = tree_of(value)
        elif name == "ref":
            if not is_listed:
                yield Announced(tip, tree, ref)
            ref, tip, is_listed = branch_of(value), "", True
        elif name == "new" and _ID.fullmatch(value):
            tip, is_listed = value, False
        elif name == "log" and value.startswith("revlist-"):
            for found in _attached(mail, value):
                is_listed = True
                yield Announced(found[0], tree, ref, one_line(found[1]))
    if not is_listed:
        yield Announced(tip, tree, ref)


def _attached(mail: Mail, name: str) -> Iterator[tuple[str, str]]:
    """The list of a large push, which comes as an attachment."""
    for part in mail.attachments:
        if part.filename == name:
            for line in part.text[:_MAX_TEXT].split("\n"):
                if found := _LOGGED.match(line):
                    yield found[1], found[2]
