import { NextResponse, type NextRequest } from "next/server";
import { enterWithMerchantToken } from "@/lib/auth/sign-in/customer-entry";
import { consume } from "@/lib/auth/rate-limit";
import { clientAddress } from "@/lib/auth/request";
import { publicUrl } from "@/lib/core/address";
import { DomainError } from "@/lib/core/errors";
import { settleIn } from "../enter-program";

type Context = { params: Promise<{ program: string }> };

/**
 * Signs in a customer whom the merchant's backend vouches for (`?token=` a signed JWT), in the
 * language the token names. Where somebody else is signed in, a page asks first.
 */
export async function GET(request: NextRequest, { params }: Context): Promise<NextResponse> {
  const { program: slug } = await params;
  const home = publicUrl(`/refer/${encodeURIComponent(slug)}`);
  try {
    await consume("token", await clientAddress());
    const token = request.nextUrl.searchParams.get("token") ?? "";
    const entered = await enterWithMerchantToken(slug, token);
    if (!entered)
      return NextResponse.redirect(`${home}/switch?token=${encodeURIComponent(token)}`, 303);
    await settleIn(slug, entered);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    // A developer sees the reason in the URL; a customer sees the page and can sign in by email.
    return NextResponse.redirect(`${home}?refused=${error.code}`, 303);
  }
  return NextResponse.redirect(home, 303);
}
