import { z } from "zod";
import { listWords, oneOf } from "../../words/lists";
import { type ConditionKind, fewWords, namesSchema, sameText } from "../condition";

const schema = z.strictObject({ kind: z.literal("channel"), channels: namesSchema("channel") });

/**
 * The friend came through one of the channels; for what a customer does themselves, the event did.
 */
export const channel = {
  schema,
  form: {
    label: "Channel",
    fields: [
      {
        name: "channels",
        label: "They came through",
        control: "chips",
        item: "channel",
        placeholder: "whatsapp, Enter",
        as: "lower case",
        suggest: "channels",
      },
    ],
  },
  asks: () => ({ event: true }),
  judge({ channels }, { channel: found }) {
    const wanted = `it takes ${fewWords(channels)}`;
    if (found === null)
      return {
        holds: false,
        code: "channel_unknown",
        message: `The channel is not known; ${wanted}.`,
      };
    const holds = channels.some((name) => sameText(name, found));
    return holds
      ? { holds, code: "channel_right", message: `It came through ${found}.` }
      : { holds, code: "channel_other", message: `It came through ${found}; ${wanted}.` };
  },
  staffWords: ({ channels }) => `through ${oneOf(channels)}`,
  customerWords: ({ channels }, { t, locale }) => [
    t("when.if.channel", { list: listWords(channels, locale) }),
  ],
} satisfies ConditionKind<z.infer<typeof schema>>;
