"""Playback speeds of videos: the one pair of numbers that is checked on saving."""

from collections.abc import Iterator

from postil.labeling.config import LabelConfig, Node
from postil.labeling.problems import Problem

SLOWEST, FASTEST = 0.05, 10.0
SPEEDS = DEFAULT, LOWEST = "defaultPlaybackSpeed", "minPlaybackSpeed"


def check_speeds(config: LabelConfig) -> Iterator[Problem]:
    """Yield what is wrong with the speeds."""
    for node in config.nodes:
        if node.tag == "Video":
            yield from _check(node)


def _check(node: Node) -> Iterator[Problem]:
    speeds: dict[str, float] = {}
    for name in SPEEDS:
        text = node.get(name)
        if not text or text.startswith("$"):
            continue
        speed = _number(text)
        if speed is None:
            yield _problem(node, name, f'{name} must be a number, not "{text}"')
        elif not SLOWEST <= speed <= FASTEST:
            yield _problem(node, name, f"{name} must be between {SLOWEST:g} and {FASTEST:g}, not {text}")
        else:
            speeds[name] = speed
    if len(speeds) == 2 and speeds[LOWEST] > speeds[DEFAULT]:
        yield _problem(node, LOWEST, f"{LOWEST} must not be above {DEFAULT}")


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _problem(node: Node, attribute: str, reason: str) -> Problem:
    message = f'Video "{node.get("name")}": {reason}.'
    return Problem("error", "video_speed", message, node.line, node.column, node.tag, attribute)
