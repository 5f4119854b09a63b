"""How long is long: much before anything was measured, ten times what was afterwards."""

from __future__ import annotations

import pytest

from models.engine_process.patience import FIRST, Patience
from models.engine_process.remote import READ_LEAST, READING


def test_much_at_first_then_ten_times_what_it_took() -> None:
    patience = Patience()
    assert patience.seconds("look", "mini", "CPU") == FIRST["look"]
    patience.took("look", "mini", "CPU", 0.4)
    assert (
        patience.seconds("look", "mini", "CPU") == 10.0
        and patience.seconds("look", "mini", "NPU") == FIRST["look"]
    )
    patience.took("look", "mini", "CPU", 4.0)
    patience.took("look", "mini", "CPU", 0.1)
    assert patience.seconds("look", "mini", "CPU") == 40.0
    patience.took("look", "mini", "CPU", 400.0)
    assert patience.seconds("look", "mini", "CPU") == FIRST["look"]


def test_compiling_anew_may_take_as_long_as_ever() -> None:
    patience = Patience()
    patience.took("open", "mini", "NPU", 0.5)
    assert patience.seconds("open", "mini", "NPU") == FIRST["open"]


def test_what_failed_is_no_measure() -> None:
    patience = Patience()
    with pytest.raises(ZeroDivisionError), patience.measured("look", "mini", "CPU"):
        raise ZeroDivisionError
    assert patience.seconds("look", "mini", "CPU") == FIRST["look"]
    with patience.measured("look", "mini", "CPU") as seconds:
        assert seconds == FIRST["look"]
    assert patience.seconds("look", "mini", "CPU") == 10.0


def test_reading_a_screen_gets_longer_where_it_once_took_long() -> None:
    """GIVEN a machine on which a screen once took a minute THEN ten minutes are no hang there."""
    patience = Patience(READING, READ_LEAST, ceiling=False)
    assert patience.seconds("read") == READING["read"]
    patience.took("read", "", "", 0.5)
    assert patience.seconds("read") == READ_LEAST
    patience.took("read", "", "", 60.0)
    assert patience.seconds("read") == 600.0
