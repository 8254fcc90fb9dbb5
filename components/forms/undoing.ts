import type { ActionResult } from "@/lib/core/action-result";
import type { ToastMessage } from "@/components/ui/overlays/toast";

type Undo = (previous: null, form: FormData) => Promise<ActionResult<unknown>>;

/**
 * The "Undo" of a message about something that was just done to several things.
 * @param field the name of the field with their ids, such as "rewardIds[]"
 * @param undone what is said once it is undone; a refusal is said in its own words
 */
export function undoing(
  undo: Undo,
  field: string,
  ids: readonly string[],
  toast: (message: ToastMessage) => void,
  undone: string,
): NonNullable<ToastMessage["undo"]> {
  return {
    run: async () => {
      const result = await undo(null, formOf(field, ids));
      toast(
        result.ok ? { message: undone, tone: "good" } : { message: result.message, tone: "bad" },
      );
    },
  };
}

/** A form with a field for each of several ids. */
export function formOf(field: string, ids: readonly string[]): FormData {
  const form = new FormData();
  for (const id of ids) form.append(field, id);
  return form;
}
