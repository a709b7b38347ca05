# SPDX-License-Identifier: GPL-2.0-or-later
"""What the linear mode does with topics beside deciding: ids, the archive, checks, links."""

from __future__ import annotations

from maintainer_kit.errors import Refused
from maintainer_kit.model.decision.event import Origin
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.tui.plain.asked import Asked
from maintainer_kit.tui.plain.remembering import RememberingPrompts
from maintainer_kit.tui.plain.words import shown
from maintainer_kit.tui.work.works import Work
from maintainer_kit.workflow.addresses import archive_address, named_mail, refuse_confidential
from maintainer_kit.workflow.targets import Target

_WIDTH = 400
"""Cells: a finding is one line."""


class ActingPrompts(RememberingPrompts):
    """Each is about what the numbers name, as decisions are."""

    def pointed(self, asked: Asked) -> str | None:
        """The mail that is meant, where mails are numbered."""
        return None

    def posting(self, asked: Asked) -> str | None:
        """The Message-ID with which the posting that is meant begins, likewise."""
        return None

    def named(self, asked: Asked) -> list[tuple[Target, str]]:
        """What is meant, each with the mail that is: that under the number, or the newest posting's
        first."""
        pointed = self.pointed(asked)
        found = self.targets(asked).found
        return [(one, pointed or named_mail(self.stores, one)) for one in found]

    def _address(self, target: Target, message_id: str) -> str:
        return archive_address(self.stores.settings, message_id, target.row.lists)

    def do_copy(self, asked: Asked) -> None:
        """There is no clipboard in a line: both are told."""
        for target, message_id in self.named(asked):
            self.tell(visible_line(message_id))
            self.tell(self._address(target, message_id))

    def do_browse(self, asked: Asked) -> None:
        from maintainer_kit.adapters.browser import needs_terminal, open_in_browser

        named = self.named(asked)
        refuse_confidential(target.row for target, _ in named)
        for target, message_id in named:
            address = self._address(target, message_id)
            self.tell(address)
            open_in_browser(address, on_terminal=needs_terminal())

    def do_complete(self, asked: Asked) -> None:
        from maintainer_kit.tui.acting.fetching import fetch

        rows = [one.row for one in self.targets(asked).found]
        refuse_confidential(rows)
        ids = [row.id for row in rows]
        self.tell("asking the archive; ^C stops")
        self.tell(fetch(self.session.workspace, Work("fetching"), ids))
        self.renew()

    def do_test(self, asked: Asked) -> None:
        from maintainer_kit.tui.acting.testing import run_topics

        ids = [one.row.id for one in self.targets(asked).found]
        self.tell("testing; ^C stops")
        self.tell(run_topics(self.session.workspace, Work("testing"), ids))
        self.renew()

    def do_findings(self, asked: Asked) -> None:
        from maintainer_kit.tui.acting.checking import examine_topic

        topic_id = self.targets(asked).found[0].row.id
        made = examine_topic(self.session.workspace, Work("checking"), topic_id, _WIDTH)
        self.tell(made.title)
        for line in made.lines:
            if line.text:
                self.tell(line.text)
        if made.reply and self.is_sure("tell the drafted reply to the author?"):
            for text in made.reply.splitlines():
                self.tell(visible_line(text))

    def do_link(self, asked: Asked) -> None:
        from maintainer_kit.workflow.likely import in_order, likely_kin
        from maintainer_kit.workflow.mend import link
        from maintainer_kit.workflow.targets import resolve

        mine, *others = self.targets(asked).found
        if others:
            other = others[0]
        else:
            word = asked.text
            if not word:
                for one in likely_kin(self.stores, mine.row):
                    self.tell(f"{one.id} version {one.revision}: {shown(one.subject)}")
                word = self.ask("link to", "the id of a topic, or a Message-ID of it")
            other = resolve(self.stores, word)
        later, _ = in_order(mine.row, other.row)
        pair = (mine, other) if later is mine.row else (other, mine)
        self.told(link(self.stores, *pair, Origin.TUI))
        self.renew()

    def do_unlink(self, asked: Asked) -> None:
        from maintainer_kit.workflow.mend import unlink

        posting = self.posting(asked)
        found = self.targets(asked).found
        if posting is None:
            raise Refused("a whole topic cannot be taken out of itself", "open it, and name a mail")
        listed = [Target(one.row, one.message_ids, posting) for one in found]
        self.told(unlink(self.stores, listed, Origin.TUI))
        self.renew()

    def do_branches(self, asked: Asked) -> None:
        from maintainer_kit.tui.plain.branches import branch_sentences
        from maintainer_kit.wiring.branches import look_at_all

        report = look_at_all(self.session.workspace)
        for sentence in branch_sentences(report, self.session.now()):
            self.tell(sentence)

    def do_sync(self, asked: Asked) -> None:
        from maintainer_kit.tui.plain.following import follow

        self.tell(visible_line(follow(self.stores)))
        self.renew()
