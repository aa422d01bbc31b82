"""Django's settings, all derived from `infra.config`."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from postil.infra.config import database_settings, load, signing_key

CONFIG = load(os.environ)
DATA_DIR = CONFIG.data_dir
SECRET_KEY = signing_key(CONFIG)
DEBUG = False
ROOT_URLCONF = "postil.web.urls"
WSGI_APPLICATION = "postil.web.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_public = urlsplit(CONFIG.base_url)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *CONFIG.allowed_hosts]
if _public.hostname:
    ALLOWED_HOSTS.append(_public.hostname)
if not CONFIG.is_loopback and CONFIG.host not in ("0.0.0.0", "::"):  # noqa: S104 -- compared, not bound
    ALLOWED_HOSTS.append(CONFIG.host)
CSRF_TRUSTED_ORIGINS = list(CONFIG.csrf_trusted_origins)
if _public.scheme and _public.netloc:
    CSRF_TRUSTED_ORIGINS.append(f"{_public.scheme}://{_public.netloc}")
SECURE = _public.scheme == "https"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django_tasks",
    "django_tasks_db",
    "postil.infra",
    "postil.accounts",
    "postil.projects",
    "postil.tasks",
    "postil.labels",
    "postil.datamanager",
    "postil.imports",
    "postil.exports",
    "postil.quality",
    "postil.webhooks",
    "postil.ml",
    "postil.storages",
]
MIDDLEWARE = [
    "postil.infra.middleware.security_headers",
    "postil.infra.middleware.anchored_slashes",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "postil.infra.middleware.unexpected_errors",
]
DATABASES = {"default": database_settings(CONFIG)}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
if CONFIG.redis_url:
    INSTALLED_APPS += ["django_rq", "django_tasks_rq"]
    TASKS = {"default": {"BACKEND": "django_tasks_rq.RQBackend", "QUEUES": ["default"]}}
    RQ_QUEUES = {"default": {"URL": CONFIG.redis_url, "DEFAULT_TIMEOUT": 86_400}}

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "first_name", "last_name")},
    },
]
if CONFIG.weak_passwords:
    AUTH_PASSWORD_VALIDATORS = [
        {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}}
    ]
SESSION_ENGINE = "postil.accounts.sessions"
SESSION_COOKIE_AGE = CONFIG.session_max_hours * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_SAMESITE = "Lax"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False
STATIC_URL = "/static/"
STATIC_ROOT = Path(__file__).parent.parent / "web" / "static"
MEDIA_ROOT = DATA_DIR / "media"
DATA_UPLOAD_MAX_MEMORY_SIZE = CONFIG.max_upload_mb * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 100
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None
FILE_UPLOAD_PERMISSIONS = 0o600
# The account is unique by e-mail in any case: a constraint on Lower("email").
SILENCED_SYSTEM_CHECKS = ["auth.E003"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"secrets": {"()": "postil.infra.logging.SecretsFilter"}},
    "formatters": {"plain": {"format": "{asctime} {levelname:<7} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["secrets"]}},
    "root": {"handlers": ["console"], "level": CONFIG.log_level.upper()},
    "loggers": {"django.server": {"level": "WARNING"}, "django.request": {"level": "ERROR"}},
}
