"""`kiosk bench`: measures every budget against the real programs on this machine."""
