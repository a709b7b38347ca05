# SPDX-License-Identifier: GPL-2.0-or-later
"""Archives behind a server: what is asked, and what may come back."""
