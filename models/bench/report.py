"""Turns the figures of a run into a page of text, the wanted values beside the measured ones."""

from __future__ import annotations

from typing import Any

Figures = dict[str, Any]


def told(figures: Figures) -> str:
    """All figures that were measured, as text."""
    parts = [head(figures)]
    if "ours" in figures:
        parts += [errors(figures), heights(figures), answers(figures), reliability(figures["reliability"])]
    if "speed" in figures:
        parts.append(speed(figures["speed"]))
    if "odd" in figures:
        parts.append(odd(figures["odd"]))
    if figures.get("widgets"):
        parts.append(widgets(figures["widgets"]))
    return "\n\n".join(parts)


def head(figures: Figures) -> str:
    machine = figures["machine"]
    text = f"{figures['screens']} screens · {machine['processor']}, {machine['cores']} cores, {machine['threads']} threads"
    settings = figures.get("tesseract_settings")
    if not figures["tesseract_version"]:
        return f"{text}\nwithout Tesseract ({figures.get('tesseract_missing', 'not asked for')})"
    if not settings:
        return f"{text}\n{figures['tesseract_version']}"
    rates = ", ".join(f"{name} {share(rate)}" for name, rate in settings["cer"].items())
    return f"{text}\n{figures['tesseract_version']} kor+eng {settings['chosen']}, the best of: {rates} ({len(settings['on_screens'])} screens)"


def errors(figures: Figures) -> str:
    rows = [f"{'characters wrong':28}{'lines':>7}{'CER':>9}{'no blanks':>11}{'found':>9}{'unread':>8}"]
    for name in ("ours", "tesseract"):
        for part, label in (("all", "all lines"), ("clean", "clean interface text")):
            tally = figures.get(name, {}).get(part)
            if tally:
                rows.append(
                    f"{name + ', ' + label:28}{tally['lines']:>7}{share(tally['cer']):>9}"
                    f"{share(tally['cer_without_blanks']):>11}{share(tally['exact']):>9}{tally['nothing_read']:>8}"
                )
    if "tesseract" in figures:
        ratio = figures["ours"]["all"]["cer"] / max(1e-9, figures["tesseract"]["all"]["cer"])
        rows.append(f"ours / tesseract, all lines: {ratio:.2f} (wanted: at most 0.33)")
    rows.append(
        "clean interface text wanted: at most 3 %. found: every character of the line, in order, in its box"
    )
    return "\n".join(rows)


def heights(figures: Figures) -> str:
    rows = [f"{'by height of the ink, px':28}{'lines':>7}{'ours':>9}{'tesseract':>11}"]
    ours, theirs = figures["ours"]["by_height"], figures.get("tesseract", {}).get("by_height", {})
    for name in sorted(ours, key=lowest):
        other = share(theirs[name]["cer"]) if name in theirs else "–"
        rows.append(f"{name:28}{ours[name]['lines']:>7}{share(ours[name]['cer']):>9}{other:>11}")
    return "\n".join(rows)


def lowest(bucket: str) -> int:
    """The lower edge of a bucket's name; names without one come last."""
    digits = bucket.partition("-")[0].rstrip("+")
    return int(digits) if digits.isdigit() else 10_000


def answers(figures: Figures) -> str:
    names = [name for name in ("ours", "tesseract") if name in figures]
    rows = [f"{'answer strings found':28}{'asked':>7}" + "".join(f"{n:>11}" for n in names)]
    kinds = figures["ours"]["answers"]["kinds"]
    for kind, count in kinds.items():
        cells = "".join(
            f"{share(figures[n]['answers']['kinds'][kind]['found'] / count['asked']):>11}" for n in names
        )
        rows.append(f"{kind:28}{count['asked']:>7}{cells}")
    total = "".join(f"{share(figures[n]['answers']['share']):>11}" for n in names)
    rows.append(f"{'all (wanted: at least 90 %)':28}{figures['ours']['answers']['asked']:>7}{total}")
    rows.append(figures["answers_rule"])
    rows.append("not found by ours: " + (" ".join(figures["ours"]["answers"]["missing"]) or "none"))
    return "\n".join(rows)


def reliability(figures: Figures) -> str:
    rows = [f"{'score':14}{'lines':>7}{'mean score':>12}{'right':>9}"]
    for one in figures["buckets"]:
        name = f"{one['low']:.2f}–{one['high']:.2f}"
        rows.append(f"{name:14}{one['count']:>7}{one['score']:>12.3f}{share(one['right']):>9}")
    rows.append(
        f"expected calibration error {figures['expected_calibration_error']:.3f} over {figures['lines']} lines that "
        "stand alone in their element's box (right: equal but for blanks)"
    )
    return "\n".join(rows)


def speed(figures: Figures) -> str:
    rows = [f"{'seconds, full HD':28}{'median':>9}{'worst':>9}"]
    for key, name in (
        ("ours", "new screen"),
        ("same_again", "same picture again"),
        ("window_changed", "one window changed"),
        ("tesseract", "tesseract"),
        ("ours_to_tesseract", "new screen / tesseract"),
        ("ours_processor", "new screen, processor"),
        ("tesseract_processor", "tesseract, processor"),
        ("processor_ratio", "the same / tesseract"),
    ):
        if key in figures:
            together = figures[key].get("all_together")
            told_together = f"  {together:.2f} of the time of all screens together" if together else ""
            rows.append(
                f"{name:28}{figures[key]['median']:>9.2f}{figures[key]['worst']:>9.2f}{told_together}"
            )
    rows.append(
        f"{figures['screens']} screens{told_threads(figures)}; wanted: at most 1.0 s and a fifth of tesseract's time, 0.3 s with one window "
        f"changed. Of the changed picture's lines a fresh reading has {share(figures.get('changed_alike', 0.0))} at least"
    )
    return "\n".join(rows)


def told_threads(figures: Figures) -> str:
    threads = figures.get("tesseract_threads")
    return f", tesseract with {threads} threads (the faster of 1 and 2)" if threads else ""


def odd(rows_found: list[Figures]) -> str:
    rows = [f"{'odd pictures':28}{'lines':>7}{'letters':>9}{'seconds':>9}{'peak MB':>9}"]
    for one in rows_found:
        memory = f"{one['peak_mb']:.0f}" if one["peak_mb"] else "–"
        rows.append(
            f"{one['name']:28}{one['lines']:>7}{one['characters']:>9}{one['seconds']:>9.2f}{memory:>9}"
            + (f"  {one['error']}" if one["error"] else "")
        )
    return "\n".join(rows)


def widgets(kinds: Figures) -> str:
    rows = [f"{'roles and states':28}{'there':>7}{'precision':>11}{'recall':>9}{'F1':>7}"]
    for kind, one in kinds.items():
        rows.append(
            f"{kind:28}{one['count']:>7}{one['precision']:>11.3f}{one['recall']:>9.3f}{one['f1']:>7.3f}"
        )
    rows.append("wanted: F1 of at least 0.9 for check boxes, radio buttons, selected tabs and selected rows")
    return "\n".join(rows)


def share(value: float) -> str:
    return f"{100 * value:.2f} %"
