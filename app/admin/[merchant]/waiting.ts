import { cache } from "react";
import { waitingWork } from "@/lib/desk/queries/waiting";

/** How much waits for the member: read once for the number in the frame and the overview's card. */
export const waitingNow = cache(waitingWork);
