-- What a refund counts follows from all refunds of its order, so it changes; the refund itself is a fact. The
-- application may change nothing of it but through this, and only of the merchant that it works for.
REVOKE UPDATE, DELETE ON refund FROM goodword_app;
CREATE POLICY counted ON refund USING (merchant_id = current_setting('app.merchant_id', true));
CREATE FUNCTION goodword_count_refunds(event_ids text[], amounts bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  UPDATE refund r SET amount_minor = n.minor
  FROM unnest(event_ids, amounts) AS n (event_id, minor)
  WHERE r.merchant_id = current_setting('app.merchant_id', true)
    AND r.event_id = n.event_id AND r.amount_minor <> n.minor
$$;
REVOKE ALL ON FUNCTION goodword_count_refunds(text[], bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION goodword_count_refunds(text[], bigint[]) TO goodword_app;
