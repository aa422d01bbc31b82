"""What can be wrong with a config, in words and with a place."""

from dataclasses import asdict, dataclass
from typing import Literal, TypeAlias

from postil.core.errors import Invalid

Severity: TypeAlias = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a config. An `error` keeps the config from being saved, a `warning` is only shown.

    `line` and `column` count from 1 and point at the `<` of the tag.
    """

    severity: Severity
    code: str
    message: str
    line: int = 1
    column: int = 1
    tag: str = ""
    attribute: str = ""

    def as_dict(self) -> dict[str, str | int]:
        """Return the form the API gives."""
        return asdict(self)


class ConfigError(Invalid):
    """The text is not a config. `problem` says why and where."""

    code = "invalid_label_config"

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.message, fields={"label_config": [problem.message]})
