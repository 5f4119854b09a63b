"""Published weights can be gone on from: what is read from the ONNX files answers as the network that was written."""

# ruff: noqa: E402  (torch may be missing)

from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
pytest.importorskip("onnxruntime")

from models.runtimes.screen_widgets import MODELS
from models.train.widgets.export import export
from models.train.widgets.network import WidgetNetwork
from models.train.widgets.published import load_published


def trained() -> WidgetNetwork:
    """A network with weights everywhere, as after some steps."""
    torch.manual_seed(3)
    network = WidgetNetwork()
    for value in network.state_dict().values():
        if value.is_floating_point() and (value.ndim == 1 or not value.any()):
            value.uniform_(0.5, 2)  # equal ones would be written once only
    return network


def test_all_weights_come_back_but_for_the_rounding(tmp_path: Path) -> None:
    network = trained()
    export(network, tmp_path)
    again = WidgetNetwork()
    load_published(again, tmp_path)
    for name, value in network.state_dict().items():
        if not name.endswith("num_batches_tracked"):
            torch.testing.assert_close(again.state_dict()[name], value, atol=2e-3, rtol=2e-3, msg=name)


def test_the_bundled_weights_can_be_read() -> None:
    load_published(WidgetNetwork())


def test_another_network_is_refused(tmp_path: Path) -> None:
    export(trained(), tmp_path)
    line, screen = (tmp_path / name for name in MODELS)
    line.write_bytes(screen.read_bytes())
    with pytest.raises(ValueError, match="another network"):
        load_published(WidgetNetwork(), tmp_path)
