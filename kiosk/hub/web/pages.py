"""All pages of the hub as one blueprint, behind one guard."""

from flask import Blueprint

from kiosk.hub.web import (
    account,
    board,
    bundle_files,
    campaigns,
    claims,
    curation,
    devices,
    events,
    imports,
    journal_files,
    mappings,
    matching,
    merges,
    offers,
    papan,
    people,
    products,
    receipts,
    rekaps,
    reports,
    review,
    rows,
    seals,
    sheets,
    signin,
    staff,
    totals,
    trail,
    vendors,
)

blueprint = Blueprint("hub", __name__)
blueprint.before_request(signin.guard)
blueprint.context_processor(signin.words_for_every_page)

for part in (
    signin,
    account,
    board,
    bundle_files,
    campaigns,
    claims,
    curation,
    devices,
    events,
    imports,
    mappings,
    journal_files,
    matching,
    merges,
    offers,
    papan,
    people,
    products,
    receipts,
    rekaps,
    reports,
    review,
    seals,
    rows,
    sheets,
    staff,
    totals,
    trail,
    vendors,
):
    blueprint.register_blueprint(part.blueprint)
