"""Copying a press text, in a real browser."""

from tests.hub.services.building import CAMPAIGN, set_up
from tests.hub.web.steps import sign_in


def test_a_press_text_is_copied_as_it_stands_in_its_field(page, address, store, organiser):
    set_up(store)
    organiser.client.application.config["WTF_CSRF_ENABLED"] = False
    shown = organiser.post(
        f"/campaigns/{CAMPAIGN}/reports/versions", {"event": "", "status": "final"}
    )
    organiser.client.application.config["WTF_CSRF_ENABLED"] = True
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(page, address)
    page.goto(address + shown.location)

    page.get_by_label("Siaran pers bahasa Indonesia", exact=True).fill("Kata *kami* sendiri")
    page.get_by_role("button", name="Salin untuk WhatsApp (Siaran pers bahasa Indonesia)").click()

    page.get_by_text("Sudah disalin").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "Kata *kami* sendiri"
