"""Every route that takes an object refuses a list or a single value, and says so."""

import pytest

from postil.infra.bodies import Body
from postil.web.api import api


def body_models():
    """Yield the name and schema of every body that a route takes."""
    for _prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                for model in operation.models:
                    for name, field in model.model_fields.items():
                        kind = field.annotation
                        if getattr(model, "__ninja_param_source__", "") == "body" and isinstance(kind, type):
                            yield f"{operation.view_func.__name__} {path} {name}", kind


@pytest.mark.parametrize(("route", "kind"), list(body_models()))
def test_a_body_with_optional_fields_is_an_object_or_nothing(route, kind):
    if not hasattr(kind, "model_fields") or any(field.is_required() for field in kind.model_fields.values()):
        return
    assert issubclass(kind, Body), f"{route}: {kind.__name__} must be a Body, or a list counts as no fields"
