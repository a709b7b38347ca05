# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether a mail that is neither patch nor answer reports a bug: by its subject, else by signs in
its text that add up. Talk about bugs, and mail that only wants attention, is none."""

from __future__ import annotations

import re

from maintainer_kit.model.message.subject import Subject

_MAX_TEXT = 20_000

# A block in front of the title that says so: [BUG], [bug report], [REGRESSION] (and as misspelt).
_TAG = re.compile(r"(?i)^(?:bugs?|regr?es+ions?|oops|crash|syzbot)$")
# How kernels, sanitizers and compilers call what went wrong; people paste it into the subject.
_NAMED = re.compile(
    r"\b(?:KASAN|KMSAN|KCSAN|UBSAN|KFENCE)\b|\bBUG: |\bkernel BUG\b|\bWARNING(?: in |: )|"
    r"\bINFO: (?:task|rcu|trying|possible)|\w\.[chS]:\d+:\d+: (?:error|warning)|"
    r"(?i:\bgeneral protection fault|\bkernel (?:panic|oops)|\boops\b|\buse-after-free\b|"
    r"\bnull[ -]p(?:oin)?te?r deref|\bnull pointer|\bout-of-bounds\b|\b(?:soft|hard) lockup\b|"
    r"\bdeadlocks?\b|\blockdep splat|\bregressions?\b|\bbuild (?:failure|regression|error)s?\b|"
    r"\bdata corruption\b|\bkernel crash)"
)
_TALK_TAG = re.compile(
    r"(?i)^(?:questions?|rfc|discussion|ann|announce\w*|proposals?|topic|idea|feature|gsoc|fyi)$"
)
_ASKS = re.compile(r"(?i)\?\s*$|^(?:how|question|proposal|discussion|rfc|announc|help)\b|\btopic\b")
_SPLAT = re.compile(
    r"^[ \t]{0,8}(?:\[\s*\d+\.\d+\]\s*)?(?:\[\s*[TC]\d+\]\s*)?"
    r"(?:Call Trace:|BUG: |Oops: |Kernel panic - |kernel BUG at |general protection fault[,:]|"
    r"Unable to handle kernel |unreferenced object 0x|INFO: task \S+ blocked|WARNING: CPU: |"
    r"watchdog: BUG|RIP: 00|==\d+==ERROR: |#regzbot |Reported-by: syzbot)",
    re.MULTILINE,
)
# The signs, with how much each counts: in the subject, in the words, in what was pasted.
_SUBJECT = (
    (
        2,
        r"\bfail(?:s|ed|ures?|ing)?\b|\bcrash(?:es|ed|ing)?\b|\bsegfaults?\b|segmentation fault|"
        r"\bcorrupt(?:ion|ed|s)?\b|\binfinite loop\b|\bhangs?\b|\bhung\b|\bfreezes?\b|\bpanics?\b|"
        r"\bstalls?\b|\bleaks?\b|\boverflows?\b|\bvulnerabilit|\bbroken\b|\bbreaks?\b|\bcannot\b|"
        r"\bcan(?:'t| not)\b|\bunable to\b|\bnot able to\b|\bdoes(?:n't| not)\b|\bnot working\b|"
        r"\bbugs?\b|\bundefined\b|\bunused\b|\bwrong\b|\bincorrect|\bE(?:NO|IO|PERM|INVAL|FAULT)\w*|"
        r"\bperformance (?:drop|loss|degradation)|\bbreakage\b",
    ),
    (
        1,
        r"\bissues?\b|\bproblems?\b|\berrors?\b|\bweird\b|\bstrange\b|\bunexpected|\bnot \w+ed\b|"
        r"\bslow\b|\bwarnings?\b|\bmissing\b|\bgrows\b|\bstuck\b|\blost\b|\bgone\b|\bdark\b|"
        r"\bdisappear|\bstops?\b|\bno longer\b|\binstead of\b|\bafter \w+ing\b",
    ),
)
_WORDS = (
    r"\b(?:is|are|must be|seems? to be|have|hit|hitting|having|found|find|reporting) "
    r"(?:a |an |some |the |two |several |\d+ )?(?:\w+ ){0,2}"
    r"(?:bugs?|issues?|problems?|regressions?|leaks?|trouble|vulnerabilit(?:y|ies))\b"
    r"|\b(?:get|gets|getting|got|see|seeing|throws?|encounter\w*|observed?|notic\w+|experienc\w+) "
    r"(?:\w+ ){0,4}?(?:errors?|crash|failures?|warnings?|hang|corruption|behaviou?r|bug|issue)\b"
    r"|\berror (?:i'm|i am|we're|i was) getting|\bit fails\b|\bfails? (?:with|to|in)\b"
    r"|\bnot (?:be )?able to\b|\bnot work(?:ing)?\b|\b(?:doesn't|does not) work|\bunable to\b"
    r"|\binfinite(?:ly)? loop|\bloops? (?:infinitely|forever)|\bcause a crash|\bincorrectly\b"
    r"|\b(?:run|runs|ran|running) out of (?:memory|space)\b|\buntil (?:the next )?(?:re)?boot\b"
    r"|\bnothing in (?:the )?(?:logs?|dmesg)\b|\bgo(?:es)? (?:dark|dead|wrong)\b|\bstays? stuck\b"
    r"|\bwent wrong\b|\bperformance (?:drop|regression|degradation|loss)|\bregression\b"
)
_OUTPUT = (
    r"^[ \t>*]{0,8}make(?:\[\d+\])?: \*\*\*|^[ \t>*]{0,8}(?:\w{1,40}: )?(?:fatal )?error: "
    r"|\[Error \d+\]|\(core dumped\)"
    r"|\bNo such file or directory|\boperation not (?:permitted|supported)|\bpermission denied"
    r"|\bundefined (?:symbol|reference)|\bmultiple definition of|\binput/output error"
    r"|\bStructure needs cleaning|\bsegmentation fault|\breturn(?:s|ed)? -?E[A-Z]{3,}"
    r"|^warning: \w+ '"
)
_STEPS = r"\bsteps (?:followed|to)\b|\breproduc|^[ \t]{0,8}[#$] [a-z./]|^\S{1,60}@\S{1,60}[$#] "
_VERSION = (
    r"(?<![\d.,])[2-7]\.\d{1,2}(?:\.\d+|-rc\d+)(?![\d%])|\bkernel:? v?\d\.|\buname\b"
    r"|\b(?:on|in|under|since|(?-i:[A-Z][a-z]+)) v?[2-7]\.\d{1,2}(?![\d.%])"
    r"|-utils v?\d|\bv?\d\.\d+\.\d+\b"
)
_CODE = r"\b\w{1,60}_\w{1,60}\(\)|\b[\w/]{1,80}\.(?:c|h|rs|S|dtsi?)\b|\bcommit [0-9a-f]{8,40}\b"


def _compiled(*signs: tuple[int, str]) -> tuple[tuple[int, re.Pattern[str]], ...]:
    return tuple((weight, re.compile(f"(?i)(?m:{pattern})")) for weight, pattern in signs)


_IN_SUBJECT = _compiled(*_SUBJECT)
_IN_WORDS = _compiled((2, _WORDS))
_TECHNICAL = _compiled((2, _OUTPUT), (1, _STEPS), (1, _VERSION), (1, _CODE))
_ENOUGH = 3
_ENOUGH_KINDS = 4
"""Or signs of so many kinds, however light each is."""


def is_named(subject: Subject) -> bool:
    """Whether a block in front of the title calls it a bug or a regression."""
    return any(_TAG.match(tag) for tag in subject.tags)


def names_bug(subject: Subject) -> bool:
    """Whether a subject alone tells that the thread is about a bug."""
    title = subject.title
    return is_named(subject) or (_NAMED.search(title) is not None and not _ASKS.search(title))


def is_complaint(subject: Subject, text: str) -> bool:
    """Whether a mail reports a bug."""
    title = subject.title
    if names_bug(subject):
        return True
    text = text[:_MAX_TEXT]
    if _SPLAT.search(text):
        return True
    if subject.rfc or any(_TALK_TAG.match(tag) for tag in subject.tags):
        return False
    named = _weights(_IN_SUBJECT, title)
    technical = _weights(_TECHNICAL, text)
    if not technical or not (named or sum(technical) > 2):
        return False
    found = [*named[:1], *_weights(_IN_WORDS, text), *technical]
    enough = _ENOUGH if named else 2 * _ENOUGH
    return sum(found) >= enough or (bool(named) and len(found) >= _ENOUGH_KINDS)


def _weights(signs: tuple[tuple[int, re.Pattern[str]], ...], text: str) -> list[int]:
    return [weight for weight, pattern in signs if pattern.search(text)]
