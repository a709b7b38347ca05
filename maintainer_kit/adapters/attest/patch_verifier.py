# SPDX-License-Identifier: GPL-2.0-or-later
"""Who signed a patch: ``workflow.attested.PatchVerifier``, with few imports until it is signed."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from maintainer_kit.model.mail.strict import MAX_SIZE, Doubtful, StrictMail, read_strict
from maintainer_kit.workflow.orders.attestation import Attestation, Cause, Verdict

if TYPE_CHECKING:
    from maintainer_kit.adapters.attest.dkim_keys import DkimKeys
    from maintainer_kit.adapters.attest.keyrings import Keyrings

_HEADERS = {"dkim": b"dkim-signature", "patatt": b"x-developer-signature"}
_HEAD_END = re.compile(rb"\r?\n\r?\n")


class SignedPatches:
    """Verifies mails one after the other; each key is looked for once."""

    def __init__(self, dns: str, keyrings: Sequence[str], repositories: Sequence[Path]) -> None:
        """``dns`` as in the settings; ``keyrings`` and ``repositories`` are the user's own."""
        self._dns = dns
        self._own = tuple(keyrings)
        self._repositories = tuple(repositories)
        self._keys: DkimKeys | None = None
        self._keyrings: Keyrings | None = None

    def verify(self, raw: bytes, kinds: Collection[str], *, online: bool) -> list[Attestation]:
        """See ``PatchVerifier``. Raises ConfigError for a name server or keyring that is none."""
        signed = {kind for kind in kinds if _has(raw, _HEADERS[kind])}
        found = [Attestation(kind, Verdict.NONE) for kind in kinds if kind not in signed]
        if not signed:
            return found
        if len(raw) > MAX_SIZE:
            why = f"the mail has {len(raw)} bytes; no more than {MAX_SIZE} are verified"
            return [*found, *(Attestation(kind, Verdict.UNKNOWN, why=why) for kind in signed)]
        try:
            mail = read_strict(raw)
        except Doubtful as error:
            return [*found, *(_doubtful(kind, error) for kind in signed)]
        found += [self._dkim(mail, online=online)] if "dkim" in signed else []
        found += [self._patatt(mail)] if "patatt" in signed else []
        return found

    def _dkim(self, mail: StrictMail, *, online: bool) -> Attestation:
        from maintainer_kit.adapters.attest.dkim_tags import without_key

        known = without_key(mail)
        if not online or known.verdict is not Verdict.UNKNOWN:
            return known
        from maintainer_kit.adapters.attest.dkim_keys import DkimKeys
        from maintainer_kit.adapters.attest.dkim_signature import verify_dkim

        self._keys = self._keys or DkimKeys(self._dns)
        found = verify_dkim(mail, self._keys)
        is_gone = found.verdict is Verdict.BAD and found.cause is Cause.NO_KEY
        if not is_gone:
            return found
        return Attestation(found.kind, Verdict.UNKNOWN, why=found.why, cause=Cause.NO_KEY)

    def _patatt(self, mail: StrictMail) -> Attestation:
        from maintainer_kit.adapters.attest.keyrings import Keyrings
        from maintainer_kit.adapters.attest.patatt_signature import check_keyrings
        from maintainer_kit.adapters.attest.patch_signature import verify_patch

        check_keyrings(self._own)
        self._keyrings = self._keyrings or Keyrings(self._own, self._repositories)
        return verify_patch(mail, self._keyrings)


def _has(raw: bytes, name: bytes) -> bool:
    end = _HEAD_END.search(raw)
    head = raw[: end.start()] if end else raw
    return b"\n" + name + b":" in b"\n" + head.lower()


def _name(kind: str) -> str:
    return kind.upper() if kind == "dkim" else kind


def _doubtful(kind: str, error: Doubtful) -> Attestation:
    """Programs could read such a mail in more than one way; a signature is for one of them."""
    return Attestation(kind, Verdict.BAD, why=f"{_name(kind)} signature: {error}")
