"""Which ground lies under the cells: the embedded one, or an operator's tiles by setting."""

from django.conf import settings


def basemap_settings() -> dict[str, str]:
    """What the map's template hands to its script: an address of raster tiles, of a PMTiles file, or neither."""
    tiles: str = settings.TILE_URL
    if tiles and "{z}" not in tiles:
        tiles += "/{z}/{x}/{y}.png"
    return {"foreign_tiles": tiles, "pmtiles": settings.PMTILES}
