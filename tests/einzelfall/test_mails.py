"""Mails are of one hand: whatever mails, begins and ends alike."""

import re
from pathlib import Path

import pytest
from django.conf import settings

MAILS = sorted((settings.BASE_DIR / "templates").rglob("mail_*.txt"))


def test_it_finds_the_mails() -> None:
    assert len(MAILS) >= 6


@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.stem)
def test_every_mail_is_written_on_the_same_paper(path: Path) -> None:
    text = path.read_text()
    assert '{% extends "mail.txt" %}' in text
    assert re.findall(r"{% block (\w+) %}", text) in (
        ["subject", "text", "why"],
        ["subject", "greeting", "text", "why"],
    )
