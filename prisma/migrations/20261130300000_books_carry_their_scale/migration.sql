-- A shop's books and its orders say in how many decimals their currency is counted. Until now the runtime was asked, and
-- runtimes disagree: Node 20.20 counts the forint in whole ones, 20.19 in hundredths. From here on ISO 4217 as the product
-- keeps it decides, and books that were kept in other decimals are led over, once, here.
ALTER TABLE merchant ADD COLUMN currency_scale INTEGER;
-- Most shops count in hundredths, so that most orders need not be written anew.
ALTER TABLE shop_order ADD COLUMN currency_scale INTEGER DEFAULT 2;
ALTER TABLE shop_order ALTER COLUMN currency_scale DROP DEFAULT;

-- An amount in other decimals. What cannot be said in fewer is refused rather than rounded.
CREATE FUNCTION goodword_rescaled(amount numeric, was int, becomes int) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF becomes < was AND amount % (10::numeric ^ (was - becomes)) <> 0 THEN
    RAISE EXCEPTION 'an amount of % in % decimals cannot be told in %', amount, was, becomes
      USING ERRCODE = 'numeric_value_out_of_range';
  END IF;
  RETURN trunc(amount * (10::numeric ^ (becomes - was)));
END $$;

-- The same in stored JSON: "orderMinor": "1000", { "asset": "HUF/0", "balance": … }, "available:cus_1:HUF/0". Amounts beside
-- an asset of points are points.
CREATE FUNCTION goodword_rescaled_json(value jsonb, code text, was int, becomes int) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  old_asset CONSTANT text := code || '/' || was;
  new_asset CONSTANT text := code || '/' || becomes;
  plain text;
BEGIN
  CASE jsonb_typeof(value)
    WHEN 'string' THEN
      plain := value #>> '{}';
      IF plain = old_asset OR plain LIKE '%:' || old_asset THEN
        RETURN to_jsonb(left(plain, -length(old_asset)) || new_asset);
      END IF;
      RETURN value;
    WHEN 'array' THEN
      RETURN COALESCE((SELECT jsonb_agg(goodword_rescaled_json(e.item, code, was, becomes) ORDER BY e.n)
        FROM jsonb_array_elements(value) WITH ORDINALITY AS e (item, n)), '[]');
    WHEN 'object' THEN
      RETURN COALESCE((SELECT jsonb_object_agg(e.key, CASE
          WHEN e.item #>> '{}' ~ '^-?\d+$' AND jsonb_typeof(e.item) IN ('number', 'string') AND (
            e.key ~ '(^m|M)inor$' AND (value->>'asset' IS DISTINCT FROM 'PTS/0' OR e.key ~* 'cost|order')
            OR e.key IN ('balance', 'sum') AND value->>'asset' = old_asset
            OR e.key = 'threshold' AND value->>'metric' = 'revenue')
          THEN CASE jsonb_typeof(e.item)
            WHEN 'number' THEN to_jsonb(goodword_rescaled((e.item #>> '{}')::numeric, was, becomes))
            ELSE to_jsonb(goodword_rescaled((e.item #>> '{}')::numeric, was, becomes)::text) END
          WHEN e.key = 'pointCostMilli' AND jsonb_typeof(e.item) = 'number'
          THEN to_jsonb(round((e.item #>> '{}')::numeric * (10::numeric ^ (becomes - was))))
          ELSE goodword_rescaled_json(e.item, code, was, becomes) END)
        FROM jsonb_each(value) AS e (key, item)), '{}');
    ELSE RETURN value;
  END CASE;
END $$;

-- Leads the books of a shop over to other decimals: every amount in its currency, every asset by name, every account's id.
-- For the owner of the tables: what is append-only for everybody else is written anew here, and the ledger adds up as
-- before. Which columns count money is told by their names (…_minor); lib/operations/database/rescale.db.test.ts knows all.
CREATE FUNCTION goodword_rescale_shop(shop text, was int, becomes int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  code text;
  old_asset text;
  new_asset text;
  tables text[];
  name text;
  changes text;
BEGIN
  SELECT array_agg(c.relname ORDER BY c.relname) INTO tables FROM pg_class c
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = CASE c.relname WHEN 'merchant' THEN 'id' ELSE 'merchant_id' END
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r';
  FOREACH name IN ARRAY tables LOOP
    EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I DISABLE TRIGGER USER', name);
  END LOOP;

  SELECT m.currency INTO STRICT code FROM merchant m WHERE m.id = shop;
  old_asset := code || '/' || was;
  new_asset := code || '/' || becomes;
  IF was <> becomes THEN
    IF EXISTS (SELECT FROM ledger_account a WHERE a.merchant_id = shop AND a.asset LIKE code || '/%' AND a.asset <> old_asset) THEN
      RAISE EXCEPTION 'The books of shop % are in % and in other decimals as well; they cannot be led over to %.',
        shop, old_asset, new_asset;
    END IF;

    -- Accounts are named by their asset, and transfers and lots by their accounts.
    INSERT INTO ledger_account SELECT (jsonb_populate_record(a, jsonb_build_object(
        'id', left(a.id, -length(old_asset)) || new_asset, 'asset', new_asset))).*
      FROM ledger_account a WHERE a.merchant_id = shop AND a.asset = old_asset;
    UPDATE ledger_transfer SET debit_account_id = left(debit_account_id, -length(old_asset)) || new_asset,
      credit_account_id = left(credit_account_id, -length(old_asset)) || new_asset
    WHERE merchant_id = shop AND asset = old_asset;
    UPDATE ledger_lot SET account_id = left(account_id, -length(old_asset)) || new_asset
    WHERE merchant_id = shop AND asset = old_asset;
    DELETE FROM ledger_account a WHERE a.merchant_id = shop AND a.asset = old_asset;

    FOREACH name IN ARRAY tables LOOP
      SELECT string_agg(CASE
          WHEN a.attname = 'asset' THEN format('asset = CASE asset WHEN %L THEN %L ELSE asset END', old_asset, new_asset)
          -- What the sender wrote stays: its amounts are decimals.
          WHEN a.atttypid = 'jsonb'::regtype THEN format(
            '%1$I = CASE WHEN %1$I::text ~ %2$L THEN goodword_rescaled_json(%1$I, %3$L, %4$s, %5$s) ELSE %1$I END',
            a.attname, 'inor"|pointCostMilli|threshold|' || old_asset, code, was, becomes)
          ELSE format('%1$I = CASE WHEN %2$s THEN goodword_rescaled(%1$I, %3$s, %4$s) ELSE %1$I END', a.attname,
            -- In points, some amounts are no money.
            CASE
              WHEN a.attname LIKE '%cost%' THEN 'true'
              WHEN name = 'reward_step' THEN 'EXISTS (SELECT FROM reward r WHERE r.merchant_id = reward_step.merchant_id
                AND r.id = reward_step.reward_id AND r.asset IS DISTINCT FROM ''PTS/0'')'
              WHEN name = 'lot_move' THEN 'EXISTS (SELECT FROM ledger_lot l WHERE l.merchant_id = lot_move.merchant_id
                AND l.id = lot_move.lot_id AND l.asset <> ''PTS/0'')'
              WHEN EXISTS (SELECT FROM pg_attribute o WHERE o.attrelid = a.attrelid AND o.attname = 'asset')
                THEN 'asset IS DISTINCT FROM ''PTS/0'''
              ELSE 'true'
            END, was, becomes)
        END, ', ') INTO changes
      FROM pg_attribute a
      WHERE a.attrelid = format('public.%I', name)::regclass AND NOT a.attisdropped AND a.attnum > 0
        AND (a.attname LIKE '%\_minor' OR a.attname = 'asset'
          OR a.atttypid = 'jsonb'::regtype AND (name, a.attname) NOT IN (('event', 'body'), ('customer', 'traits')));
      IF changes IS NOT NULL THEN
        EXECUTE format('UPDATE %I SET %s WHERE %I = %L', name, changes,
          CASE name WHEN 'merchant' THEN 'id' ELSE 'merchant_id' END, shop);
      END IF;
    END LOOP;

    -- What counts money under another name.
    UPDATE merchant SET point_cost_milli = LEAST(round(point_cost_milli * (10::numeric ^ (becomes - was))), 2147483647)
    WHERE id = shop;
    IF EXISTS (SELECT FROM tier_plan p WHERE p.merchant_id = shop AND p.metric = 'revenue') THEN
      UPDATE tier SET threshold = goodword_rescaled(threshold, was, becomes) WHERE merchant_id = shop;
      UPDATE tier_step SET value = goodword_rescaled(value, was, becomes) WHERE merchant_id = shop;
    END IF;
    UPDATE season_score s SET score = goodword_rescaled(s.score, was, becomes)
    FROM season e JOIN leaderboard l ON l.merchant_id = e.merchant_id AND l.id = e.leaderboard_id AND l.metric = 'revenue'
    WHERE s.merchant_id = shop AND e.merchant_id = shop AND e.id = s.season_id;
    UPDATE season_winner s SET score = goodword_rescaled(s.score, was, becomes)
    FROM season e JOIN leaderboard l ON l.merchant_id = e.merchant_id AND l.id = e.leaderboard_id AND l.metric = 'revenue'
    WHERE s.merchant_id = shop AND e.merchant_id = shop AND e.id = s.season_id;
    -- The tree of counts is over scores; what is noted as changed is folded in again.
    DELETE FROM season_tally t USING season e, leaderboard l
    WHERE t.merchant_id = shop AND e.merchant_id = shop AND e.id = t.season_id
      AND l.merchant_id = shop AND l.id = e.leaderboard_id AND l.metric = 'revenue';
    DELETE FROM season_change t USING season e, leaderboard l
    WHERE t.merchant_id = shop AND e.merchant_id = shop AND e.id = t.season_id
      AND l.merchant_id = shop AND l.id = e.leaderboard_id AND l.metric = 'revenue';
    INSERT INTO season_change (merchant_id, season_id, was, now)
    SELECT s.merchant_id, s.season_id, 0, s.score FROM season_score s
    JOIN season e ON e.merchant_id = s.merchant_id AND e.id = s.season_id
    JOIN leaderboard l ON l.merchant_id = e.merchant_id AND l.id = e.leaderboard_id AND l.metric = 'revenue'
    WHERE s.merchant_id = shop AND s.listed AND s.score > 0;
  END IF;
  UPDATE merchant SET currency_scale = becomes WHERE id = shop;
  UPDATE shop_order SET currency_scale = becomes WHERE merchant_id = shop;

  FOREACH name IN ARRAY tables LOOP
    EXECUTE format('ALTER TABLE %I ENABLE TRIGGER USER', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
  END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION goodword_rescale_shop(text, int, int) FROM PUBLIC;

-- A share in points was a point for each minor unit, and is one for each whole unit from now on, so that the same price
-- brings the same points in every currency. Terms from before keep what they promised: they say their unit.
CREATE FUNCTION goodword_with_unit_of_points(terms jsonb, unit text) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  CASE jsonb_typeof(terms)
    WHEN 'array' THEN
      RETURN COALESCE((SELECT jsonb_agg(goodword_with_unit_of_points(e.item, unit) ORDER BY e.n)
        FROM jsonb_array_elements(terms) WITH ORDINALITY AS e (item, n)), '[]');
    WHEN 'object' THEN
      IF terms#>>'{benefit,kind}' = 'points' AND terms#>>'{calculator,kind}' = 'share_of_order'
        AND NOT terms->'calculator' ? 'pointsPer' THEN
        terms := jsonb_set(terms, '{calculator,pointsPer}', to_jsonb(unit));
      END IF;
      RETURN COALESCE((SELECT jsonb_object_agg(e.key, goodword_with_unit_of_points(e.item, unit))
        FROM jsonb_each(terms) AS e (key, item)), '{}');
    ELSE RETURN terms;
  END CASE;
END $$;

-- In which decimals the books of a shop are kept: its ledger and its rewards say so; else an order beside the amount that
-- was sent for it. Null for a shop that has none of them.
CREATE FUNCTION goodword_scale_of_books(shop text, code text) RETURNS int LANGUAGE sql STABLE AS $$
  SELECT COALESCE(
    (SELECT split_part(a.asset, '/', 2)::int FROM ledger_account a
      WHERE a.merchant_id = shop AND a.asset LIKE code || '/%' LIMIT 1),
    (SELECT split_part(r.asset, '/', 2)::int FROM reward r
      WHERE r.merchant_id = shop AND r.asset LIKE code || '/%' LIMIT 1),
    (SELECT s FROM shop_order o
      JOIN event e ON e.merchant_id = o.merchant_id AND e.id = o.event_id
        AND e.body#>>'{order,total}' ~ '^\d{1,15}(\.\d{1,4})?$'
      JOIN generate_series(0, 4) s ON o.total_minor = (e.body#>>'{order,total}')::numeric * (10::numeric ^ s)
      WHERE o.merchant_id = shop AND o.total_minor > 0 LIMIT 1))
$$;

DO $$
DECLARE
  shop record;
  shops jsonb;
  unit text;
  name text;
  tables CONSTANT text[] := ARRAY[
    'merchant', 'ledger_account', 'shop_order', 'event', 'program', 'program_version', 'replay_run', 'reward'];
BEGIN
  FOREACH name IN ARRAY tables LOOP
    EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I DISABLE TRIGGER USER', name);
  END LOOP;
  SELECT jsonb_agg(to_jsonb(known) || jsonb_build_object('was', COALESCE(
    goodword_scale_of_books(known.id, known.code), goodword_scale_of_books(known.twin, known.code),
    -- A shop without any amounts is taken as the Node of these days (20.20) opened it.
    CASE WHEN known.code = ANY (string_to_array('AFN ALL COP HUF IDR IQD IRR KPW LAK LBP MGA MMK PKR SOS SYP YER', ' '))
      THEN 0 ELSE known.iso END)))
  INTO shops FROM (SELECT m.id, m.currency AS code,
    COALESCE(m.sandbox_of_id, (SELECT t.id FROM merchant t WHERE t.sandbox_of_id = m.id)) AS twin, CASE
      WHEN m.currency = ANY (string_to_array(
        'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF', ' ')) THEN 0
      WHEN m.currency = ANY (string_to_array('BHD IQD JOD KWD LYD OMR TND', ' ')) THEN 3
      WHEN m.currency = ANY (string_to_array('CLF UYW', ' ')) THEN 4
      ELSE 2 END AS iso FROM merchant m) known;
  FOR shop IN SELECT * FROM jsonb_to_recordset(COALESCE(shops, '[]')) AS s (id text, was int) WHERE s.was > 0 LOOP
    unit := '0.' || repeat('0', shop.was - 1) || '1';
    UPDATE program SET draft = goodword_with_unit_of_points(draft, unit)
    WHERE merchant_id = shop.id AND draft::text LIKE '%share_of_order%';
    UPDATE program_version SET terms = goodword_with_unit_of_points(terms, unit)
    WHERE merchant_id = shop.id AND terms::text LIKE '%share_of_order%';
    UPDATE replay_run SET before = goodword_with_unit_of_points(before, unit), after = goodword_with_unit_of_points(after, unit)
    WHERE merchant_id = shop.id AND (before::text LIKE '%share_of_order%' OR after::text LIKE '%share_of_order%');
    UPDATE reward SET terms = goodword_with_unit_of_points(terms, unit)
    WHERE merchant_id = shop.id AND terms::text LIKE '%share_of_order%';
  END LOOP;
  UPDATE merchant m SET currency_scale = s.iso
  FROM jsonb_to_recordset(COALESCE(shops, '[]')) AS s (id text, iso int) WHERE m.id = s.id;
  UPDATE shop_order o SET currency_scale = m.currency_scale
  FROM merchant m WHERE m.id = o.merchant_id AND m.currency_scale <> 2;
  FOREACH name IN ARRAY tables LOOP
    EXECUTE format('ALTER TABLE %I ENABLE TRIGGER USER', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
  END LOOP;
  FOR shop IN SELECT * FROM jsonb_to_recordset(COALESCE(shops, '[]')) AS s (id text, was int, iso int)
    WHERE s.was <> s.iso LOOP
    PERFORM goodword_rescale_shop(shop.id, shop.was, shop.iso);
  END LOOP;
END $$;
DROP FUNCTION goodword_with_unit_of_points(jsonb, text);
DROP FUNCTION goodword_scale_of_books(text, text);

ALTER TABLE merchant ALTER COLUMN currency_scale SET NOT NULL,
  ADD CONSTRAINT a_scale CHECK (currency_scale BETWEEN 0 AND 4);

-- An order is written in the decimals of its shop's books.
CREATE FUNCTION goodword_carry_scale() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT currency_scale INTO NEW.currency_scale FROM merchant WHERE id = NEW.merchant_id;
  RETURN NEW;
END $$;
CREATE TRIGGER carry_scale BEFORE INSERT ON shop_order
  FOR EACH ROW WHEN (NEW.currency_scale IS NULL) EXECUTE FUNCTION goodword_carry_scale();
ALTER TABLE shop_order ADD CONSTRAINT carries_its_scale CHECK (currency_scale IS NOT NULL);
