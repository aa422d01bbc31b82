"""What a person may set as hotkeys: `{"section:action": {"key": "ctrl+enter", "active": true}}`."""

from typing import Any

MAX_HOTKEYS = 500
MAX_LENGTH = 100


def problems_of(hotkeys: Any) -> list[str]:
    """Return what is wrong with custom hotkeys, in sentences; nothing if they can be stored."""
    if not isinstance(hotkeys, dict):
        return ["custom_hotkeys must be a dictionary"]
    if len(hotkeys) > MAX_HOTKEYS:
        return [f"At most {MAX_HOTKEYS} hotkeys can be set"]
    found = []
    for action, setting in hotkeys.items():
        found.extend(_problems_of_one(action, setting))
    return found


def _problems_of_one(action: str, setting: Any) -> list[str]:
    section, colon, name = action.partition(":")
    if not (section and colon and name) or len(action) > MAX_LENGTH:
        return [f"Action key '{action[:MAX_LENGTH]}' must be in 'section:action' format"]
    if not isinstance(setting, dict):
        return [f"Configuration for '{action}' must be a dictionary"]
    key = setting.get("key")
    if "key" not in setting:
        return [f"Configuration for '{action}' is missing 'key'"]
    if key is not None and (not isinstance(key, str) or not key.strip() or len(key) > MAX_LENGTH):
        return [f"Key for '{action}' must be a non-empty string"]
    if "active" in setting and not isinstance(setting["active"], bool):
        return [f"'active' of '{action}' must be true or false"]
    return []
