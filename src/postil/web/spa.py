"""The one page of the application: the built index with a nonce on its scripts."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from postil.infra.middleware import DEV_SERVER, csp_nonce

NOT_BUILT = """<!doctype html><html lang="en"><title>Postil</title>
<p>The pages of this installation were not built. Run <code>make start</code>, or install a released package.</p></html>
"""
DEV_PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Postil (development)</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<script type="module">
import refresh from '{DEV_SERVER}/@react-refresh'
refresh.injectIntoGlobalHook(window)
window.$RefreshReg$ = () => {{}}
window.$RefreshSig$ = () => (type) => type
window.__vite_plugin_react_preamble_installed__ = true
</script>
<script type="module" src="{DEV_SERVER}/@vite/client"></script>
<script type="module" src="{DEV_SERVER}/src/app/main.tsx"></script>
</head><body><div id="root"></div></body></html>
"""


def page(request: HttpRequest, **_path: str) -> HttpResponse:
    """Return the application's page; its cookie `csrftoken` lets it write with a session."""
    get_token(request)
    text = DEV_PAGE if settings.CONFIG.dev else _index(Path(settings.STATIC_ROOT) / "app" / "index.html")
    nonce = csp_nonce(request)
    return HttpResponse(text.replace("<script", f'<script nonce="{nonce}"'))


@lru_cache(maxsize=4)
def _read(path: Path, _changed_ns: int) -> str:
    return path.read_text(encoding="utf-8")


def _index(path: Path) -> str:
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return NOT_BUILT
