"""What clients send and get: bodies and forms made from the parameters of each provider."""

from datetime import datetime
from typing import Any, cast

from pydantic import Field, create_model, field_validator
from pydantic_core import PydanticUndefined

from postil.core.clock import iso
from postil.formats.exporters import EXPORTERS
from postil.infra.bodies import Body
from postil.storages import shapes
from postil.storages.actions import StorageFields
from postil.storages.doctor import TITLES, Diagnosis
from postil.storages.provider import StoredObject
from postil.storages.providers import PROVIDERS
from postil.storages.stores import install_command, is_installed, provider_of

MAX_TTL_MINUTES = 7 * 24 * 60
MAX_PREVIEW = 1_000
LONGEST_PAUSE_MINUTES = 366 * 24 * 60


class CommonIn(Body):
    """What every storage may be given."""

    title: str | None = Field(None, max_length=256)
    description: str | None = Field(None, max_length=10_000)
    regex_filter: str | None = Field(None, max_length=1_000)
    use_blob_urls: bool | None = None
    sync_every: int | None = Field(None, ge=0, le=LONGEST_PAUSE_MINUTES)
    synchronizable: bool | None = None


class SourceIn(CommonIn):
    """A source."""

    presign: bool | None = None
    presign_ttl: int | None = Field(None, ge=1, le=MAX_TTL_MINUTES)
    recursive_scan: bool | None = None


class TargetIn(CommonIn):
    """A target."""

    can_delete_objects: bool | None = None
    export_format: str | None = Field(None, max_length=64)

    @field_validator("export_format")
    @classmethod
    def known(cls, name: str | None) -> str | None:
        """Refuse formats that do not exist."""
        if name and name not in EXPORTERS:
            raise ValueError(f'"{name}" is not a valid choice.')
        return name


def patch_body(kind: str, *, is_target: bool) -> type[Body]:
    """Return the body of a change: everything may be left out."""
    fields: dict[str, Any] = {}
    for name, info in provider_of(kind).params.model_fields.items():
        fields[name] = (info.annotation | None, None)  # type: ignore[operator]  # types of fields can be joined
    base = TargetIn if is_target else SourceIn
    return create_model(_name(kind, is_target, "Patch"), __base__=base, **fields)


def create_body(kind: str, *, is_target: bool) -> type[Body]:
    """Return the body of a new storage; the provider says itself what of its own is missing."""
    return create_model(_name(kind, is_target, ""), __base__=patch_body(kind, is_target=is_target), project=(int, ...))


def check_body(kind: str, *, is_target: bool) -> type[Body]:
    """Return the body of a check: of a new storage, or of a stored one by `id`, whose secrets fill the blanks."""
    base = patch_body(kind, is_target=is_target)
    limit: Any = (int | None, Field(None, ge=1, le=MAX_PREVIEW))
    return create_model(
        _name(kind, is_target, "Check"), __base__=base, project=(int | None, None), id=(int | None, None), limit=limit
    )


def _name(kind: str, is_target: bool, end: str) -> str:
    return f"{kind.title()}{'Target' if is_target else 'Source'}{end}In"


def given(kind: str, payload: Body) -> StorageFields:
    """Return what was sent, the provider's own parameters under `params`."""
    sent = payload.dict(exclude_unset=True, exclude={"project", "id", "limit"})
    own = set(provider_of(kind).params.model_fields)
    fields: Any = {name: value for name, value in sent.items() if name not in own}
    fields["params"] = {name: value for name, value in sent.items() if name in own}
    return fields  # type: ignore[no-any-return]  # the schemas have these keys


def types_json(*, is_target: bool, with_forms: bool) -> list[shapes.StorageType]:
    """Return every kind, with its form if asked."""
    if with_forms:
        return [type_json(kind, is_target=is_target) for kind in PROVIDERS]
    return [{"name": kind, "title": provider_of(kind).title} for kind in PROVIDERS]


def type_json(kind: str, *, is_target: bool) -> shapes.StorageType:
    """Return a kind with its form."""
    provider = provider_of(kind)
    there = is_installed(provider)
    return {
        "name": kind,
        "title": provider.title,
        "note": provider.note,
        "is_available": there,
        "install": None if there else install_command(provider),
        "fields": fields_json(kind, is_target=is_target),
    }


def form_json(kind: str, *, is_target: bool) -> list[shapes.StorageFormRow]:
    """Return the form in rows. LS: the layout of its own pages."""
    rows: list[shapes.StorageFormRow] = []
    for field in fields_json(kind, is_target=is_target):
        kind_of_input = {"secret": "password", "boolean": "toggle", "multiline": "textarea"}.get(
            field["type"], field["type"]
        )
        shown: shapes.ShownField = {
            **field,
            "type": kind_of_input,
            "label": field["title"],
            "description": field["help"],
        }
        rows.append({"columnCount": 1, "fields": [shown]})
    return rows


def fields_json(kind: str, *, is_target: bool) -> list[shapes.Field]:
    """Return the fields of a form: title, the provider's own, and those of all storages."""
    own = [_own_field(name, info) for name, info in provider_of(kind).params.model_fields.items()]
    common = _target_fields() if is_target else _source_fields(provider_of(kind).can_presign)
    return [_field("title", "Title", "text", "place"), *own, *common, _schedule()]


def _own_field(name: str, info: Any) -> shapes.Field:
    extra = info.json_schema_extra
    plain = str(info.annotation)
    shape = "number" if "int" in plain else "boolean" if "bool" in plain else "text"
    if extra["multiline"]:
        shape = "multiline"
    elif extra["secret"]:
        shape = "secret"
    default = None if info.default is PydanticUndefined else info.default
    return _field(
        name,
        info.title,
        shape,
        extra["section"],
        required=info.is_required(),
        default=default,
        help=extra["help"],
        placeholder=extra["placeholder"],
        is_secret=extra["secret"],
    )


def _source_fields(can_presign: bool) -> list[shapes.Field]:
    fields = [
        _field(
            "regex_filter", "File filter", "text", "content",
            help="Regular expression on the key; empty takes everything.", placeholder=r".*\.(jpe?g|png)$",
        ),
        _field(
            "use_blob_urls", "Treat every object as a source file", "boolean", "content", default=False,
            help="Each object becomes a task that shows it. Off: objects are files of tasks (JSON, JSONL, Parquet).",
        ),
        _field(
            "recursive_scan", "Scan folders inside", "boolean", "content", default=False,
            help="Off: only objects directly below the prefix.",
        ),
    ]  # fmt: skip
    if can_presign:
        fields += [
            _field(
                "presign", "Presigned addresses", "boolean", "content", default=True,
                help="Browsers fetch objects from the storage itself. Off: objects go through this server.",
            ),
            _field("presign_ttl", "Presigned addresses last (minutes)", "number", "content", default=1),
        ]  # fmt: skip
    return fields


def _target_fields() -> list[shapes.Field]:
    formats = [{"value": name, "title": name} for name in EXPORTERS]
    return [
        _field(
            "can_delete_objects", "Delete objects of deleted annotations", "boolean", "content", default=False,
        ),
        _field(
            "export_format", "What is written", "select", "content", default="",
            help="One JSON an annotation is written as soon as it is made; a format is written at each sync.",
            options=[{"value": "", "title": "One JSON an annotation"}, *formats],
        ),
    ]  # fmt: skip


def _schedule() -> shapes.Field:
    return _field(
        "sync_every",
        "Sync every (minutes)",
        "number",
        "sync",
        default=0,
        help="0 means only when somebody asks for it.",
    )


def _field(name: str, title: str, shape: str, section: str, **more: Any) -> shapes.Field:
    named: dict[str, Any] = {"name": name, "title": title, "type": shape, "section": section}
    usual: dict[str, Any] = {
        "required": False,
        "default": None,
        "help": "",
        "placeholder": "",
        "options": [],
        "is_secret": False,
    }
    return cast("shapes.Field", {**named, **usual, **more})


def diagnosis_json(diagnosis: Diagnosis) -> shapes.Diagnosis:
    """Return what the doctor says."""
    steps: list[shapes.Step] = [
        {
            "name": step.name,
            "title": TITLES[step.name],
            "state": step.state,
            "detail": step.detail,
            "fix": step.fix,
            "field": step.about,
        }
        for step in diagnosis.steps
    ]
    return {"ok": diagnosis.ok, "steps": steps, "browser_url": diagnosis.browser_url}


def files_json(files: list[StoredObject], is_cut: bool) -> shapes.StoredFiles:
    """Return a preview. LS: an entry of nulls says that there is more."""
    rows: list[shapes.StoredFile] = [
        {"key": each.key, "last_modified": _seconds(each.modified_at), "size": each.size} for each in files
    ]
    if is_cut:
        rows.append({"key": None, "last_modified": None, "size": None})
    return {"files": rows}


def _seconds(moment: datetime | None) -> str | None:
    return iso(moment.replace(microsecond=0)).replace(".000000Z", "Z") if moment is not None else None
