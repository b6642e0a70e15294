"""What pages of other features show of posts and promises."""

from django import template

from complaints.carriers.queries import CarrierRow
from complaints.places.models import Place
from operators.posts import queries

register = template.Library()
FEW = 3
PROMISES = 6


@register.inclusion_tag("operators/posts/_latest.html")
def latest_post() -> dict[str, object]:
    """The newest news of any carrier: a post, or a line of its ticker. One query."""
    return {"post": queries.latest()}


@register.inclusion_tag("operators/posts/_of_place.html")
def posts_of_place(place: Place) -> dict[str, object]:
    """Promises and posts about a place. Two queries."""
    return {
        "place": place,
        "promises": queries.promises_here(place, PROMISES),
        "posts": queries.posts_about(place, FEW),
    }


@register.inclusion_tag("operators/posts/_of_carrier.html")
def posts_of_carrier(carrier: CarrierRow) -> dict[str, object]:
    """The newest posts of a carrier. One query."""
    return {"carrier": carrier, "posts": list(queries.of(carrier).newest().for_list()[:FEW])}
