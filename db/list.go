package db

import (
	"context"
	"sync"

	"quicktakes/content"
)

// PageSize is the number of questions on a page of a list.
const PageSize = 100

// pagesOf returns how many pages of a size hold count things, at least 1.
func pagesOf(count, size int) int { return max(1, (count+size-1)/size) }

// list is a kind of list of posts, newest first, that is shown page by page.
type list struct {
	number string // the column with the number of a post
	posts  string // the table and condition that give the posts of the list with a key
	last   string // the column that puts posts of one date and id in order
}

var (
	subjectList = list{"number", "posts WHERE subject = ? AND listed", "path"}
	topicList   = list{"post", "topic_posts WHERE topic = ?", "post"}
)

// page returns a query for the numbers of the posts on a page of a list of count posts,
// and its arguments. The query reads an index alone, from the nearest known place: either
// end of the list or a landmark.
func (s *Store) page(ctx context.Context, snap *snapshot, l list, key string, page, size, count int) (numbers string, args []any, err error) {
	start, end := (page-1)*size, min(page*size, count)
	query := `SELECT ` + l.number + ` FROM ` + l.posts
	switch {
	case count-end < min(start, landmarkDistance):
		return query + ` ORDER BY date, id, ` + l.last + ` LIMIT ? OFFSET ?`, []any{key, end - start, count - end}, nil
	case start < landmarkDistance:
		return query + l.newestFirst(), []any{key, end - start, start}, nil
	}
	mark, err := s.landmarks.find(ctx, snap, l, key, start/landmarkDistance)
	return query + l.fromLandmark() + l.newestFirst(), []any{key, mark.date, mark.id, mark.last, end - start, start % landmarkDistance}, err
}

func (l list) newestFirst() string {
	return ` ORDER BY date DESC, id DESC, ` + l.last + ` DESC LIMIT ? OFFSET ?`
}

func (l list) fromLandmark() string { return ` AND (date, id, ` + l.last + `) <= (?, ?, ?)` }

// readPage returns the links on a page of a list of count posts.
func (s *Store) readPage(ctx context.Context, snap *snapshot, l list, key string, page, count int) ([]content.Link, error) {
	numbers, args, err := s.page(ctx, snap, l, key, page, PageSize, count)
	if err != nil {
		return nil, err
	}
	return collect(ctx, snap, scanLink, `
		SELECT `+linkColumns+`
		FROM posts AS p
		WHERE number IN (`+numbers+`)
		ORDER BY date DESC, id DESC, path DESC`, args...)
}

// landmarkDistance is the number of posts from one landmark to the next.
const landmarkDistance = 1000

// landmark is a post whose place in a list is known, so that others are reached from it.
type landmark struct {
	date, id int64
	last     any
}

// landmarks remember, for one state of the library, every thousandth post of long lists:
// stepping to it takes time in proportion to the distance.
type landmarks struct {
	mutex sync.Mutex
	state string
	lists map[listKey][]landmark
}

type listKey struct {
	list list
	key  string
}

// find returns the landmark with number n, from 1, of a list that is long enough. Those
// before it are found and remembered on the way.
func (m *landmarks) find(ctx context.Context, snap *snapshot, l list, key string, n int) (landmark, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	var state string
	if err := snap.one(ctx, `SELECT value FROM state WHERE name = '`+stateChanged+`'`).Scan(&state); err != nil {
		return landmark{}, err
	}
	if m.lists == nil || m.state != state {
		m.state, m.lists = state, map[listKey][]landmark{}
	}
	known := m.lists[listKey{l, key}]
	query := `SELECT date, id, ` + l.last + ` FROM ` + l.posts
	for len(known) < n {
		step, args := query, []any{key}
		if i := len(known) - 1; i >= 0 {
			step += l.fromLandmark()
			args = append(args, known[i].date, known[i].id, known[i].last)
		}
		var mark landmark
		err := snap.one(ctx, step+l.newestFirst(), append(args, 1, landmarkDistance)...).Scan(&mark.date, &mark.id, &mark.last)
		if err != nil {
			return landmark{}, err
		}
		known = append(known, mark)
		m.lists[listKey{l, key}] = known
	}
	return known[n-1], nil
}
