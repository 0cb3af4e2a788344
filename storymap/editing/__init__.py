"""Additions to an author's own files, which keep every byte that was there."""

from storymap.editing.declined import DeclinedError
from storymap.editing.drafts import Draft, new_problems
from storymap.editing.events import add_event
from storymap.editing.places import add_place
from storymap.editing.skeletons import skeleton

__all__ = ["DeclinedError", "Draft", "add_event", "add_place", "new_problems", "skeleton"]
