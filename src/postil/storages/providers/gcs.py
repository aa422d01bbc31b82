"""Google Cloud Storage."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Annotated, Any, BinaryIO
from urllib.parse import urlsplit

import orjson
from django.conf import settings
from pydantic import BeforeValidator

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

ENDPOINT = "https://storage.googleapis.com"
TOKEN_ADDRESSES = frozenset({"https://oauth2.googleapis.com/token", "https://accounts.google.com/o/oauth2/token"})
SCOPES = ("https://www.googleapis.com/auth/devstorage.read_write",)
STEP = 8 * 1024 * 1024


def _as_text(value: Any) -> Any:
    return orjson.dumps(value).decode() if isinstance(value, dict) else value


# A form that holds JSON arrives as an object, and so do scripts that read the key file.
KeyText = Annotated[str, BeforeValidator(_as_text)]


class GcsParams(Params):
    """What leads to a bucket."""

    bucket: str = param(
        ..., "Bucket", placeholder="my-bucket", min_length=3, max_length=222, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
    )
    prefix: str | None = prefix_param("bucket")
    google_application_credentials: KeyText | None = param(
        None,
        "Service account key",
        section="access",
        help="The JSON of a service account's key. Without it the bucket must be readable by everybody.",
        secret=True,
        multiline=True,
        max_length=20_000,
    )
    google_project_id: str | None = param(None, "Project ID", section="access", max_length=200)
    gcs_endpoint: str | None = endpoint_param("Only for servers other than Google's.", "https://gcs.example.org")


class Gcs(Bucket):
    """The provider."""

    title = "Google Cloud Storage"
    module = "google.cloud.storage"
    extra = "gcs"
    scheme = "gs"
    params = GcsParams

    def open(self, params: GcsParams) -> "GcsStore":
        """Return the bucket."""
        return GcsStore(params)

    def name(self, params: GcsParams) -> str:
        """Return the bucket."""
        return params.bucket

    def address(self, params: GcsParams) -> str:
        """Return the endpoint."""
        return endpoint_of(params)

    def check(self, params: GcsParams, *, is_target: bool) -> None:
        """Check the endpoint's address and what the key says of where to sign in."""
        if params.gcs_endpoint:
            check_endpoint(params.gcs_endpoint, field="gcs_endpoint")
        if params.google_application_credentials:
            account_of(params.google_application_credentials)


def endpoint_of(params: GcsParams) -> str:
    """Return where the bucket is: at the place of the storage, of the server's setting, or with Google."""
    return params.gcs_endpoint or settings.CONFIG.gcs_endpoint or ENDPOINT


def account_of(text: str) -> dict[str, Any]:
    """Return a service account's key; raises `Invalid` for other JSON, and for one that signs in elsewhere."""
    field = "google_application_credentials"
    try:
        account = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise Invalid.field(field, "This is not JSON. Paste the whole key file of a service account.") from None
    if not isinstance(account, dict) or account.get("type") != "service_account":
        raise Invalid.field(field, "Only keys of service accounts can be used: their type is service_account.")
    missing = [name for name in ("client_email", "private_key", "token_uri") if not isinstance(account.get(name), str)]
    if missing:
        raise Invalid.field(field, f"The key lacks {', '.join(missing)}.")
    if account["token_uri"] not in TOKEN_ADDRESSES and not _is_of_the_operator(account["token_uri"]):
        raise Invalid.field(field, f"The key's token_uri must be {min(TOKEN_ADDRESSES, key=len)}.")
    return account


def _is_of_the_operator(address: str) -> bool:
    """Whether an address is at the place that the server's own setting names: there one signs in, too."""
    named, asked = urlsplit(settings.CONFIG.gcs_endpoint), urlsplit(address)
    return bool(named.netloc) and (named.scheme, named.netloc) == (asked.scheme, asked.netloc)


class GcsStore:
    """A bucket, by Google's own client."""

    def __init__(self, params: GcsParams) -> None:
        self.server_time: datetime | None = None
        self._params = params
        self._client = _client(params)
        self._bucket = self._client.bucket(params.bucket)
        self._bounds = _bounds()

    def pages(self, *, recursive: bool) -> Iterator[list[StoredObject]]:
        """Yield the objects below the prefix."""
        fields = "items(name,size,updated,etag,generation),prefixes,nextPageToken"
        with self._words():
            listing = self._client.list_blobs(
                self._bucket,
                prefix=folder_of(self._params.prefix) or None,
                delimiter=None if recursive else "/",
                page_size=PAGE,
                fields=fields,
                **self._bounds,
            )
            for page in listing.pages:
                yield [
                    StoredObject(blob.name, blob.size, blob.updated, str(blob.generation or blob.etag))
                    for blob in page
                    if not blob.name.endswith("/")
                ]

    def read(self, key: str, first: int = 0, last: int | None = None) -> Content:
        """Return an object or a part of it."""
        with self._words():
            blob = self._bucket.get_blob(key, **self._bounds)
        if blob is None:
            raise ObjectGone
        size = int(blob.size or 0)
        end = last_byte(size, first, last)
        return Content(size, first, end, f'"{blob.generation}"', self._steps(blob, first, end))

    def _steps(self, blob: Any, first: int, last: int) -> Iterator[bytes]:
        while first <= last:
            end = min(first + STEP - 1, last)
            with self._words():
                yield blob.download_as_bytes(start=first, end=end, checksum=None, **self._bounds)
            first = end + 1

    def write(self, key: str, content: bytes | BinaryIO, media_type: str) -> None:
        """Put an object."""
        with self._words():
            if isinstance(content, bytes):
                self._bucket.blob(key).upload_from_string(content, content_type=media_type, **self._bounds)
            else:
                self._bucket.blob(key).upload_from_file(content, content_type=media_type, **self._bounds)

    def delete(self, key: str) -> None:
        """Remove an object."""
        try:
            with self._words():
                self._bucket.blob(key).delete(**self._bounds)
        except ObjectGone:
            return

    def presign(self, key: str, seconds: int, media_type: str) -> str | None:
        """Return an address for reading the object; only a service account can sign one."""
        if not self._params.google_application_credentials:
            return None
        with self._words():
            return str(
                self._bucket.blob(key).generate_signed_url(
                    version="v4",
                    expiration=timedelta(seconds=seconds),
                    method="GET",
                    response_type=media_type,
                    api_access_endpoint=endpoint_of(self._params),
                )
            )

    @contextmanager
    def _words(self) -> Iterator[None]:
        from google.api_core.exceptions import GoogleAPICallError, RetryError
        from google.auth.exceptions import GoogleAuthError
        from requests.exceptions import RequestException

        try:
            yield
        except GoogleAPICallError as error:
            raise _refused(error, self._params) from error
        except GoogleAuthError as error:
            raise StoreFailed(
                "Google does not accept the key.",
                fix="Make a new key of the service account, and check this server's clock.",
                about="google_application_credentials",
            ) from error
        except (RequestException, RetryError, ConnectionError) as error:
            raise StoreFailed(f"{_place(self._params)} cannot be reached.", about="gcs_endpoint") from error


def _bounds() -> dict[str, Any]:
    """Return how long a call may take, in its steps and with its repetitions."""
    from google.cloud.storage.retry import DEFAULT_RETRY

    return {"timeout": (5.0, 15.0), "retry": DEFAULT_RETRY.with_timeout(8.0)}


def _client(params: GcsParams) -> Any:
    from google.auth.credentials import AnonymousCredentials
    from google.auth.transport.requests import AuthorizedSession, Request
    from google.cloud import storage
    from google.oauth2 import service_account
    from requests import Session

    credentials: Any = AnonymousCredentials()  # type: ignore[no-untyped-call]
    if params.google_application_credentials:
        account = account_of(params.google_application_credentials)
        credentials = service_account.Credentials.from_service_account_info(account, scopes=SCOPES)  # type: ignore[no-untyped-call]
    sign_in = Request(guard_session(Session(), pool_size=1))
    session = AuthorizedSession(credentials, auth_request=sign_in)  # type: ignore[no-untyped-call]
    return storage.Client(
        project=params.google_project_id or "none",
        credentials=credentials,
        _http=guard_session(session, pool_size=POOL_SIZE),
        client_options={"api_endpoint": endpoint_of(params)},
    )


def _place(params: GcsParams) -> str:
    return urlsplit(endpoint_of(params)).netloc


def _refused(error: Any, params: GcsParams) -> StoreFailed:
    """Say what an error of GCS means and what to change."""
    if error.code == 404:
        if "bucket" in str(error).lower():
            return StoreFailed(f"There is no bucket {params.bucket}.", fix="Check the bucket's name.", about="bucket")
        return ObjectGone()
    if error.code in {401, 403}:
        return StoreFailed(
            "The key may not do this.",
            fix=f"Give the service account the role Storage Object Viewer (targets: Object User) on {params.bucket}.",
            about="google_application_credentials",
        )
    if error.code == 416:
        return OutOfRange()
    return StoreFailed(f"{_place(params)} answered {error.code}.")
