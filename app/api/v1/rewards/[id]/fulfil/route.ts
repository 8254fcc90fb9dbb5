import { POST as deliver } from "../deliver/route";

/** The name that `deliver` had first; still served. */
export const POST = deliver;
