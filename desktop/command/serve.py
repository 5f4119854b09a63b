"""`nunchi serve`: the local API for programs the person gives the token to. See docs/screen-readers.md."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

from assistant.errors import EngineFailed
from desktop.command.engines import ports
from desktop.command.main import language

if TYPE_CHECKING:
    from argparse import Namespace

    from models.serve.engines import Engines

NEEDED = ("starlette", "uvicorn", "python_multipart")
STARTED = {
    "ko": "눈치 API가 {url}/v1 에서 듣고 있습니다. 모델: {models}\nAPI 키: nunchi serve --show-token   멈추기: Ctrl+C",
    "en": "The Nunchi API listens on {url}/v1. Models: {models}\nAPI key: nunchi serve --show-token   Stop: Ctrl+C",
}


def run(arguments: Namespace) -> int:
    """Serves until Ctrl+C. Errors: `NunchiError`: no loopback address, a taken port, an exposed token file."""
    from models.catalogue import data_folder
    from models.serve.access_token import FILE, TokenFile

    token = TokenFile(data_folder() / FILE)
    if arguments.new_token:
        token.renew()
    if arguments.new_token or arguments.show_token:
        print(token.current())
        return 0
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise EngineFailed("engine_not_installed", engine="serve", extra="serve")
    from models.serve.running import Server

    engines = _engines(arguments)
    server = Server(engines, token, host=arguments.host, port=arguments.port)
    print(STARTED[language()].format(url=server.url, models=", ".join(engines.names)), flush=True)
    server.run()
    return 0


def _engines(arguments: Namespace) -> Engines:
    """What is installed, named now and loaded when the first question comes. Errors: `ModelMissing`."""
    from assistant.images import open_image
    from assistant.sound import open_wav
    from models import catalogue
    from models.serve.engines import Engines

    entry = catalogue.find(arguments.model) if arguments.model else catalogue.default_vision()
    speech = _speech_name(arguments)
    return Engines(
        ports(arguments, speech=speech is not None),
        model=entry.name,
        picture=open_image,
        transcriber=speech,
        sound=open_wav,
        text_from=arguments.text_from,
    )


def _speech_name(arguments: Namespace) -> str | None:
    """The speech model's name, None where there is none."""
    from assistant.errors import ModelMissing
    from models import catalogue

    try:
        return (catalogue.find(arguments.stt) if arguments.stt else catalogue.default_transcriber()).name
    except ModelMissing:
        if arguments.stt:
            raise
        return None
