"""The telephones of 2011 and of today: (device, system version, share)."""

from collections.abc import Sequence

import numpy as np

Model = tuple[str, str, float]

THEN: tuple[Model, ...] = (
    ("iPhone 4", "iOS 5.0", 16),
    ("iPhone 4", "iOS 5.0.1", 9),
    ("iPhone 4", "iOS 4.3.5", 5),
    ("iPhone 4S", "iOS 5.0", 5),
    ("iPhone 4S", "iOS 5.0.1", 3),
    ("iPhone 3GS", "iOS 5.0", 4),
    ("iPhone 3GS", "iOS 4.3.3", 4),
    ("iPhone 3G", "iOS 4.2.1", 2),
    ("HTC Desire", "Android 2.2", 5),
    ("HTC Desire HD", "Android 2.3.3", 4),
    ("HTC Desire Z", "Android 2.3.3", 1.5),
    ("HTC Sensation", "Android 2.3.4", 4),
    ("HTC Wildfire", "Android 2.2.1", 2),
    ("HTC HD7", "Windows Phone 7.5", 1),
    ("Samsung Galaxy S", "Android 2.3.3", 6),
    ("Samsung Galaxy S", "Android 2.2.1", 2),
    ("Samsung Galaxy S II", "Android 2.3.4", 7),
    ("Samsung Galaxy Ace", "Android 2.2.1", 2),
    ("Samsung Wave", "Bada 1.2", 1),
    ("Sony Ericsson Xperia arc", "Android 2.3.4", 2),
    ("Sony Ericsson Xperia X10", "Android 2.3.3", 1),
    ("Motorola Defy", "Android 2.2.2", 2),
    ("Motorola Milestone", "Android 2.2", 1),
    ("LG Optimus Speed", "Android 2.2.2", 1),
    ("Google Nexus S", "Android 2.3.6", 1.5),
    ("BlackBerry Bold 9780", "BlackBerry OS 6", 1.5),
    ("BlackBerry Curve 8520", "BlackBerry OS 5", 1),
    ("Nokia N8", "Symbian Anna", 2),
    ("Nokia E72", "Symbian S60", 1.5),
    ("Nokia 5800", "Symbian S60", 1),
    ("Nokia 6300", "", 1),
    ("", "", 6),
)

NOW: tuple[Model, ...] = (
    ("iPhone 17", "iOS 26.1", 5),
    ("iPhone 17 Pro", "iOS 26.1", 4),
    ("iPhone 16", "iOS 26.0.1", 6),
    ("iPhone 16 Pro", "iOS 26.1", 4),
    ("iPhone 15", "iOS 26.0.1", 6),
    ("iPhone 15", "iOS 18.7", 3),
    ("iPhone 14", "iOS 18.7", 4),
    ("iPhone 13", "iOS 18.6.2", 4),
    ("iPhone SE", "iOS 18.7", 2),
    ("Samsung Galaxy S25", "Android 16", 6),
    ("Samsung Galaxy S24", "Android 16", 5),
    ("Samsung Galaxy S23", "Android 15", 3),
    ("Samsung Galaxy A56", "Android 15", 4),
    ("Samsung Galaxy A54", "Android 15", 4),
    ("Samsung Galaxy A34", "Android 14", 2),
    ("Google Pixel 10", "Android 16", 3),
    ("Google Pixel 9", "Android 16", 4),
    ("Google Pixel 9a", "Android 16", 2),
    ("Google Pixel 7a", "Android 15", 2),
    ("Fairphone 6", "Android 15", 1.5),
    ("Fairphone 5", "Android 14", 1.5),
    ("Xiaomi 15", "HyperOS 2", 2),
    ("Redmi Note 14", "HyperOS 2", 3),
    ("Motorola Edge 60", "Android 15", 1.5),
    ("Nothing Phone 3", "Android 15", 1),
    ("OnePlus 13", "Android 15", 1),
    ("Gigaset GS6", "Android 13", 0.5),
    ("", "", 14),
)


def draw(rng: np.random.Generator, models: Sequence[Model], size: int) -> list[tuple[str, str]]:
    """`size` pairs of device and system version by their shares; the version is left out now and then."""
    shares = np.array([share for _, _, share in models])
    drawn = rng.choice(len(models), size, p=shares / shares.sum())
    silent = rng.random(size) < 0.15
    return [(models[n][0], "" if quiet else models[n][1]) for n, quiet in zip(drawn, silent, strict=True)]
