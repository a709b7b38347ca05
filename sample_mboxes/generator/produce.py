# SPDX-License-Identifier: GPL-2.0-or-later
"""All files of the sample, from the scripts."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sample_mboxes.generator import announce
from sample_mboxes.generator.cast import CAST, LISTS
from sample_mboxes.generator.fill import Filler
from sample_mboxes.generator.history import History, build
from sample_mboxes.generator.manifest import COLUMNS, table, topics
from sample_mboxes.generator.mbox import mbox
from sample_mboxes.generator.objects import fast_import
from sample_mboxes.generator.script import Section, read_script
from sample_mboxes.generator.story import Draft, Story, Topic
from sample_mboxes.generator.telling import tell
from sample_mboxes.generator.writing import Writer

SCRIPTS = Path(__file__).parents[1] / "script"
CLOCK = "2026-03-20T17:00:00Z"
"""The sample's now: no mail and no commit is younger."""

BEGIN = datetime(2026, 1, 5, tzinfo=UTC)
"""Commits from here on are announced on the commits list."""


def produce() -> dict[str, bytes]:
    """Content of every generated file, by name."""
    story = Story()
    for path in sorted((SCRIPTS / "topics").glob("*.txt")):
        tell(story, read_script(path))
    fill = Filler(story)
    history = build(story, repository_script(), fill)
    news = announce.announced(history, BEGIN)
    _announce(story, news)
    writer = Writer(story, history, fill, news)
    mails, rows = writer.write()
    files = {f"{key}.mbox": mbox(m for m in mails if m.list_key == key) for key in LISTS}
    refs = [(f"refs/heads/{name}", line[-1].commit) for name, line in history.branches.items()]
    files["repository.fi"] = fast_import(refs, history.tags)
    files["MANIFEST.tsv"] = table(COLUMNS, rows)
    files["TOPICS.tsv"] = topics(story)
    files["COMMITS.tsv"] = _commits(history)
    files["clock.txt"] = f"{CLOCK}\n".encode()
    return files


def repository_script() -> list[Section]:
    """The scripts of the repository, one after the other."""
    paths = sorted((SCRIPTS / "repository").glob("*.txt"))
    return [section for path in paths for section in read_script(path)]


def _announce(story: Story, news: list[announce.Announced]) -> None:
    topic = Topic("commits", "git-commits-head", CAST["head"], "", "nobody", "notifications", ())
    story.topics.append(topic)
    for item in news:
        commit = item.entry.commit
        options = {
            "header-X-Git-Rev": commit.id,
            "header-X-Git-Parent": commit.parents[0].id,
        }
        ref = f"commits:{item.entry.name}"
        story.drafts[ref] = Draft(
            ref, topic, "commit-notification", topic.list_key, topic.author, item.date,
            f"git-mailbomb-lumen-master-{commit.id}@lumen.example", commit.subject, (),
            Section("announce", (), options, (), ref),
        )  # fmt: skip


def _commits(history: History) -> bytes:
    rows = []
    for entry in history.entries.values():
        parents = ",".join(parent.id for parent in entry.commit.parents)
        rows.append([
            entry.commit.id, entry.branch, entry.name, parents, entry.how,
            "yes" if "\nLink: " in entry.commit.message else "no",
            ",".join(entry.takes), entry.commit.subject,
        ])  # fmt: skip
    columns = ("commit", "branch", "name", "parents", "how", "link", "takes", "subject")
    return table(columns, rows)
