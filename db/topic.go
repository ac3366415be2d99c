package db

import (
	"context"
	"database/sql"
	"strings"

	"quicktakes/content"
)

// TopicsPageSize is the number of topics on a page of all topics.
const TopicsPageSize = 200

// maxMostUsed bounds the list of the most used topics.
const maxMostUsed = 60

// TopicsPage is one page of all topics.
type TopicsPage struct {
	MostUsed []content.Topic // on the first page only, the most used first
	Topics   []content.Topic // A to Z
	Letters  []TopicLetter   // all letters that topics begin with
	Count    int             // of all topics
	Page     int             // from 1
	Pages    int             // at least 1
}

// TopicLetter says where the topics that begin with a letter are.
type TopicLetter struct {
	Letter string // as content.Topic has it
	Page   int    // of all topics, with the first of them
}

// TopicsPage returns a page of all topics. The error is ErrNotFound if there is no
// such page.
func (s *Store) TopicsPage(ctx context.Context, page int) (*TopicsPage, error) {
	return read(ctx, s, "topics", func(snap *snapshot) (result *TopicsPage, err error) {
		result = &TopicsPage{Page: page}
		if result.Letters, result.Count, err = readTopicLetters(ctx, snap); err != nil {
			return nil, err
		}
		result.Pages = pagesOf(result.Count, TopicsPageSize)
		if page < 1 || page > result.Pages {
			return nil, ErrNotFound
		}
		if page == 1 {
			result.MostUsed, err = collect(ctx, snap, scanTopic, `
				SELECT name, letter, posts
				FROM topics
				ORDER BY posts DESC, topic
				LIMIT ?`, maxMostUsed)
			if err != nil {
				return nil, err
			}
		}
		result.Topics, err = collect(ctx, snap, scanTopic, `
			SELECT name, letter, posts
			FROM topics
			ORDER BY topic
			LIMIT ? OFFSET ?`, TopicsPageSize, (page-1)*TopicsPageSize)
		return result, err
	})
}

func readTopicLetters(ctx context.Context, snap *snapshot) (letters []TopicLetter, topics int, err error) {
	letters, err = collect(ctx, snap, func(row scanner) (TopicLetter, error) {
		letter := TopicLetter{Page: topics/TopicsPageSize + 1}
		var count int
		err := row.Scan(&letter.Letter, &count)
		topics += count
		return letter, err
	}, `
		SELECT letter, topics
		FROM topic_letters
		WHERE topics > 0
		ORDER BY letter = 'Other', letter`)
	return letters, topics, err
}

func scanTopic(row scanner) (content.Topic, error) {
	var t content.Topic
	return t, row.Scan(&t.Name, &t.Letter, &t.Count)
}

// TopicCount returns the number of all topics.
func (s *Store) TopicCount(ctx context.Context) (int, error) {
	return read(ctx, s, "number of topics", func(snap *snapshot) (int, error) {
		_, count, err := readTopicLetters(ctx, snap)
		return count, err
	})
}

// TopicPaths returns the addresses of up to count topics, A to Z, from number start, which
// counts from 0.
func (s *Store) TopicPaths(ctx context.Context, start, count int) ([]string, error) {
	return read(ctx, s, "addresses of topics", func(snap *snapshot) ([]string, error) {
		return collect(ctx, snap, func(row scanner) (string, error) {
			name, err := scanText(row)
			return content.TopicPath(name), err
		}, `SELECT name FROM topics ORDER BY topic LIMIT ? OFFSET ?`, count, start)
	})
}

// readTopic returns the topic that slug names in any spelling.
func readTopic(ctx context.Context, snap *snapshot, slug string) (content.Topic, error) {
	return scanTopic(snap.one(ctx, `
		SELECT name, letter, posts
		FROM topics
		WHERE topic = ?`, content.TopicKey(slug)))
}

// readTopicPath returns the address of the topic that path names in any spelling.
func readTopicPath(ctx context.Context, snap *snapshot, path string) (string, error) {
	slug, ok := strings.CutPrefix(path, "/topics/")
	if !ok || strings.Contains(slug, "/") {
		return "", sql.ErrNoRows
	}
	topic, err := readTopic(ctx, snap, slug)
	return "/topics/" + content.TopicSlug(topic.Name), err
}

// TopicPage is one page of a topic's questions, newest first.
type TopicPage struct {
	Topic     content.Topic
	Questions []content.Link // each once, however many subjects have it
	Page      int            // from 1
	Pages     int            // at least 1
}

// TopicPage returns a page of the topic whose address ends in slug. The error is
// ErrNotFound if there is no such topic or page; Moved knows other spellings.
func (s *Store) TopicPage(ctx context.Context, slug string, page int) (*TopicPage, error) {
	return read(ctx, s, "topic "+slug, func(snap *snapshot) (result *TopicPage, err error) {
		result = &TopicPage{Page: page}
		if result.Topic, err = readTopic(ctx, snap, slug); err != nil {
			return nil, err
		}
		result.Pages = pagesOf(result.Topic.Count, PageSize)
		if page < 1 || page > result.Pages || content.TopicSlug(result.Topic.Name) != slug {
			return nil, ErrNotFound
		}
		result.Questions, err = s.readPage(ctx, snap, topicList, content.TopicKey(slug), page, result.Topic.Count)
		return result, err
	})
}
