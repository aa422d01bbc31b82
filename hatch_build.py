"""Build hook of the package: a wheel and a source distribution carry the built pages."""

import os
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontendHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own hooks leave it open, too
    """Builds the pages when their sources are here and changed."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build before the files are collected; a source distribution without web sources has them built already."""
        root = Path(self.root)
        if version == "editable" or os.environ.get("POSTIL_SKIP_FRONTEND") or not (root / "frontend/src").is_dir():
            return
        sys.path.insert(0, str(root / "tools"))
        try:
            import build_frontend
        finally:
            sys.path.pop(0)
        if not build_frontend.is_built(root):
            build_frontend.build(root, build_frontend.node_home())
