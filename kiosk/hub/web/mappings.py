"""Pages of column mappings: what was said about files of other marketplaces, and changing it."""

from flask import Blueprint, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from kiosk.hub.services.campaigns import open_campaign
from kiosk.hub.services.column_mappings import forget_mapping, open_mapping, remember_mapping
from kiosk.hub.web.channels import MARKETPLACES, channel_name
from kiosk.hub.web.forms import Form, answer_form
from kiosk.hub.web.mapping_form import (
    asked_of_mapping,
    mapping_context,
    read_mapping,
    requested_form,
    standing_values,
)
from kiosk.hub.web.notices import done
from kiosk.hub.web.parts import hub_parts
from kiosk.hub.web.signin import actor

blueprint = Blueprint("mappings", __name__, url_prefix="/campaigns/<campaign_id>/mappings")


@blueprint.route("/<signature>", methods=["GET", "POST"])
def change(campaign_id: str, signature: str) -> Response:
    """GET …/mappings/<signature>: what was said about its columns. POST: say it otherwise."""
    hub = hub_parts()
    campaign = open_campaign(hub.store, campaign_id)
    mapping = open_mapping(hub.store, signature).mapping
    asked = asked_of_mapping(mapping)
    standing = standing_values(asked, mapping)

    def save(form: Form) -> str:
        remember_mapping(hub.store, hub.clock, actor(), read_mapping(form, asked))
        done(_("The columns are remembered as you said, for every file read from now on."))
        return url_for("hub.imports.show_all", campaign_id=campaign_id)

    return answer_form(
        "hub/mappings/form.html",
        standing,
        save,
        campaign=campaign,
        name=channel_name(mapping.channel),
        marketplaces=MARKETPLACES,
        header_rows=(),
        **mapping_context(requested_form(standing), asked, mapping),
    )


@blueprint.post("/<signature>/forget")
def forget(campaign_id: str, signature: str) -> Response:
    """POST …/mappings/<signature>/forget: ask anew when such a file comes."""
    hub = hub_parts()
    open_campaign(hub.store, campaign_id)
    forget_mapping(hub.store, hub.clock, actor(), signature)
    done(_("Forgotten. What was imported stays; the next file with these columns is asked about."))
    return redirect(url_for("hub.imports.show_all", campaign_id=campaign_id), 303)
