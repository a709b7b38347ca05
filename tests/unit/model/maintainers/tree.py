# SPDX-License-Identifier: GPL-2.0-or-later
"""A MAINTAINERS file of an imaginary project, for the tests of this room."""

from __future__ import annotations

from maintainer_kit.model.maintainers.maintainers import Maintainers, read_maintainers

TEXT = """\
Who looks after the quarry
==========================

\tM: what an indented line says is prose

BLASTING
M:\tAda Author <ada@quarry.example>
R:\tBo B. Reviewer <bo@shale.example>
L:\tblasting@lists.example (moderated for non-subscribers)
S:\tSupported
T:\tgit https://git.example/blasting.git for-next
F:\tblast/
X:\tblast/fuse/
K:\t\\bdetonat(e|or)s?\\b

CARTS
M:\tCy Carter <cy@quarry.example>, Di Driver <di@quarry.example>
L:\tcarts@lists.example (subscribers-only)
L:\trails@lists.example
S:\tMaintained
T:\tgit https://git.example/carts.git
F:\tcarts/wheel*.[ch]
F:\tinclude/carts
N:\t[^a-z]cart

# nobody has touched it for years
FUSES (and wicks)
S:\tOrphan
F:\tblast/fuse/

OLD PAPERS
M:\t"Eve E. Elder" <eve@papers.example>
S:\tOdd Fixes
F:\tpapers/*/map?.rst

QUARRY CORE
M:\tAda Author <ada@home.example>
L:\tquarry@lists.example
S:\tMaintained
F:\t*
F:\t*/

THE MOUNTAIN
M:\tThe Chief <chief@mountain.example>
S:\tBuried alive in reporters
L:\teverybody@lists.example
F:\t*
F:\t*/
"""


def quarry() -> Maintainers:
    """The sections of that file."""
    return read_maintainers({"MAINTAINERS": TEXT})
