"""Servers that other vendors make, which of them run here, and where each is documented. Nothing is installed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from assistant.errors import NunchiError
from assistant.prompts import plain
from models.runtimes.http_address import server_address
from models.runtimes.http_exchange import Exchange, Patience, Server
from models.runtimes.http_models import ListedModel, parse_models

PROBE_SECONDS = 0.5


@dataclass(frozen=True)
class Preset:
    """One kind of server on loopback. `owner` is what its model list says in `owned_by`, where it says something."""

    name: str
    port: int
    source: str
    path: str = "/v1"
    owner: str | None = None
    note: str = ""


PRESETS: tuple[Preset, ...] = (
    Preset("Lemonade", 13305, "https://man.archlinux.org/man/lemonade.1 (version 10)", "/api/v1", "lemonade",
           "AMD NPU and GPU"),
    Preset("Lemonade", 8000, "https://docs.litellm.ai/docs/providers/lemonade (before version 10)", "/api/v1", "lemonade",
           "AMD NPU and GPU"),
    Preset("FastFlowLM", 52625, "https://github.com/ROCm/FastFlowLM", note="AMD NPU"),
    Preset("GenieX", 18181, "https://geniex.aihub.qualcomm.com", note="Snapdragon NPU"),
    Preset("Foundry Local", 5273, "https://learn.microsoft.com/azure/ai-foundry/foundry-local", note="chooses its port "
           "anew; `foundry service status` shows it"),
    Preset("mlx-vlm", 8080, "https://pypi.org/project/mlx-vlm", note="Apple; shares its port with llama-server"),
    Preset("llama-server", 8080, "https://github.com/ggml-org/llama.cpp/tree/master/tools/server", owner="llamacpp"),
    Preset("LM Studio", 1234, "https://lmstudio.ai/docs/developer/core/server", owner="organization_owner"),
    Preset("Ollama", 11434, "https://github.com/ollama/ollama/blob/main/docs/openai.md", owner="library"),
    Preset("LMDeploy", 23333, "https://lmdeploy.readthedocs.io/en/latest/llm/api_server.html", owner="lmdeploy"),
    Preset("vLLM", 8000, "https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html", owner="vllm"),
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """A server that answered. `models` is empty where it wants a key (`locked`) or has none loaded."""

    preset: Preset
    url: str
    models: tuple[ListedModel, ...] = ()
    locked: bool = False

    @property
    def told(self) -> dict[str, Any]:
        """For people and programs: name, url, models, locked, note."""
        return {
            "name": self.preset.name,
            "url": self.url,
            "models": [plain(model.name) for model in self.models],
            "locked": self.locked,
            "note": self.preset.note,
        }


def detect(
    presets: tuple[Preset, ...] = PRESETS, *, host: str = "127.0.0.1", seconds: float = PROBE_SECONDS
) -> list[Found]:
    """Ask every preset's address on loopback for its models, all at once. What does not answer is not there."""
    places = list(dict.fromkeys((preset.port, preset.path) for preset in presets))
    with ThreadPoolExecutor(len(places)) as pool:
        answers = dict(
            zip(places, pool.map(lambda place: _probe(host, *place, seconds), places), strict=True)
        )
    found = []
    for place, answer in answers.items():
        if answer is not None:
            candidates = [preset for preset in presets if (preset.port, preset.path) == place]
            found.append(Found(_meant(candidates, answer[0]), f"http://{host}:{place[0]}{place[1]}", *answer))
    return found


def _probe(host: str, port: int, path: str, seconds: float) -> tuple[tuple[ListedModel, ...], bool] | None:
    """The models and whether a key is wanted; None where nothing like that answers."""
    server = Server(
        server_address(f"http://{host}:{port}{path}"), patience=Patience(seconds, seconds, seconds)
    )
    exchange = Exchange(server, "GET", "/models")
    try:
        head = exchange.head()
        if head.status in (401, 403):
            return (), True
        return (parse_models(exchange.whole()), False) if head.status == 200 else None
    except (NunchiError, ValueError):
        return None
    finally:
        exchange.close()


def _meant(candidates: list[Preset], models: tuple[ListedModel, ...]) -> Preset:
    """Which of several kinds on one port this is, told from who owns its models."""
    owners = {model.owner for model in models}
    for preset in candidates:
        if preset.owner is not None and preset.owner in owners:
            return preset
    return next((preset for preset in candidates if preset.owner is None), candidates[0])
