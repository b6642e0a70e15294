"""A passkey as the second factor and in place of the password, by the browser's own virtual authenticator."""

import pytest
from playwright.sync_api import Page, expect

from tests.builders import a_member

pytestmark = pytest.mark.usefixtures("second_factor_demanded")
PASSWORD = "sehr-geheim-9"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def site(site: str) -> str:
    """Passkeys belong to a name: browsers make none for a bare address."""
    return site.replace("127.0.0.1", "localhost")


def log_in(page: Page, name: str) -> None:
    page.goto("/intern/login/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")


def log_out(page: Page) -> None:
    page.context.clear_cookies()


def test_a_passkey_opens_the_door_after_the_password_and_without_it(page: Page, site: str) -> None:
    user = a_member("o2", "replier")
    user.set_password(PASSWORD)
    user.save()
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})

    log_in(page, user.username)
    page.wait_for_url(f"{site}/intern/mfa/")
    page.goto("/intern/mfa/webauthn/add/")  # asks for the password once more
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.fill("[name=name]", "Telefon")
    page.check("[name=passwordless]")
    page.get_by_role("button", name="Passkey anlegen").click()
    page.wait_for_url("**/intern/mfa/**recovery**")

    log_out(page)
    log_in(page, user.username)
    page.get_by_role("button", name="Mit Passkey").click()
    page.wait_for_url(f"{site}/intern/")

    log_out(page)
    page.goto("/intern/login/")
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.wait_for_url(f"{site}/intern/")
    page.goto("/intern/mfa/webauthn/")
    expect(page.get_by_text("Öffnet auch ohne Passwort.")).to_be_visible()
