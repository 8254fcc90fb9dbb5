import type { PersonFact } from "./conditions";
import type { OrderFact } from "./referrals";

/** Something that an advocate did, or that their friends made of them. */
export type Action =
  | { kind: "join"; at: Date }
  | {
      kind: "purchase";
      order: OrderFact;
      /** Which of this customer's purchases it is, counted from 1 by when they were made. */
      number: number;
    }
  | {
      kind: "event";
      type: string;
      eventId: string;
      at: Date;
      recordedAt?: Date | undefined;
      country: string | null;
      channel: string | null;
    }
  /** Somebody came by the advocate's link. */
  | { kind: "visit"; visitorId: string; eventId: string; at: Date; channel: string | null }
  /** The `number`-th of their referrals qualified. */
  | { kind: "qualified"; number: number; referral: QualifiedReferral }
  /** A friend of their friend qualified. */
  | { kind: "second_level"; referral: QualifiedReferral };

/** A qualified referral, as a milestone or the second level looks at it. */
export type QualifiedReferral = {
  referralId: string;
  eventId: string;
  order: OrderFact | null;
  at: Date;
  /** When we learned of it; by default when it happened. */
  recordedAt?: Date | undefined;
  friend: PersonFact | null;
  channel: string | null;
  clickedAt: Date | null;
  joinedAt: Date;
  isNewCustomer: boolean;
  underReview: boolean;
};

/**
 * What has to be looked at beside friends' events where a rule waits for an advocate's action, as
 * it stands in `program.watches`.
 */
export type Watch =
  "own_join" | "own_purchase" | "own_event" | "share_visit" | "milestone" | "second_level";

/** The event, order and time behind an action. */
export function causeOfAction(action: Action): {
  eventId: string | null;
  order: OrderFact | null;
  at: Date;
  recordedAt?: Date | undefined;
} {
  switch (action.kind) {
    case "join":
      return { eventId: null, order: null, at: action.at };
    case "purchase": {
      const { eventId, occurredAt: at, recordedAt } = action.order;
      return { eventId, order: action.order, at, recordedAt };
    }
    case "event":
      return { eventId: action.eventId, order: null, at: action.at, recordedAt: action.recordedAt };
    case "visit":
      return { eventId: action.eventId, order: null, at: action.at };
    case "second_level": {
      const { eventId, order, at, recordedAt } = action.referral;
      return { eventId, order, at, recordedAt };
    }
    // A milestone rests on how many there are, not on the order of the friend who made it full.
    case "qualified": {
      const { eventId, at, recordedAt } = action.referral;
      return { eventId, order: null, at, recordedAt };
    }
  }
}
