import { notFound } from "next/navigation";

/** An address that the dashboard does not have: said inside its frame, with the way back at hand. */
export default function NoSuchPage(): never {
  notFound();
}
