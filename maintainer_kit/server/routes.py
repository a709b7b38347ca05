# SPDX-License-Identifier: GPL-2.0-or-later
"""Which path gives what, as public-inbox has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maintainer_kit.errors import NotFound
from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.message.message import Message
from maintainer_kit.render.archive_feed import feed
from maintainer_kit.render.archive_page import address_of, archives_page, mail_page, newest_page
from maintainer_kit.render.archive_text import HELP, config_text
from maintainer_kit.render.mboxrd import mboxrd
from maintainer_kit.server.archive import Archive
from maintainer_kit.server.mboxes import Mboxes
from maintainer_kit.server.request import HttpError, Request
from maintainer_kit.server.response import ATOM, HTML, TEXT, Response, ok, plain
from maintainer_kit.wiring.serving import Followed
from maintainer_kit.workflow.serving.register import ALL, Entry, Register

EVERYTHING = "all"
_NEWEST = 25


@dataclass(frozen=True, slots=True)
class _Place:
    """An archive that is asked, and by which request."""

    request: Request
    now: Followed
    segment: str
    """As in the path."""
    name: str
    """A List-Id, or all."""

    @property
    def address(self) -> str:
        return f"{self.request.base}/{address_of(self.segment)}/"

    def needed(self, message_id: str) -> Entry:
        found = self.now.register.one(message_id, self.name)
        if found is None:
            raise _no_message()
        return found

    def thread(self, message_id: str) -> list[Entry]:
        found = self.now.register.around(message_id, self.name)
        if not found:
            raise _no_message()
        return found


class Routes:
    """Answers from one archive of everything, and one a list."""

    def __init__(self, archive: Archive, *, is_open: bool) -> None:
        self._archive = archive
        self._mboxes = Mboxes(archive, is_open=is_open)

    def answer(self, request: Request) -> Response:
        segment, *rest = request.parts or ("",)
        now = self._archive.now()
        register = now.register
        if not segment and not rest:
            return _top(request, register)
        name = ALL if segment == EVERYTHING else register.list_named(segment.lower())
        if name is None:
            return _elsewhere(request, register)
        if not rest:
            return _moved(f"/{address_of(segment)}/")
        place = _Place(request, now, segment, name)
        if request.method == "POST":
            return self._search(place, rest)
        if "q" in request.query:
            raise HttpError("400 Bad Request", "searches come by POST, with ?x=m&q=QUERY")
        return self._of_archive(place, rest)

    def _of_archive(self, place: _Place, rest: Sequence[str]) -> Response:
        if rest[0] == "_":
            return _text(place, "/".join(rest[1:]).strip("/"))
        if len(rest) == 1:
            return self._of_all(place, rest[0])
        message_id, end = rest[0], "/".join(rest[1:])
        found = {
            "": self._page,
            "raw": self._raw,
            "t.mbox.gz": self._thread_mbox,
            "t.atom": self._thread_feed,
        }.get(end)
        if found is not None:
            return found(place, message_id)
        if end.rstrip("/") in ("t", "T", "R"):
            place.needed(message_id)
            return _moved(f"/{address_of(place.segment)}/{address_of(message_id)}/")
        raise NotFound("an archive has nothing of that name", "_/text/help/ tells what it has")

    def _of_all(self, place: _Place, page: str) -> Response:
        if page in ("", "new.html"):
            return ok(HTML, newest_page(place.segment, self._newest(place)))
        if page in ("new.atom", "atom.xml"):
            return ok(ATOM, feed(place.segment, place.address, self._newest(place)))
        place.needed(page)
        return _moved(f"/{address_of(place.segment)}/{address_of(page)}/")

    def _newest(self, place: _Place) -> list[Message]:
        return self._messages(place.now.register.newest(_NEWEST, place.name))

    def _messages(self, entries: Sequence[Entry]) -> list[Message]:
        return self._archive.ask(lambda shelf: shelf.messages(entries))

    def _page(self, place: _Place, message_id: str) -> Response:
        found = place.needed(message_id)
        raw = self._archive.raw(found, place.name)
        messages = self._messages([found])
        if not messages:
            raise _no_message()
        return ok(HTML, mail_page(read_mail(raw), messages[0]))

    def _raw(self, place: _Place, message_id: str) -> Response:
        """As public-inbox gives it: an mbox of one mail, which ``git am`` takes as it is."""
        found = place.needed(message_id)
        return ok(TEXT, mboxrd(self._archive.raw(found, place.name)))

    def _thread_feed(self, place: _Place, message_id: str) -> Response:
        found = self._messages(place.thread(message_id))
        if not found:
            raise _no_message()
        return ok(ATOM, feed(found[0].full_subject, place.address, found))

    def _thread_mbox(self, place: _Place, message_id: str) -> Response:
        thread = place.now.register.thread_key(message_id, place.name)
        if thread is None:
            raise _no_message()
        key = ("thread", place.name, thread, place.needed(message_id).subject)
        return self._mboxes.answer(
            place.now.generation, key, lambda: place.thread(message_id), place.name, by_arrival=True
        )

    def _search(self, place: _Place, rest: Sequence[str]) -> Response:
        query = place.request.query
        if query.get("x") != "m" or "q" not in query or tuple(rest[1:]) not in ((), ("",)):
            raise _no_post()
        within, whole = rest[0], query.get("t", "") not in ("", "0")
        if within:
            place.needed(within)

        def find() -> Sequence[Entry]:
            found = self._archive.search(
                place.now,
                lambda one: one.find(query["q"], place.name, whole_threads=whole, within=within),
            )
            if not found:
                raise NotFound("the query finds nothing", "_/text/help/ tells what it can ask")
            return found

        key = ("search", place.name, within, whole, query["q"])
        return self._mboxes.answer(place.now.generation, key, find, place.name)


def _top(request: Request, register: Register) -> Response:
    if request.method == "POST":
        raise _no_post()
    return ok(HTML, archives_page(register.lists(), "mail of all lists, and of none"))


def _elsewhere(request: Request, register: Register) -> Response:
    """``/MESSAGE-ID/...`` without an archive leads to the one of everything."""
    message_id = request.parts[0]
    if request.method == "POST" or register.one(message_id) is None:
        raise NotFound("no such archive, and no such message", "GET / lists the archives")
    rest = "/".join(address_of(one) for one in request.parts[1:])
    return _moved(f"/{EVERYTHING}/{address_of(message_id)}/{rest}")


def _text(place: _Place, page: str) -> Response:
    if page in ("text/help", "text/help/raw"):
        return ok(TEXT, HELP.encode())
    if page in ("text/config", "text/config/raw"):
        lists = [place.name] if place.name else list(place.now.register.lists())
        text = config_text(place.segment.lower(), lists, place.address)
        return ok(TEXT, text.encode("utf-8", "replace"))
    raise NotFound("there is no such text", "_/text/help/ tells what there is")


def _moved(path: str) -> Response:
    return plain("302 Found", f"see {path}", ("Location", path))


def _no_post() -> HttpError:
    return HttpError("405 Method Not Allowed", "only searches are posted", ("Allow", "GET, HEAD"))


def _no_message() -> NotFound:
    return NotFound("no message of that id is here", "mkit pull fetches it")
