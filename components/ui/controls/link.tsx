"use client";

import NextLink from "next/link";
import { type ComponentProps, useState } from "react";

/**
 * A way to another page of ours, which is fetched ahead once somebody points at it, touches it or
 * reaches it by keyboard: to fetch all that is in sight would be a page of requests for one press.
 */
export function Link(props: ComponentProps<typeof NextLink>) {
  const [meant, setMeant] = useState(false);
  const mean = () => setMeant(true);
  return (
    <NextLink
      prefetch={meant ? null : false}
      {...props}
      onPointerEnter={mean}
      onTouchStart={mean}
      onFocus={mean}
    />
  );
}
