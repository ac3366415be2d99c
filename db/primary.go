package db

// isPrimary holds for a listed post p that comes first among the listed posts with the
// same question and answer.
const isPrimary = `NOT EXISTS (
	SELECT 1
	FROM posts AS other
	WHERE other.duplicate_key = p.duplicate_key AND other.listed AND (other.id, other.path) < (p.id, p.path)
)`
