"""Roles and their order."""

from django.db import models


class Role(models.TextChoices):
    """From the least to the most: a role may do all that the roles before it may."""

    ANNOTATOR = "annotator"
    REVIEWER = "reviewer"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"
    OWNER = "owner"

    @property
    def rank(self) -> int:
        """Position in the order of roles; greater may do more."""
        return _RANKS[self.value]

    def covers(self, other: "Role") -> bool:
        """Whether this role may do everything that `other` may."""
        return self.rank >= other.rank


_RANKS = {role.value: position for position, role in enumerate(Role)}
