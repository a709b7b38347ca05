# SPDX-License-Identifier: GPL-2.0-or-later
"""The screens: queue and topic. Only this package knows Textual and Rich."""

import os

# Textual draws at ticks of this many in a second, and only where something changed: at its 60 what
# a key did is seen up to two ticks, 33 ms, later than it could be. Read when Textual is imported.
os.environ.setdefault("TEXTUAL_FPS", "250")
