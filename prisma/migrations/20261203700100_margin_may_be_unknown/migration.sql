-- A gross margin that nobody entered is unknown: reports that need one assume it, and say so. The
-- former default stands for "never entered".
ALTER TABLE merchant ALTER COLUMN margin_bp DROP DEFAULT, ALTER COLUMN margin_bp DROP NOT NULL;
UPDATE merchant SET margin_bp = NULL WHERE margin_bp = 5000;
