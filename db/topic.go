package db

import (
	"context"
	"database/sql"
	"strings"

	"quicktakes/content"
)

// TopicsPageSize is the number of topics on a page of all topics.
const TopicsPageSize = 200

// maxMostUsed bounds the topics that most questions are about.
const maxMostUsed = 60

// TopicsPage is one page of all topics.
type TopicsPage struct {
	MostUsed []content.Topic // on the first page only, the most used first
	Topics   []content.Topic // A to Z
	Letters  []TopicLetter   // all that topics begin with
	Count    int             // of all topics
	Page     int             // from 1
	Pages    int             // at least 1
}

// TopicLetter says where the topics that begin with a letter are.
type TopicLetter struct {
	Letter string // as content.Topic has it
	Page   int    // that the first of them is on
}

// TopicsPage returns a page of all topics. The error is ErrNotFound if there is no
// such page.
func (s *Store) TopicsPage(ctx context.Context, page int) (*TopicsPage, error) {
	result := &TopicsPage{Page: page}
	err := s.read(ctx, "topics", func(snap *snapshot) error {
		var err error
		result.Letters, result.Count, err = readTopicLetters(ctx, snap)
		if err != nil {
			return err
		}
		result.Pages = pagesOf(result.Count, TopicsPageSize)
		if page < 1 || page > result.Pages {
			return ErrNotFound
		}
		if page == 1 {
			result.MostUsed, err = collect(ctx, snap, scanTopic, `
				SELECT name, letter, posts
				FROM topics
				ORDER BY posts DESC, topic
				LIMIT ?`, maxMostUsed)
			if err != nil {
				return err
			}
		}
		result.Topics, err = collect(ctx, snap, scanTopic, `
			SELECT name, letter, posts
			FROM topics
			ORDER BY topic
			LIMIT ? OFFSET ?`, TopicsPageSize, (page-1)*TopicsPageSize)
		return err
	})
	return result, err
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
	var count int
	err := s.read(ctx, "number of topics", func(snap *snapshot) error {
		var err error
		_, count, err = readTopicLetters(ctx, snap)
		return err
	})
	return count, err
}

// TopicPaths returns the addresses of count topics from number start, from 0, A to Z.
func (s *Store) TopicPaths(ctx context.Context, start, count int) ([]string, error) {
	var paths []string
	err := s.read(ctx, "addresses of topics", func(snap *snapshot) error {
		var err error
		paths, err = collect(ctx, snap, func(row scanner) (string, error) {
			name, err := scanText(row)
			return content.TopicPath(name), err
		}, `SELECT name FROM topics ORDER BY topic LIMIT ? OFFSET ?`, count, start)
		return err
	})
	return paths, err
}

// readTopic returns the topic that slug, in whatever spelling, means.
func readTopic(ctx context.Context, snap *snapshot, slug string) (content.Topic, error) {
	return scanTopic(snap.one(ctx, `
		SELECT name, letter, posts
		FROM topics
		WHERE topic = ?`, content.TopicKey(slug)))
}

// readTopicPath returns the address of the topic that path, in whatever spelling, is
// that of.
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
	Questions []content.Link // each once, whatever subjects have it
	Page      int            // from 1
	Pages     int            // at least 1
}

// TopicPage returns a page of the topic whose address ends in slug. The error is
// ErrNotFound if there is no such topic or page; Moved knows other spellings.
func (s *Store) TopicPage(ctx context.Context, slug string, page int) (*TopicPage, error) {
	result := &TopicPage{Page: page}
	err := s.read(ctx, "topic "+slug, func(snap *snapshot) error {
		var err error
		if result.Topic, err = readTopic(ctx, snap, slug); err != nil {
			return err
		}
		result.Pages = pagesOf(result.Topic.Count, PageSize)
		if page < 1 || page > result.Pages || content.TopicSlug(result.Topic.Name) != slug {
			return ErrNotFound
		}
		result.Questions, err = s.readPage(ctx, snap, topicList, content.TopicKey(slug), page, result.Topic.Count)
		return err
	})
	return result, err
}
