"""Outcomes that are data: a bad item is reported, not raised."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ItemError:
    """One thing that could not be taken.

    `where` is what a person can find again ("line 812", "item 3", "task 17"); `field` names the column or key.
    """

    where: str
    reason: str
    field: str = ""

    def __str__(self) -> str:
        place = f"{self.where}, column `{self.field}`" if self.field else self.where
        return f"{place}: {self.reason}"


@dataclass(slots=True)
class Report:
    """What came of a stream of items. Keeps at most `max_errors` errors and counts the rest."""

    written: int = 0
    skipped: int = 0
    errors: list[ItemError] = field(default_factory=list)
    error_count: int = 0
    max_errors: int = 1_000

    def fail(self, error: ItemError) -> None:
        """Note a bad item."""
        self.error_count += 1
        if len(self.errors) < self.max_errors:
            self.errors.append(error)
