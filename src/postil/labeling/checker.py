"""The one check of a config, for saving and for the editor.

Errors are what the server refuses: a config that other servers of this API take is never refused here. Everything
else that would disturb labeling (unknown tags, values of the wrong type, links to the wrong object) is a warning.
Codes are stable; the TypeScript checker gives the same for `fixtures/config`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from postil.labeling.checks.attributes import check_attributes
from postil.labeling.checks.links import check_links
from postil.labeling.checks.places import check_places
from postil.labeling.checks.required import check_required
from postil.labeling.checks.speeds import check_speeds
from postil.labeling.config import ConfigError, LabelConfig, parse_config
from postil.labeling.problems import Problem
from postil.labeling.text_cache import cached_by_text

MAX_PROBLEMS = 200  # of each check; a person mends the first ones first

Check: TypeAlias = Callable[[LabelConfig], Iterator[Problem]]
REFUSING: tuple[Check, ...] = (check_required, check_links, check_speeds)
CHECKS: tuple[Check, ...] = (*REFUSING, check_places, check_attributes)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found. `config` is `None` if the text is no config at all."""

    config: LabelConfig | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> list[Problem]:
        """The problems that keep the config from being saved, in the order in which they should be told."""
        return [problem for problem in self.problems if problem.severity == "error"]

    @property
    def is_savable(self) -> bool:
        """Whether the config may be stored."""
        return not self.errors


@cached_by_text
def check_config(source: str) -> CheckResult:
    """Return the config in `source` and everything that is wrong with it; never raises."""
    try:
        config = parse_config(source)
    except ConfigError as error:
        return CheckResult(None, (error.problem,))
    return CheckResult(config, tuple(problem for check in CHECKS for problem in _first_problems(check, config)))


def _first_problems(check: Check, config: LabelConfig) -> list[Problem]:
    """Return the first problems of a check; an error is never crowded out by warnings."""
    problems = list(islice(check(config), MAX_PROBLEMS))
    if len(problems) == MAX_PROBLEMS and check in REFUSING and all(p.severity == "warning" for p in problems):
        problems += islice((p for p in check(config) if p.severity == "error"), 1)
    return problems


def require_config(source: str) -> LabelConfig:
    """Return the config in `source`; raises `ConfigError` with the first error if it may not be stored."""
    result = check_config(source)
    if result.config is None or result.errors:
        raise ConfigError(result.errors[0])
    return result.config
