"""Index of the tables of the app."""

from complaints.carriers.models import Carrier
from complaints.echoes.models import Echo, TapTrace
from complaints.follows.models import Follow, Letter
from complaints.maps.models import Combination, PackedTile
from complaints.moderation.models import Arrival, Decision, Flag, Sending, SpentPuzzle
from complaints.places.models import Boundary, Edition, Lookup, Place, Postcode
from complaints.reports.models import Contact, Report
from complaints.reports.news import StatusChange, TallyChange
from complaints.threads.models import Comment, Thread

__all__ = [
    "Arrival",
    "Boundary",
    "Carrier",
    "Combination",
    "Comment",
    "Contact",
    "Decision",
    "Echo",
    "Edition",
    "Flag",
    "Follow",
    "Letter",
    "Lookup",
    "PackedTile",
    "Place",
    "Postcode",
    "Report",
    "Sending",
    "SpentPuzzle",
    "StatusChange",
    "TallyChange",
    "TapTrace",
    "Thread",
]
