"use client";

import { useEffect } from "react";

/** The keys of every list: `/` to its search, j and k through its rows, Enter to open one. */
export function ListKeys() {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
      if (event.key === "/") focusSearch(event);
      if (event.key === "j") moveBy(1, event);
      if (event.key === "k") moveBy(-1, event);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return null;
}

/** Letters belong to whatever takes text, and to a dialog that is open. */
function isTyping(target: EventTarget | null): boolean {
  if (document.querySelector("[role=dialog]")) return true;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select, [role=menu] *"))
  );
}

function focusSearch(event: KeyboardEvent): void {
  const field = document.querySelector<HTMLInputElement>("main [role=search] input[type=search]");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
}

/** Focuses the link of the next or previous row; from elsewhere on the page, of the first. */
function moveBy(step: 1 | -1, event: KeyboardEvent): void {
  const links = [...document.querySelectorAll("main tbody tr")].flatMap((row) => {
    const link = row.querySelector<HTMLAnchorElement>("a[href]");
    return link ? [link] : [];
  });
  const row = document.activeElement?.closest("tr");
  const at = links.findIndex((link) => link.closest("tr") === row);
  const next = links[at === -1 ? 0 : at + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}
