/**
 * What members, keys and the product do that the audit log keeps, and what it is called there. An
 * action without a label does not compile.
 */
const LABELS = {
  "badge.create": "Badge created",
  "badge.disable": "Badge turned off",
  "badge.edit": "Badge changed",
  "badge.enable": "Badge turned on",
  "badge.move": "Badge moved",
  "campaign.create": "Campaign created",
  "campaign.edit": "Campaign changed",
  "campaign.end": "Campaign ended",
  "catalogue.create": "Catalogue item created",
  "catalogue.disable": "Catalogue item hidden",
  "catalogue.edit": "Catalogue item changed",
  "catalogue.enable": "Catalogue item shown",
  "catalogue.move": "Catalogue item moved",
  "customer.confirm_key": "Customer’s ID or email confirmed",
  "customer.merge": "Customer records merged",
  "customer.take_off_key": "ID or email removed from a customer",
  "customer.tell_apart": "Customer records told apart",
  "customer.undo_merge": "Merge of customer records undone",
  "event.allow": "Event of web pages allowed",
  "event.correct": "Event corrected",
  "event.discard": "Event discarded",
  "event.disallow": "Event of web pages no longer allowed",
  "event.enter": "Event entered",
  "event.retry": "Event retried",
  "key.create": "API key created",
  "key.revoke": "API key revoked",
  "leaderboard.active": "Leaderboard turned on",
  "leaderboard.create": "Leaderboard created",
  "leaderboard.disabled": "Leaderboard turned off",
  "leaderboard.edit": "Leaderboard changed",
  "ledger.adjust": "Balance adjusted",
  "ledger.transfer": "Balance transferred",
  "member.change_role": "Member’s role changed",
  "member.invite": "Member invited",
  "member.join": "Member joined",
  "member.remove": "Member removed",
  "member.rename": "Member’s name changed",
  "member.reset_two_step": "Two-step sign-in turned off",
  "member.revoke_invite": "Invitation revoked",
  "member.sign_in": "Member signed in",
  "member.sign_in_refused": "Sign-in refused",
  "member.sign_out": "Member signed out",
  "merchant.require_two_step": "Rule for two-step sign-in changed",
  "merchant.sign_up": "Shop signed up",
  "merchant.update": "Settings changed",
  "merchant.update_branding": "Branding changed",
  "nomination.accept": "Nomination accepted",
  "nomination.reject": "Nomination rejected",
  "outbox.release": "Held emails released",
  "payout.cancel": "Payout cancelled",
  "payout.create": "Payout created",
  "payout.export": "Payout exported",
  "payout.pay": "Payout paid",
  "payout_details.ask": "Payout details asked for",
  "payout_details.change": "Payout details changed",
  "payout_details.remove": "Payout details removed",
  "pool.add": "Coupon codes added",
  "pool.create": "Coupon pool created",
  "pool.delete": "Coupon pool deleted",
  "pool.edit": "Coupon pool changed",
  "pool.empty": "Coupon pool emptied",
  "program.create": "Program created",
  "program.ended": "Program ended",
  "program.live": "Program resumed",
  "program.paused": "Program paused",
  "program.publish": "Program published",
  "program.replay": "Program replayed",
  "program.save_draft": "Draft saved",
  "redemption.cancel": "Redemption cancelled",
  "referral.approve": "Referral approved",
  "referral.reject": "Referral rejected",
  "referral.undo_rejection": "Referral’s rejection undone",
  "review.answer": "Question answered",
  "review.ask": "Question asked",
  "reward.deliver": "Reward delivered",
  "reward.note": "Reward’s note changed",
  "reward.release": "Reward released early",
  "reward.undo_delivery": "Reward’s delivery undone",
  "reward.void": "Reward voided or reversed",
  "tiers.save": "Tiers changed",
} as const;

/** noun.verb, as in "program.publish". */
export type AuditAction = keyof typeof LABELS;

/** Names under which older entries were written, which nobody may change. */
const FORMER = new Map<string, AuditAction>([
  ["reward.fulfil", "reward.deliver"],
  ["reward.undo_fulfil", "reward.undo_delivery"],
]);

/** The name that an action has today. */
export function actionOf(stored: string): string {
  return FORMER.get(stored) ?? stored;
}

/** All names under which entries of this action are stored. */
export function storedNamesOf(action: string): string[] {
  const former = [...FORMER].filter(([, today]) => today === action).map(([name]) => name);
  return [action, ...former];
}

/**
 * What the log calls an action as it is stored. One that this version does not know, such as one
 * of a later version, is put into words as well as may be ("api_key.made" → "Api key: made").
 */
export function auditLabel(action: string): string {
  const known = actionOf(action);
  if (Object.hasOwn(LABELS, known)) return LABELS[known as AuditAction];
  const words = known.replaceAll("_", " ").replace(".", ": ").trim();
  return words === "" ? "Unknown" : words.charAt(0).toUpperCase() + words.slice(1);
}
