"""Amazon S3, and servers that speak its protocol: MinIO, Ceph, SeaweedFS, R2 and others."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from postil.core.errors import Invalid, PostilError
from postil.infra.checked_pools import check_endpoint, checked_pool
from postil.storages.provider import (
    CHUNK,
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
    param,
    prefix_param,
)

DEFAULT_REGION = "us-east-1"


class S3Params(Params):
    """What leads to a bucket."""

    bucket: str = param(
        ..., "Bucket", placeholder="my-bucket", min_length=3, max_length=255, pattern=r"^[A-Za-z0-9._-]+$"
    )
    prefix: str | None = prefix_param("bucket")
    region_name: str | None = param(
        None, "Region", placeholder="us-east-1", moves=True, max_length=64, pattern=r"^[A-Za-z0-9-]*$"
    )
    s3_endpoint: str | None = endpoint_param(
        "Only for servers other than Amazon's: MinIO, Ceph, R2 and others.", "https://minio.example.org:9000"
    )
    aws_access_key_id: str | None = param(
        None,
        "Access key ID",
        section="access",
        help="Without keys the bucket must be readable by everybody.",
        secret=True,
        moves=True,
        max_length=256,
    )
    aws_secret_access_key: str | None = param(None, "Secret access key", section="access", secret=True, max_length=512)
    aws_session_token: str | None = param(None, "Session token", section="access", secret=True, max_length=8192)
    aws_sse_kms_key_id: str | None = param(
        None,
        "KMS key ID",
        section="access",
        help="Key with which written objects are encrypted (SSE-KMS).",
        max_length=512,
    )


class S3(Bucket):
    """The provider."""

    title = "AWS S3"
    module = "boto3"
    extra = "s3"
    scheme = "s3"
    params = S3Params

    def open(self, params: S3Params) -> "S3Store":
        """Return the bucket."""
        return S3Store(params)

    def name(self, params: S3Params) -> str:
        """Return the bucket."""
        return params.bucket

    def address(self, params: S3Params) -> str:
        """Return the endpoint, or the bucket's own address at Amazon."""
        return params.s3_endpoint or f"https://{_amazon_hosts(params)[0]}"

    def origins(self, params: S3Params) -> list[str]:
        """Return the endpoint's origin, or all that Amazon has for the bucket."""
        return super().origins(params) if params.s3_endpoint else [f"https://{host}" for host in _amazon_hosts(params)]

    def check(self, params: S3Params, *, is_target: bool) -> None:
        """Check that the keys are whole, and the endpoint's address."""
        if bool(params.aws_access_key_id) != bool(params.aws_secret_access_key):
            missing = "aws_secret_access_key" if params.aws_access_key_id else "aws_access_key_id"
            raise Invalid.field(missing, "Give both the access key ID and the secret access key, or neither.")
        if params.s3_endpoint:
            check_endpoint(params.s3_endpoint, field="s3_endpoint")


def _amazon_hosts(params: S3Params) -> list[str]:
    region = params.region_name or DEFAULT_REGION
    hosts = [f"{params.bucket}.s3.{region}", f"{params.bucket}.s3", f"s3.{region}"]
    return [f"{host}.amazonaws.com" for host in hosts]


class S3Store:
    """A bucket, by Amazon's own client."""

    def __init__(self, params: S3Params) -> None:
        self.server_time: datetime | None = None
        self._params = params
        self._bucket = params.bucket
        self._client = _client(params)

    def pages(self, *, recursive: bool) -> Iterator[list[StoredObject]]:
        """Yield the objects below the prefix."""
        asked: dict[str, Any] = {"Bucket": self._bucket, "Prefix": folder_of(self._params.prefix), "MaxKeys": PAGE}
        if not recursive:
            asked["Delimiter"] = "/"
        while True:
            with self._words():
                answer = self._client.list_objects_v2(**asked)
            self.server_time = _date(answer)
            yield [
                StoredObject(item["Key"], item["Size"], item["LastModified"], item.get("ETag", "").strip('"'))
                for item in answer.get("Contents", [])
                if not item["Key"].endswith("/")
            ]
            if not answer.get("IsTruncated"):
                return
            asked["ContinuationToken"] = answer["NextContinuationToken"]

    def read(self, key: str, first: int = 0, last: int | None = None) -> Content:
        """Return an object or a part of it."""
        asked = {"Bucket": self._bucket, "Key": key}
        if first or last is not None:
            asked["Range"] = f"bytes={first}-{'' if last is None else last}"
        with self._words(key):
            answer = self._client.get_object(**asked)
        length = answer["ContentLength"]
        size = int(str(answer.get("ContentRange", f"/{length}")).rsplit("/", 1)[-1])
        begin = first if "ContentRange" in answer else 0
        return Content(size, begin, begin + length - 1, answer.get("ETag", ""), self._chunks(answer["Body"]))

    def _chunks(self, body: Any) -> Iterator[bytes]:
        with self._words():
            try:
                yield from body.iter_chunks(CHUNK)
            finally:
                body.close()

    def write(self, key: str, content: bytes | BinaryIO, media_type: str) -> None:
        """Put an object, encrypted with the named key."""
        asked: dict[str, Any] = {"Bucket": self._bucket, "Key": key, "Body": content, "ContentType": media_type}
        if self._params.aws_sse_kms_key_id:
            asked |= {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": self._params.aws_sse_kms_key_id}
        with self._words():
            self._client.put_object(**asked)

    def delete(self, key: str) -> None:
        """Remove an object."""
        with self._words():
            self._client.delete_object(Bucket=self._bucket, Key=key)

    def presign(self, key: str, seconds: int, media_type: str) -> str | None:
        """Return an address for reading the object."""
        asked = {"Bucket": self._bucket, "Key": key, "ResponseContentType": media_type}
        if not self._params.aws_access_key_id:
            asked.pop("ResponseContentType")  # an unsigned request may not ask for it
        with self._words():
            return str(self._client.generate_presigned_url("get_object", Params=asked, ExpiresIn=seconds))

    @contextmanager
    def _words(self, key: str = "") -> Iterator[None]:
        from botocore import exceptions

        try:
            yield
        except exceptions.ClientError as error:
            raise _refused(error, self._params, key) from error
        except (exceptions.HTTPClientError, exceptions.ConnectionError) as error:
            cause = error.kwargs.get("error")
            if isinstance(cause, PostilError):
                raise cause from error
            fix = "Check the endpoint and the region."
            raise StoreFailed(f"{_place(self._params)} cannot be reached.", fix=fix, about="s3_endpoint") from error
        except exceptions.BotoCoreError as error:
            raise StoreFailed(f"{_place(self._params)} cannot be asked: {str(error)[:200]}") from error


def _session() -> Any:
    """Return a session that knows nothing of the machine's own keys and settings, and asks nobody for some."""
    import boto3
    from botocore.credentials import CredentialResolver
    from botocore.session import Session

    session = Session()
    session.set_config_variable("config_file", os.devnull)
    session.set_config_variable("credentials_file", os.devnull)
    session.register_component("credential_provider", CredentialResolver([]))
    return boto3.session.Session(botocore_session=session)


def _client(params: S3Params) -> Any:
    from botocore import UNSIGNED
    from botocore.awsrequest import (
        AWSHTTPConnection,
        AWSHTTPConnectionPool,
        AWSHTTPSConnection,
        AWSHTTPSConnectionPool,
    )
    from botocore.config import Config

    given = {
        name: getattr(params, name) or None
        for name in ("aws_access_key_id", "aws_secret_access_key", "aws_session_token")
    }
    config = Config(
        region_name=params.region_name or DEFAULT_REGION,
        signature_version="s3v4" if params.aws_access_key_id else UNSIGNED,
        connect_timeout=5,
        read_timeout=15,
        retries={"max_attempts": 3, "mode": "standard"},
        max_pool_connections=POOL_SIZE,
        s3={"addressing_style": "path" if params.s3_endpoint else "virtual"},
        # Other servers often do not know the newer checksums.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        ignore_configured_endpoint_urls=True,
    )
    client = _session().client("s3", endpoint_url=params.s3_endpoint or None, config=config, **given)
    session = client._endpoint.http_session
    session._proxy_config._proxies = {}
    session._manager.pool_classes_by_scheme = {
        "http": checked_pool(AWSHTTPConnectionPool, AWSHTTPConnection),
        "https": checked_pool(AWSHTTPSConnectionPool, AWSHTTPSConnection),
    }
    return client


def _place(params: S3Params) -> str:
    return urlsplit(params.s3_endpoint).netloc if params.s3_endpoint else "Amazon S3"


def _date(answer: Any) -> datetime | None:
    text = answer.get("ResponseMetadata", {}).get("HTTPHeaders", {}).get("date")
    return parsedate_to_datetime(text) if text else None


def _refused(error: Any, params: S3Params, key: str) -> StoreFailed:
    """Say what an error of S3 means and what to change."""
    code = str(error.response.get("Error", {}).get("Code", ""))
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if code == "NoSuchBucket":
        return StoreFailed(
            f"Cannot find bucket {params.bucket} in S3.", fix="Check the bucket's name and the region.", about="bucket"
        )
    if code in {"NoSuchKey", "404"} or (status == 404 and key):
        return ObjectGone()
    if code == "InvalidRange" or status == 416:
        return OutOfRange()
    if code in {"InvalidAccessKeyId", "InvalidClientTokenId"}:
        return StoreFailed(
            "The access key ID is not known there.", fix="Check the access key ID.", about="aws_access_key_id"
        )
    if code == "SignatureDoesNotMatch":
        return StoreFailed(
            "The secret access key does not fit.", fix="Check the secret access key.", about="aws_secret_access_key"
        )
    if code in {"ExpiredToken", "InvalidToken"}:
        return StoreFailed(
            "The session token has ended.", fix="Give new keys and a new token.", about="aws_session_token"
        )
    if code == "RequestTimeTooSkewed":
        return StoreFailed("The clock of this server is wrong.", fix="Set this server's clock, for example by NTP.")
    if code in {
        "PermanentRedirect",
        "AuthorizationHeaderMalformed",
        "IllegalLocationConstraintException",
    } or status in {301, 307}:
        found = error.response.get("ResponseMetadata", {}).get("HTTPHeaders", {}).get("x-amz-bucket-region", "")
        fix = f"Set the region to {found[:40]}." if found else "Set the region of the bucket."
        return StoreFailed("The bucket is in another region.", fix=fix, about="region_name")
    if code in {"AccessDenied", "403"} or status == 403:
        what = error.operation_name
        return StoreFailed(
            f"The keys may not do this ({what}).",
            fix=f"Allow s3:{_RIGHTS.get(what, what)} on {params.bucket} to this key.",
        )
    return StoreFailed(f"{_place(params)} answered {code or status}.")


_RIGHTS = {"ListObjectsV2": "ListBucket"}
