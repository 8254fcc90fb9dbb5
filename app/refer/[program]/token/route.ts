import { cookies } from "next/headers";
import { NextResponse, type NextRequest } from "next/server";
import { enterWithMerchantToken } from "@/lib/auth/sign-in/customer-entry";
import { consume } from "@/lib/auth/rate-limit";
import { clientAddress } from "@/lib/auth/request";
import { visitorOfProgram } from "@/lib/auth/visitor";
import { publicUrl } from "@/lib/core/address";
import { DomainError } from "@/lib/core/errors";
import { LOCALE_COOKIE } from "@/lib/core/i18n/locales";
import { enterProgram } from "../enter-program";

type Context = { params: Promise<{ program: string }> };

/**
 * Signs in a customer whom the merchant's backend vouches for (`?token=` a signed JWT), in the
 * language the token names.
 */
export async function GET(request: NextRequest, { params }: Context): Promise<NextResponse> {
  const { program: slug } = await params;
  const home = publicUrl(`/refer/${encodeURIComponent(slug)}`);
  try {
    await consume("token", await clientAddress());
    const entered = await enterWithMerchantToken(
      slug,
      request.nextUrl.searchParams.get("token") ?? "",
    );
    const jar = await cookies();
    if (entered.locale && !jar.has(LOCALE_COOKIE))
      jar.set(LOCALE_COOKIE, entered.locale, { path: "/", sameSite: "lax", httpOnly: true });
    const found = await visitorOfProgram(slug);
    if (found)
      await enterProgram(found.scope, {
        customerId: entered.customerId,
        programId: found.program.id,
      });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    // A developer sees the reason in the URL; a customer sees the page and can sign in by email.
    return NextResponse.redirect(`${home}?refused=${error.code}`, 303);
  }
  return NextResponse.redirect(home, 303);
}
