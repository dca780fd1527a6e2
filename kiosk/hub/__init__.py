"""The campaign hub: the organisers' server behind the tills."""
