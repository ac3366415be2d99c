package db

import (
	"cmp"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"quicktakes/content"
)

// Question is a post with all that its page shows.
type Question struct {
	Post      *content.Post
	Rendered  *content.Rendered
	Version   string          // changes whenever Post or Rendered does
	Subject   content.Subject // its name may be spelt differently from Post.Subject
	Canonical string          // path of the primary among listed posts with the same question and answer
	Modified  time.Time       // when the post's content last changed, never before Post.Date
	Related   []content.Link  // see readRelated
	Topics    []string        // names, A to Z
	AlsoIn    []content.Link  // other posts with the same question and answer, the primary first
	Newer     *content.Link   // neighbours in the subject; nil at its ends and for posts that are not listed
	Older     *content.Link
}

// Question returns the question at path. The error is ErrNotFound if there is
// none.
func (s *Store) Question(ctx context.Context, path string) (*Question, error) {
	return read(ctx, s, "question "+path, func(snap *snapshot) (*Question, error) {
		return readQuestion(ctx, snap, path)
	})
}

func readQuestion(ctx context.Context, snap *snapshot, path string) (*Question, error) {
	ctx, err := unwatched(ctx)
	if err != nil {
		return nil, err
	}
	p := &content.Post{Path: path}
	r := &content.Rendered{}
	q := &Question{Post: p, Rendered: r, Canonical: path}
	var number, date, modified int64
	var listed bool
	var hash, duplicateKey []byte
	var topics, related, aliases, headings string
	var renderer string // the version that rendered the library
	err = snap.one(ctx, `
		SELECT
			p.number, p.subject, p.subject_name, p.title_text, p.title_html, p.date, p.id, p.listed, p.modified, p.hash,
			p.duplicate_key, p.file, p.keywords, d.date_format, d.posted_on, d.title, d.article_title, d.question,
			d.question_text, d.question_html, d.seo_title, d.description, d.author, d.file_name, d.score, d.related,
			d.aliases, d.headings, d.has_math, d.has_code, d.answer_text, d.answer_html, d.answer, d.body,
			`+subjectNameColumn+`,
			(SELECT sum(listed) FROM subject_names WHERE subject = p.subject),
			(
				SELECT json_group_array(topics.name ORDER BY topics.topic)
				FROM json_each(p.topics) AS t
				CROSS JOIN topics ON topics.topic = t.key
			),
			(SELECT value FROM state WHERE name = '`+stateRenderer+`')
		FROM posts AS p
		JOIN details AS d ON d.post = p.number
		WHERE p.path = ?`, path).Scan(
		&number, &q.Subject.Slug, &p.Subject, &r.Title.Text, &r.Title.HTML, &date, &p.ID, &listed, &modified, &hash,
		&duplicateKey, &p.File, &p.SEO.Keywords, &p.DateFormat, &p.PostedOn, &p.Title, &p.ArticleTitle, &p.Question,
		&r.Question.Text, &r.Question.HTML, &p.SEO.Title, &p.SEO.Description, &p.Author, &p.FileName, &p.Score, &related,
		&aliases, &headings, &r.Answer.HasMath, &r.Answer.HasCode, &r.Answer.Text, &r.Answer.HTML, &p.Answer, &p.Body,
		&q.Subject.Name, &q.Subject.Count, &topics, &renderer)
	if err != nil {
		return nil, err
	}
	err = errors.Join(
		json.Unmarshal([]byte(related), &p.Related),
		json.Unmarshal([]byte(aliases), &p.Aliases),
		json.Unmarshal([]byte(headings), &r.Answer.Headings),
		json.Unmarshal([]byte(topics), &q.Topics),
	)
	if err != nil {
		return nil, err
	}
	p.Date, q.Modified = fromUnix(date), fromUnix(modified)
	p.NoIndex = !listed
	q.Version = hex.EncodeToString(hash) + renderer
	return q, q.readLinks(ctx, snap, number, duplicateKey)
}

// maxAlsoIn bounds the links to the same question in other subjects.
const maxAlsoIn = 10

// pageLink is a post that the page of another links to.
type pageLink struct {
	content.Link
	kind  string
	place int64  // in the order of its kind
	key   string // duplicate_key
}

// The kinds of links on a page.
const (
	linkNamed = "named" // by the post
	linkAlike = "alike"
	linkSame  = "same" // the same question and answer, including the post itself
	linkNewer = "newer"
	linkOlder = "older"
)

// readLinks fills in the links of the post with this number and duplicate_key.
func (q *Question) readLinks(ctx context.Context, snap *snapshot, number int64, key []byte) error {
	links, err := q.queryLinks(ctx, snap, number, key)
	if err != nil {
		return err
	}
	slices.SortFunc(links, func(a, b pageLink) int {
		return cmp.Or(cmp.Compare(a.place, b.place), cmp.Compare(a.Path, b.Path))
	})
	byKind := map[string][]pageLink{}
	for _, link := range links {
		byKind[link.kind] = append(byKind[link.kind], link)
	}
	if !q.Post.NoIndex {
		q.setNeighbours(byKind)
	}
	for _, link := range byKind[linkSame] {
		if link.Path != q.Post.Path && len(q.AlsoIn) < maxAlsoIn {
			q.AlsoIn = append(q.AlsoIn, link.Link)
		}
	}
	q.Related, err = readRelated(ctx, snap, q.Post, string(key), byKind[linkNamed], byKind[linkAlike])
	return err
}

// queryLinks returns the links of all kinds, without order, by one query: running a query
// costs more than what it finds. Most links are in the post's own subject, whose name is
// known.
func (q *Question) queryLinks(ctx context.Context, snap *snapshot, number int64, key []byte) ([]pageLink, error) {
	p := q.Post
	named, err := json.Marshal(namedPaths(p))
	if err != nil {
		return nil, err
	}
	return collect(ctx, snap, scanPageLink, `
		WITH links (kind, place, number) AS (
			SELECT '`+linkNamed+`', n.key, p.number
			FROM json_each(?1) AS n
			CROSS JOIN posts AS p ON p.path = n.value
			UNION ALL
			SELECT '`+linkAlike+`', a.key, a.value
			FROM related, json_each(related.posts) AS a
			WHERE related.post = ?2
			UNION ALL
			SELECT '`+linkSame+`', id, number
			FROM (SELECT id, number FROM posts WHERE duplicate_key = ?3 AND listed ORDER BY id, path LIMIT ?4)
			UNION ALL
			SELECT '`+linkNewer+`', 0, number
			FROM (
				SELECT number
				FROM posts
				WHERE subject = ?5 AND listed AND (date, id, path) > (?6, ?7, ?8)
				ORDER BY date, id, path
				LIMIT 1
			)
			UNION ALL
			SELECT '`+linkOlder+`', 0, number
			FROM (
				SELECT number
				FROM posts
				WHERE subject = ?5 AND listed AND (date, id, path) < (?6, ?7, ?8)
				ORDER BY date DESC, id DESC, path DESC
				LIMIT 1
			)
		)
		SELECT
			`+linkColumnsNaming(`CASE p.subject WHEN ?5 THEN ?9 ELSE `+subjectNameColumn+` END`)+`,
			links.kind, links.place, p.duplicate_key
		FROM links
		CROSS JOIN posts AS p ON p.number = links.number
		WHERE p.listed OR links.kind = '`+linkNamed+`'`,
		string(named), number, key, maxAlsoIn+1, q.Subject.Slug, p.Date.Unix(), p.ID, p.Path, q.Subject.Name)
}

// setNeighbours fills in what only listed posts have.
func (q *Question) setNeighbours(links map[string][]pageLink) {
	if same := links[linkSame]; len(same) > 0 {
		q.Canonical = same[0].Path
	}
	if newer := links[linkNewer]; len(newer) > 0 {
		q.Newer = &newer[0].Link
	}
	if older := links[linkOlder]; len(older) > 0 {
		q.Older = &older[0].Link
	}
}

func scanPageLink(row scanner) (pageLink, error) {
	var l pageLink
	err := scanLinkAnd(row, &l.Link, &l.kind, &l.place, &l.key)
	return l, err
}

func fromUnix(seconds int64) time.Time { return time.Unix(seconds, 0).UTC() }
