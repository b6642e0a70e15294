"""The map's read model: packed tiles."""

from django.db import models


class PackedTile(models.Model):
    """The counts of one tile in one block of days, packed into bytes.

    `zoom` and `tile` (Morton number) name the tile; zoom -1 is the pseudo tile whose cells are places. `span` and
    `bucket` name the block of days (complaints/base/blocks.py). `layer` is 0 for all networks together, a network's
    id for that network alone, or -1 for every combination of carrier and problems. Which rows are kept is said in
    complaints/base/tilerows.py, how their bytes look in complaints/base/packing.py.
    """

    zoom = models.SmallIntegerField()
    span = models.SmallIntegerField()
    layer = models.SmallIntegerField()
    tile = models.BigIntegerField()
    bucket = models.IntegerField()
    counts = models.BinaryField()
    pk = models.CompositePrimaryKey("zoom", "layer", "span", "tile", "bucket")


class Combination(models.Model):
    """The number of a carrier and a set of problems inside the detail layer."""

    id = models.AutoField(primary_key=True)
    carrier_id = models.SmallIntegerField()
    network_id = models.SmallIntegerField()
    problems = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint("carrier_id", "network_id", "problems", name="combination_is_numbered_once")
        ]
