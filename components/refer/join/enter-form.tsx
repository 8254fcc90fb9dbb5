"use client";

import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/controls/button";

type EnterFormProps = { action: () => Promise<void>; button: string };

/** Signs in: by itself in a browser, by its button where no script runs. */
export function EnterForm({ action, button }: EnterFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const sent = useRef(false);
  useEffect(() => {
    // The link works once, and an effect may run twice.
    if (!sent.current) form.current?.requestSubmit();
    sent.current = true;
  }, []);
  return (
    <form ref={form} action={action} className="mt-2">
      <Button type="submit" variant="primary" size="lg">
        {button}
      </Button>
    </form>
  );
}
