# SPDX-License-Identifier: GPL-2.0-or-later
"""The web application: one answer a request, from the mail that may be shown, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from maintainer_kit.errors import MkitError, NotFound, Refused
from maintainer_kit.server.archive import Archive
from maintainer_kit.server.request import HttpError, Request, read_request
from maintainer_kit.server.response import Response, plain
from maintainer_kit.server.routes import Routes

Environ = dict[str, Any]
StartResponse = Callable[..., object]


class App:
    """A WSGI application (PEP 3333)."""

    def __init__(self, archive: Archive, *, is_open: bool = False) -> None:
        self._routes = Routes(archive, is_open=is_open)
        self._is_open = is_open

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        response = self._answer(environ)
        start_response(response.status, response.headers)
        if environ["REQUEST_METHOD"] == "HEAD":
            return ()
        if isinstance(response.body, tuple) and "wsgi.file_wrapper" in environ:
            # Sent from where it is: it may be large, and kept.
            wrapped: Iterable[bytes] = environ["wsgi.file_wrapper"](BytesIO(*response.body))
            return wrapped
        return response.body

    def _answer(self, environ: Environ) -> Response:
        try:
            return self._routes.answer(read_request(environ, self._is_open))
        except HttpError as error:
            return plain(error.status, error.words, *error.headers)
        except NotFound as error:
            return plain("404 Not Found", _words(error))
        except Refused as error:
            return plain("400 Bad Request", _words(error))
        except MkitError as error:
            return plain("503 Service Unavailable", _words(error))


def _words(error: MkitError) -> str:
    return f"{error.message}\ntry: {error.hint}" if error.hint else error.message


__all__ = ["App", "Request"]
