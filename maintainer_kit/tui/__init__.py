# SPDX-License-Identifier: GPL-2.0-or-later
"""The screens: queue and topic. Only this package knows Textual and Rich."""
