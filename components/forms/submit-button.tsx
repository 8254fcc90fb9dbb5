"use client";

import type { ComponentProps } from "react";
import { Button } from "@/components/ui/controls/button";
import { useFormState } from "@/components/ui/controls/form-context";

/** Submits the `ActionForm` around it, and shows that it is pending. */
export function SubmitButton({ variant = "primary", ...props }: ComponentProps<typeof Button>) {
  const { pending } = useFormState();
  return <Button {...props} type="submit" variant={variant} pending={pending} />;
}
