"""Receipts on paper: elements are laid out, turned into bytes, and moved to a printer.

A library of its own, which has never heard of the till or the hub. What a caller needs is
in `elements` (what to print), `layout` and `preview` (how it looks), and `spooler` (getting
it onto paper at most once). `simulator` is a printer that exists only on this machine.
"""
