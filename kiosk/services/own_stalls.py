"""Whose goods somebody may add to and count: a coordinator everyone's, a vendor her own."""

from kiosk.domain.catalogue import Stall
from kiosk.services.browsers import Browser
from kiosk.services.tills import till_of
from kiosk.storage import catalogue
from kiosk.storage.database import Connection


def own_stalls(connection: Connection, browser: Browser) -> list[Stall]:
    """List the stalls whose goods the operator looks after at this till, in their order.

    A vendor whom the organiser gave no stall looks after the one whose till she is at.
    Raises NoTillError.
    """
    operator = browser.operator
    if operator is None:
        return []
    only = till_of(connection, browser).stall
    is_at_home = only is not None and operator.role == "vendor" and operator.stall is None
    return [
        stall
        for stall in catalogue.stalls_on(connection)
        if only in {None, stall.id} and (is_at_home or operator.looks_after(stall.id))
    ]
