"""Marketplaces: order exports of Tokopedia, TikTok Shop, Shopee and Lazada, read into orders.

Nothing here touches a database, the network or a clock. The words of this package:

- *Omzet* is what buyers paid for the goods, after every discount on the line;
  *seller omzet* is the price before discount less the seller's own discount. Shipping,
  fees and vouchers on a whole order are in neither.
- *Sementara* is what is paid and not cancelled, *final* what is completed. Both are less
  what came back: of a line with r of q pieces returned, ⌊amount · r / q⌋ is taken off.
- A row is counted or it is among `Export.problems`; none is dropped in silence.
"""

from kiosk.hub.marketplaces.limits import FileTooLargeError, Limits, TooManyRowsError
from kiosk.hub.marketplaces.orders import (
    Channel,
    Export,
    Figures,
    Order,
    OrderLine,
    RowProblem,
    Source,
    State,
    final,
    is_final,
    is_sementara,
    sementara,
)
from kiosk.hub.marketplaces.reader import (
    DEFAULT_LIMITS,
    RoundedIdsError,
    read_export,
    read_export_steps,
)
from kiosk.hub.marketplaces.recognise import LAYOUTS, MissingColumnsError, UnknownExportError

__all__ = [
    "DEFAULT_LIMITS",
    "LAYOUTS",
    "Channel",
    "Export",
    "Figures",
    "FileTooLargeError",
    "Limits",
    "MissingColumnsError",
    "Order",
    "OrderLine",
    "RoundedIdsError",
    "RowProblem",
    "Source",
    "State",
    "TooManyRowsError",
    "UnknownExportError",
    "final",
    "is_final",
    "is_sementara",
    "read_export",
    "read_export_steps",
    "sementara",
]
