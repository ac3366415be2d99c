package db

import (
	"cmp"
	"context"
	"slices"

	"quicktakes/content"
)

// Subjects returns the subjects that have listed posts, by name.
func (s *Store) Subjects(ctx context.Context) ([]content.Subject, error) {
	return read(ctx, s, "subjects", func(snap *snapshot) ([]content.Subject, error) {
		return readSubjects(ctx, snap)
	})
}

func readSubjects(ctx context.Context, snap *snapshot) ([]content.Subject, error) {
	spellings, err := collect(ctx, snap, scanSpelling, `
		SELECT subject, name, listed, posts
		FROM subject_names
		ORDER BY subject, posts DESC, name`)
	if err != nil {
		return nil, err
	}
	subjects := slices.DeleteFunc(foldSpellings(spellings), func(s content.Subject) bool { return s.Count == 0 })
	slices.SortFunc(subjects, func(a, b content.Subject) int {
		return cmp.Or(cmp.Compare(content.Fold(a.Name), content.Fold(b.Name)), cmp.Compare(a.Slug, b.Slug))
	})
	return subjects, nil
}

// Subject returns a subject, which may have no listed post. The error is ErrNotFound
// if there is no such subject.
func (s *Store) Subject(ctx context.Context, slug string) (content.Subject, error) {
	return read(ctx, s, "subject "+slug, func(snap *snapshot) (content.Subject, error) {
		return readSubject(ctx, snap, slug)
	})
}

// readSubject returns one subject, which may have no listed post.
func readSubject(ctx context.Context, snap *snapshot, slug string) (content.Subject, error) {
	spellings, err := collect(ctx, snap, scanSpelling, `
		SELECT subject, name, listed, posts
		FROM subject_names
		WHERE subject = ?
		ORDER BY posts DESC, name`, slug)
	if err != nil {
		return content.Subject{}, err
	}
	if len(spellings) == 0 {
		return content.Subject{}, ErrNotFound
	}
	return foldSpellings(spellings)[0], nil
}

func scanSpelling(row scanner) (content.Subject, error) {
	var s content.Subject
	var posts int
	return s, row.Scan(&s.Slug, &s.Name, &s.Count, &posts)
}

// foldSpellings makes one subject of each run of spellings. The first, which most
// posts use, names it.
func foldSpellings(spellings []content.Subject) []content.Subject {
	var subjects []content.Subject
	for _, spelling := range spellings {
		if last := len(subjects) - 1; last >= 0 && subjects[last].Slug == spelling.Slug {
			subjects[last].Count += spelling.Count
			continue
		}
		subjects = append(subjects, spelling)
	}
	return subjects
}

// SubjectPage is one page of a subject's listed posts, newest first.
type SubjectPage struct {
	Subject   content.Subject
	Questions []content.Link
	Topics    []string // names, on the first page only, those that most of Questions have first
	Page      int      // from 1
	Pages     int      // at least 1
}

// maxSubjectTopics bounds the topics on the first page of a subject.
const maxSubjectTopics = 12

// SubjectPage returns a page of a subject. The error is ErrNotFound if there is
// no such subject or page.
func (s *Store) SubjectPage(ctx context.Context, slug string, page int) (*SubjectPage, error) {
	return read(ctx, s, "subject "+slug, func(snap *snapshot) (*SubjectPage, error) {
		subject, err := readSubject(ctx, snap, slug)
		if err != nil {
			return nil, err
		}
		pages := pagesOf(subject.Count, PageSize)
		if page < 1 || page > pages {
			return nil, ErrNotFound
		}
		questions, err := s.readPage(ctx, snap, subjectList, slug, page, subject.Count)
		result := &SubjectPage{Subject: subject, Questions: questions, Page: page, Pages: pages}
		if err != nil || page > 1 {
			return result, err
		}
		result.Topics, err = s.readNewestTopics(ctx, snap, slug, subject.Count)
		return result, err
	})
}

// readNewestTopics returns the names of the topics that questions on the first page of a
// subject with count posts share: the most shared first, then A to Z. The subject's own
// topic is left out.
func (s *Store) readNewestTopics(ctx context.Context, snap *snapshot, subject string, count int) ([]string, error) {
	numbers, args, err := s.page(ctx, snap, subjectList, subject, 1, PageSize, count)
	if err != nil {
		return nil, err
	}
	return collect(ctx, snap, scanText, `
		SELECT topics.name
		FROM posts AS p, json_each(p.topics) AS t
		CROSS JOIN topics ON topics.topic = t.key
		WHERE p.number IN (`+numbers+`) AND topics.topic <> ?
		GROUP BY topics.topic
		HAVING count(*) > 1
		ORDER BY count(*) DESC, topics.topic
		LIMIT ?`, append(args, content.TopicKey(subject), maxSubjectTopics)...)
}
