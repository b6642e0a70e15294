"""What is for sale: slots with fixed sizes on certain pages, and what they cost in class."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

ONE_LINE, THREE_LINES = 24, 52
"""Pixels above an ad for “Anzeige” and the payer's name, which is never cut off in a narrow frame."""


class Device(models.TextChoices):
    """What a style sheet tells apart; nobody looks at who is asking."""

    PHONE = "phone", _("phone")
    DESKTOP = "desktop", _("desktop")


class Shape(models.TextChoices):
    """The sizes of pictures, in CSS pixels."""

    SKYSCRAPER = "160x600", _("skyscraper, 160 × 600")
    BANNER = "320x100", _("banner, 320 × 100")
    WIDE = "640x100", _("wide banner, 640 × 100")

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in CSS pixels."""
        width, _x, height = self.value.partition("x")
        return int(width), int(height)

    @property
    def frame_height(self) -> int:
        return self.size[1] + (THREE_LINES if self is Shape.SKYSCRAPER else ONE_LINE)


class Slot(models.TextChoices):
    LEFT = "left", _("left of the page (desktop)")
    TOP = "top", _("top of the page (phone)")
    LIST = "list", _("in the page (phone)")
    POST = "post", _("under a post")


class PageKind(models.TextChoices):
    """The pages that have slots; all others have none, and that is a rule of the house (rules.py)."""

    HOME = "home", _("home page")
    NETWORK = "network", _("network or brand")
    PLACE = "place", _("place")
    CASES = "cases", _("list of cases")
    CASE = "case", _("case")
    POSTS = "posts", _("list of posts")
    POST = "post", _("post")


class PriceClass(models.TextChoices):
    """What the public ledger says about prices; the price list is the same for everybody."""

    A = "A", _("class A")
    B = "B", _("class B")
    C = "C", _("class C")


@dataclass(frozen=True)
class Offer:
    """A slot as it is sold: the shape on each device, its pages, its class."""

    shapes: dict[Device, Shape]
    pages: frozenset[PageKind]
    price_class: PriceClass


EVERYWHERE = frozenset(PageKind)
OFFERS: dict[Slot, Offer] = {
    Slot.LEFT: Offer({Device.DESKTOP: Shape.SKYSCRAPER}, EVERYWHERE, PriceClass.A),
    Slot.TOP: Offer({Device.PHONE: Shape.BANNER}, EVERYWHERE, PriceClass.A),
    Slot.LIST: Offer(
        {Device.PHONE: Shape.BANNER},
        frozenset({PageKind.HOME, PageKind.NETWORK, PageKind.PLACE, PageKind.CASES}),
        PriceClass.B,
    ),
    Slot.POST: Offer(
        {Device.PHONE: Shape.BANNER, Device.DESKTOP: Shape.WIDE}, frozenset({PageKind.POST}), PriceClass.C
    ),
}
OWN_POSTS_WITHOUT_RIVALS = True
"""Whether the price list lets a carrier keep rivals' ads off its own posts' pages; the same for everybody."""
