# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes every series as commits, and asks git for all diffs at once."""

from __future__ import annotations

from itertools import pairwise

from sample_mboxes.generator.git import Git
from sample_mboxes.generator.history import Entry, History, stamp
from sample_mboxes.generator.objects import Commit
from sample_mboxes.generator.patchmail import Made
from sample_mboxes.generator.script import ScriptError
from sample_mboxes.generator.story import Patch, Series, Story
from sample_mboxes.generator.tree import apply

Pair = tuple[Commit, Commit]
Result = tuple[dict[str, Made], list[str], dict[str, str]]
"""The series as made, the diffs of further pairs, and patch-ids by patch reference."""


class Workshop:
    """Commits of all series on their bases; `run` fetches the diffs."""

    def __init__(self, story: Story, history: History) -> None:
        self._history = history
        self._chains: dict[str, tuple[Commit, ...]] = {}
        """By series key: the base, then a commit for each patch."""

        for series in story.series.values():
            self._chains[series.key] = self._chain(series)

    def _chain(self, series: Series) -> tuple[Commit, ...]:
        place = series.section.get("base", "master")
        above = self._chains[place][-1] if ":" in place else self._history.at(place, series.date)
        if series.is_partial and "on" in series.section.options:
            number = series.patches[0].number
            above = self._chains[series.section.need("on")][number - 1]
        chain = [above]
        for patch in series.patches:
            try:
                tree = apply(above.tree, patch.edits)
            except ScriptError as error:
                raise ScriptError(f"{patch.section.where}: {error}") from error
            who = stamp(patch.author, series.date)
            above = Commit(tree, (above,), who, who, f"{patch.subject}\n\n{patch.body}")
            chain.append(above)
        return tuple(chain)

    def base(self, series: Series) -> Commit:
        """The commit of the repository that a series is made against, at the bottom."""
        place = series.section.get("base", "master")
        while ":" in place:
            return self._chains[place][0]
        return self._history.at(place, series.date)

    def run(self, story: Story, more: list[Pair]) -> Result:
        """Ask git for everything at once."""
        pairs: list[Pair] = list(more)
        for series in story.series.values():
            chain = self._chains[series.key]
            pairs += list(pairwise(chain))
            pairs.append((chain[0], chain[-1]))
        commits = {commit.id: commit for pair in pairs for commit in pair}
        with Git(list(commits.values())) as git:
            diffs = git.diffs(pairs)
            made = self._made(story, diffs[len(more) :])
            refs = {
                commit.id: (patch.ref, diff)
                for series in story.series.values()
                for patch, commit, diff in _rows(series, made[series.key])
            }
            found = git.patch_ids({key: diff for key, (_, diff) in refs.items()})
        ids = {ref: found.get(key, "") for key, (ref, _) in refs.items()}
        return made, diffs[: len(more)], ids

    def _made(self, story: Story, diffs: list[str]) -> dict[str, Made]:
        made, at = {}, 0
        for series in story.series.values():
            base, *commits = self._chains[series.key]
            end = at + len(commits)
            made[series.key] = Made(base, tuple(commits), tuple(diffs[at:end]), diffs[end])
            at = end + 1
        return made


def _rows(series: Series, made: Made) -> list[tuple[Patch, Commit, str]]:
    return list(zip(series.patches, made.commits, made.diffs, strict=True))


def pairs_of(entries: list[Entry]) -> list[Pair]:
    """Each commit with its first parent."""
    return [(entry.commit.parents[0], entry.commit) for entry in entries]
