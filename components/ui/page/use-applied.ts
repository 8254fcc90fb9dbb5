import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";

/** How long typing has to pause before the list follows. */
const PAUSE_MS = 300;

/**
 * Brings a form's values into the address. A new address from elsewhere means new values, so the
 * form's uncontrolled fields start again from it; while somebody types, theirs stand.
 */
export function useApplied(pathname: string, search: URLSearchParams) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [typed, setTyped] = useState<{ addresses: string[]; formKey: string } | null>(null);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(pause.current), []);
  const address = search.toString();
  const formKey = typed?.addresses.includes(address) ? typed.formKey : address;

  const go = (query: URLSearchParams, how: "push" | "replace") =>
    startTransition(() =>
      router[how](query.size ? `${pathname}?${query}` : pathname, { scroll: false }),
    );
  const startAnew = () => {
    clearTimeout(pause.current);
    setTyped(null);
  };
  return {
    pending,
    formKey,
    startAnew,
    apply(form: HTMLFormElement) {
      startAnew();
      go(queryOfForm(form), "push");
    },
    applyAfterPause(form: HTMLFormElement) {
      clearTimeout(pause.current);
      pause.current = setTimeout(() => {
        const query = queryOfForm(form);
        setTyped({ addresses: [address, query.toString()], formKey });
        go(query, "replace");
      }, PAUSE_MS);
    },
  };
}

function queryOfForm(form: HTMLFormElement): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form))
    if (typeof value === "string" && value !== "") query.append(name, value);
  return query;
}
