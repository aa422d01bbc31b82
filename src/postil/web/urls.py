"""Addresses outside the packages: the API, files, health, and the application's pages."""

from importlib import import_module

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path

from postil.accounts import pages as accounts_pages
from postil.core.errors import NotFound
from postil.infra.http import error_response
from postil.web import health, openapi, spa
from postil.web.api import api

PAGES = r"^(?:projects/.*|welcome/|organization/.*|account/.*|user/login/|user/signup/)?$"


def not_found(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an unknown address in our error body."""
    return error_response(NotFound())


def _optional(module: str) -> list[URLPattern | URLResolver]:
    try:
        return list(import_module(module).urlpatterns)
    except ImportError:
        return []


handler404 = not_found
accounts_pages.show(spa.page)
urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health.health),
    path("version/", health.version),
    path("docs/api/", openapi.reference_page),
    path("api/", api.urls),
    *accounts_pages.urlpatterns,
    *_optional("postil.web.media"),
    re_path(PAGES, spa.page),
]
