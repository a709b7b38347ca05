# SPDX-License-Identifier: GPL-2.0-or-later
"""Who wrote a mail, by DKIM and patatt: ``workflow.attestation.Verifier``.

Their libraries are imported once there is a signature to verify.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from maintainer_kit.model.mail.strict import Doubtful, StrictMail, read_strict
from maintainer_kit.workflow.orders.attestation import Attestation, Verdict

if TYPE_CHECKING:
    from maintainer_kit.adapters.attest.dkim_keys import DkimKeys

_DKIM = "dkim-signature"
_PATATT = "x-developer-signature"


class MailVerifier:
    """Verifies mails one after the other; what name servers say is asked once."""

    def __init__(self, dns: str = "", keyrings: Sequence[str] = ()) -> None:
        """``dns`` is the name server's ADDRESS or ADDRESS:PORT, empty for the system's;
        ``keyrings`` are directories, or refs as patatt writes them."""
        self._dns = dns
        self._keyrings = tuple(keyrings)
        self._keys: DkimKeys | None = None

    def verify(self, raw: bytes) -> tuple[Attestation, ...]:
        """See ``Verifier``. Raises ConfigError for a name server or keyring that is none."""
        try:
            mail = read_strict(raw)
        except Doubtful as error:
            return tuple(
                Attestation(kind, Verdict.BAD, why=str(error)) for kind in ("dkim", "patatt")
            )
        return self._dkim(mail), self._patatt(mail)

    def _dkim(self, mail: StrictMail) -> Attestation:
        if not mail.values(_DKIM):
            return Attestation("dkim", Verdict.NONE, why="no DKIM signature")
        from maintainer_kit.adapters.attest.dkim_keys import DkimKeys
        from maintainer_kit.adapters.attest.dkim_signature import verify_dkim

        self._keys = self._keys or DkimKeys(self._dns)
        return verify_dkim(mail, self._keys)

    def _patatt(self, mail: StrictMail) -> Attestation:
        if not mail.values(_PATATT):
            return Attestation("patatt", Verdict.NONE, why="no patatt signature")
        from maintainer_kit.adapters.attest.patatt_signature import check_keyrings, verify_patatt

        check_keyrings(self._keyrings)
        return verify_patatt(mail, self._keyrings)
