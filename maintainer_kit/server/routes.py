# SPDX-License-Identifier: GPL-2.0-or-later
"""Which path gives what, as public-inbox has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from maintainer_kit.errors import NotFound
from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.render.archive_feed import feed
from maintainer_kit.render.archive_page import address_of, archives_page, mail_page, newest_page
from maintainer_kit.render.archive_text import HELP, config_text
from maintainer_kit.render.mboxrd import mboxrd
from maintainer_kit.server.archive import Archive
from maintainer_kit.server.kept import Kept
from maintainer_kit.server.request import HttpError, Request
from maintainer_kit.server.response import ATOM, GZIP, HTML, TEXT, Response, gzipped, ok, plain
from maintainer_kit.workflow.serving.copies import received_at
from maintainer_kit.workflow.serving.shelf import ALL, Held

EVERYTHING = "all"
_NEWEST = 25
_KEPT = 300
"""Mails of one answer that is kept; a longer one is sent as it is made."""


@dataclass(frozen=True, slots=True)
class _Place:
    """An archive that is asked, and by which request."""

    request: Request
    generation: int
    segment: str
    """As in the path."""
    name: str
    """A List-Id, or all."""

    @property
    def address(self) -> str:
        return f"{self.request.base}/{address_of(self.segment)}/"


class Routes:
    """Answers from one archive of everything, and one a list."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._kept = Kept()

    def answer(self, request: Request) -> Response:
        segment, *rest = request.parts or ("",)
        generation = self._archive.generation()
        if not segment and not rest:
            return self._top(request)
        name = self._list(segment)
        if name is None:
            return self._elsewhere(request)
        if not rest:
            return _moved(f"/{address_of(segment)}/")
        place = _Place(request, generation, segment, name)
        if request.method == "POST":
            return self._search(place, rest)
        if "q" in request.query:
            raise HttpError("400 Bad Request", "searches come by POST, with ?x=m&q=QUERY")
        return self._of_archive(place, rest)

    def _list(self, segment: str) -> str | None:
        if segment == EVERYTHING:
            return ALL
        return self._archive.ask(lambda shelf: shelf.list_named(segment.lower()))

    def _top(self, request: Request) -> Response:
        if request.method == "POST":
            raise _no_post()
        lists = self._archive.ask(lambda shelf: shelf.lists())
        return ok(HTML, archives_page(lists, "mail of all lists, and of none"))

    def _elsewhere(self, request: Request) -> Response:
        """``/MESSAGE-ID/...`` without an archive leads to the one of everything."""
        message_id = request.parts[0]
        if request.method == "POST" or self._one(message_id, ALL) is None:
            raise NotFound("no such archive, and no such message", "GET / lists the archives")
        rest = "/".join(address_of(one) for one in request.parts[1:])
        return _moved(f"/{EVERYTHING}/{address_of(message_id)}/{rest}")

    def _of_archive(self, place: _Place, rest: Sequence[str]) -> Response:
        if rest[0] == "_":
            return self._text(place, "/".join(rest[1:]).strip("/"))
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
            self._needed(message_id, place.name)
            return _moved(f"/{address_of(place.segment)}/{address_of(message_id)}/")
        raise NotFound("an archive has nothing of that name", "_/text/help/ tells what it has")

    def _of_all(self, place: _Place, page: str) -> Response:
        if page in ("", "new.html"):
            newest = self._newest(place)
            return ok(HTML, newest_page(place.segment, [one.message for one in newest]))
        if page in ("new.atom", "atom.xml"):
            newest = self._newest(place)
            messages = [one.message for one in newest]
            return ok(ATOM, feed(place.segment, place.address, messages))
        self._needed(page, place.name)
        return _moved(f"/{address_of(place.segment)}/{address_of(page)}/")

    def _text(self, place: _Place, page: str) -> Response:
        if page in ("text/help", "text/help/raw"):
            return ok(TEXT, HELP.encode())
        if page in ("text/config", "text/config/raw"):
            lists = [place.name] if place.name else self._lists()
            text = config_text(place.segment.lower(), lists, place.address)
            return ok(TEXT, text.encode("utf-8", "replace"))
        raise NotFound("there is no such text", "_/text/help/ tells what there is")

    def _lists(self) -> list[str]:
        return self._archive.ask(lambda shelf: list(shelf.lists()))

    def _newest(self, place: _Place) -> list[Held]:
        return self._archive.ask(lambda shelf: shelf.newest(_NEWEST, place.name))

    def _one(self, message_id: str, name: str) -> Held | None:
        return self._archive.ask(lambda shelf: shelf.one(message_id, name))

    def _needed(self, message_id: str, name: str) -> Held:
        found = self._one(message_id, name)
        if found is None:
            raise NotFound("no message of that id is here", "mkit pull fetches it")
        return found

    def _thread(self, place: _Place, message_id: str) -> list[Held]:
        found = self._archive.ask(lambda shelf: shelf.thread(message_id, place.name))
        if not found:
            raise NotFound("no message of that id is here", "mkit pull fetches it")
        return found

    def _page(self, place: _Place, message_id: str) -> Response:
        found = self._needed(message_id, place.name)
        return ok(HTML, mail_page(read_mail(self._archive.raw(found, place.name)), found.message))

    def _raw(self, place: _Place, message_id: str) -> Response:
        """As public-inbox gives it: an mbox of one mail, which ``git am`` takes as it is."""
        found = self._needed(message_id, place.name)
        return ok(TEXT, mboxrd(self._archive.raw(found, place.name)))

    def _thread_feed(self, place: _Place, message_id: str) -> Response:
        found = [one.message for one in self._thread(place, message_id)]
        return ok(ATOM, feed(found[0].full_subject, place.address, found))

    def _thread_mbox(self, place: _Place, message_id: str) -> Response:
        key = ("thread", place.name, message_id)
        return self._mbox(place, key, lambda: self._thread(place, message_id), by_arrival=True)

    def _search(self, place: _Place, rest: Sequence[str]) -> Response:
        query = place.request.query
        if query.get("x") != "m" or "q" not in query or tuple(rest[1:]) not in ((), ("",)):
            raise _no_post()
        within, whole = rest[0], query.get("t", "") not in ("", "0")
        if within:
            self._needed(within, place.name)

        def find() -> list[Held]:
            found = self._archive.ask(
                lambda shelf: shelf.find(query["q"], place.name, whole_threads=whole, within=within)
            )
            if not found:
                raise NotFound("the query finds nothing", "_/text/help/ tells what it can ask")
            return found

        return self._mbox(place, ("search", place.name, within, whole, query["q"]), find)

    def _mbox(
        self,
        place: _Place,
        key: tuple[object, ...],
        find: Callable[[], list[Held]],
        *,
        by_arrival: bool = False,
    ) -> Response:
        body = self._kept.get(place.generation, key)
        if body is None:
            found = find()
            mails = self._mails(found, place.name)
            if len(found) > _KEPT:
                return Response("200 OK", GZIP, gzipped(mboxrd(raw) for _, raw in mails))
            if by_arrival:
                mails = iter(sorted(mails, key=lambda one: received_at(one[1], one[0])))
            body = b"".join(gzipped(mboxrd(raw) for _, raw in mails))
            self._kept.put(place.generation, key, body)
        return ok(GZIP, body)

    def _mails(self, found: Sequence[Held], name: str) -> Iterator[tuple[int, bytes]]:
        """The Date of each and its bytes."""
        for one in found:
            try:
                raw = self._archive.raw(one, name)
            except NotFound:
                continue  # taken away since: the next sync will know
            yield one.message.date, raw


def _moved(path: str) -> Response:
    return plain("302 Found", f"see {path}", ("Location", path))


def _no_post() -> HttpError:
    return HttpError("405 Method Not Allowed", "only searches are posted", ("Allow", "GET, HEAD"))
