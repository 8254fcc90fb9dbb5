-- An email is written as what it says, and worded when it is sent or looked at: wording it in the transaction of the
-- fact it tells of cost more than the fact. Rows from before have their words.
ALTER TABLE message
  ADD COLUMN content JSONB,
  ALTER COLUMN subject DROP NOT NULL,
  ALTER COLUMN text DROP NOT NULL,
  ALTER COLUMN html DROP NOT NULL,
  ADD CONSTRAINT message_says_something CHECK (
    content IS NOT NULL OR (subject IS NOT NULL AND text IS NOT NULL AND html IS NOT NULL)
  );
