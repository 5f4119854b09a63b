"""`nunchi models list|show`: what is installed, what could be and whether it suits this machine, which servers run here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.errors import ModelMissing
from desktop.command.main import language
from desktop.command.models import print_json, say, told_size

if TYPE_CHECKING:
    from argparse import Namespace

    from models.catalogue import Entry
    from models.machine import Machine
    from models.offers import Offer


def run(arguments: Namespace) -> int:
    """Errors: NunchiError."""
    return {"list": _list, "show": _show}[arguments.action](arguments)


def _list(arguments: Namespace) -> int:
    from models import store
    from models.catalogue import installed
    from models.machine import this_machine
    from models.offers import best, offers
    from models.runtimes.http_presets import detect

    folder = store.models_folder()
    store.tidy(folder)
    machine = this_machine(folder)
    there = installed()
    recommended = {found.name for kind in ("vision", "speech") if (found := best(machine, kind))}
    names = {entry.name for entry in there}
    report = {
        "machine": {**vars(machine), "devices": list(machine.devices), "folder": str(folder)},
        "installed": [_entry_json(entry) for entry in there],
        "offered": [
            {
                **_offer_json(offered, machine),
                "installed": offered.name in names,
                "recommended_here": offered.name in recommended,
            }
            for offered in offers()
            if not offered.bundled
        ],
        "servers": [found.told for found in detect()],
        "unfinished": [
            {"name": path.name.strip(".").removesuffix(store.PARTIAL), "size": store.size_on_disk(path)}
            for path in store.partials(folder)
        ],
    }
    if arguments.json:
        print_json(report)
    else:
        print("\n".join(_told_list(report)))
    return 0


def _entry_json(entry: Entry) -> dict[str, Any]:
    from models.korean_cost import tokens_per_eojeol
    from models.measured import measured
    from models.origin import read_origin

    origin = read_origin(entry.folder)
    run = measured(entry.name)
    cost = tokens_per_eojeol(entry.folder) if entry.kind == "vision" and not entry.broken else None
    return {
        "name": entry.name,
        "kind": entry.kind,
        "engine": entry.engine,
        "size": entry.size,
        "licence": entry.licence,
        "version": entry.version,
        "revision": origin.revision,
        "notice": origin.notice,
        "bundled": entry.bundled,
        "problem": entry.broken,
        "tokens_per_eojeol": None if cost is None else round(cost, 3),
        "eojeol_per_s": round(run.tokens_per_s / cost, 2) if cost and run and run.tokens_per_s else None,
        "measured": vars(run) if run else None,
        "folder": str(entry.folder),
    }


def _offer_json(offered: Offer, machine: Machine) -> dict[str, Any]:
    from models.measured import measured
    from models.offers import engines_here, suits

    run = measured(offered.name)
    verdict = suits(offered, machine, run.memory if run else None)
    return {
        "name": offered.name,
        "title": offered.title,
        "family": offered.family,
        "kind": offered.kind,
        "languages": list(offered.languages),
        "abilities": list(offered.abilities),
        "licence": offered.licence,
        "licence_address": offered.licence_address,
        "notice": offered.notice,
        "accept": offered.accept,
        "code": offered.code,
        "size": offered.size,
        "download": offered.download,
        "memory": offered.memory,
        "image_tokens": dict(offered.image_tokens),
        "engines": list(engines_here(offered, machine)),
        "sources": [
            {"engine": s.engine, "repo": s.repo, "revision": s.revision, "convert": s.convert}
            for s in offered.sources
        ],
        "defects": [defect[language()] for defect in offered.defects],
        "note": offered.note.get(language(), ""),
        "suits": verdict.fits,
        "measured": run is not None,
        "reasons": [vars(reason) for reason in verdict.reasons],
    }


def _told_list(report: dict[str, Any]) -> list[str]:
    machine = report["machine"]
    memory = f"{machine['memory'] / (1 << 30):.1f} GiB" if machine["memory"] else "?"
    devices = ", ".join(machine["devices"])
    rows = [say("machine", memory=memory, disk=told_size(machine["free_disk"]), devices=devices)]
    rows += ["", say("installed")]
    for entry in report["installed"]:
        facts = [say(entry["kind"]), told_size(entry["size"]), entry["engine"] or "?"]
        facts += [say("bundled")] if entry["bundled"] else [entry["revision"][:12] or entry["version"]]
        if entry["tokens_per_eojeol"]:
            facts.append(say("cost", tokens=entry["tokens_per_eojeol"]))
        facts += _told_run(entry)
        if entry["notice"]:
            facts.append(entry["notice"])
        sign = "✗" if entry["problem"] else "✓"
        rows.append(_row(sign, entry["name"], [entry["problem"] or "", *facts]))
    if not report["installed"]:
        rows.append(say("none_installed"))
    rows += ["", say("offered")]
    for offered in report["offered"]:
        size = [say("size", size=told_size(offered["size"]))] if offered["size"] else []
        size += [say("download", size=told_size(offered["download"]))] if offered["download"] else []
        verdict = say("there") if offered["installed"] else _told_suits(offered)
        sign = "★" if offered["recommended_here"] else {True: "✓", None: "·", False: "✗"}[offered["suits"]]
        rows.append(_row(sign, offered["name"], [say(offered["kind"]), *size, verdict]))
    if report["servers"]:
        rows += ["", say("servers")]
        rows += [_row("✓", found["name"], [found["url"], told_models(found)]) for found in report["servers"]]
    if report["unfinished"]:
        rows += ["", say("unfinished")]
        rows += [_row(" ", entry["name"], [told_size(entry["size"])]) for entry in report["unfinished"]]
    return rows


def told_models(found: dict[str, Any]) -> str:
    """The models of a server that runs here, as its list tells them."""
    if found["locked"]:
        return say("locked")
    names = [model for model in found["models"] if model]
    return ", ".join(names[:5]) + (" …" if len(names) > 5 else "") if names else say("server_empty")


def _told_run(entry: dict[str, Any]) -> list[str]:
    """What was measured here, once the model has been tried."""
    run = entry["measured"]
    if not run:
        return []
    told = [say("first_word", seconds=(run["look_ms"] + run["first_token_ms"]) / 1000, device=run["device"])]
    told += [say("speed", eojeol=entry["eojeol_per_s"])] if entry["eojeol_per_s"] else []
    return [*told, *([say("memory", size=told_size(run["memory"]))] if run["memory"] else [])]


def _row(sign: str, name: str, facts: list[str]) -> str:
    return f"  {sign} {name:28}{'  ·  '.join(filter(None, facts))}"


def _told_suits(offered: dict[str, Any]) -> str:
    if offered["suits"] is not False:
        return say("good" if offered["suits"] else "unknown")
    return ", ".join(
        say(reason["code"], need=told_size(reason["need"]), have=told_size(reason["have"]))
        for reason in offered["reasons"]
    )


def _show(arguments: Namespace) -> int:
    """An installed model, an offered one, or both sides of one that is."""
    from models.catalogue import installed
    from models.machine import this_machine
    from models.offers import offer
    from models.store import models_folder

    entries = [_entry_json(entry) for entry in installed() if entry.name == arguments.name]
    try:
        offered = _offer_json(offer(arguments.name), this_machine(models_folder()))
    except ModelMissing:
        if not entries:
            raise
        offered = None
    if arguments.json:
        print_json({"installed": entries[0] if entries else None, "offer": offered})
        return 0
    if offered:
        print("\n".join(_told_offer(offered)))
    for entry in entries:
        shown = {key: entry[key] for key in ("kind", "version", "licence", "notice", "folder") if entry[key]}
        cost = entry["tokens_per_eojeol"]
        told = [f"  {say('cost', tokens=cost)}"] if cost else []
        told += [f"  {fact}" for fact in _told_run(entry)]
        print("\n".join([f"✓ {entry['name']}  ({told_size(entry['size'])})", *_fields(shown), *told]))
    return 0


def _told_offer(offered: dict[str, Any]) -> list[str]:
    fields = {
        "kind": say(offered["kind"]),
        "family": offered["family"],
        "languages": ", ".join(offered["languages"]),
        "abilities": ", ".join(say(ability) for ability in offered["abilities"]),
        "licence": " · ".join(filter(None, (offered["licence"], offered["licence_address"]))),
        "notice": offered["notice"],
        "engines": ", ".join(offered["engines"]),
        "tokens": ", ".join(f"{size}: {count}" for size, count in offered["image_tokens"].items()),
        "source": ", ".join(source["repo"] for source in offered["sources"]),
        "suits": _told_suits(offered),
    }
    rows = [f"{offered['title']}  ({offered['name']})", *_fields(fields)]
    rows += [f"  {say('defect')}: {defect}" for defect in offered["defects"]]
    return [*rows, *([f"  {offered['note']}"] if offered["note"] else [])]


def _fields(values: dict[str, str]) -> list[str]:
    return [f"  {say(name)}: {value}" for name, value in values.items() if value]
