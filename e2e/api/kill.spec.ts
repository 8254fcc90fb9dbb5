import { setTimeout as sleep } from "node:timers/promises";
import { seededRandom } from "@/lib/core/math/random";
import { type Api, apiOf, type Taken } from "../support/api";
import { ledgerSums, rewardsOf, settled, stateOf, wrongBalances } from "../support/books";
import {
  CD_TERMS,
  cdPurchases,
  impliedRewards,
  invitersIn,
  purchaseEvents,
} from "../support/data/cdnow";
import { askDatabase } from "../support/server/database";
import { join, publishProgram } from "../support/enrolment";
import { type OwnServer, ownServer } from "../support/server/own-server";
import { sharedDataPresent } from "../support/data/shared-data";
import { openShop, type Shop } from "../support/shop";
import { expect, test } from "../support/test";

const ROWS = 1_000;
const BATCH = 50;
const APP_KILLS = 3;
const WORKER_KILLS = 5;

test("kill -9 loses nothing acknowledged and pays nothing twice", async () => {
  test.skip(!sharedDataPresent, "the reference records are not on this machine");
  test.setTimeout(900_000);
  const purchases = cdPurchases().slice(0, ROWS);
  const inviters = invitersIn(purchases).map(String);
  const own = await ownServer();
  try {
    await Promise.all([own.app.start(), own.worker.start()]);

    const calm = await prepare(own, inviters);
    for (const batch of batchesOf(calm.codes))
      expect((await calm.api.post<Taken>("/events", { events: batch })).status).toBe(200);
    await settled(calm.shop.merchantId, { url: own.database });
    const wanted = await stateOf(calm.shop.merchantId, own.database);

    const stormy = await prepare(own, inviters);
    const { merchantId } = stormy.shop;
    const batches = batchesOf(stormy.codes);
    const random = seededRandom(19_970_101);
    const appKills = new Set<number>();
    while (appKills.size < APP_KILLS) appKills.add(Math.floor(random() * batches.length));

    let sending = true;
    const workerKills = killWorkers(own, random, () => sending);
    const acknowledged: string[] = [];
    for (const [index, batch] of batches.entries()) {
      const orderIds = batch.map(({ order }) => order.id);
      const answer = stormy.api.post<Taken>("/events", { events: batch }).catch(() => null);
      if (appKills.has(index)) {
        await sleep(random() * 40);
        await own.app.kill();
      }
      const isAcknowledged = (await answer)?.status === 200;
      if (isAcknowledged) acknowledged.push(...orderIds);
      if (appKills.has(index)) {
        expect(
          await missing(own, merchantId, acknowledged),
          "acknowledged before a kill, and not in the table",
        ).toEqual([]);
        await own.app.start();
      }
      if (isAcknowledged) continue;
      // Not acknowledged: perhaps stored, perhaps not. The sender sends it again.
      const { status, body } = await stormy.api.post<Taken>("/events", { events: batch });
      expect(status).toBe(200);
      expect(body.accepted + body.duplicates).toBe(batch.length);
      acknowledged.push(...orderIds);
    }
    sending = false;
    await workerKills;
    await settled(merchantId, { url: own.database });

    expect(await missing(own, merchantId, acknowledged)).toEqual([]);
    const implied = impliedRewards(purchases).map(
      ({ side, customer, orderId, minor }) => `${side} ${customer} ${orderId} ${minor}`,
    );
    const paid = (await rewardsOf(merchantId, own.database)).map(
      ({ side, customer, orderId, minor }) => `${side} ${customer} ${orderId} ${minor}`,
    );
    expect(paid.sort()).toEqual(implied.sort());
    expect(await ledgerSums(merchantId, own.database)).toEqual({ "USD/2": "0" });
    expect(await wrongBalances(merchantId, own.database)).toEqual([]);
    expect(await stateOf(merchantId, own.database)).toEqual(wanted);
    calm.api.close();
    stormy.api.close();
  } finally {
    await own.remove();
  }

  function batchesOf(codes: Map<number, string>) {
    const events = purchaseEvents(purchases, codes);
    return Array.from({ length: Math.ceil(events.length / BATCH) }, (_, index) =>
      events.slice(index * BATCH, (index + 1) * BATCH),
    );
  }
});

/** A shop on the own server, with the program of the records and everyone who invites somebody. */
async function prepare(
  own: OwnServer,
  inviters: string[],
): Promise<{ shop: Shop; api: Api; codes: Map<number, string> }> {
  const shop = await openShop({ url: own.database });
  const api = apiOf(own.baseURL, shop.secretKey, 8);
  const codes = await join(
    api,
    await publishProgram(api, "Since 1997", CD_TERMS),
    inviters,
    "1997-01-01T00:00:00Z",
  );
  return { shop, api, codes: new Map([...codes].map(([id, code]) => [Number(id), code])) };
}

/**
 * Kills the worker at random moments, at least so many times, and as long as purchases are being
 * sent.
 */
async function killWorkers(
  own: OwnServer,
  random: () => number,
  sending: () => boolean,
): Promise<void> {
  for (let kills = 0; kills < WORKER_KILLS || sending(); kills += 1) {
    await sleep(200 + random() * 1_300);
    await own.worker.kill();
    await own.worker.start();
  }
}

/** Orders without their event. */
async function missing(own: OwnServer, merchantId: string, orderIds: string[]): Promise<string[]> {
  const rows = await askDatabase<{ id: string }>(
    `SELECT wanted.id FROM unnest($2::text[]) AS wanted (id)
     WHERE NOT EXISTS (
       SELECT FROM event e
       WHERE e.merchant_id = $1 AND e.dedupe_key = 'order:purchase:' || wanted.id
     )`,
    [merchantId, orderIds],
    own.database,
  );
  return rows.map(({ id }) => id);
}
