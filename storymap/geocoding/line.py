"""The line to an online service: its pace, its second attempts, and words for its failures.

Whoever asks gets an answer or `Unavailable`, whatever happens at the other end; a service that
failed is not asked again.
"""

import socket
import ssl
from collections.abc import Callable, Sequence
from http.client import HTTPException
from typing import NamedTuple
from urllib.error import URLError

from geopy.adapters import AdapterHTTPError, get_retry_after
from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderServiceError,
)
from geopy.extra.rate_limiter import RateLimiter
from geopy.location import Location

from storymap.geocoding.candidates import NotUnderstood, Unavailable
from storymap.text import excerpt

TIMEOUT_S = 10
LONGEST_WAIT_S = 60
"""a service that asks for more is left for another day"""

_BACK_OFF_S = (1, 3, 9)
"""waits before the second attempt, the third and the last"""

_NOT_UNDERSTOOD = (AttributeError, GeocoderParseError, LookupError, TypeError, ValueError)
"""what comes of reading an answer that has another form than the service's"""


class _Failure(NamedTuple):
    """What went wrong."""

    words: str
    passing: bool = False
    """whether asking again may help"""
    wait_s: float | None = None
    """how long the service asks to wait"""
    lasting: bool = True
    """whether it holds for other questions as well"""


Wait = Callable[[float, str], None]
"""what waits so many seconds before a second attempt, for a reason that it may tell"""


class Line:
    """The line to one service, at *host*; *geocode* is that of a geopy geocoder."""

    def __init__(
        self,
        service: str,
        host: str,
        geocode: Callable[..., Sequence[Location | None] | None],
        *,
        pause_s: float,
        wait: Wait,
    ) -> None:
        self._service = service
        self._host = host
        self._wait = wait
        self._failed = ""
        self._geocode = RateLimiter(
            geocode,
            min_delay_seconds=pause_s,
            max_retries=0,  # it would ask again after any failure, and at once
            error_wait_seconds=pause_s,
            swallow_exceptions=False,
        )

    def ask(self, text: str, **options: object) -> list[Location]:
        """Return the answers to *text*, none where the service knows none.

        Raises:
            Unavailable: it gave no answer, now or to an earlier question; `NotUnderstood` where
                only this one is to blame.
        """
        if self._failed:
            raise Unavailable(self._failed)
        for back_off_s in (*_BACK_OFF_S, None):
            try:
                found = self._geocode(text, exactly_one=False, timeout=TIMEOUT_S, **options) or ()
                return [location for location in found if location is not None]
            except (GeocoderServiceError, OSError, *_NOT_UNDERSTOOD) as error:
                failure = self._failure(error)
            wait_s = failure.wait_s or back_off_s or 0
            if not failure.passing or back_off_s is None or wait_s > LONGEST_WAIT_S:
                break
            self._wait(wait_s, f"{self._service}: {failure.words}")
        later = f"; try again in {_rounded(failure.wait_s)}" if failure.wait_s else ""
        said = f"{self._service}: {failure.words}{later}"
        if not failure.lasting:
            raise NotUnderstood(said)
        self._failed = said
        raise Unavailable(said)

    def _failure(self, error: Exception) -> _Failure:
        answer = error.__cause__
        if isinstance(answer, AdapterHTTPError):
            return self._refusal(error, answer.status_code, get_retry_after(answer.headers))
        if isinstance(error, GeocoderAuthenticationFailure | GeocoderInsufficientPrivileges):
            return _Failure(f"{self._host} does not accept your key")
        if isinstance(error, GeocoderQuotaExceeded):
            return _Failure(f"you have asked {self._host} all that it answers you for now")
        trouble = error.__context__ or error
        if isinstance(trouble, URLError) and isinstance(trouble.reason, Exception):
            trouble = trouble.reason
        if isinstance(trouble, OSError | HTTPException):
            return self._break(trouble)
        if isinstance(error, GeocoderServiceError) and trouble is error:
            return _Failure(f"{self._host} says '{excerpt(str(error))}'", lasting=False)
        message = f"{self._host} answers in a form that is not {self._service}'s"
        return _Failure(f"{message}: is its address right?")

    def _refusal(self, error: Exception, status: int, wait_s: float | None) -> _Failure:
        if status == 429:
            words = f"{self._host} has had too many questions from you"
            return _Failure(words, passing=True, wait_s=wait_s)
        if isinstance(error, GeocoderAuthenticationFailure):
            return _Failure(f"{self._host} does not accept your key")
        if isinstance(error, GeocoderInsufficientPrivileges | GeocoderQuotaExceeded):
            return _Failure(f"{self._host} refuses to answer you (error {status})")
        if status >= 500:
            return _Failure(
                f"{self._host} is out of order (error {status})", passing=True, wait_s=wait_s
            )
        if isinstance(error, GeocoderQueryError):
            words = f"{self._host} does not understand the question (error {status})"
            return _Failure(words, lasting=False)
        return _Failure(f"{self._host} answers with error {status}: is its address right?")

    def _break(self, trouble: OSError | HTTPException) -> _Failure:
        if isinstance(trouble, TimeoutError):
            return _Failure(f"no answer from {self._host} within {TIMEOUT_S} seconds", passing=True)
        if isinstance(trouble, ConnectionRefusedError):
            return _Failure(f"nothing answers at {self._host}: does the service run there?")
        if isinstance(trouble, ConnectionError | HTTPException):
            return _Failure(f"{self._host} broke off its answer", passing=True)
        if isinstance(trouble, ssl.SSLError):
            return _Failure(f"the connection to {self._host} cannot be trusted: {trouble}")
        if isinstance(trouble, socket.gaierror):
            return _Failure(f"{self._host} cannot be found: is there a network?")
        return _Failure(f"{self._host} cannot be reached: is there a network?")


def _rounded(seconds: float) -> str:
    if seconds < 100:
        return f"{seconds:.0f} seconds"
    minutes = seconds / 60
    return f"{minutes:.0f} minutes" if minutes < 100 else f"{minutes / 60:.0f} hours"
