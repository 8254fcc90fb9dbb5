import { NextResponse } from "next/server";
import { publicUrl } from "@/lib/core/address";
import { stopProgramEmail } from "@/lib/customers/commands";
import { systemScope } from "@/lib/merchants/queries/directory";
import { readUnsubscribeToken } from "@/lib/messaging/rules/unsubscribe-link";

type Context = { params: Promise<{ token: string }> };

/** One click in the email program (RFC 8058): its POST stops program emails at once. */
export async function POST(_: Request, { params }: Context): Promise<NextResponse> {
  const who = readUnsubscribeToken((await params).token);
  if (!who) return new NextResponse(null, { status: 404 });
  await stopProgramEmail(await systemScope(who.merchantId, "Unsubscribe link"), who.customerId);
  return new NextResponse(null, { status: 204 });
}

/**
 * A person who opens the link gets the page with its button: email scanners open links too, and
 * must not unsubscribe anyone.
 */
export async function GET(_: Request, { params }: Context): Promise<NextResponse> {
  return NextResponse.redirect(
    publicUrl(`/unsubscribe/${encodeURIComponent((await params).token)}`),
    303,
  );
}
