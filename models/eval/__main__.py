"""`python -m models.eval screens [--model NAME] …`: accuracy by kind on real screens, beside the baselines."""

from __future__ import annotations

import argparse
import functools
import json
import sys
import time
from pathlib import Path

from assistant.ask import Ports
from assistant.errors import NunchiError
from models.eval import baselines
from models.eval.report import judged, summary, table
from models.eval.runner import answers, load_set
from models.eval.scoring import Item

ROOT = Path(__file__).resolve().parents[2]
SCREENS = ROOT / "tests" / "screens"
TEXTS = Path("../shared/data")


def main(argv: list[str] | None = None) -> int:
    top = argparse.ArgumentParser(prog="python -m models.eval", description=__doc__)
    tasks = top.add_subparsers(dest="task", required=True)
    screens = tasks.add_parser("screens", help="questions about real screens")
    screens.add_argument(
        "--set",
        type=_set,
        default=SCREENS / "questions.jsonl",
        metavar="JSONL",
        help="a file, or a or b: that part of the screens' questions (default: both)",
    )
    screens.add_argument("--model", help="name or folder (default: the bundled one)")
    screens.add_argument("--engine", choices=["openvino", "transformers"])
    screens.add_argument("--device", default="CPU")
    screens.add_argument("--out", type=Path, help="write every answer and the figures as JSON")
    screens.add_argument("--show", action="store_true", help="print every wrong answer")
    wrong = tasks.add_parser("failures", help="wrong answers as a picture")
    wrong.add_argument("answers", type=Path, metavar="JSON", help="what `screens --out` wrote")
    wrong.add_argument("--set", type=_set, default=SCREENS / "questions.jsonl", metavar="JSONL")
    wrong.add_argument("--out", type=Path, required=True, metavar="PNG")
    wrong.add_argument("--count", type=int, default=9, metavar="N")
    agreement = tasks.add_parser("agreement", help="whether two engines say the same")
    agreement.add_argument(
        "first", metavar="ENGINE=FOLDER", help="openvino, openvino-f32 or transformers, and a folder"
    )
    agreement.add_argument("second", metavar="ENGINE=FOLDER")
    agreement.add_argument("--set", type=_set, default=SCREENS / "questions.jsonl", metavar="JSONL")
    agreement.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth picture")
    _add_defense(tasks)
    overlap = tasks.add_parser("overlap", help="what of the screens stands in training text, by licence")
    overlap.add_argument("--texts", type=Path, default=TEXTS, metavar="FOLDER", help="folder of text sets")
    overlap.add_argument("--show", action="store_true", help="print every shared string")
    silence = tasks.add_parser("silence", help="questions invented where nobody speaks")
    silence.add_argument("--model", help="name or folder of a speech model (default: the installed one)")
    silence.add_argument("--clips", type=int, default=200, metavar="N")
    silence.add_argument("--seed", type=int, default=20261124)
    speech = tasks.add_parser("speech", help="character errors on Korean spoken by espeak-ng")
    speech.add_argument("--model", help="name or folder of a speech model (default: the installed one)")
    speech.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth sentence")
    speech.add_argument("--show", action="store_true", help="print every sentence that was misheard")
    arguments = top.parse_args(argv)
    tasks_by_name = {
        "screens": _screens, "agreement": _agreement, "defense-rate": _defense_rate, "recipes": _recipes, "overlap": _overlap,
        "silence": _silence, "speech": _speech, "failures": _failures,
    }  # fmt: skip
    try:
        return tasks_by_name[arguments.task](arguments)
    except NunchiError as error:
        print(f"refused: {error}", file=sys.stderr)
        return error.exit_status


def _add_defense(tasks: argparse._SubParsersAction) -> None:
    """`defense-rate` and `recipes`, which ends in the same table."""
    defense = tasks.add_parser("defense-rate", help="how much of a float model's score smaller ones keep")
    defense.add_argument(
        "float", metavar="[ENGINE=]FLOAT", help="folder of the float model (engines: see agreement)"
    )
    defense.add_argument("folders", nargs="+", metavar="[ENGINE=]FOLDER")
    defense.add_argument("--work", type=Path, metavar="FOLDER", help="keep readings and answers there")
    recipes = tasks.add_parser(
        "recipes", help="convert a checkpoint with every recipe, then the defense rates"
    )
    recipes.add_argument("checkpoint", type=Path)
    recipes.add_argument(
        "--work", type=Path, required=True, metavar="FOLDER", help="models, readings and answers"
    )
    recipes.add_argument("--recipes", default="", metavar="NAME,NAME", help="(default: all)")
    recipes.add_argument("--calibration", type=Path, metavar="FOLDER", help="pictures for recipes with ptq")
    recipes.add_argument("--pictures", type=int, default=0, metavar="N", help="how many to calibrate with")
    for one in (defense, recipes):
        one.add_argument("--set", type=_set, default=SCREENS / "questions.jsonl", metavar="JSONL")
        one.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth picture")
        one.add_argument("--json", action="store_true")
        one.add_argument("--write", action="store_true", help="put defense.json beside each model")


def _set(told: str) -> Path:
    """The questions' file; a bare letter is that part of the screens' questions, as FILE:PART."""
    return SCREENS / f"questions.jsonl:{told}" if len(told) == 1 and told.isalpha() else Path(told)


def _overlap(arguments: argparse.Namespace) -> int:
    from models.eval import overlap

    rows = overlap.overlaps(SCREENS, arguments.texts, ROOT / "models" / "train")
    print("\n".join(overlap.told(rows, len(overlap.screen_strings(SCREENS)), arguments.show)))
    for name in overlap.forbidden(rows):
        print(f"refused: the training code names {name}, whose licence forbids it", file=sys.stderr)
    return 1 if overlap.forbidden(rows) else 0


def _agreement(arguments: argparse.Namespace) -> int:
    from models.eval.agreement import differences, open_engine
    from models.runtimes.screen_reader import ScreenTextReader

    items = _every(load_set(arguments.set), arguments.every)
    (one, folder), (two, other) = (named.split("=", 1) for named in (arguments.first, arguments.second))
    first, second = open_engine(one, Path(folder)), open_engine(two, Path(other))
    found = differences(items, arguments.set.parent, ScreenTextReader(), first, second)
    for difference in found:
        print(f"≠ {difference.item.id}: {difference.first!r} / {difference.second!r}")
    images = len({item.image for item in items})
    print(f"{len(items) - len(found)} of {len(items)} answers equal, token for token, on {images} screens")
    return 0


def _defense_rate(arguments: argparse.Namespace) -> int:
    from models.eval import defense
    from models.runtimes.screen_reader import ScreenTextReader

    items = _every(load_set(arguments.set), arguments.every)
    contenders = [defense.Contender.parse(told) for told in (arguments.float, *arguments.folders)]
    answered = defense.asked(contenders, items, arguments.set.parent, ScreenTextReader(), arguments.work)
    before, reports = next(answered), []
    for contender, after in zip(contenders[1:], answered, strict=True):
        reports.append(defense.report(before, after))
        if arguments.write:
            defense.write_beside(contender.folder, reports[-1])
    print(json.dumps(reports, ensure_ascii=False, indent=1) if arguments.json else defense.table(reports))
    return 0


def _recipes(arguments: argparse.Namespace) -> int:
    from models.eval import recipes

    calibration = ["--calibration", str(arguments.calibration)] if arguments.calibration else []
    if arguments.pictures:
        calibration += ["--pictures", str(arguments.pictures)]
    arguments.float, *arguments.folders = recipes.run(
        arguments.checkpoint,
        arguments.work,
        [name for name in arguments.recipes.split(",") if name],
        converting=calibration,
        asking=["--set", str(arguments.set), "--every", str(arguments.every)],
        say=lambda row: print(row, file=sys.stderr, flush=True),
    )
    return _defense_rate(arguments)


def _silence(arguments: argparse.Namespace) -> int:
    from assistant.errors import ModelMissing
    from models.catalogue import open_transcriber
    from models.eval import silence
    from models.eval.silence_clips import clips
    from models.runtimes.voice_activity import SileroVoice

    try:
        transcriber = open_transcriber(arguments.model)
    except ModelMissing:
        if arguments.model:
            raise
        transcriber = None
    made = clips(arguments.clips, arguments.seed)
    report = silence.examine(
        made, SileroVoice().stream, transcriber, lambda done: _progress(done, arguments.clips)
    )
    print("\n".join(silence.told(report)))
    return 1 if report.invented else 0


def _speech(arguments: argparse.Namespace) -> int:
    from models.catalogue import open_transcriber
    from models.eval import speech

    chosen = speech.sentences()[:: arguments.every]
    transcriber = open_transcriber(arguments.model)
    heard, count = [], len(chosen) * len(speech.CONDITIONS)
    for one in speech.measure(transcriber, chosen):
        heard.append(one)
        _progress(len(heard), count)
        if arguments.show and one.wrong:
            print(f"≠ {one.condition}: {one.sentence.written} / {one.text}")
    print(
        f"{transcriber.name}, {len(chosen)} sentences, voices that training never heard\n{speech.report(heard)}"
    )
    return 0


def _every(items: list[Item], nth: int) -> list[Item]:
    """The questions on every `nth` picture."""
    images = set(sorted({item.image for item in items})[::nth])
    return [item for item in items if item.image in images]


def _screens(arguments: argparse.Namespace) -> int:
    from models.catalogue import open_vision
    from models.runtimes.screen_reader import ScreenTextReader

    items = load_set(arguments.set)
    ports = Ports(
        model=functools.cache(lambda: open_vision(arguments.model, arguments.engine, arguments.device)),
        reader=functools.cache(ScreenTextReader),
    )
    started = time.perf_counter()
    rows = list(answers(items, arguments.set.parent, ports, _progress))
    seconds = time.perf_counter() - started
    name = arguments.model or "nunchi-mini"
    outcomes = {name: judged([row[0] for row in rows], [row[1] for row in rows])}
    texts = [row[3] for row in rows]
    ordered = [row[0] for row in rows]
    for baseline, make in baselines.ALL.items():
        answer = make(ordered)
        given = [answer(item, text) for item, text in zip(ordered, texts, strict=True)]
        outcomes[baseline] = judged(ordered, given)
    figures = {column: summary(judged_) for column, judged_ in outcomes.items()}
    print(table(figures))
    print(f"{len(rows)} questions on {len({item.image for item in items})} screens in {seconds:.0f} s")
    if arguments.show:
        for outcome in outcomes[name]:
            if not outcome.right:
                print(
                    f"✗ {outcome.item.id} [{outcome.item.kind}] {outcome.item.question} → {outcome.given.text!r}"
                    f"  (accepted: {list(outcome.item.answers)[:3]})"
                )
    if arguments.out:
        _write(arguments.out, rows, outcomes[name], figures)
    return 0


def _failures(arguments: argparse.Namespace) -> int:
    from models.eval import failures

    font = ROOT / "desktop" / "fonts" / "Pretendard-Regular.otf"
    items = load_set(arguments.set)
    drawn = failures.write(
        arguments.answers,
        items,
        arguments.set.parent,
        font=font,
        out=arguments.out,
        count=arguments.count,
    )
    print(f"{drawn} wrong answers drawn in {arguments.out}")
    return 0


def _write(path: Path, rows: list, outcomes: list, figures: dict) -> None:
    told = [
        {
            "id": item.id, "type": item.kind, "image": item.image, "question": item.question,
            "answer": given.text, "abstained": given.abstained, "evidence": list(given.evidence),
            "box": list(given.box) if given.box else None, "raw": answer.raw if answer else "", "right": outcome.right,
        }
        for (item, given, answer, _text), outcome in zip(rows, outcomes, strict=True)
    ]  # fmt: skip
    path.write_text(json.dumps({"figures": figures, "answers": told}, ensure_ascii=False, indent=1), "utf-8")


def _progress(done: int, count: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done}/{count}", end="" if done < count else "\n", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
