# SPDX-License-Identifier: GPL-2.0-or-later
"""What sentences of a reply claim: that a new version comes, that it is applied, taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from maintainer_kit.model.message.greeting import is_greeting
from maintainer_kit.model.message.message import Says

# Begins with what is searched for, so that the search is quick.
_SENTENCES = re.compile(r"[\s](?:(?<=[.!?]\s)\s*|(?<=\n))")
_CLAUSES = re.compile(r"[,;:] |(?:^| )\(|--? | \u2014 ")
_STOPS = (", ", "; ", ": ", "(", "- ", "\u2014")

_I_WILL = r"(?:i'?ll|i will|we'?ll|we will|let me|i'?m going to|i am going to)"
_CHANGES = (
    r"(?:fix|send|respin|re-?send|re-?spin|update|address|change|drop|rework|do so|do that|do it|"
    r"post|add|remove|split|rename|repost|correct|resolve|refine|revise|rebase|clean|improve|"
    r"adjust|modify|rewrite|simplify|move|use|squash|convert|replace|make|follow up|submit|"
    r"prepare|redo)\b"
)
_WILL = re.compile(
    rf"\b{_I_WILL} (?!you\b)(?:\w+ ){{0,3}}?{_CHANGES}|\b(?:and|ok|yes) will (?:\w+ )?{_CHANGES}"
    r"|\bwill do\b"
)
_COMES = re.compile(
    r"\b(?:in (?:(?:the|my|a) )?(?:next|new|later|following)|for (?:the )?next) "
    r"(?:version|revision|spin|round|series|submission)\b|\b(?:in|for|as) v\d+\b(?![.\d])"
    r"|\bv\d+ (?:is )?(?:coming|soon|on its way|tonight|tomorrow|today|this|next|at the)\b"
    r"|\bfixed (?:in v\d|locally|up)\b|\bgood catch\b|\bmy bad\b"
)
_WILL_SIGNS = ("will", "'ll", "let me", "going to", "ill ")
_COMES_SIGNS = (
    *("next", "new ", "later", "following", "fixed", "good catch", "my bad"),
    *(" v", "v1", "v2", "v3", "v4"),
)
_AGREED = re.compile(
    rf"(?:will|would) (?!you\b)(?:\w+ ){{0,2}}?{_CHANGES}|(?:done|fixed|updated|agreed|makes sense|"
    r"good (?:point|idea)|you(?:'re| are) (?:absolutely |totally )?right)\b"
)
_LOOK = (
    r"(?:look|review|test|try|read|have a look|take a look|get to|get back|think|check|measure|"
    r"investigate|experiment|benchmark|debug|dig|find out|verify|run|play with|apply|queue|pick|"
    r"merge|take (?:it|this|them|these))\b"
)
_WILL_LOOK = re.compile(rf"\b{_I_WILL} (?:\w+ ){{0,2}}?{_LOOK}")
_LOOK_LATER = re.compile(rf"will (?!you\b)(?:\w+ ){{0,2}}?{_LOOK}")
_YES = re.compile(
    r"(?:sure|ok|okay|yes|yeah|yep)\b.{0,40}?"
    r"\b(?:this week|next week|tomorrow|today|tonight|soon|later|weekend|monday)\b"
)
_APPLY = r"(?:applied|queued|merged|pushed|pulled|picked(?: (?:this|it|them))? up|folded)\b"
_INTO = (
    r"(?:added|taken) (?:it |this |them )?(?:in)?to \S{0,40} ?(?:tree|branch|queue|\S{0,20}next)\b"
)
# Said of a copy to try it with.
_TRIED = r"(?!.{0,120}\b(?:fails?|rebuilt|locally|0day)\b)"
_NOT_MINE = rf"(?! ?-?(?:on top|cleanly|against|on v?\d|for testing)\b){_TRIED}"
_IS_APPLIED = re.compile(
    r"\W*(?:(?:thanks?|all|and|already|both|two|three|patch(?:es)?|backports|series|these|this|"
    rf"are|is|now|i|have|i've)\s){{0,4}}(?:{_APPLY}|{_INTO}){_NOT_MINE}"
)
_I_APPLIED = re.compile(rf"\bi(?:'ve| have)?(?: just| already| now)? {_APPLY}{_NOT_MINE}")
_APPLIED_SIGNS = (
    "added",
    "taken",
    "applied",
    "queued",
    "merged",
    "pushed",
    "pulled",
    "picked",
    "folded",
)

_SERIES = (
    r"(?:the |my |this |these |that )?(?:whole |entire )?"
    r"(?:patch(?:es|sets?| series)?|series|set|thread|submission|mails?|e-?mails?|v\d+|one)\b"
)
_WITHDRAWN = re.compile(
    r"\b(?:please|pls|kindly|just|can|so)(?: just| simply)? "
    r"(?:ignore|disregard|drop|discard|skip|forget(?: about)?) "
    rf"(?:{_SERIES}|(?:it|this|them|these) ?(?:[.!]|$))"
    r"|\b(?:please |just |so )?(?:ignore|disregard|forget(?: about)?) (?:the|this|my) changes?\b"
    rf"|\b{_I_WILL[:-1]}|i am|i'?m|i plan to|i'd like to) (?:\w+ ){{0,2}}?"
    rf"(?:drop|withdraw|abandon|discard)(?:ing)? {_SERIES}"
    rf"|^(?:ignore|disregard|drop|withdraw|abandon)(?:ping|ing)? (?:this|the|my) {_SERIES}"
    r"|\bself[- ]?na[c]?k(?:ed)?\b|\b(?:is|been|was|are) (?:now )?superseded by\b"
    r"|^superseded (?:by|with)\b|\bsupersedes? this (?:patch|series)\b"
)
_WITHDRAWN_SIGNS = (
    *("ignore", "disregard", "drop", "discard", "skip", "forget", "withdraw", "abandon"),
    *("self", "supersede"),
)
_SIGNS = tuple(
    dict.fromkeys(
        (
            *(*_WILL_SIGNS, *_COMES_SIGNS, *_APPLIED_SIGNS, *_WITHDRAWN_SIGNS),
            *("would", "done", "updated", "agreed", "makes sense", "good ", "right"),
            *("sure", "ok", "yes", "yeah", "yep"),
        )
    )
)
"""Without one of these a sentence claims nothing: most are told by that."""
_PING = re.compile(
    r"(?:(?:hi|hello)(?: \w+)? )?(?:(?:so|just|only|another|a|this is|again) )*"
    r"(?:(?:gentle|friendly|kindly|kind|polite|quick|weekly) )*"
    r"(?:ping|bump|reminder|nudge)(?:ing)?\b(?! (?:the|this version|for this bug)\b)"
)
_ASKS_ON = re.compile(
    r"\bany (?:\w+ )?(?:update|news|comment|feedback|thought|progress|opinion|review|interest)s?\b"
    r"|\b(?:could|can|would) (?:you|someone|anyone|somebody|anybody) (?:please )?"
    r"(?:help )?(?:to )?(?:review|take a look|have a look|pick|apply|merge)\b"
    r"|\bslipped through\b"
)
_ASKING_SIGNS = ("ping", "bump", "reminder", "nudg", "any ", "could ", "can ", "would ", "slipped")
_PING_WORDS = 60

_WHOLE = re.compile(
    r"\b(?:both|all|series|set|patchset|patches|everything|them|these|those|whole|thread|v\d+)\b"
)
_HENCEFORTH = re.compile(r"\b(?:in (?:the )?future|next time|from now on)\b")
_HENCEFORTH_SIGNS = ("future", "next time", "from now on")
_ONCE_SIGNS = ("if", "unless", "once", "when", "after you", "until", "as soon as")
_IF = re.compile(r"\b(?:if|unless)\b")
_ONCE = re.compile(r"\b(?:if|unless|once|when|after you|until|as soon as)\b")


def claims_of(said: str) -> set[Says]:
    """What a text claims that has a paragraph in each line."""
    low = said.lower().replace("\u2019", "'")
    found: set[Says] = set()
    signs = [sign for sign in _SIGNS if sign in low]
    for sentence in _SENTENCES.split(low) if signs else ():
        if not sentence.endswith("?") and _holds_any(signs, sentence):
            found.update(_claims(sentence))
    is_short = _holds_any(_ASKING_SIGNS, low) and len(low.split(None, _PING_WORDS)) < _PING_WORDS
    if is_short and _asks_on(low):
        found.add(Says.PING)
    return found


def sentence_that(said: str, claim: Says) -> str:
    """The first sentence of such a text that claims something, as it stands there; empty where none
    does."""
    for sentence in _SENTENCES.split(said):
        low = sentence.lower().replace("\u2019", "'")
        if not low.endswith("?") and claim in _claims(low):
            return sentence.strip()
    return ""


def _claims(sentence: str) -> Iterator[Says]:
    clauses = _clauses(sentence)
    if _holds_any(_APPLIED_SIGNS, sentence) and _says_applied(sentence, clauses):
        yield Says.APPLIED
        if _WHOLE.search(sentence):
            yield Says.WHOLE
    if _holds_any(_HENCEFORTH_SIGNS, sentence) and _HENCEFORTH.search(sentence):
        return
    if _holds_any(_ONCE_SIGNS, sentence) and _ONCE.search(sentence):
        if not _IF.search(sentence) and _promises(sentence, clauses):
            yield Says.PROMISE
        return
    if _promises(sentence, clauses):
        yield Says.PROMISE
    if _will_look(sentence, clauses):
        yield Says.WILL_LOOK
    if _holds_any(_WITHDRAWN_SIGNS, sentence) and _WITHDRAWN.search(sentence):
        yield Says.WITHDRAWN
        if _WHOLE.search(sentence):
            yield Says.WHOLE


def _clauses(sentence: str) -> list[str]:
    parts = _CLAUSES.split(sentence) if _holds_any(_STOPS, sentence) else [sentence]
    return [clause.strip(" -*+\"'") for clause in parts]


def _holds_any(signs: Sequence[str], sentence: str) -> bool:
    for sign in signs:  # noqa: SIM110 -- any() of a generator takes three times as long
        if sign in sentence:
            return True
    return False


def _promises(sentence: str, clauses: Sequence[str]) -> bool:
    if any(map(_AGREED.match, clauses)):
        return True
    if _holds_any(_WILL_SIGNS, sentence) and _WILL.search(sentence):
        return True
    return _holds_any(_COMES_SIGNS, sentence) and _COMES.search(sentence) is not None


def _will_look(sentence: str, clauses: Sequence[str]) -> bool:
    if _YES.match(sentence) or any(map(_LOOK_LATER.match, clauses)):
        return True
    return _holds_any(_WILL_SIGNS, sentence) and _WILL_LOOK.search(sentence) is not None


def _says_applied(sentence: str, clauses: Sequence[str]) -> bool:
    """Only what begins a sentence, or follows on a word of thanks: "the patches are from the list,
    applied on master" is none."""
    for clause in clauses:
        if _IS_APPLIED.match(clause):
            return True
        if not is_greeting(clause):
            break
    return _I_APPLIED.search(sentence) is not None


def _asks_on(said: str) -> bool:
    if any(_PING.match(clause) for line in said.split("\n") for clause in _CLAUSES.split(line)):
        return True
    return _ASKS_ON.search(said) is not None
