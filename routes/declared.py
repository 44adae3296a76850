"""Every route's audience. The gate refuses what is not declared here."""

from data.access import Audiens

DECLARED: dict[str, Audiens] = {}
"""Audience by Flask endpoint name."""
