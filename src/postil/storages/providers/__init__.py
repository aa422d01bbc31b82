"""The kinds of storages; a new one is a file here and a line below."""

from postil.core.registry import Registry
from postil.storages.provider import Provider, is_provider

PROVIDERS: Registry[Provider] = Registry(
    "postil.storages",
    {
        "s3": "postil.storages.providers.s3:S3",
        "gcs": "postil.storages.providers.gcs:Gcs",
        "azure": "postil.storages.providers.azure:Azure",
        "redis": "postil.storages.providers.redis:Redis",
        "localfiles": "postil.storages.providers.localfiles:LocalFiles",
    },
    check=is_provider,
)
