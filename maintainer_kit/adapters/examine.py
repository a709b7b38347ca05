# SPDX-License-Identifier: GPL-2.0-or-later
"""What can be wrong outside of us, as ``doctor`` finds it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from shlex import quote

from maintainer_kit.adapters.catalogue.catalogue import SqliteCatalogue
from maintainer_kit.adapters.git.repository import problem_of
from maintainer_kit.adapters.home import Home
from maintainer_kit.adapters.journal import FileJournal
from maintainer_kit.adapters.kept.drafts import DraftFolder
from maintainer_kit.adapters.kept.left_out import LeftOutFile
from maintainer_kit.adapters.lei.spool import TrackSpool
from maintainer_kit.adapters.mail.refused import RefusedMail
from maintainer_kit.adapters.mailmaps import problem_of_mailmap
from maintainer_kit.adapters.notmuch.lock import is_locked
from maintainer_kit.adapters.settings import Entries, absolute_path
from maintainer_kit.config import problems
from maintainer_kit.model.mail.text import count_of
from maintainer_kit.model.reply.draft import Stage
from maintainer_kit.workflow.doctor import Finding
from maintainer_kit.workflow.records import BrokenMail

_NEEDED = (("notmuch", "apt install notmuch"), ("git", "apt install git"))
_LOW_SPACE = 200 << 20
_NAMED = 5
"""Files of which each is told; more would hide what else is wrong."""


def examine_programs() -> Iterator[Finding]:
    """Programs that we call."""
    for name, command in _NEEDED:
        if shutil.which(name) is None:
            yield Finding("error", f"{name} is not installed", command)


def examine_home(home: Home) -> Iterator[Finding]:
    """The directory that everything is kept in."""
    if not os.access(home.root, os.W_OK):
        yield Finding("error", f"{home.root} cannot be written to", f"chmod u+w {home.root}")
        return
    free = shutil.disk_usage(home.root).free
    if free < _LOW_SPACE:
        yield Finding("warning", f"only {free >> 20} MiB are free at {home.root}", "make room")
    if home.bug_log.exists():
        yield Finding("info", f"bugs were logged in {home.bug_log}", "report them, then remove it")


def examine_refused(refused: RefusedMail) -> Iterator[Finding]:
    """What was delivered and is no mail."""
    found = refused.read()
    if found:
        shown = f"{found[-1].time[:10]}: {found[-1].reason}"
        words = f"{count_of(len(found), 'delivery')} held no mail, the last one on {shown}"
        hint = f"look at what came, in {refused.directory}, then: rm -r {refused.directory}"
        yield Finding("warning", words, hint)


def examine_left_out(left_out: LeftOutFile) -> Iterator[Finding]:
    """What imports could not take in, by the file that holds it."""
    found: dict[str, list[BrokenMail]] = {}
    for one in left_out.all():
        found.setdefault(one.path, []).append(one)
    done = f"to hear no more of it: rm {quote(str(left_out.path))}"
    for path, mails in islice(found.items(), _NAMED):
        first, more = mails[0], len(mails) - 1
        words = f"not imported: {path} at byte {first.offset}: {first.reason}"
        words += f"; {count_of(more, 'place')} more in it" if more else ""
        hint = f"mend it, then: mkit import {quote(path)}; {done}"
        yield Finding(_severity([path]), words, hint)
    if others := list(found)[_NAMED:]:
        words = f"{count_of(len(others), 'file')} more held what was not imported"
        yield Finding(_severity(others), words, f"see {left_out.path}; {done}")


def _severity(paths: Sequence[str]) -> str:
    """An empty file is most often a mailbox that nothing is in, else a mail that a full disk left
    nothing of: it is told, and nothing has to be wrong."""
    empty = (os.path.isfile(path) and not os.path.getsize(path) for path in paths)
    return "info" if all(empty) else "warning"


def examine_spool(spool: TrackSpool) -> Iterator[Finding]:
    """What lei brought and is no mail."""
    for folder, count in spool.aside():
        words = f"{count_of(count, 'file')} that lei brought held no mail"
        yield Finding("warning", words, f"look at them, in {folder}, then: rm -r {quote(folder)}")


def examine_drafts(drafts: DraftFolder) -> Iterator[Finding]:
    """Drafts of replies that cannot be understood, and those that a crash left half sent."""
    for path in drafts.broken():
        yield Finding("warning", f"{path} holds no draft that can be read", "mend it, or remove it")
    if left := drafts.leftovers():
        words = f"an editor left {count_of(len(left), 'text')} of replies, such as {left[0]}"
        yield Finding("info", words, "mkit reply TARGET --edit goes on with it; else remove it")
    sending = sum(one.stage is Stage.SENDING for one in drafts.all())
    if sending:
        words = f"nobody knows whether {count_of(sending, 'reply')} went out"
        yield Finding("info", words, "mkit reply --drafts")


def examine_settings(entries: Entries) -> Iterator[Finding]:
    """Settings that mean nothing, and repositories that are none."""
    for text in problems(entries):
        yield Finding("warning", text, "mkit config")
    for entry in entries.get("mkit.repository", ()):
        path = Path(absolute_path(entry.value))
        if reason := problem_of(path):
            words = f"mkit.repository {path} ({entry.origin}) {reason}"
            yield Finding("warning", words, "git config --unset mkit.repository, or mend the path")
    for entry in entries.get("mkit.mailmap", ()):
        if reason := problem_of_mailmap(entry.value):
            words = f"mkit.mailmap {entry.value} ({entry.origin}): {reason}"
            yield Finding("warning", words, "git config --unset mkit.mailmap, or mend the path")
    if not entries.get("mkit.me") and not entries.get("user.email"):
        yield Finding("warning", "nobody said who you are", "git config --global mkit.me ADDRESS")


def examine_index(database: Path) -> Iterator[Finding]:
    """notmuch's lock."""
    if is_locked(database):
        words = f"a program is writing to notmuch's database {database}, which is locked"
        yield Finding("info", words, "wait for it; mkit sync then goes on")


def examine_journal(journal: FileJournal) -> Iterator[Finding]:
    """Lines of the journal that cannot be understood."""
    broken = journal.broken_lines()
    if broken:
        lines = ", ".join(str(number) for number in broken[:5])
        words = f"{journal.path}: line {lines} cannot be understood, and is left alone"
        yield Finding("warning", words, "a newer mkit may understand it; else edit the file")


def examine_mail(catalogue: SqliteCatalogue) -> Iterator[Finding]:
    """Mail that could not be read."""
    for path, message_id in catalogue.unreadable():
        words = f"cannot be read: {path} ({message_id})"
        yield Finding(
            "warning", words, f"mend the file's rights, then: touch {path!r}; mkit rebuild"
        )
