import type { Page } from "@playwright/test";

/**
 * What an eye would find wrong with a page at its width: that it scrolls sideways, that something
 * one can press lies out of sight, that a text is cut.
 */
export function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    type Box = { left: number; right: number; top: number; bottom: number };
    const faults = new Set<string>();
    const sides = (style: CSSStyleDeclaration) => [style.overflowX, style.overflowY] as const;
    /** For screen readers only: an element, or something around it, of a pixel. */
    const isSeen = (element: Element) => {
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
        return false;
      if (element.closest("[inert], svg")) return false;
      for (let up: Element | null = element; up; up = up.parentElement) {
        const { width, height } = up.getBoundingClientRect();
        const isContents = getComputedStyle(up).display === "contents";
        if (!isContents && (width <= 1 || height <= 1)) return false;
      }
      return true;
    };
    /** The part of the screen's width in which an element can be seen without scrolling. */
    const strip = (element: Element): Pick<Box, "left" | "right"> => {
      let [left, right] = [0, document.documentElement.clientWidth];
      for (let up = element.parentElement; up; up = up.parentElement) {
        if (sides(getComputedStyle(up))[0] === "visible") continue;
        const box = up.getBoundingClientRect();
        [left, right] = [Math.max(left, box.left), Math.min(right, box.right)];
      }
      return { left, right };
    };
    const named = (element: Element) => {
      const words = element.getAttribute("aria-label") ?? element.textContent ?? "";
      return `${element.localName} "${words.trim().replaceAll(/\s+/g, " ").slice(0, 60)}"`;
    };

    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) {
      const wide = [...document.querySelectorAll("body *")].filter(
        (one) => isSeen(one) && one.getBoundingClientRect().right > clientWidth + 1,
      );
      faults.add(`scrolls sideways: ${wide.slice(0, 3).map(named).join(", ")}`);
    }

    const pressed = "a[href], button, select, textarea, summary, input:not([type=hidden])";
    for (const control of document.querySelectorAll(pressed)) {
      if (!isSeen(control) || control.closest("[data-strip]")) continue;
      const box = control.getBoundingClientRect();
      const { left, right } = strip(control);
      if (box.left < left - 1 || box.right > right + 1)
        faults.add(`out of sight: ${named(control)}`);
    }

    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const owner = text.parentElement;
      if (!owner || !text.textContent?.trim() || !isSeen(owner)) continue;
      range.selectNodeContents(text);
      const box = range.getBoundingClientRect();
      for (let up: Element | null = owner; up && up !== document.body; up = up.parentElement) {
        const [x, y] = sides(getComputedStyle(up));
        const around = up.getBoundingClientRect();
        const cutsX = /hidden|clip/.test(x) && box.right > around.right + 1;
        const cutsY = /hidden|clip/.test(y) && box.bottom > around.bottom + 2;
        if (cutsX || cutsY) faults.add(`cut: ${named(owner)}`);
        if (/auto|scroll/.test(`${x}${y}`)) break;
      }
    }
    return [...faults];
  });
}
