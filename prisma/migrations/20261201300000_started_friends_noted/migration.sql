-- A referral is written as it stands when it begins: its friend joined, or came further in the same
-- transaction. Those are noted as a change from clicked was (see goodword_note_friends).
CREATE TRIGGER note_friends_new AFTER INSERT ON referral FOR EACH ROW
  WHEN (NEW.state <> 'clicked')
  EXECUTE FUNCTION goodword_note_friends();
