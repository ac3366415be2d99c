package db

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"quicktakes/content"
)

// Question is a post with all that its page shows.
type Question struct {
	Post      *content.Post
	Rendered  *content.Rendered
	Version   string          // another for every other Post and Rendered
	Subject   content.Subject // its name may be spelt unlike Post.Subject
	Canonical string          // path of the primary among listed posts with the same question and answer
	Modified  time.Time       // when what the post says last changed, never before Post.Date
	Related   []content.Link  // see readRelated
	Topics    []string        // names, A to Z
	AlsoIn    []content.Link  // posts with the same question and answer, by subject
	Newer     *content.Link   // neighbours in the subject; nil at its ends and for posts that are not listed
	Older     *content.Link
}

// RandomPath returns the path of some listed post, each time of another. The error is
// ErrNotFound if there is none.
func (s *Store) RandomPath(ctx context.Context) (string, error) {
	var path string
	err := s.read(ctx, "random question", func(snap *snapshot) error {
		// Posts are numbered with hardly any gaps. After the last listed one comes the
		// first.
		return snap.one(ctx, `
			SELECT * FROM (
				SELECT path
				FROM posts
				WHERE listed AND number > (SELECT abs(random() % max(number)) FROM posts)
				ORDER BY number
				LIMIT 1
			)
			UNION ALL
			SELECT * FROM (SELECT path FROM posts WHERE listed AND number > 0 ORDER BY number LIMIT 1)
			LIMIT 1`).Scan(&path)
	})
	return path, err
}

// Question returns the question at path. The error is ErrNotFound if there is
// none.
func (s *Store) Question(ctx context.Context, path string) (*Question, error) {
	var question *Question
	err := s.read(ctx, "question "+path, func(snap *snapshot) error {
		var err error
		question, err = readQuestion(ctx, snap, path)
		return err
	})
	return question, err
}

func readQuestion(ctx context.Context, snap *snapshot, path string) (*Question, error) {
	ctx, err := unwatched(ctx)
	if err != nil {
		return nil, err
	}
	p := &content.Post{Path: path}
	r := &content.Rendered{}
	q := &Question{Post: p, Rendered: r, Canonical: path}
	var subject, topics, related, aliases, headings string
	var listed bool
	var date, modified int64
	var hash, duplicateKey []byte
	var renderer string // the version that rendered the library
	err = snap.one(ctx, `
		SELECT
			subject, subject_name, title_text, title_html, date, id, listed, modified, hash, duplicate_key, topics,
			file, date_format, posted_on, title, article_title, question, question_text, question_html,
			seo_title, description, keywords, author, file_name, score, related, aliases, headings,
			has_math, has_code, body, answer, answer_html, answer_text,
			(SELECT value FROM state WHERE name = '`+stateRenderer+`')
		FROM posts
		WHERE path = ?`, path).Scan(
		&subject, &p.Subject, &r.Title.Text, &r.Title.HTML, &date, &p.ID, &listed, &modified, &hash, &duplicateKey, &topics,
		&p.File, &p.DateFormat, &p.PostedOn, &p.Title, &p.ArticleTitle, &p.Question, &r.Question.Text, &r.Question.HTML,
		&p.SEO.Title, &p.SEO.Description, &p.SEO.Keywords, &p.Author, &p.FileName, &p.Score, &related, &aliases, &headings,
		&r.Answer.HasMath, &r.Answer.HasCode, &p.Body, &p.Answer, &r.Answer.HTML, &r.Answer.Text, &renderer)
	if err != nil {
		return nil, err
	}
	err = errors.Join(
		json.Unmarshal([]byte(related), &p.Related),
		json.Unmarshal([]byte(aliases), &p.Aliases),
		json.Unmarshal([]byte(headings), &r.Answer.Headings),
	)
	if err != nil {
		return nil, err
	}
	p.Date, q.Modified = fromUnix(date), fromUnix(modified)
	p.NoIndex = !listed
	q.Version = hex.EncodeToString(hash) + renderer
	if q.Subject, err = readSubject(ctx, snap, subject); err != nil {
		return nil, err
	}
	if q.Related, err = readRelated(ctx, snap, p, duplicateKey); err != nil {
		return nil, err
	}
	if q.Topics, err = readTopicsOf(ctx, snap, topics); err != nil {
		return nil, err
	}
	if err := q.readDuplicates(ctx, snap, duplicateKey); err != nil {
		return nil, err
	}
	if listed {
		if q.Newer, err = readNeighbour(ctx, snap, subject, p, ">", "ASC"); err != nil {
			return nil, err
		}
		if q.Older, err = readNeighbour(ctx, snap, subject, p, "<", "DESC"); err != nil {
			return nil, err
		}
	}
	return q, nil
}

// maxAlsoIn bounds the links to the same question in other subjects.
const maxAlsoIn = 10

// readDuplicates fills Canonical and AlsoIn.
func (q *Question) readDuplicates(ctx context.Context, snap *snapshot, key []byte) error {
	links, err := collect(ctx, snap, scanLink, `
		SELECT `+linkColumns+`
		FROM posts AS p
		WHERE duplicate_key = ? AND listed
		ORDER BY id, path
		LIMIT ?`, key, maxAlsoIn+1)
	if err != nil {
		return err
	}
	if len(links) > 0 && !q.Post.NoIndex {
		q.Canonical = links[0].Path
	}
	for _, link := range links {
		if link.Path != q.Post.Path {
			q.AlsoIn = append(q.AlsoIn, link)
		}
	}
	return nil
}

// readNeighbour returns the post next to p in the order of its subject's list.
func readNeighbour(ctx context.Context, snap *snapshot, subject string, p *content.Post, comparison, order string) (*content.Link, error) {
	link, err := scanLink(snap.one(ctx, fmt.Sprintf(`
		SELECT `+linkColumns+`
		FROM posts AS p
		WHERE subject = ? AND listed AND (date, id, path) %[1]s (?, ?, ?)
		ORDER BY date %[2]s, id %[2]s, path %[2]s
		LIMIT 1`, comparison, order), subject, p.Date.Unix(), p.ID, p.Path))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &link, nil
}

// linkColumns are what scanLink reads of a post p. Its subject has the name that most
// posts give it.
const linkColumns = `p.path, p.title_text, p.title_html, ` + subjectNameColumn + `, p.date`

const subjectNameColumn = `(SELECT name FROM subject_names WHERE subject = p.subject ORDER BY posts DESC, name LIMIT 1)`

func scanLink(row scanner) (content.Link, error) {
	var link content.Link
	var date int64
	err := row.Scan(&link.Path, &link.Title, &link.TitleHTML, &link.Subject, &date)
	link.Date = fromUnix(date)
	return link, err
}

func fromUnix(seconds int64) time.Time { return time.Unix(seconds, 0).UTC() }
