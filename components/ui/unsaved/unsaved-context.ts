import { createContext } from "react";

/** A form on the page. */
export type WatchedForm = {
  form: HTMLFormElement;
  /** Whether leaving now would leave changes behind. */
  hasChanges: () => boolean;
  /** Whether the browser keeps them until the page is opened again. */
  isKept: boolean;
};

export type Unsaved = {
  /** @returns what ends the watch */
  watch: (form: WatchedForm) => () => void;
  /**
   * Leaves, after a question where that loses work.
   * @param within only forms inside it matter; leaving the page concerns all
   */
  leave: (go: () => void, within?: Element | null) => void;
};

/** Where nothing is watched, everything is left at once. */
export const UnsavedContext = createContext<Unsaved>({
  watch: () => () => {},
  leave: (go) => go(),
});
