# SPDX-License-Identifier: GPL-2.0-or-later
"""The mails of a series go out as replies do, one by one, after ``git send-email`` has seen all.

A run in vain (``--dry-run``) lets git and the hook sendemail-validate look at the whole series;
then each mail is handed over alone, so that it is known which of them went.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from maintainer_kit.adapters.process import ProgramFailed, run
from maintainer_kit.errors import Refused
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.workflow.posting.record import Mail
from maintainer_kit.workflow.replying.ports import Outbox, Posting

_FIXED = (
    "--dry-run",
    "--quiet",
    "--confirm=never",
    "--no-annotate",
    "--no-thread",
    "--suppress-cc=all",
    "--no-signed-off-by-cc",
    "--to-cmd=true",
)
_SHOWN = 12
"""Lines of a hook's words that are repeated."""
_GITS = ("fatal:", "warning:")
_HINT = "mend it, and send it again (MKIT_HOOKS=off before mkit send skips mkit's own hook)"
_LINE = b"From %s Mon Sep 17 00:00:00 2001\n"
"""As git format-patch begins a file; hooks find the commit by it."""


class SeriesSendEmail:
    """Implements the port ``SeriesOutbox``."""

    def __init__(
        self,
        outbox: Outbox,
        address: Callable[[Person], str],
        settings: Path | None,
        place: Path,
    ) -> None:
        """``outbox`` is that of replies, by the user's settings; ``address`` writes people as
        headers have them, ``place`` is where the hook runs."""
        self._outbox = outbox
        self._address = address
        self._more = ["-c", f"include.path={settings}"] if settings and settings.exists() else []
        self._place = place

    @property
    def sends(self) -> bool:
        return self._outbox.sends

    @property
    def words(self) -> str:
        return self._outbox.words

    def validate(self, mails: Sequence[Mail]) -> None:
        if not self._outbox.sends:
            return
        with tempfile.TemporaryDirectory(prefix="mkit-send-") as folder:
            files = []
            for at, mail in enumerate(mails):
                path = Path(folder) / f"{at:04}.patch"
                path.write_bytes(_LINE % mail.commit.encode("ascii") + mail.raw)
                files.append(str(path))
            argv = ["git", *self._more, "-c", "sendemail.headerCmd=true", "send-email", *_FIXED]
            people = [f"--to={self._address(one)}" for one in mails[0].to]
            try:
                result = run([*argv, *people, *files], cwd=self._place)
            except ProgramFailed as error:
                raise Refused(error.message, "install git") from error
            said = result.stderr.replace(f"{folder}/", "")
        if result.code:
            raise Refused(f"git send-email refuses: {_reason(said)}", _HINT)

    def post(self, sender: Person, mail: Mail) -> None:
        to, cc = (tuple(map(self._address, people)) for people in (mail.to, mail.cc))
        self._outbox.post(Posting(mail.message_id, self._address(sender), to, cc, mail.raw))

    def holds(self, message_id: str) -> bool:
        return self._outbox.holds(message_id)


def _reason(stderr: str) -> str:
    """What the hook said, or git where that said nothing."""
    lines = [visible_line(one.strip()) for one in stderr.splitlines() if one.strip()]
    if any("is not a git command" in one for one in lines):
        return "it is not installed: apt install git-email"
    told = [one for one in lines if not one.startswith(_GITS)] or lines
    return "; ".join(told[:_SHOWN])[:1000] or "without a word"
