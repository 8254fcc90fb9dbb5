"use client";

import { useEffect, useState } from "react";
import { Button } from "@/components/ui/controls/button";

/** Signs in with Google. NextAuth requires its CSRF token in the form. */
export function GoogleButton({ next }: { next: string }) {
  const [token, setToken] = useState("");
  useEffect(() => {
    const stop = new AbortController();
    fetch("/api/auth/csrf", { signal: stop.signal })
      .then((response) => response.json())
      .then((answer: { csrfToken: string }) => setToken(answer.csrfToken))
      // Without the token the button stays off; the other ways in are right above it.
      .catch(() => {});
    return () => stop.abort();
  }, []);
  return (
    <form method="post" action="/api/auth/signin/google">
      <input type="hidden" name="csrfToken" value={token} />
      <input type="hidden" name="callbackUrl" value={next} />
      <Button type="submit" size="lg" block disabled={token === ""}>
        Sign in with Google
      </Button>
    </form>
  );
}
