"""Index of the tables of the app."""

from complaints.carriers.models import Carrier
from complaints.echoes.models import Echo
from complaints.maps.models import Combination, PackedTile
from complaints.moderation.models import Arrival, SpentPuzzle
from complaints.places.models import Boundary, Edition, Lookup, Place, Postcode
from complaints.reports.models import Contact, Report, TallyChange

__all__ = [
    "Arrival",
    "Boundary",
    "Carrier",
    "Combination",
    "Contact",
    "Echo",
    "Edition",
    "Lookup",
    "PackedTile",
    "Place",
    "Postcode",
    "Report",
    "SpentPuzzle",
    "TallyChange",
]
