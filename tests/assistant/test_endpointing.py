"""Where a question begins and ends, with a voice detector that reads the answer from the samples themselves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.endpointing import BLOCK, BLOCK_MS, RATE, Ending, Endpointer, Rules


def loudness(block: np.ndarray) -> float:
    """The test's voice detector: a block's samples are its probability of speech."""
    return float(block.mean())


def sound(*parts: tuple[float, float]) -> np.ndarray:
    """(probability, seconds) → samples, whole blocks."""
    return np.concatenate([np.full(round(s * RATE / BLOCK) * BLOCK, p, np.float32) for p, s in parts])


def heard(samples: np.ndarray, rules: Rules, step: int = BLOCK) -> Endpointer:
    endpointer = Endpointer(loudness, rules)
    for at in range(0, len(samples), step):
        endpointer.feed(samples[at : at + step])
    return endpointer


@pytest.mark.parametrize("silence_ms", [250, 500, 700])
def test_a_question_ends_with_the_silence_after_it(silence_ms: int) -> None:
    rules = Rules(silence_ms=silence_ms)
    endpointer = heard(sound((0, 1), (0.9, 1.5), (0, 2)), rules)
    assert endpointer.ending is Ending.SILENCE
    assert abs(endpointer.silent_ms - silence_ms) <= BLOCK_MS
    expected = (rules.pre_roll_ms + 1500 + min(silence_ms, rules.pause_ms)) / 1000
    assert abs(endpointer.speech().seconds - expected) <= 3 * BLOCK_MS / 1000


def test_a_pause_to_think_is_no_end() -> None:
    endpointer = heard(sound((0.9, 0.5), (0, 0.4), (0.9, 0.5), (0, 0.5)), Rules(silence_ms=600))
    assert endpointer.ending is None
    assert endpointer.speaking


def test_doubtful_blocks_belong_to_what_came_before() -> None:
    """Between the two thresholds speech goes on, and silence stays silence."""
    assert heard(sound((0.9, 0.3), (0.4, 1.0)), Rules(silence_ms=300)).ending is None
    assert heard(sound((0.4, 1.0)), Rules(wait_seconds=0.9)).ending is Ending.NOTHING_SAID


def test_a_click_is_no_speech() -> None:
    endpointer = heard(sound((0, 0.5), (1.0, 0.064), (0, 2)), Rules(wait_seconds=2))
    assert endpointer.ending is Ending.NOTHING_SAID
    assert endpointer.speech().seconds == 0


def test_the_beginning_is_kept_even_when_it_sounded_like_nothing() -> None:
    """A soft first syllable of 256 ms, which the detector missed, is in the recording."""
    soft = sound((0, 1), (0.2, 0.256), (0.9, 1), (0, 1))
    speech = heard(soft, Rules(pre_roll_ms=300)).speech()
    assert (speech.samples == np.float32(0.2)).sum() == int((soft == np.float32(0.2)).sum())


def test_speech_from_the_first_sample() -> None:
    endpointer = heard(sound((0.9, 1), (0, 1)), Rules())
    assert (endpointer.speech().samples == np.float32(0.9)).sum() == len(sound((0.9, 1)))


def test_holding_ends_by_release_only() -> None:
    """Long pauses change nothing; all that was recorded belongs to the question."""
    endpointer = heard(sound((0, 1), (0.9, 0.5), (0, 12), (0.9, 0.5)), Rules(hold=True))
    assert endpointer.ending is None
    endpointer.release()
    endpointer.feed(sound((0, 0.1)))
    assert endpointer.ending is Ending.RELEASED
    assert endpointer.speech().seconds >= 14


def test_a_tap_gives_the_end_back_to_silence() -> None:
    endpointer = heard(sound((0, 1), (0.9, 0.5), (0, 3)), Rules(hold=True, silence_ms=600))
    assert endpointer.ending is None
    endpointer.tap()
    assert endpointer.feed(sound((0, 0.04))) is Ending.SILENCE
    assert endpointer.speech().seconds < 1.2


def test_a_pause_is_told_before_the_end_and_nothing_after_it_is_transcribed() -> None:
    """What a decode that begins at the pause hears is what is transcribed if nobody speaks on."""
    rules = Rules(silence_ms=700, pause_ms=256)
    endpointer = heard(sound((0.9, 0.5), (0, 0.2)), rules)
    assert not endpointer.so_far().paused
    endpointer.feed(sound((0, 0.1)))
    guess = endpointer.so_far()
    assert guess.paused and endpointer.ending is None
    endpointer.feed(sound((0, 1)))
    assert endpointer.ending is Ending.SILENCE
    assert endpointer.so_far().last_speech == guess.last_speech
    assert np.array_equal(endpointer.speech().samples, guess.speech.samples)


def test_words_that_sound_finished_are_waited_after_for_less() -> None:
    rules = Rules(silence_ms=600)
    endpointer = heard(sound((0.9, 0.5), (0, 0.256)), rules)
    endpointer.finish(endpointer.so_far().last_speech)
    assert endpointer.ending is None
    assert endpointer.feed(sound((0, 0.1))) is Ending.SILENCE
    assert abs(endpointer.silent_ms - rules.finished_share * 600) <= BLOCK_MS


def test_who_speaks_on_after_a_finished_sentence_gets_the_whole_silence_again() -> None:
    endpointer = heard(sound((0.9, 0.5), (0, 0.256)), Rules(silence_ms=600))
    endpointer.finish(endpointer.so_far().last_speech)
    assert endpointer.feed(sound((0.9, 0.2), (0, 0.5))) is None
    assert endpointer.feed(sound((0, 0.2))) is Ending.SILENCE


def test_while_the_key_is_held_nothing_sounds_finished() -> None:
    endpointer = heard(sound((0.9, 0.5), (0, 0.256)), Rules(hold=True))
    endpointer.finish(endpointer.so_far().last_speech)
    assert endpointer.feed(sound((0, 2))) is None


def test_speaking_on_after_a_pause_shows() -> None:
    endpointer = heard(sound((0.9, 0.5), (0, 0.4)), Rules())
    guess = endpointer.so_far()
    endpointer.feed(sound((0.9, 0.1)))
    assert endpointer.so_far().last_speech > guess.last_speech and not endpointer.so_far().paused


def test_the_last_syllable_after_the_release_is_kept() -> None:
    rules = Rules(hold=True, after_release_ms=160)
    endpointer = heard(sound((0.9, 1)), rules)
    before = endpointer.speech().seconds
    endpointer.release()
    endpointer.feed(sound((0.9, 1)))
    assert endpointer.ending is Ending.RELEASED
    assert abs(endpointer.speech().seconds - before - 0.16) < 0.04


def test_a_release_before_a_word_is_nothing_said() -> None:
    endpointer = heard(sound((0, 0.5)), Rules(hold=True))
    endpointer.release()
    assert endpointer.feed(sound((0, 0.2))) is Ending.NOTHING_SAID


def test_a_release_ends_a_tapped_question_too() -> None:
    endpointer = heard(sound((0.9, 0.5)), Rules())
    endpointer.release()
    assert endpointer.feed(sound((0, 0.1))) is Ending.RELEASED


def test_the_longest_question() -> None:
    assert heard(sound((0.9, 3)), Rules(longest_seconds=2)).ending is Ending.TOO_LONG
    assert heard(sound((0, 3)), Rules(hold=True, longest_seconds=2)).ending is Ending.NOTHING_SAID


blocks = st.lists(st.sampled_from([0.0, 0.2, 0.4, 0.6, 0.95]), min_size=1, max_size=120)


@settings(deadline=None)
@given(blocks, st.integers(1, 1700))
def test_how_the_samples_come_in_does_not_matter(chances: list[float], step: int) -> None:
    """In blocks or in any other pieces: the same ending, the same speech."""
    samples = np.repeat(np.array(chances, np.float32), BLOCK)
    rules = Rules(silence_ms=300, wait_seconds=1.0, longest_seconds=3.0)
    whole, pieces = heard(samples, rules), heard(samples, rules, step)
    assert whole.ending is pieces.ending
    assert np.array_equal(whole.speech().samples, pieces.speech().samples)


@settings(deadline=None)
@given(blocks, st.booleans())
def test_no_speech_is_ever_lost(chances: list[float], hold: bool) -> None:
    """Whatever the detector was sure of before the end, in runs long enough, is in the recording, in order."""
    samples = np.repeat(np.array(chances, np.float32), BLOCK) + np.linspace(
        0, 1e-3, BLOCK * len(chances), dtype=np.float32
    )
    endpointer = heard(samples, Rules(hold=hold, silence_ms=300, least_speech_ms=32))
    speech = endpointer.speech().samples
    used = samples[: len(speech)] if hold else samples
    sure = [n for n, chance in enumerate(chances) if chance >= 0.5]
    if not sure:
        assert endpointer.ending in (None, Ending.NOTHING_SAID)
        return
    first = sure[0] * BLOCK
    start = int(np.flatnonzero(used == speech[0])[0]) if len(speech) else 0
    assert start <= first
    assert np.array_equal(used[start : start + len(speech)], speech)
