"""Azure Blob Storage."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from postil.core.clock import now
from postil.core.errors import Invalid
from postil.infra.checked_pools import check_endpoint, guard_session
from postil.storages.provider import (
    PAGE,
    POOL_SIZE,
    Bucket,
    Content,
    ObjectGone,
    OutOfRange,
    Params,
    StoredObject,
    StoreFailed,
    endpoint_param,
    folder_of,
    last_byte,
    param,
    prefix_param,
)

CLOCK_SLACK = timedelta(minutes=5)


class AzureParams(Params):
    """What leads to a container."""

    container: str = param(
        ..., "Container", placeholder="my-container", min_length=3, max_length=63, pattern=r"^[a-z0-9$-]+$"
    )
    prefix: str | None = prefix_param("container")
    account_name: str | None = param(
        None, "Account name", section="access", moves=True, secret=True, max_length=64, pattern=r"^[a-z0-9]*$"
    )
    account_key: str | None = param(None, "Account key", section="access", secret=True, max_length=512)
    azure_endpoint: str | None = endpoint_param(
        "Only for clouds other than the public one.", "https://account.blob.core.usgovcloudapi.net"
    )


class Azure(Bucket):
    """The provider."""

    title = "Microsoft Azure"
    module = "azure.storage.blob"
    extra = "azure"
    scheme = "azure-blob"
    params = AzureParams

    def open(self, params: AzureParams) -> "AzureStore":
        """Return the container."""
        return AzureStore(params)

    def name(self, params: AzureParams) -> str:
        """Return the container."""
        return params.container

    def address(self, params: AzureParams) -> str:
        """Return the account's address."""
        return _address(params)

    def check(self, params: AzureParams, *, is_target: bool) -> None:
        """Check that there is an account, and the endpoint's address."""
        if not params.account_name:
            raise Invalid.field("account_name", "This field is required.")
        if params.azure_endpoint:
            check_endpoint(params.azure_endpoint, field="azure_endpoint")


class AzureStore:
    """A container, by Azure's own client."""

    def __init__(self, params: AzureParams) -> None:
        self.server_time: datetime | None = None
        self._params = params
        self._container = _container(params)

    def pages(self, *, recursive: bool) -> Iterator[list[StoredObject]]:
        """Yield the objects below the prefix."""
        asked: dict[str, Any] = {"name_starts_with": folder_of(self._params.prefix) or None, "results_per_page": PAGE}
        with self._words():
            listing = self._container.list_blobs(**asked) if recursive else self._container.walk_blobs(**asked)
            for page in listing.by_page():
                yield [
                    StoredObject(blob.name, blob.size, blob.last_modified, str(blob.etag).strip('"'))
                    for blob in page
                    if not blob.name.endswith("/")
                ]

    def read(self, key: str, first: int = 0, last: int | None = None) -> Content:
        """Return an object or a part of it."""
        blob = self._container.get_blob_client(key)
        with self._words():
            facts = blob.get_blob_properties()
            size = int(facts.size)
            end = last_byte(size, first, last)
            if end < first:
                return Content(size, first, end, str(facts.etag), iter(()))
            body = blob.download_blob(offset=first, length=end - first + 1)
        return Content(size, first, end, str(facts.etag), self._chunks(body))

    def _chunks(self, body: Any) -> Iterator[bytes]:
        with self._words():
            yield from body.chunks()

    def write(self, key: str, content: bytes | BinaryIO, media_type: str) -> None:
        """Put an object."""
        from azure.storage.blob import ContentSettings

        with self._words():
            self._container.upload_blob(
                key, content, overwrite=True, content_settings=ContentSettings(content_type=media_type)
            )

    def delete(self, key: str) -> None:
        """Remove an object."""
        try:
            with self._words():
                self._container.delete_blob(key)
        except ObjectGone:
            return

    def presign(self, key: str, seconds: int, media_type: str) -> str | None:
        """Return an address for reading the object; only an account key can sign one."""
        from azure.storage.blob import BlobSasPermissions, generate_blob_sas

        if not self._params.account_key:
            return None
        signature = generate_blob_sas(
            account_name=self._params.account_name or "",
            container_name=self._params.container,
            blob_name=key,
            account_key=self._params.account_key,
            permission=BlobSasPermissions(read=True),
            start=now() - CLOCK_SLACK,
            expiry=now() + timedelta(seconds=seconds),
            content_type=media_type,
        )
        return f"{self._container.get_blob_client(key).url}?{signature}"

    @contextmanager
    def _words(self) -> Iterator[None]:
        from azure.core.exceptions import AzureError, HttpResponseError

        try:
            yield
        except HttpResponseError as error:
            raise _refused(error, self._params) from error
        except AzureError as error:
            raise StoreFailed(
                f"{urlsplit(_address(self._params)).netloc} cannot be reached.", about="account_name"
            ) from error
        except ValueError as error:
            raise StoreFailed(
                "The account key is no key.", fix="Check the account key.", about="account_key"
            ) from error


def _address(params: AzureParams) -> str:
    return (params.azure_endpoint or f"https://{params.account_name}.blob.core.windows.net").rstrip("/")


def _container(params: AzureParams) -> Any:
    from azure.core.pipeline.transport import RequestsTransport
    from azure.storage.blob import ContainerClient
    from requests import Session

    transport = RequestsTransport(
        session=guard_session(Session(), pool_size=POOL_SIZE), session_owner=False, use_env_settings=False
    )
    return ContainerClient(
        _address(params),
        params.container,
        credential=params.account_key or None,
        transport=transport,
        connection_timeout=5,
        read_timeout=15,
        retry_total=2,
        initial_backoff=1,
        increment_base=1,
    )


def _refused(error: Any, params: AzureParams) -> StoreFailed:
    """Say what an error of Azure means and what to change."""
    code = str(getattr(error, "error_code", "") or "")
    if code == "ContainerNotFound":
        return StoreFailed(
            f"There is no container {params.container}.", fix="Check the container's name.", about="container"
        )
    if code == "BlobNotFound" or (error.status_code == 404 and not code):
        return ObjectGone()
    if code == "AuthenticationFailed":
        return StoreFailed(
            "The account key does not fit.",
            fix="Check account name and key, and this server's clock.",
            about="account_key",
        )
    if error.status_code in {401, 403, 409}:
        return StoreFailed(
            "The key may not do this.", fix="Allow reading (targets: writing) of the container.", about="account_key"
        )
    if error.status_code == 416:
        return OutOfRange()
    return StoreFailed(f"{urlsplit(_address(params)).netloc} answered {code or error.status_code}.")
