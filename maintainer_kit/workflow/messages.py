# SPDX-License-Identifier: GPL-2.0-or-later
"""One mail's text, from whichever of its files is still there."""

from __future__ import annotations

from maintainer_kit.errors import NotFound
from maintainer_kit.model.mail.mail import Mail, read_mail
from maintainer_kit.workflow.stores import Stores


def read_text(stores: Stores, message_id: str) -> Mail:
    """A catalogued mail, read from disk; raises NotFound when no file of it is left."""
    record = stores.catalogue.records([message_id]).get(message_id)
    gone = ""
    for file in record.files if record else ():
        try:
            return read_mail(stores.folder.read(file.path))
        except NotFound as error:
            gone = error.message
    raise NotFound(gone or f"no message {message_id}", "mkit sync, if it was moved or deleted")
