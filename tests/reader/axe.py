"""What axe-core finds: the rules of accessibility that a program can check."""

from axe_playwright_python.sync_playwright import Axe


def violations(reader, context=None, **options):
    """Return the id of each rule that is broken, and the elements that break it.

    All of the page is looked at, or what a *context* of axe's names; *options* are axe's too.
    """
    options = {"resultTypes": ["violations"]} | options
    found = Axe().run(reader.page, context, options).response["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found]
