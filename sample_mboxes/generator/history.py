# SPDX-License-Identifier: GPL-2.0-or-later
"""The repository the mails belong to, built from its script and the patches that landed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sample_mboxes.generator import ids
from sample_mboxes.generator.cast import CAST, Person
from sample_mboxes.generator.objects import Commit, Tag
from sample_mboxes.generator.script import ScriptError, Section
from sample_mboxes.generator.story import Story
from sample_mboxes.generator.trailers import append, sign
from sample_mboxes.generator.tree import EDIT_VERBS, Edit, Tree, apply, edit_from, swap


@dataclass(frozen=True)
class Entry:
    """A commit with what the generator knows of it."""

    name: str
    branch: str
    date: datetime
    commit: Commit
    edits: tuple[Edit, ...]
    takes: tuple[str, ...]
    """The patches it is made of."""

    how: str
    """own, exact, edited or squashed."""


@dataclass
class History:
    """Branches grow as the script is read; a name finds its entry."""

    entries: dict[str, Entry] = field(default_factory=dict)
    branches: dict[str, list[Entry]] = field(default_factory=dict)
    tags: list[Tag] = field(default_factory=list)

    def at(self, place: str, when: datetime) -> Commit:
        """A commit by its name, or the tip a branch had at a time."""
        if place in self.entries:
            return self.entries[place].commit
        known = [entry for entry in self.branches[place] if entry.date <= when]
        if not known:
            raise ScriptError(f"no commit on {place} before {when}")
        return known[-1].commit

    def entry(self, place: str) -> Entry:
        """A commit by its name, or the tip of a branch so far."""
        return self.entries[place] if place in self.entries else self.branches[place][-1]

    def landings(self) -> dict[str, Entry]:
        """Patch reference to the entry that holds it."""
        return {ref: entry for entry in self.entries.values() for ref in entry.takes}


def stamp(person: Person, when: datetime) -> str:
    """Identity and date, as git stores them."""
    return f"{person.ident} {int(when.timestamp())} {when:%z}"


Fill = Callable[[str, History], str]
"""Puts ids into a text."""


def build(story: Story, sections: Sequence[Section], fill: Fill) -> History:
    """Play the repository's script."""
    history, rest = History(), list(sections)
    while rest:
        section = rest.pop(0)
        changes = []
        while rest and rest[0].verb in EDIT_VERBS | {"swap"}:
            changes.append(rest.pop(0))
        if section.verb == "tag":
            history.tags.append(_tag(history, section))
        elif section.verb == "merge":
            _grow(history, section, _merge(history, section))
        elif section.verb == "commit":
            _grow(history, section, _commit(story, history, section, changes, fill))
        else:
            raise ScriptError(f"{section.where}: {section.verb}?")
    return history


def _grow(history: History, section: Section, entry: Entry) -> None:
    history.entries[entry.name] = entry
    history.branches.setdefault(entry.branch, []).append(entry)


def _when(section: Section) -> datetime:
    return ids.moment(section.need("date"), CAST[section.need("by")], section.words[0])


def _parent(history: History, section: Section) -> Commit | None:
    if "onto" in section.options:
        return history.entries[section.need("onto")].commit
    grown = history.branches.get(section.need("branch"), [])
    return grown[-1].commit if grown else None


def _commit(
    story: Story,
    history: History,
    section: Section,
    changes: list[Section],
    fill: Fill,
) -> Entry:
    committer, when = CAST[section.need("by")], _when(section)
    takes = tuple(filter(None, section.get("take").split(",")))
    edits = tuple(edit for ref in takes for edit in story.patches[ref].edits)
    edits += tuple(edit_from(part) for part in changes if part.verb in EDIT_VERBS)
    for part in changes:
        if part.verb == "swap":
            edits = swap(edits, part)
    author, subject, body = stamp(committer, when), section.get("subject"), section.text
    if takes:
        patch, draft = story.patches[takes[0]], story.drafts[takes[0]]
        author = stamp(patch.author, draft.date)
        subject = subject or patch.subject
        links = [f"Link: https://lore.lumen.example/r/{draft.message_id}"]
        body = append(patch.body, [*section.lines, *(links if "link" in section.words else [])])
    # nobody signs off a commit that only raises the version
    signed = f"\n{sign(body, committer.ident)}" if body else ""
    message = fill(f"{subject}\n{signed}", history)
    above = _parent(history, section)
    try:
        tree = apply(above.tree if above else {}, edits)
    except ScriptError as error:
        raise ScriptError(f"{section.where}: {error}") from error
    parents = (above,) if above else ()
    commit = Commit(tree, parents, author, stamp(committer, when), message)
    how = _how(takes, bool(changes) or "subject" in section.options)
    return Entry(section.words[0], section.need("branch"), when, commit, edits, takes, how)


def _how(takes: tuple[str, ...], edited: bool) -> str:
    if len(takes) > 1:
        return "squashed"
    return ("edited" if edited else "exact") if takes else "own"


def _merge(history: History, section: Section) -> Entry:
    """Bring in the commits of another branch that are not merged yet."""
    ours = _parent(history, section)
    theirs = history.entry(section.need("of"))
    if ours is None:
        raise ScriptError(f"{section.where}: nothing to merge into")
    tree: Tree = ours.tree
    fresh = _ancestors(theirs.commit) - _ancestors(ours)
    for entry in history.entries.values():
        if entry.commit.id in fresh and len(entry.commit.parents) == 1:
            tree = apply(tree, entry.edits)
    when, person = _when(section), CAST[section.need("by")]
    who = stamp(person, when)
    message = f"{section.need('subject')}\n\n{section.text}".rstrip("\n") + "\n"
    commit = Commit(tree, (ours, theirs.commit), who, who, message)
    return Entry(section.words[0], section.need("branch"), when, commit, (), (), "merge")


def _ancestors(commit: Commit) -> set[str]:
    found: set[str] = set()
    stack = [commit]
    while stack:
        one = stack.pop()
        if one.id not in found:
            found.add(one.id)
            stack += one.parents
    return found


def _tag(history: History, section: Section) -> Tag:
    person = CAST[section.need("by")]
    target = history.entries[section.need("at")].commit
    return Tag(section.words[0], target, stamp(person, _when(section)), section.text)
