"""The fields of an event's form that say what a cashier may take off by herself."""

from collections.abc import Mapping

from kiosk.domain.discounts import LONGEST_REASON, MOST_REASONS, DiscountLimit, DiscountRules
from kiosk.domain.money import format_amount
from kiosk.hub.web.forms import Form, TooLongError, written_per_cent


def standing(rules: DiscountRules) -> Mapping[str, str]:
    """Give the fields as they stand."""
    limit = rules.limit
    return {
        "discount_reasons": "\n".join(rules.reasons),
        "discount_limit_rp": "" if limit.amount_rp is None else format_amount(limit.amount_rp),
        "discount_limit": (
            "" if limit.basis_points is None else written_per_cent(limit.basis_points)
        ),
    }


def read(form: Form, before: DiscountRules) -> DiscountRules:
    """Read what was typed; a form without these fields changes nothing."""
    if "discount_reasons" not in form.values:
        return before
    reasons = [line for line in form.lines("discount_reasons").splitlines() if line]
    if any(len(reason) > LONGEST_REASON for reason in reasons):
        form.refuse(TooLongError(LONGEST_REASON), "discount_reasons")
    return DiscountRules(
        reasons=tuple(dict.fromkeys(reasons))[:MOST_REASONS] or before.reasons,
        limit=DiscountLimit(
            form.amount("discount_limit_rp"),
            form.per_cent("discount_limit") if form.typed("discount_limit").strip() else None,
        ),
    )
