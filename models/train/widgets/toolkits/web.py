"""Random pages in headless Chromium. Run: python web.py --out DIR --texts POOL --count N --seed S (needs playwright)."""

from __future__ import annotations

import random
import shutil

from content import Element, Texts, arguments, write
from html_blocks import page
from html_looks import look

SIZES = ((1280, 800), (1100, 700), (900, 640), (1366, 768))
TRUTH = """() => {
  const found = [...document.querySelectorAll('[data-r]')].map(e => {
    const r = e.getBoundingClientRect();
    const at = document.elementFromPoint(r.x + Math.min(r.width / 2, 40), r.y + r.height / 2);
    const seen = at !== null && (e.contains(at) || at.contains(e) && !at.closest('.menu'));
    const typed = e.value || e.placeholder || e.innerText || '';
    const said = e.matches('select') ? e.selectedOptions[0].text : e.matches('textarea') ? '' : typed;
    return seen ? [e.dataset.r, e.dataset.s, said.split('\\n')[0], r.x, r.y, r.width, r.height] : null;
  });
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest('[data-r]')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()];
    for (const r of rects) {
      if (r.width < 4) continue;
      const at = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2);
      if (!at || !parent.contains(at)) continue;
      const said = rects.length > 1 ? '' : node.data.trim();
      found.push([null, parent.closest('.off') ? 'disabled' : '', said, r.x, r.y, r.width, r.height]);
    }
  }
  return found.filter(e => e !== null);
}"""
"""Widgets by their mark, then plain text, line by line, without a role."""


def main() -> None:
    from playwright.sync_api import sync_playwright

    options = arguments(__doc__ or "")
    with sync_playwright() as play:
        flags = ["--disable-gpu", "--no-sandbox", "--disable-extensions", "--disable-background-networking"]
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        tab = browser.new_context(device_scale_factor=options.scale).new_page()
        for number in range(options.count):
            rng = random.Random(f"{options.seed}-{number}")
            width, height = rng.choice(SIZES)
            chosen = look(rng, rng.choice(options.look.split(",")) if options.look else "")
            made = page(rng, Texts.read(options.texts, rng), chosen, width, height)
            scheme = "dark" if chosen.dark else "light"
            tab.set_viewport_size({"width": width, "height": height})
            tab.emulate_media(color_scheme=scheme)
            tab.set_content(f'<meta name="color-scheme" content="{scheme}">' + made)
            path = options.out / f"web-{options.seed}-{number:05}.png"
            tab.screenshot(path=str(path))
            elements = [
                Element(role, tuple(round(v * options.scale) for v in box), tuple(states.split()), text)  # type: ignore[arg-type]
                for role, states, text, *box in tab.evaluate(TRUTH)
            ]
            write(path, elements, "web", f"{scheme}-{chosen.tabs}-{chosen.marks}")
        browser.close()


if __name__ == "__main__":
    main()
