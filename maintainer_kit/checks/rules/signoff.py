# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about the chain of sign-offs."""

from __future__ import annotations

from collections.abc import Iterator

from maintainer_kit.checks.assistants import is_assistant, is_bot
from maintainer_kit.checks.context import Look
from maintainer_kit.checks.example import ADA, BO, GOOD, ROBIN
from maintainer_kit.checks.finding import Fix, Hit, Severity
from maintainer_kit.checks.patch import Origin, Patch
from maintainer_kit.checks.placed_trailers import PlacedTrailer
from maintainer_kit.checks.rule import patch_rule
from maintainer_kit.checks.signers import (
    SIGNED,
    is_rewritten,
    is_same,
    named_in,
    plain,
    resembles,
    sign_offs,
)
from maintainer_kit.checks.sources import CODING_ASSISTANTS, submitting_patches
from maintainer_kit.checks.trailer_edits import at_name, at_trailer, at_value, moved, shown
from maintainer_kit.checks.trailer_names import meant_by
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.names import name_keys
from maintainer_kit.model.mail.person import Person

_FOLDED = lazy_pattern(r"(?:fixup|squash|amend)! ")
"""It will be a part of another commit."""
_DCO = submitting_patches("sign-your-work-the-developer-s-certificate-of-origin")
_CO_DEVELOPED = submitting_patches("when-to-use-acked-by-cc-and-co-developed-by")


@patch_rule(
    "signoff-missing",
    Severity.ERROR,
    "Nobody has signed the patch off.",
    why="A Signed-off-by: line certifies that its author may pass the change on under the "
    "project's licence (the Developer Certificate of Origin). A maintainer cannot take a patch "
    "without it, however good the code is.",
    fix="Read the certificate, then sign: git commit --amend -s.",
    source=_DCO,
    aliases=("MISSING_SIGN_OFF",),
    passes=GOOD,
    fails=GOOD.with_(trailers=f"Reviewed-by: {BO}"),
)
def signoff_missing(patch: Patch, look: Look) -> Iterator[Hit]:
    if sign_offs(patch) or _FOLDED.match(patch.title):
        return
    slip = next((one for one in patch.trailers if meant_by(one.name) == SIGNED), None)
    if slip:
        words = f"the sign-off is misspelt: '{shown(slip.written)}'"
        fix = Fix("write it as Signed-off-by")
        yield Hit(words, at_name(slip), fix, Severity.WARNING)
        return
    below = any(line.startswith(f"{SIGNED}:") for line in patch.notes[:1000])
    words = "there is no Signed-off-by: line"
    if below:
        words = "the Signed-off-by: stands below '---', where git am drops it"
    # One that is not meant to be applied is often left unsigned on purpose.
    mild = Severity.WARNING if patch.subject.rfc else None
    yield Hit(words, fix=Fix("sign the patch yourself: git commit --amend -s"), severity=mild)


@patch_rule(
    "author-signoff-missing",
    Severity.ERROR,
    "The author has not signed the patch off.",
    why="Others can vouch for the way that a change took through their hands, but only its author "
    "can say where it comes from. Often the author's name in git is not the one in the sign-off, "
    "or a patch of somebody else was sent without its From: line.",
    fix="Have the author sign, or correct the author: git commit --amend --author=....",
    source=_DCO,
    aliases=("NO_AUTHOR_SIGN_OFF",),
    passes=GOOD.with_(trailers="Signed-off-by: Ada Author <ada@home.example>"),
    fails=GOOD.with_(trailers=f"Signed-off-by: {ROBIN}"),
)
def author_signoff_missing(patch: Patch, look: Look) -> Iterator[Hit]:
    signers = [named_in(one) for one in sign_offs(patch)]
    if not signers or not patch.author.address:
        return
    if any(is_same(patch.author, one, look.people) for one in signers):
        return
    if any(resembles(patch.author, one) for one in signers):
        return  # author-signoff-mismatch speaks of it
    mild = Severity.WARNING if is_rewritten(patch, patch.author) else None
    words = f"the author, {shown(str(patch.author))}, has not signed it off"
    yield Hit(words, fix=Fix("the author has to sign, or the From: is wrong"), severity=mild)


@patch_rule(
    "author-signoff-mismatch",
    Severity.WARNING,
    "The author's sign-off has another name or address than the patch.",
    why="What git records as author and what the sign-off says should be one identity: statistics, "
    "mailmaps and lawyers match them by text. A sign-off from another address may also belong to "
    "another employer.",
    fix="Make both the same: git commit --amend --author=..., or set user.name and user.email.",
    source=_DCO,
    aliases=("FROM_SIGN_OFF_MISMATCH",),
    passes=GOOD.with_(trailers='Signed-off-by: "Ada Author" <Ada@quarry.example>'),
    fails=GOOD.with_(trailers="Signed-off-by: Ada Author <ada@home.example>"),
)
def author_signoff_mismatch(patch: Patch, look: Look) -> Iterator[Hit]:
    author = patch.author
    if not author.address or is_rewritten(patch, author):
        return
    signed = sign_offs(patch)
    known = look.people.canonical(author)
    if any(_is_equal(known, look.people.canonical(named_in(one))) for one in signed):
        return
    own = [one for one in signed if _is_authors(author, named_in(one), look)]
    if not own:
        return
    one = own[0]
    signer = named_in(one)
    what, mild = _difference(author, signer)
    words = f"the {what} of the sign-off is not that of the author, {shown(str(author))}"
    fix = Fix("use one identity for both: git commit --amend --author, or user.email")
    yield Hit(words, at_value(patch, one), fix, mild)


def _is_authors(author: Person, signer: Person, look: Look) -> bool:
    return is_same(author, signer, look.people) or resembles(author, signer)


def _is_equal(one: Person, other: Person) -> bool:
    return one.key == other.key and plain(one.name) == plain(other.name)


def _difference(author: Person, signer: Person) -> tuple[str, Severity | None]:
    if author.key == signer.key:
        alike = name_keys(author.name) & name_keys(signer.name)
        return "name", Severity.INFO if alike else None
    if _without_detail(author.key) == _without_detail(signer.key):
        return "subaddress", Severity.INFO
    same = plain(author.name) == plain(signer.name)
    return ("address" if same else "name and address"), None


def _without_detail(address: str) -> str:
    local, at, domain = address.partition("@")
    return local.partition("+")[0] + at + domain


@patch_rule(
    "submitter-signoff",
    Severity.ERROR,
    "Who sends or commits the patch is not the last to sign it off.",
    why="Each who hands a patch on signs below those before: the order of sign-offs is the way "
    "that the change took. The last one is that of whoever sends the mail, or made the commit.",
    fix="Sign it as the last one: git am -s, git cherry-pick -s, or git rebase --signoff.",
    source=_DCO,
    origins=frozenset({Origin.MAIL, Origin.COMMIT, Origin.MESSAGE}),
    passes=GOOD.with_(
        sender=BO,
        body=f"From: {ADA}\n\n{GOOD.body}",
        trailers=f"Signed-off-by: {ADA}\nSigned-off-by: {BO}",
    ),
    fails=GOOD.with_(sender=BO, body=f"From: {ADA}\n\n{GOOD.body}"),
)
def submitter_signoff(patch: Patch, look: Look) -> Iterator[Hit]:
    signed = sign_offs(patch)
    sender = patch.submitter
    if not signed or not sender.address or is_rewritten(patch, sender):
        return
    if _is_authors(sender, named_in(signed[-1]), look):
        return
    verb = "sent" if patch.is_mail else "committed"
    if any(_is_authors(sender, named_in(one), look) for one in signed):
        words = f"the last sign-off is not that of who {verb} it, {shown(str(sender))}"
        fix = Fix("keep sign-offs in the order in which the patch was handed on")
        yield Hit(words, at_value(patch, signed[-1]), fix, Severity.WARNING)
    elif not is_same(sender, patch.author, look.people):  # else it is the author's that lacks
        words = f"who {verb} it, {shown(str(sender))}, has not signed it off"
        # A commit can still be signed when it is sent; an address without a name may be anybody's.
        mild = None if patch.is_mail and sender.name else Severity.WARNING
        yield Hit(words, at_trailer(patch, signed[-1]), Fix("sign below: git am -s"), mild)


@patch_rule(
    "signoff-by-tool",
    Severity.ERROR,
    "A program signs the patch off.",
    why="A sign-off is a legal statement about where the code comes from. Only a person can make "
    "it, and takes the responsibility for all that a tool wrote.",
    fix="Take the line out, sign yourself, and name the tool in Assisted-by: where the project "
    "wants it.",
    source=CODING_ASSISTANTS,
    passes=GOOD.with_(trailers=f"Assisted-by: Claude:claude-opus-4\nSigned-off-by: {ADA}"),
    fails=GOOD.with_(
        trailers=f"Signed-off-by: {ADA}\nSigned-off-by: Claude Code <noreply@anthropic.com>"
    ),
)
def signoff_by_tool(patch: Patch, look: Look) -> Iterator[Hit]:
    for one in sign_offs(patch):
        person = named_in(one)
        if is_assistant(person):
            words = f"'{shown(one.value)}' is a program: it cannot sign off"
            yield Hit(words, at_value(patch, one), Fix("take the line out; sign yourself"))
        elif is_bot(person):
            words = f"'{shown(one.value)}' is a bot: a person has to answer for the patch"
            yield Hit(words, at_value(patch, one), severity=Severity.WARNING)


@patch_rule(
    "codeveloped-signoff",
    Severity.ERROR,
    "A co-author has not signed off just below Co-developed-by:.",
    why="Co-developed-by: says that somebody wrote a part of the change, so their sign-off is "
    "needed as much as the author's; it follows at once, so that it can be seen that it is there.",
    fix="Have each co-author sign, on the line below their Co-developed-by:.",
    source=_CO_DEVELOPED,
    aliases=("BAD_SIGN_OFF",),
    passes=GOOD.with_(trailers=f"Co-developed-by: {BO}\nSigned-off-by: {BO}\nSigned-off-by: {ADA}"),
    fails=GOOD.with_(trailers=f"Co-developed-by: {BO}\nSigned-off-by: {ADA}"),
)
def codeveloped_signoff(patch: Patch, look: Look) -> Iterator[Hit]:
    given = [one for one in patch.named("Co-developed-by") if one.value]
    if not given:
        return
    signed = sign_offs(patch)
    next_signed = {one.index: one for one in signed}
    for one in given[:100]:
        person = named_in(one)
        if is_assistant(person):
            continue  # assisted-by-format speaks of it
        below = next_signed.get(one.index + one.count)
        if is_same(person, patch.author, look.people):
            words = "the author is named as a co-author too"
            yield Hit(words, at_trailer(patch, one), _take_out(), Severity.WARNING)
        elif below is None or not is_same(person, named_in(below), look.people):
            yield _without_own(patch, one, signed, look)


def _take_out() -> Fix:
    return Fix("name as co-authors only the others")


def _without_own(
    patch: Patch, one: PlacedTrailer, signed: tuple[PlacedTrailer, ...], look: Look
) -> Hit:
    person = named_in(one)
    own = next((x for x in signed if is_same(person, named_in(x), look.people)), None)
    if own is None:
        words = f"the co-author {shown(str(person))} has not signed it off"
        return Hit(words, at_trailer(patch, one), Fix("the co-author has to sign just below"))
    words = f"the sign-off of {shown(str(person))} is not on the line below"
    fix = Fix("put Co-developed-by: just above the sign-off", moved(patch, one, own.index))
    return Hit(words, at_trailer(patch, one), fix, Severity.WARNING)
