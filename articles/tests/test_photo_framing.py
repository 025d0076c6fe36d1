"""What part of a picture a crop shows."""

from hypothesis import given
from hypothesis import strategies as st

from articles.photos.framing import CROPS, Framing, crop_box, problem

sides = st.integers(20, 9000)
part = st.floats(0, 1)


@st.composite
def framings(draw):
    left, top = draw(st.floats(0, 0.99)), draw(st.floats(0, 0.99))
    width, height = draw(st.floats(0.001, 1 - left)), draw(st.floats(0.001, 1 - top))
    return Framing((draw(part), draw(part)), draw(st.sampled_from([None, (left, top, width, height)])))


@given(sides, sides, st.sampled_from(sorted(CROPS.values())), framings())
def test_a_crop_lies_inside_is_as_large_as_can_be_and_keeps_what_must_survive(width, height, ratio, framing):
    left, upper, right, lower = crop_box((width, height), ratio, framing)
    assert 0 <= left < right <= width
    assert 0 <= upper < lower <= height
    assert right - left == width or lower - upper == height
    assert abs((right - left) / (lower - upper) - ratio[0] / ratio[1]) < 0.1 or min(right - left, lower - upper) < 40
    if framing.keep is None:
        return
    for first, last, length, at, size in (
        (left, right, width, framing.keep[0], framing.keep[2]),
        (upper, lower, height, framing.keep[1], framing.keep[3]),
    ):
        begin, end = at * length, (at + size) * length
        if end - begin <= last - first - 1:
            assert first <= begin + 1
            assert end - 1 <= last
        else:  # no room for all of it: nothing but it is shown
            assert first >= begin - 1
            assert last <= end + 1


def test_the_focal_point_draws_the_crop_as_near_as_the_edges_allow():
    assert crop_box((1000, 500), (100, 100), Framing((0.5, 0.5))) == (250, 0, 750, 500)
    assert crop_box((1000, 500), (100, 100), Framing((0.0, 0.9))) == (0, 0, 500, 500)
    assert crop_box((1000, 500), (100, 100), Framing((0.0, 0.5), (0.6, 0.1, 0.3, 0.2))) == (400, 0, 900, 500)
    # A banner that no square holds: its middle.
    assert crop_box((1000, 500), (100, 100), Framing((0.0, 0.5), (0.1, 0.1, 0.9, 0.2))) == (300, 0, 800, 500)


def test_what_is_no_framing_is_said_in_a_sentence():
    assert problem(None) == ""
    assert problem({"focus": [0.2, 0.4], "keep": [0.1, 0.1, 0.5, 0.5]}) == ""
    for wrong in ({}, [], {"focus": [2, 0]}, {"focus": ["x", 0]}, {"focus": [0, 0], "keep": [0.5, 0, 0.6, 1]}):
        assert problem(wrong).endswith(".")
    assert problem({"focus": [float("nan"), 0.5]})
