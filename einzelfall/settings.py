"""Django settings; everything an operator may change comes from the environment (see environment.py)."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from einzelfall import environment

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"

EINZELFALL_ENV = environment.choice("EINZELFALL_ENV", environment.ENVIRONMENTS, "development")
PRODUCTION = EINZELFALL_ENV == environment.PRODUCTION
TESTING = EINZELFALL_ENV == "test"
SECRET_KEY = environment.secret_key(EINZELFALL_ENV, VAR)
ALLOWED_HOSTS = environment.hosts(EINZELFALL_ENV, ["localhost", "127.0.0.1", "[::1]", "testserver"])
DEBUG = False

INSTALLED_APPS = [
    "einzelfall",
    "einzelfall.apps.EinzelfallAdminConfig",
    "complaints",
    "operators",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "einzelfall.apps.SlimStaticFilesConfig",
    "django.contrib.humanize",
    "leaflet",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "einzelfall.middleware.LightMiddleware",
    "csp.middleware.CSPMiddleware",
    "einzelfall.middleware.HeadersMiddleware",
    "einzelfall.middleware.LanguageMiddleware",
    "einzelfall.middleware.BadInputMiddleware",
    "einzelfall.middleware.MethodMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "operators.members.middleware.SessionUseMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "einzelfall.urls"
WSGI_APPLICATION = "einzelfall.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "einzelfall.context.site",
            ],
            "libraries": {
                "ads": "operators.ads.tags",
                "board": "operators.board.tags",
                "maps": "complaints.maps.tags",
                "posts": "operators.posts.tags",
                "queue": "einzelfall.queue",
                "replies": "operators.replies.tags",
                "texts": "complaints.base.tags",
                "threads": "complaints.threads.tags",
            },
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "complaints.base.tags"],
        },
    },
]

DATABASES = {"default": environment.database("DATABASE_URL")}
if environment.text("REPLICA_URL"):
    DATABASES["replica"] = environment.database("REPLICA_URL") | {"TEST": {"MIRROR": "default"}}
    DATABASE_ROUTERS = ["einzelfall.replica.ReplicaRouter"]
    MIDDLEWARE.insert(
        MIDDLEWARE.index("einzelfall.middleware.BadInputMiddleware"), "einzelfall.replica.ReplicaMiddleware"
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": environment.cache()}
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend" if TESTING else "django_tasks_db.DatabaseBackend"
    }
}

EMAIL_CONFIG = environment.email(EINZELFALL_ENV)
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", "Einzelfall <noreply@localhost>")

AUTH_USER_MODEL = "operators.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "operators.members.adapter.StaffAccountAdapter"
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if PRODUCTION else 0  # the proxy that speaks TLS
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True  # whoever changes password or second factor, its owner hears of it
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody else's letter box is ours to fill
ACCOUNT_FORMS = {"login": "operators.members.forms.LogInForm"}
ACCOUNT_LOGOUT_ON_GET = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # staff are invited; their address needs no second proof

MFA_FORMS = {"authenticate": "operators.members.forms.CodeForm", "reauthenticate": "operators.members.forms.AgainForm"}
ACCOUNT_RATE_LIMITS = {"login_failed": False}  # the lock-out counts these
AXES_HANDLER = "operators.members.lockout.Handler"
AXES_LOCKOUT_CALLABLE = "operators.members.lockout.locked_page"
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "operators.members.lockout.account_of"
AXES_CLIENT_IP_CALLABLE = "operators.members.lockout.hashed_address"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # the handler adds limits for each of the two alone
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False

LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("German")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Berlin"
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "einzelfall.staticfiles.ModuleStorage"
    },
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = TESTING  # tests never see files collected earlier
MEDIA_ROOT = VAR / "media"
MEDIA_URL = "/media/"

GEOCODER = environment.geocoder()
TILE_URL = environment.tile_address()
PMTILES = environment.map_archive()
TILE_HOSTS = ["{0.scheme}://{0.netloc}".format(urlsplit(TILE_URL))] if TILE_URL else []
TRUSTED_PROXIES = environment.whole_number("TRUSTED_PROXIES", 1 if PRODUCTION else 0, 0, 9)
LOOPBACK_IS_A_VISITOR = EINZELFALL_ENV == "development"  # elsewhere it is a proxy that nobody has told us of
WEBPUSH_KEY = environment.push_key()
ADS = environment.choice("ADS", ("on", "off"), "off" if PRODUCTION else "on") == "on"
METRICS_TOKEN = environment.token("METRICS_TOKEN")
PORT = environment.whole_number("PORT", 8000, 1, 65535)
BIND = environment.ip_address("BIND", "127.0.0.1")
SITE_OPERATOR = environment.text("IMPRINT").replace("\\n", "\n")
SITE_URL = environment.site_address(EINZELFALL_ENV, ALLOWED_HOSTS, PORT)
WEB_CONCURRENCY = environment.whole_number("WEB_CONCURRENCY", 2, 1, 256)

LEAFLET_CONFIG = {
    "TILES": [],  # the default asks a third party
    "RESET_VIEW": False,  # its icon is broken
    "DEFAULT_CENTER": (51.2, 10.4),
    "DEFAULT_ZOOM": 6,
    "MIN_ZOOM": 5,
    "MAX_ZOOM": 16,
    "ATTRIBUTION_PREFIX": "",
    "SCALE": "metric",
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", *TILE_HOSTS],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31536000
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_ENGINE = "operators.members.sessions"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # its cookie would go to every page
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/intern/"  # no public page ever gets a cookie, whoever is logged in
CSRF_FAILURE_VIEW = "operators.members.kept.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# 100 kB of text is answered with a form error, not with a broken connection.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
APPEND_SLASH = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "einzelfall": {"level": "INFO"},
        "django.request": {"level": "ERROR"},  # a page that is not there is no news
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
