# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes out every draft, parents before the follow-ups that quote them."""

from __future__ import annotations

from dataclasses import replace

from sample_mboxes.generator import announce
from sample_mboxes.generator.compose import Mail, compose
from sample_mboxes.generator.fill import Filler
from sample_mboxes.generator.history import History
from sample_mboxes.generator.manifest import row
from sample_mboxes.generator.patchmail import Made, cover_text, patch_text
from sample_mboxes.generator.quoting import quote
from sample_mboxes.generator.script import Section
from sample_mboxes.generator.story import Draft, Series, Story
from sample_mboxes.generator.workshop import Pair, Workshop, pairs_of

DAMAGED = frozenset({"wrapped", "spaces", "flowed"})
"""What git apply cannot take as it stands (flowed: until it is unflowed)."""


class Writer:
    """Holds what drafts are written from: the diffs above all."""

    def __init__(
        self, story: Story, history: History, fill: Filler, news: list[announce.Announced]
    ) -> None:
        self._story, self._history, self._fill = story, history, fill
        self._shop = Workshop(story, history)
        fill.bases = {key: self._shop.base(one).id for key, one in story.series.items()}
        self._pulls = [draft for draft in story.drafts.values() if draft.section.verb == "pull"]
        self._tips = [draft for draft in story.drafts.values() if draft.section.verb == "tip"]
        named = [item.entry.name for item in news]
        tipped = [draft.section.need("commit") for draft in self._tips]
        entries = [history.entries[name] for name in named + tipped]
        pairs = pairs_of(entries) + [self._pull_pair(draft) for draft in self._pulls]
        self._made, diffs, self._fill.patch_ids = self._shop.run(story, pairs)
        keys = [f"commits:{name}" for name in named]
        keys += [draft.ref for draft in self._tips + self._pulls]
        self._diffs = dict(zip(keys, diffs, strict=True))
        self._texts: dict[str, str] = {}

    def write(self) -> tuple[list[Mail], list[list[str]]]:
        """All mails, and the manifest's rows, in order of date."""
        mails, rows = [], []
        landing = self._history.landings()
        for draft in sorted(self._story.drafts.values(), key=lambda item: (item.date, item.ref)):
            text = self._texts[draft.ref] = self._text(draft)
            draft = replace(draft, subject=self._fill(draft.subject, self._history))
            draft = replace(draft, section=self._filled(draft))
            base, after = self._place(draft)
            more = filter(None, draft.section.get("also-list").split(","))
            for list_key in (draft.list_key, *more):
                mails.append(compose(draft, text, self._story, list_key))
                rows.append(row(draft, list_key, landing, base, after))
        return mails, rows

    def _filled(self, draft: Draft) -> Section:
        section = draft.section
        options = {key: self._fill(text, self._history) for key, text in section.options.items()}
        return replace(section, options=options)

    def _text(self, draft: Draft) -> str:
        if draft.series is not None:
            made = self._based(draft.series)
            text = patch_text(draft, draft.patch, made) if draft.patch else cover_text(draft, made)
            return self._fill(text, self._history)
        if draft.section.verb == "announce":
            entry = self._history.entries[draft.ref.partition(":")[2]]
            return announce.commit_mail(entry, self._diffs[draft.ref])
        if draft.section.verb == "tip":
            entry = self._history.entries[draft.section.need("commit")]
            return announce.tip_mail(entry, draft.section.need("branch"), self._diffs[draft.ref])
        if draft.section.verb == "pull":
            return self._pull(draft)
        return self._talk(draft)

    def _talk(self, draft: Draft) -> str:
        parent = self._story.drafts[draft.parents[0]] if draft.parents else None
        above = self._texts[parent.ref] if parent else ""
        text = self._fill(draft.section.text, self._history)
        text = quote(text, parent, above, draft.section.where)
        signature = "" if "nosig" in draft.section.words else draft.sender.signature
        return f"{text}\n{signature}\n" if signature else text

    def _based(self, series: Series) -> Made:
        made = self._made[series.key]
        refs = filter(None, series.section.get("prerequisites").split(","))
        ids = tuple(self._fill.patch_ids[ref] for ref in refs)
        return replace(made, base=self._shop.base(series), prerequisites=ids)

    def _place(self, draft: Draft) -> tuple[str, str]:
        """Where an intact patch applies: the repository's commit, and the mail right before it."""
        series, patch = draft.series, draft.patch
        if series is None or patch is None or draft.section.get("as") in DAMAGED:
            return "", ""
        base = self._shop.base(series).id
        at = series.patches.index(patch)
        before = [item.ref for item in series.patches[:at]]
        place = series.section.get("on") or series.section.get("base")
        if not at and ":" in place:
            below = self._story.series[place].patches
            before = [below[patch.number - 2 if series.is_partial else -1].ref]
        if any(ref not in self._story.drafts for ref in before):
            return base, "missing"
        return base, self._story.drafts[before[-1]].message_id if before else ""

    def _pull_pair(self, draft: Draft) -> Pair:
        base, head = (self._history.entries[draft.section.need(key)] for key in ("base", "head"))
        return base.commit, head.commit

    def _pull(self, draft: Draft) -> str:
        base, head = self._pull_pair(draft)
        commits = announce.between(base, head, self._history.entries)
        name = draft.section.need("at").rpartition("tags/")[2]
        tag = next((tag.message for tag in self._history.tags if tag.name == name), "")
        where = draft.section.need("at")
        text = announce.request_pull(base, head, commits, where, self._diffs[draft.ref]) % tag
        return self._fill(draft.section.text, self._history) + "\n" + text
