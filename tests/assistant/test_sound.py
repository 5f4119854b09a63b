"""WAV files become 16 kHz mono speech at the right level and pitch, or a typed refusal."""

from __future__ import annotations

import random

import numpy as np
import pytest

from assistant.errors import BadInput
from assistant.messages import message
from assistant.sound import LARGEST_FILE, RATE, open_wav, resample
from tests.assistant.recordings import EXTENSIBLE_TAIL, extensible, fmt, packed, riff, sine, wav

SECOND = sine(440, 16_000)


def decibels(signal, reference) -> float:
    return 20 * np.log10(np.sqrt(np.mean(np.square(signal))) / np.sqrt(np.mean(np.square(reference))) + 1e-12)


def refusal(source) -> str:
    with pytest.raises(BadInput) as refused:
        open_wav(source)
    assert message(refused.value.code, "en", **refused.value.values)
    return refused.value.code


@pytest.mark.parametrize(
    ("bits", "is_float", "noise"),
    [
        (8, False, -40),
        (16, False, -90),
        (24, False, -120),
        (32, False, -120),
        (32, True, -120),
        (64, True, -120),
    ],
)
@pytest.mark.parametrize("channels", [1, 2])
def test_every_sample_format(bits, is_float, noise, channels):
    samples = np.stack([SECOND] * channels, axis=1)
    speech = open_wav(wav(samples, bits=bits, is_float=is_float))
    assert speech.rate == RATE and speech.samples.dtype == np.float32 and speech.samples.shape == (16_000,)
    assert decibels(speech.samples - SECOND, SECOND) < noise


def test_stereo_is_mixed_down():
    speech = open_wav(wav(np.stack([SECOND, np.zeros_like(SECOND)], axis=1)))
    assert decibels(speech.samples - SECOND / 2, SECOND) < -80


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 96_000, 192_000])
@pytest.mark.parametrize("frequency", [100, 1_000, 3_400])
def test_any_rate_keeps_level_pitch_and_time(rate, frequency):
    speech = open_wav(wav(sine(frequency, rate), rate=rate, bits=24))
    expected = sine(frequency, RATE)
    assert abs(len(speech.samples) - RATE) <= 1
    middle = slice(800, 15_200)  # a sine that starts and stops is not one at its ends
    assert decibels(speech.samples[middle] - expected[middle], expected) < -60


@pytest.mark.parametrize("rate", [22_050, 32_000, 44_100, 48_000, 96_000, 192_000])
@pytest.mark.parametrize("frequency", [8_100, 9_000, 10_500])
def test_nothing_above_8_khz_folds_back(rate, frequency):
    loud = sine(frequency, rate, level=1.0)
    assert decibels(resample(loud, rate, RATE)[800:-800], loud) < -70


def test_odd_rates_are_exact_too():
    assert (
        decibels(
            open_wav(wav(sine(1_000, 12_345), 12_345)).samples[800:-800] - sine(1_000, RATE)[800:-800], SECOND
        )
        < -60
    )


def test_extensible_headers():
    data = (b"data", packed(SECOND, 24))
    assert len(open_wav(riff((b"fmt ", extensible(bits=24)), data)).samples) == 16_000
    as_float = (b"data", packed(SECOND, 32, True))
    assert len(open_wav(riff((b"fmt ", extensible(bits=32, tag=3)), as_float)).samples) == 16_000
    assert refusal(riff((b"fmt ", extensible(tail=b"\1" + EXTENSIBLE_TAIL[1:])), data)) == "audio_format"


def test_other_chunks_are_passed_over():
    chunks = [
        (b"LIST", b"INFOodd"),
        (b"fmt ", fmt()),
        (b"fact", bytes(4)),
        (b"data", packed(SECOND, 16)),
        (b"id3 ", bytes(9)),
    ]
    assert len(open_wav(riff(*chunks)).samples) == 16_000


@pytest.mark.parametrize("said", [0, 0xFFFFFFFF])
def test_a_streamed_file_whose_size_is_unknown_is_read_to_its_end(said):
    assert len(open_wav(riff((b"fmt ", fmt()), (b"data", packed(SECOND, 16), said))).samples) == 16_000


def test_silence_is_fine_and_loud_floats_are_clipped():
    assert not open_wav(wav(np.zeros(16_000))).samples.any()
    loud = open_wav(wav(SECOND * 100, bits=32, is_float=True)).samples
    assert loud.max() == 1.0 and loud.min() == -1.0


DATA = (b"data", packed(SECOND, 16))
BAD = {
    "empty": (b"", "audio_empty"),
    "text": (b"not a sound at all", "audio_format"),
    "mp3": (b"ID3\4\0\0" + bytes(100), "audio_format"),
    "ogg": (b"OggS" + bytes(100), "audio_format"),
    "big endian": (b"RIFX" + bytes(40), "audio_format"),
    "another riff": (b"RIFF\x10\0\0\0AVI " + bytes(40), "audio_format"),
    "header only": (riff(), "audio_broken"),
    "no format": (riff(DATA), "audio_broken"),
    "no data": (riff((b"fmt ", fmt())), "audio_truncated"),
    "short format": (riff((b"fmt ", fmt()[:12]), DATA), "audio_broken"),
    "cut off": (wav(SECOND)[:-100], "audio_truncated"),
    "no samples": (wav(np.zeros(0)), "audio_empty"),
    "one sample": (wav(np.zeros(1)), "audio_too_short"),
    "30 ms": (wav(np.zeros(480)), "audio_too_short"),
    "no channels": (riff((b"fmt ", fmt(channels=0)), DATA), "audio_format"),
    "six channels": (riff((b"fmt ", fmt(channels=6)), DATA), "audio_format"),
    "0 Hz": (riff((b"fmt ", fmt(rate=0)), DATA), "audio_format"),
    "4 kHz": (riff((b"fmt ", fmt(rate=4_000)), DATA), "audio_format"),
    "384 kHz": (riff((b"fmt ", fmt(rate=384_000)), DATA), "audio_format"),
    "12 bits": (riff((b"fmt ", fmt(bits=12)), DATA), "audio_format"),
    "0 bits": (riff((b"fmt ", fmt(bits=0)), DATA), "audio_format"),
    "16-bit float": (riff((b"fmt ", fmt(tag=3)), DATA), "audio_format"),
    "mu-law": (riff((b"fmt ", fmt(tag=7, bits=8)), DATA), "audio_format"),
    "adpcm": (riff((b"fmt ", fmt(tag=2, bits=4)), DATA), "audio_format"),
    "mp3 in wav": (riff((b"fmt ", fmt(tag=0x55)), DATA), "audio_format"),
    "wrong alignment": (riff((b"fmt ", fmt(align=3)), DATA), "audio_broken"),
    "nan": (wav(np.where(np.arange(16_000) == 9, np.nan, SECOND), bits=32, is_float=True), "audio_broken"),
    "infinite": (
        wav(np.where(np.arange(16_000) == 9, np.inf, SECOND), bits=64, is_float=True),
        "audio_broken",
    ),
    "11 minutes": (riff((b"fmt ", fmt(rate=8_000, bits=8)), (b"data", bytes(8_000 * 660))), "audio_too_long"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_recordings_are_refused(name):
    data, code = BAD[name]
    assert refusal(data) == code


def test_ten_minutes_are_still_heard():
    assert open_wav(riff((b"fmt ", fmt(rate=8_000, bits=8)), (b"data", bytes(8_000 * 600)))).seconds == 600


def test_files_and_their_absence(tmp_path):
    path = tmp_path / "질문.wav"
    path.write_bytes(wav(SECOND))
    assert open_wav(path).seconds == open_wav(str(path)).seconds == 1.0
    assert refusal(tmp_path) == "audio_is_folder"
    assert refusal(tmp_path / "nothing.wav") == "audio_missing"
    assert refusal(tmp_path / ("가" * 300)) == "audio_unreadable"
    (tmp_path / "empty.wav").touch()
    assert refusal(tmp_path / "empty.wav") == "audio_empty"
    with (tmp_path / "large.wav").open("wb") as large:
        large.truncate(LARGEST_FILE + 1)
    assert refusal(tmp_path / "large.wav") == "audio_file_too_large"


def test_errors_name_the_file(tmp_path):
    (tmp_path / "깨짐.wav").write_bytes(b"RIFF")
    with pytest.raises(BadInput) as refused:
        open_wav(tmp_path / "깨짐.wav")
    assert refused.value.values["name"] == "깨짐.wav"


def seeds() -> list[bytes]:
    short = sine(440, 16_000, 0.1)
    stereo = np.stack([short, short], axis=1)
    return [
        wav(short),
        wav(stereo, 44_100),
        wav(short, bits=8),
        wav(short, bits=24),
        wav(stereo, bits=32, is_float=True),
        wav(short, 8_000, bits=64, is_float=True),
        riff((b"fmt ", extensible(bits=24)), (b"LIST", b"INFO"), (b"data", packed(short, 24))),
    ]


def test_mutated_recordings_end_in_samples_or_a_typed_refusal():
    from tests.assistant.pictures import mutated

    rng, outcomes = random.Random(2), {}
    for n in range(400):
        data = mutated(seeds()[n % 7], rng)
        if rng.random() < 0.7:  # most damage belongs into the header
            data = mutated(data[:60], rng) + data[60:]
        try:
            samples = open_wav(data).samples
            assert np.isfinite(samples).all() and samples.min() >= -1 and samples.max() <= 1
            outcome = "opened"
        except BadInput as error:
            outcome = error.code
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    assert outcomes["opened"] > 20 and len(outcomes) >= 5
