-- The library as the site shows it: a product of the posts, rebuilt whenever this
-- file changes. Times are Unix seconds unless a name says otherwise.

CREATE TABLE state (
	name  TEXT PRIMARY KEY,
	value ANY NOT NULL
) STRICT, WITHOUT ROWID;

-- Each *.md file as it was when last read. One with a problem is read again at
-- the next load.
CREATE TABLE files (
	folder      TEXT NOT NULL,
	name        TEXT NOT NULL, -- relative to the content folder, with the folder
	size        INTEGER NOT NULL,
	modified_ns INTEGER NOT NULL,
	read_ns     INTEGER NOT NULL,
	hash        BLOB NOT NULL,
	problem     TEXT NOT NULL, -- why the file gave no post; empty when it did
	PRIMARY KEY (folder, name)
) STRICT, WITHOUT ROWID;

-- What lists, links and searches need of a post; the rest, many times as long, is in
-- details. Numbers are never reused: lists of related posts outlive the posts they name.
CREATE TABLE posts (
	number        INTEGER PRIMARY KEY AUTOINCREMENT,
	path          TEXT NOT NULL,
	subject       TEXT NOT NULL, -- slug
	slug          TEXT NOT NULL AS (substr(path, length('/learn/' || subject || '/questions/') + 1)),
	subject_name  TEXT NOT NULL,
	title_text    TEXT NOT NULL,
	title_html    TEXT NOT NULL,
	title_words   INTEGER NOT NULL, -- number of stems, without stop words; see countStems
	words         INTEGER NOT NULL, -- the same for all that the post is found by
	date          INTEGER NOT NULL,
	id            INTEGER NOT NULL,
	listed        INTEGER NOT NULL, -- 0 for no_index
	modified      INTEGER NOT NULL,
	hash          BLOB NOT NULL,    -- of all that the post says
	duplicate_key BLOB NOT NULL,
	file          TEXT NOT NULL,
	keywords      TEXT NOT NULL,
	topics        TEXT NOT NULL     -- JSON: the post's spelling by topic
) STRICT;
CREATE UNIQUE INDEX posts_by_path ON posts (path);
CREATE INDEX posts_by_file ON posts (file);
CREATE INDEX posts_by_id ON posts (id);

-- What only the page of a post shows.
CREATE TABLE details (
	post          INTEGER PRIMARY KEY, -- posts.number
	date_format   TEXT NOT NULL,
	posted_on     TEXT NOT NULL,
	title         TEXT NOT NULL,
	article_title TEXT NOT NULL,
	question      TEXT NOT NULL,
	question_text TEXT NOT NULL,
	question_html TEXT NOT NULL,
	seo_title     TEXT NOT NULL,
	description   TEXT NOT NULL,
	author        TEXT NOT NULL,
	file_name     TEXT NOT NULL,
	score         REAL,
	related       TEXT NOT NULL, -- JSON, with clean paths
	aliases       TEXT NOT NULL, -- JSON
	headings      TEXT NOT NULL, -- JSON
	has_math      INTEGER NOT NULL,
	has_code      INTEGER NOT NULL,
	answer_text   TEXT NOT NULL,
	answer_html   TEXT NOT NULL,
	answer        TEXT NOT NULL,
	body          TEXT NOT NULL
) STRICT;

-- How many posts use each spelling of a subject's name.
CREATE TABLE subject_names (
	subject TEXT NOT NULL, -- slug
	name    TEXT NOT NULL,
	listed  INTEGER NOT NULL,
	posts   INTEGER NOT NULL,
	PRIMARY KEY (subject, name)
) STRICT, WITHOUT ROWID;
-- Each link of a list asks for the name of its subject.
CREATE INDEX subject_names_by_posts ON subject_names (subject, posts DESC, name);

-- A topic is a keyword as content.TopicKey writes it. (Its rules have version 3:
-- changing the number here rebuilds libraries.) This table has the listed posts of each,
-- newest first; of those with the same question and answer, only the primary one.
CREATE TABLE topic_posts (
	topic TEXT NOT NULL,
	date  INTEGER NOT NULL,
	id    INTEGER NOT NULL,
	post  INTEGER NOT NULL, -- posts.number
	name  TEXT NOT NULL,    -- the post's spelling
	PRIMARY KEY (topic, date DESC, id DESC, post DESC)
) STRICT, WITHOUT ROWID;

-- How many of them use each spelling of a topic.
CREATE TABLE topic_names (
	topic TEXT NOT NULL,
	name  TEXT NOT NULL,
	posts INTEGER NOT NULL,
	PRIMARY KEY (topic, name)
) STRICT, WITHOUT ROWID;

-- The topics with enough posts to have a page.
CREATE TABLE topics (
	topic  TEXT PRIMARY KEY,
	name   TEXT NOT NULL, -- the spelling that most posts use
	posts  INTEGER NOT NULL,
	letter TEXT NOT NULL AS (CASE
		WHEN topic < 'a' THEN '0-9'
		WHEN topic < '{' THEN upper(substr(topic, 1, 1))
		ELSE 'Other'
	END)
) STRICT, WITHOUT ROWID;
CREATE INDEX topics_by_posts ON topics (posts DESC, topic);

-- How many topics begin with a letter.
CREATE TABLE topic_letters (
	letter TEXT PRIMARY KEY,
	topics INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER topics_inserted AFTER INSERT ON topics BEGIN
	INSERT INTO topic_letters (letter, topics)
	VALUES (new.letter, 1)
	ON CONFLICT (letter) DO UPDATE SET topics = topics + 1;
END;
CREATE TRIGGER topics_deleted AFTER DELETE ON topics BEGIN
	UPDATE topic_letters SET topics = topics - 1 WHERE letter = old.letter;
END;

CREATE TABLE aliases (
	path TEXT NOT NULL,
	post INTEGER NOT NULL, -- posts.number
	PRIMARY KEY (path, post)
) STRICT, WITHOUT ROWID;

-- The lines of _redirects, in order.
CREATE TABLE redirects (
	line   INTEGER PRIMARY KEY,
	source TEXT NOT NULL,
	prefix INTEGER NOT NULL,
	target TEXT NOT NULL,
	status INTEGER NOT NULL
) STRICT;

-- Addresses that once had a post.
CREATE TABLE removed (
	path TEXT PRIMARY KEY,
	time INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Addresses that changed and have not been announced to search engines since. An address
-- that changes again gets a new number; numbers are never reused.
CREATE TABLE announcements (
	number INTEGER PRIMARY KEY AUTOINCREMENT,
	path   TEXT NOT NULL UNIQUE
) STRICT;

-- MathML by formula, kept from load to load. Empty where the engine cannot read
-- the source.
CREATE TABLE formulas (
	display INTEGER NOT NULL,
	source  TEXT NOT NULL,
	mathml  TEXT NOT NULL,
	PRIMARY KEY (display, source)
) STRICT, WITHOUT ROWID;

-- The stems of the words that listed posts are found by. (The rules of content.Fold and
-- of stems have version 9: changing the number here rebuilds libraries.) Rows have the
-- number of their post. A sign before a stem says where the post has it; see searchindex.go.
CREATE VIRTUAL TABLE search USING fts5 (
	stems, content='', contentless_delete=1, detail=none, tokenize='ascii'
);
-- How many bytes are gathered in memory before they are written as one segment of the index.
INSERT INTO search (search, rank) VALUES ('hashsize', 8000000);

-- The words of titles and keywords, with the number of listed posts that have them.
CREATE TABLE words (
	word  TEXT PRIMARY KEY,
	posts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Words by the keys that they share with words spelt almost like them (see spellingKeys).
CREATE TABLE spellings (
	key  INTEGER NOT NULL,
	word TEXT NOT NULL,
	PRIMARY KEY (key, word)
) STRICT, WITHOUT ROWID;

-- The posts that are most like a post, best first: their numbers as JSON. A list is made
-- when its post is loaded and may name posts that have since been removed.
CREATE TABLE related (
	post  INTEGER PRIMARY KEY, -- posts.number
	posts TEXT NOT NULL
) STRICT;
