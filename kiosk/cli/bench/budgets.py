"""The budgets: what a till and a hub may cost, as data.

Each is one row of §11 of the design, or one part of a row that names two figures. Sizes
in kB are thousands of bytes, memory in MB is millions.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Budget:
    """One figure to hold: at most `most`, at least `least`, exactly where they are the same."""

    name: str
    unit: str
    most: float | None = None
    least: float | None = None

    def holds(self, value: float) -> bool:
        """Say whether a measured value is within the budget."""
        above = self.most is not None and value > self.most
        below = self.least is not None and value < self.least
        return not above and not below

    @property
    def text(self) -> str:
        """The budget as people write it: `≤ 60`, `≥ 300`, `= 1`."""
        if self.most == self.least:
            return f"= {self.most:g}"
        return f"≤ {self.most:g}" if self.least is None else f"≥ {self.least:g}"


_ALL: Final = (
    Budget("till_page_bytes", "kB", most=60),
    Budget("till_page_requests", "requests", most=8),
    Budget("font_bytes", "kB", most=16),
    Budget("till_page_1000_products_bytes", "kB", most=90),
    Budget("navigation_to_usable", "s", most=0.3),
    Budget("navigation_to_usable_cpu_6x_slower", "s", most=1.0),
    Budget("navigation_to_usable_1000_products", "s", most=0.3),
    Budget("navigation_to_usable_1000_products_cpu_6x_slower", "s", most=1.0),
    Budget("tap_p50", "ms", most=6),
    Budget("tap_p99", "ms", most=25),
    Budget("pay_p50", "ms", most=6),
    Budget("pay_p99", "ms", most=30),
    Budget("tap_1000_products_p50", "ms", most=6),
    Budget("tap_1000_products_p99", "ms", most=25),
    Budget("pay_1000_products_p50", "ms", most=6),
    Budget("pay_1000_products_p99", "ms", most=30),
    Budget("pay_p50_growth_with_1000000_sales", "ratio", most=1.3),
    Budget("pay_p50_dead_printer_to_live_one", "ratio", most=1.1),
    Budget("sales_per_second_8_clients", "sales/s", least=300),
    Budget("sales_per_second_8_clients_truncate", "sales/s", least=200),
    Budget("bytes_per_sale_browser_and_till", "kB", most=8),
    Budget("memory_idle", "MB", most=60),
    Budget("memory_after_2000_sales", "MB", most=75),
    Budget("start_to_first_page", "s", most=1.0),
    Budget("hub_ingest_sqlite", "sales/s", least=3000),
    Budget("hub_ingest_postgresql", "sales/s", least=2000),
    Budget("hub_dashboard_1000000_sales_p99", "ms", most=100),
    Budget("hub_dashboard_p50_growth_with_1000000_sales", "ratio", most=1.3),
    Budget("upload_bytes_per_sale", "bytes", most=300),
    Budget("same_sale_from_8_clients", "rows", most=1, least=1),
)

BUDGETS: Final = {budget.name: budget for budget in _ALL}
