"""Loops around service steps: one thread per printer and one for the upload."""
