"""The trade itself: money, carts, sales, shifts and sealed entries.

Pure: no Flask, no database, no clock, no network, no operating system.
"""
