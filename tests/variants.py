"""Plain data with one value changed, to try what a reader makes of it."""


def places_in(data, path=()):
    """Yield the path of each value in plain data."""
    yield path
    if isinstance(data, dict | list):
        for key in data if isinstance(data, dict) else range(len(data)):
            yield from places_in(data[key], (*path, key))


def changed(data, path, value):
    """Return plain data with another value at *path*."""
    if not path:
        return value
    copy = dict(data) if isinstance(data, dict) else list(data)
    copy[path[0]] = changed(copy[path[0]], path[1:], value)
    return copy
