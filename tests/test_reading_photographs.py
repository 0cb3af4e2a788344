import warnings
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageCms

from storymap.reading.faults import Fault, Refused
from storymap.reading.photographs import LONGEST_SIDE_PX, make_ready


def saved(image, format, **options):
    file = BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def opened(data):
    image = Image.open(BytesIO(data))
    image.load()
    return image


def two_colours(width, height):
    """Return a picture whose left half is red, whose right half is blue."""
    image = Image.new("RGB", (width, height), (0, 0, 255))
    image.paste((255, 0, 0), (0, 0, width // 2, height))
    return image


def camera(orientation):
    """Return what a phone writes into a photograph."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[1] = "N"
    return exif


@pytest.mark.parametrize("format", ["AVIF", "GIF", "JPEG", "PNG", "WEBP"])
def test_a_picture_of_any_kind_becomes_one(format):
    """The same bytes each time."""
    data = saved(two_colours(40, 20), format)
    ready = make_ready(data, f".{format.lower()}")
    assert (ready.type, ready.size) == ("image/webp", (40, 20))
    shown = opened(ready.data)
    red, _, blue = shown.convert("RGB").getpixel((5, 10))
    assert red > 200
    assert blue < 60
    assert make_ready(data, f".{format.lower()}") == ready


def test_a_photograph_has_no_more_pixels_than_a_page_shows():
    """However many the camera has."""
    ready = make_ready(saved(two_colours(6000, 4000), "JPEG", quality=50), ".jpg")
    assert ready.size == (LONGEST_SIDE_PX, 1067)
    assert opened(ready.data).size == ready.size
    assert len(ready.data) < 20_000


def test_a_photograph_stands_upright_and_keeps_its_secrets():
    """What was the left becomes the top; place and camera are not told."""
    data = saved(two_colours(40, 20), "JPEG", exif=camera(6))
    assert b"A camera" in data
    ready = make_ready(data, ".jpg")
    assert ready.size == (20, 40)
    shown = opened(ready.data)
    assert shown.getpixel((10, 5))[0] > 200
    assert shown.getpixel((10, 35))[2] > 200
    assert not shown.getexif()
    assert b"A camera" not in ready.data


def test_drawings_keep_every_pixel():
    """Unless that would take much more room."""
    drawing = two_colours(300, 200).quantize(4)
    assert opened(make_ready(saved(drawing, "PNG"), ".png").data).getpixel((1, 1)) == (255, 0, 0)


def test_what_is_transparent_stays_so():
    """In a palette, too."""
    image = two_colours(40, 20).quantize(4)
    shown = opened(make_ready(saved(image, "PNG", transparency=0), ".png").data)
    assert shown.mode == "RGBA"


def test_colours_are_those_of_the_web():
    """A profile is followed, then left out: the page has one colour space."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    shown = opened(make_ready(saved(two_colours(40, 20), "PNG", icc_profile=lab), ".png").data)
    assert shown.getpixel((5, 5)) == (255, 0, 0)
    assert "icc_profile" not in shown.info


def test_a_profile_that_is_none_does_no_harm():
    """The numbers are taken for what they are."""
    data = saved(two_colours(40, 20), "PNG", icc_profile=b"no profile")
    assert opened(make_ready(data, ".png").data).getpixel((5, 5)) == (255, 0, 0)


def test_sixteen_bits_of_grey_keep_their_shades():
    """As a scanner gives them: half is half."""
    ramp = np.full((20, 40), 32_768, dtype="uint16")
    shown = opened(make_ready(saved(Image.fromarray(ramp), "PNG"), ".png").data)
    assert shown.getpixel((5, 5)) == (128, 128, 128)


def test_a_moving_picture_stays_as_it_is():
    """Every frame of it."""
    frames = [two_colours(40, 20), two_colours(40, 20).rotate(180)]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert make_ready(data, ".gif") == ("image/gif", data, (40, 20))


def test_a_damaged_picture_is_refused():
    """At whatever byte it ends, or whatever stands in it; Python says nothing of its own."""
    data = saved(two_colours(40, 20), "JPEG")
    for length in range(0, len(data) - 2, 23):
        with warnings.catch_warnings(), pytest.raises(Refused):
            make_ready(data[:length], ".jpg")
    with pytest.raises(Refused) as caught:
        make_ready(data[:-30], ".jpg")
    message = "this JPEG picture is damaged: not all of it can be read"
    assert caught.value.faults == (Fault(message, "save it once more"),)
