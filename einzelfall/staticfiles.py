"""How static files are stored in production."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Names with a digest in module imports, too: a new version never runs beside a cached part of the old one."""

    support_js_module_import_aggregation = True
