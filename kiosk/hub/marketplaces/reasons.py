"""Why a row is shown to a person: sentences, marked for translation."""

from kiosk.errors import N_

NEGATIVE_AMOUNT = N_("An amount below zero is left out of the totals: look at this order.")
UNKNOWN_STATUS = N_("This status is not known, so the order is in no total until somebody decides.")
NO_ORDER_NUMBER = N_("The row has no order number and was left out.")
NO_PIECES = N_("The row says that nothing was bought, and was left out.")
MORE_BACK_THAN_BOUGHT = N_("More pieces came back than were bought: the row was left out.")
NO_PAYMENT_TIME = N_("The order counts as paid, but its time of payment is missing.")
NO_PAYMENT_COLUMN = N_(
    "This export gives no time of payment: the time of the order stands in for it."
)
ROW_CUT_OFF = N_("The row ends before this column, and was left out. Download the file once more.")
ORDER_IN_TWO_PARTS = N_(
    "The order stands above and below a second header: two files were pasted together, "
    "and the upper one counts."
)
SAME_ROW_TWICE = N_("The same row is in the file twice and was counted once.")
ROWS_DISAGREE = N_(
    "This order and product are in the file twice with different values: the first row counts."
)
MONEY_BACK_ONLY = N_(
    "Money was given back and no piece came back: it was taken off the omzet, the units stay."
)
RETURN_WITHOUT_PIECES = N_(
    "A return is noted, but neither returned pieces nor a refund: counted in full."
)
PRICE_TOO_SMALL = N_(
    "This price is suspiciously small. A spreadsheet program may have changed 35.000 into 35: check it."
)
SUBTOTAL_DISAGREES = N_("The subtotal is not price times pieces; the subtotal was counted.")
DISCOUNT_NOT_TAKEN_OFF = N_(
    "The export does not say whether the price includes this discount: it was not taken off."
)
UNKNOWN_CHANNEL = N_("The sales channel is not known; it was taken from the invoice number.")
REDUCTION_DISAGREES = N_(
    "The reduction is not price times the reduced pieces; the pieces were counted."
)
QUANTITY_IN_A_UNIT_ROW = N_(
    "This export should have one row for each piece; the row was counted as given."
)
