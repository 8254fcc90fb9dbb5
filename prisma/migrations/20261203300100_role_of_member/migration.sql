-- The role of a user in a shop, or in its test mode, whose team is the shop's: asked again by the transaction in which a
-- member acts, which sees the rows of one of both only.
CREATE FUNCTION goodword_role_of(shop TEXT, member_id TEXT) RETURNS TEXT
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.role FROM merchant s
  JOIN member m ON m.merchant_id = COALESCE(s.sandbox_of_id, s.id) AND m.user_id = member_id
  WHERE s.id = shop
$$;
REVOKE ALL ON FUNCTION goodword_role_of(TEXT, TEXT) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION goodword_role_of(TEXT, TEXT) TO goodword_app;
