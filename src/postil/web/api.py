"""The API: every package's routes in one place, checked before the server starts."""

from collections.abc import Iterable

from ninja import NinjaAPI, Router
from ninja.operation import PathView

import postil
from postil.accounts import api as accounts
from postil.accounts.access import declared
from postil.datamanager import api as datamanager
from postil.exports import api as exports
from postil.imports import api as imports
from postil.infra.http import AnyBodyParser, OrjsonRenderer, install
from postil.labels import api as labels
from postil.ml import api as ml
from postil.projects import api as projects
from postil.quality import api as quality
from postil.storages import api as storages
from postil.tasks import api as tasks
from postil.web import openapi, system_api
from postil.webhooks import api as webhooks

ROUTERS = (
    system_api.router,
    accounts.router,
    projects.router,
    tasks.router,
    labels.router,
    datamanager.router,
    imports.router,
    exports.router,
    quality.router,
    webhooks.router,
    ml.router,
    storages.router,
)


class UndeclaredRouteError(Exception):
    """A route does not say who may call it."""


def flat(router: Router) -> Iterable[Router]:
    """Yield a router and those that were added to it, all under the same prefix."""
    yield router
    for _prefix, child, _tags in router._routers:
        yield from flat(child)


def merge(parts: Iterable[Router]) -> Router:
    """Return one router with the routes of all: packages may serve different methods of one path.

    Raises `UndeclaredRouteError` for a handler without `needs` or `public`.
    """
    whole = Router()
    for part in (child for given in parts for child in flat(given)):
        for path, view in part.path_operations.items():
            merged = whole.path_operations.setdefault(path, PathView())
            for operation in view.operations:
                if not declared(operation.view_func)[0]:
                    name = f"{operation.view_func.__module__}.{operation.view_func.__name__}"
                    raise UndeclaredRouteError(f"{name} ({path}) must be declared with `needs` or `public`.")
                operation.tags = operation.tags or part.tags
                merged.operations.append(operation)
    return whole


def build_api(parts: Iterable[Router]) -> NinjaAPI:
    """Return the assembled API."""
    made = NinjaAPI(
        title="Postil",
        version=postil.__version__,
        description="Label Studio's API, spoken by Postil.",
        docs_url=None,
        openapi_url=None,
        urls_namespace="api",
        parser=AnyBodyParser(),
        renderer=OrjsonRenderer(),
    )
    install(made)
    made.add_router("", merge(parts))
    return made


api = build_api(ROUTERS)
openapi.describe(api)
