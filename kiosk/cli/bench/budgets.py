"""The budgets: what a till and a hub may cost, as data.

Each is one row of §11 of the design, or one part of a row that names two figures. Sizes
in kB are thousands of bytes, memory in MB is millions.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Budget:
    """One figure to hold: at most `limit`, or at least where `at_least`."""

    name: str
    unit: str
    limit: float
    at_least: bool = False

    def holds(self, value: float) -> bool:
        """Say whether a measured value is within the budget."""
        return value >= self.limit if self.at_least else value <= self.limit


_ALL: Final = (
    Budget("till_page_bytes", "kB", 60),
    Budget("till_page_requests", "requests", 8),
    Budget("font_bytes", "kB", 16),
    Budget("till_page_1000_products_bytes", "kB", 90),
    Budget("navigation_to_usable", "s", 0.3),
    Budget("navigation_to_usable_cpu_6x_slower", "s", 1.0),
    Budget("tap_p50", "ms", 6),
    Budget("tap_p99", "ms", 25),
    Budget("pay_p50", "ms", 6),
    Budget("pay_p99", "ms", 30),
    Budget("pay_p50_growth_with_1000000_sales", "ratio", 1.3),
    Budget("sales_per_second_8_clients", "sales/s", 300, at_least=True),
    Budget("sales_per_second_8_clients_truncate", "sales/s", 200, at_least=True),
    Budget("bytes_per_sale_browser_and_till", "kB", 8),
    Budget("memory_idle", "MB", 60),
    Budget("memory_after_2000_sales", "MB", 75),
    Budget("start_to_first_page", "s", 1.0),
    Budget("hub_ingest_sqlite", "sales/s", 3000, at_least=True),
    Budget("hub_ingest_postgresql", "sales/s", 2000, at_least=True),
    Budget("hub_dashboard_1000000_sales_p99", "ms", 100),
    Budget("upload_bytes_per_sale", "bytes", 300),
    Budget("same_sale_from_8_clients", "rows", 1),
)

BUDGETS: Final = {budget.name: budget for budget in _ALL}
