"""`python -m models.train speech vocabulary|clips|train|export`: trains whisper-synth-ko from the text data folder."""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from typing import TYPE_CHECKING

from models.train.mini import corpus

if TYPE_CHECKING:
    from models.train.speech.network import Network
    from models.train.speech.shards import Shard
    from models.train.speech.training import Plan, Trainer

UNSEEN = "unseen.npz"


def options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m models.train speech", description=__doc__)
    parser.add_argument(
        "--out", type=Path, required=True, help="tokenizer, clips, checkpoints and the finished model go here"
    )
    parser.add_argument("--data", type=Path, default=corpus.DEFAULT_DATA, help="folder of the text data")
    tasks = parser.add_subparsers(dest="task", required=True)
    vocabulary = tasks.add_parser("vocabulary", help="tokenizer and phonemes, first of all")
    vocabulary.add_argument(
        "--of", type=Path, metavar="FOLDER", help="take this model's tokenizer, to train it on"
    )
    clips = tasks.add_parser(
        "clips", help="speak clips, a thousand to a file (in a process beside the training)"
    )
    clips.add_argument("--first", type=int, default=0)
    clips.add_argument("--last", type=int, default=60)
    train = tasks.add_parser("train", help="train with the clips there are; new ones join")
    train.add_argument("--budget", type=float, default=90.0, metavar="MINUTES")
    train.add_argument("--lr", type=float, default=4e-3)
    train.add_argument("--threads", type=int, default=1)
    train.add_argument("--resume", action="store_true", help="go on from OUT/checkpoint.safetensors")
    train.add_argument(
        "--start-from",
        type=Path,
        help="begin with the weights of this checkpoint, or of transformers' folder",
    )
    export = tasks.add_parser("export", help="write the model from OUT/checkpoint.safetensors")
    export.add_argument("--to", type=Path, required=True, help="folder of the bundled model")
    export.add_argument("--version", default="0")
    return parser.parse_args(argv)


def main(argv: list[str]) -> int:
    """Do one of the tasks; the exit status."""
    chosen = options(argv)
    chosen.out.mkdir(parents=True, exist_ok=True)
    {"vocabulary": _vocabulary, "clips": _clips, "train": _train, "export": _export}[chosen.task](chosen)
    return 0


def _vocabulary(chosen: argparse.Namespace) -> None:
    from models.train.speech import clips, texts, tokenizer
    from models.train.speech.aloud import aloud
    from models.train.speech.espeak import Espeak

    rng, drawn = random.Random(0), texts.Texts(chosen.data)
    lines = [drawn.draw(rng) for _ in range(4_000 if chosen.of else 60_000)] + drawn.sentences + drawn.terms
    known = tokenizer.load(chosen.of) if chosen.of else tokenizer.build(lines, least=3)
    tokenizer.save(known, chosen.out)
    spoken = [aloud(line, rng) for line in lines[:4000]] + lines[4000:5000]
    (chosen.out / "phonemes.json").write_text(
        json.dumps(clips.phonemes_of(spoken, Espeak())), encoding="utf-8"
    )


def _clips(chosen: argparse.Namespace) -> None:
    import torch

    from models.train.speech import clips, shards, texts, tokenizer

    torch.set_num_threads(1)
    known = tokenizer.load(chosen.out), json.loads((chosen.out / "phonemes.json").read_text(encoding="utf-8"))
    if not (chosen.out / UNSEEN).is_file():
        studio = clips.Studio(*known, nobody=0.0, twice=0.0, unseen=True)
        unseen = texts.Texts(chosen.data, seen=texts.held_out)
        shards.write(shards.make(studio, unseen, 999_999, 96), chosen.out / UNSEEN)
    studio, drawn = clips.Studio(*known), texts.Texts(chosen.data)
    for number in range(chosen.first, chosen.last):
        path = chosen.out / f"{number:04}.npz"
        if not path.is_file():
            shards.write(shards.make(studio, drawn, number), path)
            print(path.name, flush=True)


def _trainer(chosen: argparse.Namespace, plan: Plan) -> Trainer:
    import torch

    from models.train.speech import network, tokenizer, training

    torch.manual_seed(0)
    known = tokenizer.load(chosen.out)
    phonemes = json.loads((chosen.out / "phonemes.json").read_text(encoding="utf-8"))
    fresh = network.Network(network.Size(), known.get_vocab_size(), len(phonemes))
    return training.Trainer(fresh, known, plan, chosen.out, lambda row: print(row, flush=True))


def _export(chosen: argparse.Namespace) -> None:
    from models.train.speech import export, shards, training

    trainer = _trainer(chosen, training.Plan(0))
    trainer.resume(chosen.out / "checkpoint.safetensors")
    model = export.ship(trainer.averaged(), trainer.tokenizer, chosen.to, chosen.version)
    unseen = shards.Shard.read(chosen.out / UNSEEN)
    windows = export.windows([unseen.clip(n) for n in range(32)])
    pairs = export.greedy_texts(model, chosen.to, windows, trainer.tokenizer)
    print(
        f"{sum(a == b for a, b in pairs)} of {len(pairs)} greedy texts of transformers and CTranslate2 are equal"
    )
    for one, other in pairs:
        if one != other:
            print(f"≠ {one} / {other}")


def _train(chosen: argparse.Namespace) -> None:
    import torch

    from models.train.speech import shards, training

    torch.set_num_threads(chosen.threads)
    trainer = _trainer(chosen, training.Plan(chosen.budget, chosen.lr))
    if chosen.resume:
        trainer.resume(chosen.out / "checkpoint.safetensors")
    elif chosen.start_from and chosen.start_from.is_dir():
        trainer.train_on(chosen.start_from / "model.safetensors")
    elif chosen.start_from:
        trainer.resume(chosen.start_from, anew=True)
    there: dict[Path, Shard] = {}

    def all_shards() -> list[Shard]:
        for path in sorted(chosen.out.glob("[0-9]*.npz")):
            if path not in there:
                there[path] = shards.Shard.read(path)
        return list(there.values())

    unseen = shards.Shard.read(chosen.out / UNSEEN)
    trainer.run(all_shards, lambda averaged: error_rate(averaged, trainer, unseen))


def error_rate(averaged: Network, trainer: object, unseen: Shard) -> dict[str, float]:
    """Character error rate of greedy text on unseen sentences by unseen voices."""
    import torch

    from models.eval.speech import errors
    from models.train.speech.training import greedy

    batcher, tokenizer = trainer.batcher, trainer.tokenizer  # type: ignore[attr-defined]
    wrong = length = 0
    rng = random.Random(0)
    order = sorted(range(len(unseen)), key=lambda n: unseen.starts[n + 1] - unseen.starts[n])
    examples = []
    for first in range(0, len(order), 24):
        clips = [unseen.clip(n) for n in order[first : first + 24]]
        batch = batcher.batch(clips, rng, plain=True)
        with torch.no_grad():
            heard = averaged.encoder(batch.mel, batch.empty, batch.standing)
        prompt = [batcher.start, batcher.ko, batcher.transcribe, batcher.no_times]
        for clip, ids in zip(clips, greedy(averaged, heard, prompt, batcher.end), strict=True):
            said = tokenizer.decode(ids)
            missed, all_ = errors(clip.texts[0], said)
            wrong, length = wrong + missed, length + all_
            examples.append(f"{clip.texts[0]} → {said}")
    return {"cer": round(wrong / max(1, length), 4), "examples": rng.sample(examples, 4)}  # type: ignore[dict-item]
