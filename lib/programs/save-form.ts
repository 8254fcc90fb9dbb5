import { inScope, type Scope } from "@/lib/merchants/scope";
import { createProgram, lockProgram, saveDraft } from "./commands";
import { programFormSchema } from "./form";
import { termsSchema } from "./schema";

/**
 * Keeps the one-page form as the draft of a program, or of a new one. What the form has no fields
 * for stays as the draft has it.
 * @param form as it was sent
 * @returns the program's id
 * @throws z.ZodError with the form's field names, DomainError not_found, or conflict when the
 * program has ended
 */
export async function saveForm(
  scope: Scope,
  programId: string | null,
  form: unknown,
): Promise<string> {
  const { currency, timeZone } = scope;
  if (programId === null)
    return (await createProgram(scope, programFormSchema(currency, timeZone).parse(form))).id;
  return inScope(scope, async (_, scope) => {
    const { draft } = await lockProgram(scope, programId);
    const { name, terms } = programFormSchema(currency, timeZone, termsSchema.parse(draft)).parse(
      form,
    );
    await saveDraft(scope, { programId, name, terms });
    return programId;
  });
}
