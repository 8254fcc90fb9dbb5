import { notFound } from "next/navigation";

/** An address that the dashboard does not have is said so inside its frame. */
export default function NoSuchPage(): never {
  notFound();
}
