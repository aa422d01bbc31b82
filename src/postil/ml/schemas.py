"""Label Studio's shape of model servers."""

from typing import Any

from pydantic import Field, field_validator

from postil.infra.bodies import Body
from postil.ml.actions import BackendFields
from postil.ml.models import AuthMethod


class MlBackendPatch(Body):
    url: str | None = Field(None, max_length=2048)
    title: str | None = Field(None, max_length=500)
    description: str | None = None
    is_interactive: bool | None = None
    auth_method: AuthMethod | None = None
    basic_auth_user: str | None = Field(None, max_length=500)
    basic_auth_pass: str | None = Field(None, max_length=500)
    extra_params: Any = None
    timeout: float | None = Field(None, gt=0, le=600)
    auto_update: bool | None = None
    model_version: str | None = Field(None, max_length=500)

    @field_validator("auth_method", mode="before")
    @classmethod
    def empty_means_none(cls, method: object) -> object:
        return method or AuthMethod.NONE


class MlBackendIn(MlBackendPatch):
    url: str = Field(max_length=2048)
    project: int


class InteractiveIn(Body):
    task: int
    context: dict[str, Any] | None = None


def given(payload: MlBackendPatch) -> BackendFields:
    """Return what was sent; null means "as it was"."""
    sent = payload.dict(exclude_unset=True, exclude={"project"})
    return {name: value for name, value in sent.items() if value is not None}  # type: ignore[return-value]  # the schema has these keys
