"""Guesses from the text that an answer quotes: where it goes on, how far, and when guessing stops paying."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from assistant.drafts import JUDGED_FROM, LONGEST, PAUSE, Drafts

SEEN = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]
ids = some.lists(some.integers(0, 5), max_size=60)


def test_what_follows_the_last_two_tokens_is_guessed() -> None:
    assert Drafts(SEEN).after([99, 3, 4]) == [5, 6, 7, 8]


def test_nothing_is_guessed_where_nothing_agrees_or_too_little_was_said() -> None:
    drafts = Drafts(SEEN)
    assert drafts.after([]) == drafts.after([3]) == drafts.after([4, 3]) == drafts.after([12, 13]) == []


def test_of_several_places_the_one_with_more_before_it_counts() -> None:
    seen = [1, 2, 3, 40, 7, 2, 3, 50, 2, 3, 60]
    assert Drafts(seen).after([1, 2, 3])[0] == 40
    assert Drafts(seen).after([7, 2, 3])[0] == 50
    assert Drafts(seen).after([8, 2, 3])[0] == 60  # none is better: the last one


def test_right_guesses_grow_and_wrong_ones_shrink() -> None:
    drafts = Drafts(range(100))
    assert len(drafts.after([5, 6])) == 4
    drafts.judge(4, 4, 6)
    assert len(drafts.after([5, 6])) == 8 == LONGEST
    drafts.judge(8, 8, 14)
    assert len(drafts.after([5, 6])) == LONGEST
    drafts.judge(8, 0, 15)
    assert len(drafts.after([5, 6])) == 2


def test_guessing_rests_where_it_does_not_pay() -> None:
    drafts = Drafts(SEEN)
    made = [50] * 8 + [3, 4]
    for _ in range(JUDGED_FROM // 2):
        drafts.judge(2, 0, len(made))
    assert drafts.after(made) == []
    assert drafts.after([50] * (len(made) + PAUSE - 2) + [3, 4]) != []


def test_saved_steps_are_counted() -> None:
    drafts = Drafts(SEEN)
    drafts.judge(4, 3, 10)
    drafts.judge(4, 0, 11)
    assert drafts.steps_saved == 3


@given(ids, ids)
def test_guesses_are_always_a_stretch_of_the_text_that_follows_the_answers_end(
    seen: list[int], made: list[int]
) -> None:
    guesses = Drafts(seen).after(made)
    assert len(guesses) <= LONGEST
    if guesses:
        whole = [*made[-2:], *guesses]
        assert any(seen[n : n + len(whole)] == whole for n in range(len(seen)))
