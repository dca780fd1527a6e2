"""Schema of step 21: where money for a stall's goods is transferred to."""

from typing import Final

STALL_ACCOUNTS: Final = ("ALTER TABLE stalls ADD COLUMN transfer_account TEXT NOT NULL DEFAULT ''",)
