"""Addresses outside the packages: the API, files, health, and the application's pages."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from postil.accounts import pages as accounts_pages
from postil.core.errors import NotFound
from postil.infra.http import error_response
from postil.web import health, media, objects, openapi, samples, spa
from postil.web.api import api

PAGES = r"^(?:projects/.*|welcome/|organization/.*|account/.*|user/login/|user/signup/)?$"


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an unknown address: people get the application, which says so, programs our error body."""
    is_visited = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
    if is_visited and not request.path.startswith("/api/"):
        page = spa.page(request)
        page.status_code = 404
        return page
    return error_response(NotFound())


handler404 = not_found
accounts_pages.show(spa.page)
urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health.health),
    path("version/", health.version),
    path("metrics/", health.metrics),
    path("docs/api/", openapi.reference_page),
    path("docs/api/schema/json/", openapi.schema_page),
    path("swagger.json", RedirectView.as_view(url="/docs/api/schema/json/")),
    path("samples/time-series.csv", samples.time_series),
    path("samples/paragraphs.json", samples.paragraphs),
    path("api/", api.urls),
    *accounts_pages.urlpatterns,
    *media.urlpatterns,
    *objects.urlpatterns,
    re_path(PAGES, require_safe(spa.page)),
]
