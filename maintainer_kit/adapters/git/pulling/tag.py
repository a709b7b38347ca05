# SPDX-License-Identifier: GPL-2.0-or-later
"""Tags as objects, and whether their signatures hold (git-verify-tag(1))."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

from maintainer_kit.adapters.git.objects import Object, Objects
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.process import Result
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.workflow.pull_request.facts import Signature, Trust
from maintainer_kit.workflow.pull_request.tags import Tag, read_tag

_MOST = 1 << 20
_STATUS = re.compile(r"^\[GNUPG:\] ([A-Z_]+)(?: (.{0,400}))?$", re.MULTILINE)
# The first that is there says how it ended (doc/DETAILS of GnuPG).
_BY_STATUS = (
    ("BADSIG", Trust.BAD),
    ("REVKEYSIG", Trust.BAD),
    ("NO_PUBKEY", Trust.UNKNOWN_KEY),
    ("ERRSIG", Trust.UNVERIFIED),
    ("EXPKEYSIG", Trust.EXPIRED),
    ("EXPSIG", Trust.EXPIRED),
    ("GOODSIG", Trust.GOOD),
)
_WORDS = {
    "REVKEYSIG": "its key was revoked",
    "EXPKEYSIG": "its key has expired",
    "EXPSIG": "it has expired",
}
_UNTRUSTED = ("TRUST_NEVER",)
_SSH_GOOD = re.compile(
    r'^Good "[^"\n]{1,40}" signature (?:for (\S{1,300}) )?with (\S{1,40}) key (\S{1,100})',
    re.MULTILINE,
)


def tag_of(git: Git, ref: str) -> Tag | None:
    """The tag that a ref, or an id, names; None of what is no annotated tag."""
    objects = Objects(git)
    try:
        found = objects.contents(ref, _MOST)
    finally:
        objects.close()
    if not isinstance(found, Object) or found.kind != "tag":
        return None
    return read_tag(found.name, found.data)


def verify_tag(git: Git, tag: Tag, env: Mapping[str, str] | None = None) -> Signature:
    """Ask git, and the keys of the user, about the signature of a tag."""
    if not tag.signed_with:
        return Signature(Trust.NONE)
    done = git.run(*_programs(git, env), "verify-tag", "--raw", tag.object_id, env=env)
    if tag.signed_with == "ssh":
        return _by_ssh(done)
    return _by_gnupg(done)


def _programs(git: Git, env: Mapping[str, str] | None) -> list[str]:
    """What verifies, and whose keys count, by the user's own configuration: a repository is not
    asked which program is to say that its tags are good."""
    argv = ("config", "--show-scope", "--null", "--get-regexp", r"^gpg\.")
    words = git.run(*argv, env=env).stdout.decode("utf-8", "surrogateescape").split("\0")
    own: dict[str, str] = {}
    for scope, pair in zip(words[::2], words[1::2], strict=False):
        name, _, value = pair.partition("\n")
        if scope in ("system", "global", "command"):
            own[name] = value
    pgp = own.get("gpg.openpgp.program") or own.get("gpg.program") or "gpg"
    chosen = {
        "gpg.program": pgp,
        "gpg.openpgp.program": pgp,
        "gpg.x509.program": own.get("gpg.x509.program") or "gpgsm",
        "gpg.ssh.program": own.get("gpg.ssh.program") or "ssh-keygen",
        "gpg.ssh.allowedSignersFile": own.get("gpg.ssh.allowedsignersfile") or os.devnull,
        "gpg.ssh.revocationFile": own.get("gpg.ssh.revocationfile") or os.devnull,
        "gpg.minTrustLevel": own.get("gpg.mintrustlevel") or "undefined",
    }
    return [word for name, value in chosen.items() for word in ("-c", f"{name}={value}")]


def _by_gnupg(done: Result) -> Signature:
    said = {name: rest or "" for name, rest in reversed(_STATUS.findall(done.stderr))}
    for name, trust in _BY_STATUS:
        if name in said:
            key, _, signer = said[name].partition(" ")
            if trust in (Trust.UNVERIFIED, Trust.UNKNOWN_KEY):
                signer = ""
            if trust is Trust.GOOD and (done.code or any(one in said for one in _UNTRUSTED)):
                return Signature(Trust.UNVERIFIED, _shown(signer), key, "its key is not trusted")
            return Signature(trust, _shown(signer), _shown(key), _WORDS.get(name, ""))
    return Signature(Trust.UNVERIFIED, words=_last(done.stderr))


def _by_ssh(done: Result) -> Signature:
    said = done.stderr + "\n" + done.stdout.decode("utf-8", "replace")
    found = _SSH_GOOD.search(said)
    if found and found[1] and not done.code:
        return Signature(Trust.GOOD, _shown(found[1]), _shown(found[3]))
    if found:
        return Signature(Trust.UNKNOWN_KEY, key=_shown(found[3]))
    if "ncorrect signature" in said or "not verify signature" in said:
        return Signature(Trust.BAD)
    return Signature(Trust.UNVERIFIED, words=_last(said))


def _shown(text: str) -> str:
    return visible_line(text)[:200].strip()


def _last(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    told = [line for line in lines if not line.startswith("[GNUPG:]")]
    return _shown((told or ["git could not verify it"])[-1])
