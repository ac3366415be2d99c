package db

import (
	"context"
	"encoding/json"
	"fmt"
)

// minTopicPosts is how many questions must share a keyword for it to be a topic.
const minTopicPosts = 5

// fillTopics builds the topics of a new library once its posts and indexes are there:
// sorted once, they are built in a fraction of the time.
var fillTopics = `
	INSERT INTO topic_posts (topic, date, id, post, name)
	SELECT t.key, p.date, p.id, p.number, t.value
	FROM posts AS p, json_each(p.topics) AS t
	WHERE p.listed AND ` + isPrimary + `
	ORDER BY t.key, p.date DESC, p.id DESC, p.number DESC;

	INSERT INTO topic_names (topic, name, posts)
	SELECT topic, name, count(*)
	FROM topic_posts
	GROUP BY topic, name;
	` + insertTopics("")

// insertTopics returns the statement that turns the keywords for which condition holds
// into topics, if enough posts have them. The spelling that most of them use
// names the topic.
func insertTopics(condition string) string {
	return fmt.Sprintf(`
		INSERT INTO topics (topic, name, posts)
		SELECT
			topic,
			(SELECT name FROM topic_names AS n WHERE n.topic = spelt.topic ORDER BY posts DESC, name LIMIT 1),
			sum(posts)
		FROM topic_names AS spelt
		%s
		GROUP BY topic
		HAVING sum(posts) >= %d`, condition, minTopicPosts)
}

// topicName is a topic under one of its spellings.
type topicName struct{ topic, name string }

// keepsTopics reports whether the lists of topics stay right when a post replaces mine:
// what they show of it is the same, and no other post has its question and answer, before
// or after.
func (w *writer) keepsTopics(ctx context.Context, mine *row, j *job) (bool, error) {
	if mine == nil || mine.listed == j.post.NoIndex || mine.date != j.post.Date.Unix() || mine.id != j.post.ID {
		return false, nil
	}
	if j.topics != mine.topics {
		return false, nil
	}
	var twins bool
	err := w.one(ctx, `SELECT EXISTS (SELECT 1 FROM posts WHERE duplicate_key IN (?, ?) AND number <> ?)`,
		mine.duplicateKey, j.duplicateKey[:], mine.number).Scan(&twins)
	return !twins, err
}

// unlistTopics takes a post of a known library out of the lists of its topics,
// before it is changed or removed.
func (w *writer) unlistTopics(ctx context.Context, r *row) error {
	if w.known == nil {
		return nil
	}
	return w.changeTopics(ctx, -1, `
		DELETE FROM topic_posts
		WHERE (topic, date, id, post) IN (
			SELECT t.key, p.date, p.id, p.number
			FROM posts AS p, json_each(p.topics) AS t
			WHERE p.number = ?
		)
		RETURNING topic, name`, r.number)
}

// listTopics lists the primary one of the listed posts of a known library with the same
// question and answer under its topics, and no other.
func (w *writer) listTopics(ctx context.Context, duplicateKey []byte) error {
	if w.known == nil {
		return nil
	}
	err := w.changeTopics(ctx, -1, `
		DELETE FROM topic_posts
		WHERE (topic, date, id, post) IN (
			SELECT t.key, p.date, p.id, p.number
			FROM posts AS p, json_each(p.topics) AS t
			WHERE p.duplicate_key = ? AND p.listed
		)
		RETURNING topic, name`, duplicateKey)
	if err != nil {
		return err
	}
	// OR FAIL: before a statement that may have to be undone in part, SQLite writes out
	// what the search index has gathered in memory. A failure undoes the whole load.
	return w.changeTopics(ctx, 1, `
		INSERT OR FAIL INTO topic_posts (topic, date, id, post, name)
		SELECT t.key, p.date, p.id, p.number, t.value
		FROM posts AS p, json_each(p.topics) AS t
		WHERE p.number = (SELECT number FROM posts WHERE duplicate_key = ? AND listed ORDER BY id, path LIMIT 1)
		RETURNING topic, name`, duplicateKey)
}

// maxTopicNames bounds the changes that wait to be written.
const maxTopicNames = 10_000

// changeTopics runs a statement that returns the topics that gain or lose a post,
// and counts them.
func (w *writer) changeTopics(ctx context.Context, by int, query string, arg any) error {
	err := each(ctx, w, func(row scanner) error {
		var n topicName
		err := row.Scan(&n.topic, &n.name)
		w.topicNames[n] += by
		return err
	}, query, arg)
	if err != nil || len(w.topicNames) < maxTopicNames {
		return err
	}
	return w.putTopics(ctx)
}

// putTopics writes how many posts topics gained or lost, and which topics follow from it.
func (w *writer) putTopics(ctx context.Context) error {
	var changes [][3]any
	for n, by := range w.topicNames {
		if by != 0 {
			changes = append(changes, [3]any{n.topic, n.name, by})
		}
	}
	clear(w.topicNames)
	if len(changes) == 0 {
		return nil
	}
	changed, err := json.Marshal(changes)
	if err != nil {
		return err
	}
	const isChanged = `topic IN (SELECT value ->> 0 FROM json_each(?))`
	for _, query := range []string{
		`
		INSERT INTO topic_names (topic, name, posts)
		SELECT value ->> 0, value ->> 1, value ->> 2
		FROM json_each(?)
		WHERE true
		ON CONFLICT (topic, name) DO UPDATE SET posts = posts + excluded.posts`,
		`DELETE FROM topic_names WHERE posts = 0 AND ` + isChanged,
		`DELETE FROM topics WHERE ` + isChanged,
		insertTopics(`WHERE ` + isChanged),
	} {
		if err := w.exec(ctx, query, string(changed)); err != nil {
			return err
		}
	}
	return nil
}
