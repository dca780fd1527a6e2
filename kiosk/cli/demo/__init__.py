"""The demonstration: the program of late 2021 with its published figures, ready to sell on."""
