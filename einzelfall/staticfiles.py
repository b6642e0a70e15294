"""How static files are stored in production."""

from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from complaints.base import inlinestyle

OF_OTHERS = ("admin/", "leaflet/", "vendor/")


class ModuleStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Names with a digest in module imports, too: a new version never runs beside a cached part of the old one.

    Our own style sheets lose their comments and blanks.
    """

    support_js_module_import_aggregation = True

    def _save(self, name: str, content: Any) -> str:
        if name.endswith(".css") and not name.startswith(OF_OTHERS):
            content.seek(0)  # its digest has been read
            content = ContentFile(inlinestyle.minified(content.read().decode()).encode())
        return str(super()._save(name, content))
