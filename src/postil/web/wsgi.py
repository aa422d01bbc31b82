"""The WSGI application: static files first, everything else by Django."""

import os
import re
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "postil.infra.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from whitenoise import WhiteNoise

from postil.infra.middleware import PLAIN_HEADERS
from postil.infra.slow_bodies import bounded

HASHED = re.compile(r"/assets/.+-[\w-]{8,}\.\w+$")
SAMPLES = Path(__file__).parent / "samples"


def is_immutable(_path: str, url: str) -> bool:
    """Whether the name of a file changes with its content, so that browsers may keep it for ever."""
    return HASHED.search(url) is not None


def add_headers(headers: object, _path: str, _url: str) -> None:
    """Put the security headers on a static file."""
    for name, value in PLAIN_HEADERS.items():
        headers[name] = value  # type: ignore[index] # wsgiref.headers.Headers, as WhiteNoise passes it


def make_application() -> WhiteNoise:
    """Return the application with the built pages and the sample files in front."""
    django_application = get_wsgi_application()
    get_resolver().url_patterns  # noqa: B018 -- a route that breaks a rule stops the start, not the first request
    made = WhiteNoise(
        bounded(django_application),
        max_age=3600,
        immutable_file_test=is_immutable,
        add_headers_function=add_headers,
        allow_all_origins=False,
    )
    static = Path(settings.STATIC_ROOT)
    if static.is_dir():
        made.add_files(str(static), prefix=settings.STATIC_URL)
    if SAMPLES.is_dir():
        made.add_files(str(SAMPLES), prefix=f"{settings.STATIC_URL}samples/")
    return made


application = make_application()
