import pytest

from storymap.axis import FOLD_WIDTH, MARGIN, MOST_LANES, MOST_TICKS, lay_out
from storymap.dates import Limit, parse


def dates(*texts):
    return [parse(text) if text else None for text in texts]


def test_a_day_is_narrower_than_its_year():
    """Each event keeps its own precision."""
    day, year = lay_out(dates("1923-05-01", "1923")).spans
    assert day.end_at - day.start_at < (year.end_at - year.start_at) / 300
    assert year.start_at < day.start_at < year.end_at


def test_an_undated_event_has_no_span():
    """It goes to a lane of its own, not to a made-up year."""
    axis = lay_out(dates("1923", None))
    assert axis.spans[1] is None


def test_a_long_empty_stretch_is_folded():
    """65 years without an event take no more room than a fold."""
    axis = lay_out(dates("1922", "1923/1943", "2008"))
    assert len(axis.folds) == 1
    _, before, after = axis.spans
    assert after.start_at - before.end_at == pytest.approx(FOLD_WIDTH, abs=1e-9)


def test_an_open_end_runs_on():
    """An interval without an end reaches beyond the last date of its stretch."""
    axis = lay_out(dates("1925/..", "1926/1943"))
    assert axis.spans[0].end is Limit.OPEN
    assert axis.spans[0].end_at == pytest.approx(1, abs=1e-9)


def test_an_open_end_runs_on_to_the_fold():
    """What lies beyond an empty stretch is too far for it."""
    axis = lay_out(dates("1900/..", "1905", "1990/1995"))
    assert axis.spans[1].end_at < axis.spans[0].end_at < axis.folds[0]


def test_a_lone_day_between_folds_has_room():
    """It would be a line that nobody could point at."""
    axis = lay_out(dates("1900", "1925-05-01", "1950"))
    first, second = axis.folds
    assert second - first > 4 * FOLD_WIDTH


def test_an_unknown_start_runs_out_to_the_edge():
    """Before 1923 begins where the axis begins."""
    axis = lay_out(dates("/1923", "1920", "1943"))
    assert axis.spans[0].start is Limit.UNKNOWN
    assert axis.spans[0].start_at == 0


def test_a_vague_date_says_so():
    """About 1927 is drawn otherwise than 1927."""
    about, plain = lay_out(dates("1927~", "1927")).spans
    assert (about.vague, plain.vague) == (True, False)


def test_events_of_the_same_time_lie_in_lanes():
    """What would cover another moves to the next lane."""
    axis = lay_out(dates("1925", "1925", "1927", "1925"))
    assert [span.lane for span in axis.spans] == [0, 1, 0, 2]
    assert axis.lanes == 3


def test_lanes_stay_few():
    """Thirty events of one year share the lanes there are."""
    axis = lay_out(dates(*["1925"] * 30, "1900"))
    assert axis.lanes == MOST_LANES
    lanes = [span.lane for span in axis.spans[:-1]]
    assert {lanes.count(lane) for lane in range(MOST_LANES)} == {7, 8}


def test_ticks_stand_at_round_years():
    """Some dozen ticks over twenty years fall on every second year."""
    axis = lay_out(dates("1922/1943"))
    assert [tick.label for tick in axis.ticks] == [str(year) for year in range(1922, 1945, 2)]
    assert axis.ticks[0].at == MARGIN


def test_a_story_of_weeks_has_ticks_at_months():
    """A journey of a few weeks has the months it crosses, not its one year."""
    axis = lay_out(dates("1925-03-29/1925-04-24"))
    assert [tick.label for tick in axis.ticks] == ["April 1925"]


def test_months_before_the_common_era_have_ticks_too():
    """The year 0 of EDTF is 1 BCE."""
    axis = lay_out(dates("-0001-11/-0001-12"))
    assert next(tick.label for tick in axis.ticks) == "November 2 BCE"


def test_years_before_the_common_era_are_called_as_in_the_text():
    """Round ones are round to a reader: 50 BCE is the year -49 of EDTF."""
    axis = lay_out(dates("-0099/0040"))
    labels = [tick.label for tick in axis.ticks]
    assert labels[:6] == ["100 BCE", "90 BCE", "80 BCE", "70 BCE", "60 BCE", "50 BCE"]
    assert labels[-6:] == ["10 BCE", "1 CE", "10 CE", "20 CE", "30 CE", "40 CE"]
    assert axis.ticks[0].at == MARGIN
    years = lay_out(dates("-0002/0002")).ticks
    assert [tick.label for tick in years][:5] == ["3 BCE", "2 BCE", "1 BCE", "1 CE", "2 CE"]


@pytest.mark.parametrize(
    ("year", "labels"),
    [("Y-50000", ["50001 BCE", "50000 BCE"]), ("Y12000", ["12000", "12001"])],
)
def test_a_year_beyond_four_digits_has_ticks(year, labels):
    """EDTF has no months in such years, so that there are none to show."""
    assert [tick.label for tick in lay_out(dates(year)).ticks] == labels


def test_ticks_stay_few_however_long_a_story_is():
    """From the Big Bang on they stand billions of years apart."""
    ticks = lay_out(dates("Y-13800000000", "Y-12000000000/2000")).ticks
    assert [tick.label for tick in ticks][-2:] == ["1000000000 BCE", "1 CE"]
    assert len(ticks) <= MOST_TICKS


def test_a_story_without_dates_has_an_empty_axis():
    """Nothing is dated that the author did not date."""
    axis = lay_out([None, None])
    assert (axis.ticks, axis.folds, axis.spans) == ((), (), (None, None))
