-- A new library gets these indexes after its posts: sorted once, they are built
-- in a fraction of the time.

CREATE INDEX posts_by_slug ON posts (slug, path);
CREATE INDEX posts_by_subject ON posts (subject, date DESC, id DESC, path DESC) WHERE listed;
CREATE INDEX posts_by_modified ON posts (subject, modified, path, duplicate_key, id) WHERE listed;
CREATE INDEX posts_by_date ON posts (date DESC, id DESC, path DESC) WHERE listed;
CREATE INDEX posts_by_duplicate ON posts (duplicate_key, listed, id, path);
CREATE INDEX aliases_by_post ON aliases (post);
CREATE INDEX redirects_by_source ON redirects (prefix, source);
CREATE INDEX files_with_problem ON files (folder, name) WHERE problem <> '';

-- All that a search needs of the posts that it finds, without reading the posts.
CREATE INDEX posts_for_search ON posts (number, subject, duplicate_key, title_words, words);

-- One segment instead of several makes each search faster.
INSERT INTO search (search) VALUES ('optimize');
