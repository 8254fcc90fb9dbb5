import { MINUTE_MS, systemNow, zoneName, zoneNames, zoneOffsetMs } from "@/lib/core/time";

/** Current currencies (ISO 4217), the most common first. */
const COMMON = ["USD", "EUR", "GBP", "CNY", "ALL", "CHF", "CAD", "AUD", "JPY"];
const OTHERS =
  "AED AFN AMD AOA ARS AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CDF " +
  "CLP COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB FJD FKP GEL GHS GIP GMD GNF GTQ GYD " +
  "HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD KES KGS KHR KMF KPW KRW KWD KYD KZT LAK " +
  "LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO " +
  "NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD " +
  "SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX UYU UZS VES " +
  "VND VUV WST XAF XCD XOF XPF YER ZAR ZMW";

type Choice = { value: string; label: string };

/** The options of a currency drop-down; `current` is added if it is not among them. */
export function currencyChoices(current?: string): Choice[] {
  const names = new Intl.DisplayNames("en", { type: "currency" });
  const codes = new Set([...COMMON, ...OTHERS.split(" "), ...(current ? [current] : [])]);
  return [...codes].map((code) => ({ value: code, label: `${code} · ${names.of(code) ?? code}` }));
}

/**
 * What a time zone drop-down offers, by today's names, each with how far it is from UTC now;
 * `current` is added when it is none of them.
 */
export function timeZoneChoices(current?: string): Choice[] {
  const now = systemNow();
  const zones = new Set(["UTC", ...zoneNames(), ...(current ? [zoneName(current)] : [])]);
  return [...zones].map((zone) => ({
    value: zone,
    label: `${zone.replaceAll("_", " ")} (${offsetAt(now, zone)})`,
  }));
}

/** "GMT+5:30" */
function offsetAt(now: Date, timeZone: string): string {
  const minutes = Math.round(zoneOffsetMs(now, timeZone) / MINUTE_MS);
  if (minutes === 0) return "GMT";
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const size = rest === 0 ? String(hours) : `${hours}:${String(rest).padStart(2, "0")}`;
  return `GMT${minutes < 0 ? "-" : "+"}${size}`;
}
