-- Every page of the dashboard counts what waits for a person, emails that could not be sent among it.
CREATE INDEX message_failed ON message (merchant_id, created_at) WHERE state = 'failed';
