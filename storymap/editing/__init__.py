"""Additions to an author's own files that keep every byte that was there."""
