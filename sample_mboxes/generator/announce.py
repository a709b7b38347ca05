# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails that speak of commits: git-commits-head notifications, tip-bot's, and pull requests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sample_mboxes.generator import headers
from sample_mboxes.generator.history import Entry, History
from sample_mboxes.generator.ids import number
from sample_mboxes.generator.objects import Commit
from sample_mboxes.generator.patchmail import shortlog

WEB = "https://git.lumen.example/c"
MAINLINE = "master"


@dataclass(frozen=True)
class Announced:
    """A commit that reached the mainline, and when its mail goes out."""

    entry: Entry
    date: datetime


def announced(history: History, since: datetime) -> list[Announced]:
    """Commits as they reached the mainline; merges are left out, as the sender does."""
    seen: set[str] = set()
    found: list[Announced] = []
    by_id = {entry.commit.id: entry for entry in history.entries.values()}
    for push in history.branches[MAINLINE]:
        delay = number(push.name, 300, 2400)
        fresh = [by_id[commit.id] for commit in _line(push.commit, seen)]
        for at, entry in enumerate(fresh):
            if len(entry.commit.parents) == 1 and push.date >= since:
                found.append(Announced(entry, push.date + timedelta(seconds=delay + 2 * at)))
    return found


def _line(tip: Commit, seen: set[str]) -> list[Commit]:
    """Commits not seen yet, oldest first."""
    fresh: list[Commit] = []
    stack = [tip]
    while stack:
        commit = stack.pop()
        if commit.id not in seen:
            seen.add(commit.id)
            fresh.append(commit)
            stack += commit.parents
    return fresh[::-1]


def commit_mail(entry: Entry, diff: str) -> str:
    """Body of a git-commits-head mail."""
    commit = entry.commit
    fields = [
        ("Commit", commit.id),
        ("Parent", commit.parents[0].id),
        ("Refname", f"refs/heads/{MAINLINE}"),
        ("Web", f"{WEB}/{commit.id}"),
        *_people(commit),
    ]
    head = "".join(f"{name + ':':<12}{value}\n" for name, value in fields)
    text = "".join(f"    {line}\n" for line in commit.message.rstrip("\n").split("\n"))
    return f"{head}\n{text}---\n{diff}"


def _people(commit: Commit) -> list[tuple[str, str]]:
    rows = []
    for role, text in (("Author", commit.author), ("Committer", commit.committer)):
        who, when = split_stamp(text)
        date = "AuthorDate" if role == "Author" else "CommitDate"
        rows += [(role, who), (date, headers.git_date(when))]
    return rows


def split_stamp(text: str) -> tuple[str, datetime]:
    """Identity and date of an author or committer line."""
    who, seconds, zone = text.rsplit(" ", 2)
    when = datetime.strptime(zone, "%z")
    return who, datetime.fromtimestamp(int(seconds), when.tzinfo)


def tip_mail(entry: Entry, branch: str, diff: str) -> str:
    """Body of a tip-bot's mail: the commit as it was merged into a topic branch."""
    commit = entry.commit
    author, committer = (split_stamp(text) for text in (commit.author, commit.committer))
    fields = [
        ("Commit-ID", commit.id),
        ("Gitweb", f"{WEB}/{commit.id}"),
        ("Author", author[0]),
        ("AuthorDate", f"{headers.date(author[1])}"),
        ("Committer", committer[0]),
        ("CommitterDate", f"{headers.date(committer[1])}"),
    ]
    head = "".join(f"{name + ':':<15}{value}\n" for name, value in fields)
    opening = f"The following commit has been merged into the {branch} branch of tip:\n\n"
    return f"{opening}{head}\n{commit.message}---\n{diff}"


def request_pull(base: Commit, head: Commit, commits: list[Commit], where: str, stat: str) -> str:
    """What `git request-pull` prints, without the tag's message."""
    rows = [(split_stamp(c.author)[0].rpartition(" <")[0], c.subject) for c in commits]
    changed = stat.partition("\ndiff --git")[0].rstrip("\n")
    return (
        f"The following changes since commit {base.id}:\n\n  {base.subject} "
        f"({_iso(base)})\n\nare available in the Git repository at:\n\n  {where}\n\n"
        f"for you to fetch changes up to {head.id}:\n\n  {head.subject} ({_iso(head)})\n\n"
        f"----------------------------------------------------------------\n"
        f"%s\n----------------------------------------------------------------\n"
        f"{shortlog(rows)}{changed}\n"
    )


def _iso(commit: Commit) -> str:
    when = split_stamp(commit.committer)[1]
    return f"{when:%Y-%m-%d %H:%M:%S %z}"


def between(base: Commit, head: Commit, known: Mapping[str, Entry]) -> list[Commit]:
    """Commits of head that base lacks, oldest first, merges left out."""
    seen: set[str] = set()
    _line(base, seen)
    fresh = [commit for commit in _line(head, seen) if len(commit.parents) == 1]
    order = [entry.commit.id for entry in known.values()]
    return sorted(fresh, key=lambda commit: order.index(commit.id))
