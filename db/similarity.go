package db

import (
	"cmp"
	"context"
	"encoding/json"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"

	"quicktakes/content"
)

// Related questions are found in two ways. Posts with ids close together were made from
// the same notes: these come first, ordered by how much of their titles and keywords they
// share, rare words counting most. If there are too few of them, posts that share rare
// words follow.

const (
	notesReach   = 28  // ids to either side that may come from the same notes
	maxNotes     = 100 // posts to either side that are looked at, however many share an id
	keptRelated  = 8   // for each post: some may be gone by the time they are shown
	rareWord     = 64  // the most posts that may have a word for it to count as rare
	rareWords    = 6   // rare words of a post that are looked up
	relatedBatch = 500 // changed posts from which all posts are read at once
	relatedShare = 200 // … if one in so many changed: relating one takes as long as reading so many
)

// How much each kind of similarity counts. That of two texts is the cosine similarity of
// their words, from 0 to 1.
const (
	sameNotes   = 1.0 // more than any similarity of texts
	closeNotes  = 0.3 // on top of sameNotes, for the very next id
	closeIDs    = 10. // distance in ids over which closeNotes falls to about a third
	sameSubject = 0.05
)

// chunkPosts is how many posts are held in memory while their related ones are found.
const chunkPosts = 50_000

// comparedPost is the part of a post that is compared.
type comparedPost struct {
	number  int64
	id      int64
	subject string
	key     string // duplicate_key
	listed  bool
	text    string         // until its words are weighed
	words   []weightedWord // by stem
}

// weightedWord is a word of a post. The squares of all weights of a post add up to 1.
type weightedWord struct {
	stem   int32
	weight float32
	rare   bool
}

// similarity compares posts.
type similarity struct {
	*writer
	posts   float64 // in the library
	stems   map[string]int32
	weights map[string]weightedWord // by word: its weight before those of a post are scaled
	whole   bool                    // weights has all words that more than one post has
}

// relate finds the related posts of all that the load wrote.
func (w *writer) relate(ctx context.Context) error {
	s := &similarity{writer: w, stems: map[string]int32{}, weights: map[string]weightedWord{}}
	if err := w.tx.QueryRowContext(ctx, `SELECT coalesce(sum(listed), 0) + 2 FROM subject_names`).Scan(&s.posts); err != nil {
		return err
	}
	if len(w.written) >= max(relatedBatch, int(s.posts)/relatedShare) {
		return s.relateAll(ctx)
	}
	for _, number := range w.written {
		if err := s.relateOne(ctx, number); err != nil {
			return err
		}
	}
	return nil
}

// comparedColumns are what scanComparedPost reads of a post p.
const comparedColumns = `p.number, p.id, p.subject, p.duplicate_key, p.listed, p.title_text, p.keywords`

func scanComparedPost(row scanner) (*comparedPost, error) {
	p := &comparedPost{}
	var title, keywords string
	err := row.Scan(&p.number, &p.id, &p.subject, &p.key, &p.listed, &title, &keywords)
	p.text = title + " " + keywords
	return p, err
}

// query returns the posts that a query gives, in its order.
func (s *similarity) query(ctx context.Context, query string, args ...any) ([]*comparedPost, error) {
	posts, err := collect(ctx, s, scanComparedPost, query, args...)
	if err != nil {
		return nil, err
	}
	if !s.whole {
		for _, post := range posts {
			if err := s.learn(ctx, slices.Collect(indexed(content.Fold(post.text)))); err != nil {
				return nil, err
			}
		}
	}
	onAllCores(len(posts), func(i int) { posts[i].words, posts[i].text = s.weigh(posts[i].text), "" })
	return posts, nil
}

// onAllCores calls do with each number below n.
func onAllCores(n int, do func(i int)) {
	var group sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for worker := range workers {
		group.Go(func() {
			for i := worker; i < n; i += workers {
				do(i)
			}
		})
	}
	group.Wait()
}

// weigh returns the words of a text that have a weight, ordered by stem. Other words make
// them weigh less.
func (s *similarity) weigh(text string) []weightedWord {
	var list []weightedWord
	var squares float64
	alone := math.Log(s.posts / 2) // the weight of a word that no other post has
	for word := range strings.FieldsSeq(content.Fold(text)) {
		if stopWords[word] {
			continue
		}
		for form := range indexed(word) {
			if weighted, ok := s.weights[form]; ok {
				list = append(list, weighted)
			} else {
				squares += alone * alone
			}
		}
	}
	slices.SortFunc(list, func(a, b weightedWord) int { return cmp.Compare(a.stem, b.stem) })
	var unique []weightedWord
	for _, word := range list {
		if last := len(unique) - 1; last >= 0 && unique[last].stem == word.stem {
			unique[last].weight += word.weight
			continue
		}
		unique = append(unique, word)
	}
	for _, word := range unique {
		squares += float64(word.weight) * float64(word.weight)
	}
	length := float32(math.Sqrt(max(squares, 1e-9)))
	for i := range unique {
		unique[i].weight /= length
	}
	return unique
}

// learn adds words that more than one post has to the weights, by how rare they are.
func (s *similarity) learn(ctx context.Context, list []string) error {
	for _, word := range list {
		if _, ok := s.weights[word]; ok {
			continue
		}
		var posts int
		if err := s.one(ctx, `SELECT coalesce((SELECT posts FROM words WHERE word = ?), 0)`, word).Scan(&posts); err != nil {
			return err
		}
		if posts > 1 {
			s.putWeight(word, posts)
		}
	}
	return nil
}

// learnAll adds all words that more than one post has to the weights.
func (s *similarity) learnAll(ctx context.Context) error {
	list, err := collect(ctx, s, scanCandidate, `SELECT word, posts FROM words WHERE posts > 1`)
	for _, c := range list {
		s.putWeight(c.word, c.posts)
	}
	s.whole = true
	return err
}

func (s *similarity) putWeight(word string, posts int) {
	key := stem(word)
	id, ok := s.stems[key]
	if !ok {
		id = int32(len(s.stems)) //nolint:gosec // a vocabulary is far smaller
		s.stems[key] = id
	}
	s.weights[word] = weightedWord{id, float32(math.Log(s.posts / float64(posts+1))), posts <= rareWord}
}

// similarityOf returns how similar two posts are.
func similarityOf(a, b *comparedPost) float64 {
	var sum float32
	for i, j := 0, 0; i < len(a.words) && j < len(b.words); {
		switch x, y := a.words[i], b.words[j]; {
		case x.stem < y.stem:
			i++
		case x.stem > y.stem:
			j++
		default:
			sum += x.weight * y.weight
			i++
			j++
		}
	}
	result := float64(sum)
	if gap := distance(a, b); gap <= notesReach {
		result += sameNotes + closeNotes*math.Exp(-float64(gap)/closeIDs)
	}
	if a.subject == b.subject {
		result += sameSubject
	}
	return result
}

// distance returns how far two ids lie apart. A post without an id is far from all.
func distance(a, b *comparedPost) int64 {
	if a.id == 0 || b.id == 0 {
		return math.MaxInt64
	}
	return max(a.id-b.id, b.id-a.id)
}

// scoredPost is a candidate for the related posts of a post.
type scoredPost struct {
	*comparedPost
	similarity float64
}

func compareScores(a, b scoredPost) int {
	return cmp.Or(cmp.Compare(b.similarity, a.similarity), cmp.Compare(a.id, b.id), cmp.Compare(a.number, b.number))
}

// mostSimilar returns the numbers of the candidates that are most similar to a post, best
// first. Only the best are kept in order, as most candidates are not among them.
func mostSimilar(post *comparedPost, candidates []*comparedPost) []int64 {
	var best []scoredPost
	for _, candidate := range candidates {
		if !candidate.listed || candidate.number == post.number || candidate.key == post.key {
			continue
		}
		c := scoredPost{candidate, similarityOf(post, candidate)}
		if len(best) == keptRelated && compareScores(c, best[keptRelated-1]) > 0 {
			continue
		}
		if twin := slices.IndexFunc(best, func(b scoredPost) bool { return b.key == c.key }); twin >= 0 {
			if compareScores(c, best[twin]) > 0 {
				continue
			}
			best = slices.Delete(best, twin, twin+1)
		}
		place, _ := slices.BinarySearchFunc(best, c, compareScores)
		best = slices.Insert(best, place, c)
		best = best[:min(len(best), keptRelated)]
	}
	var numbers []int64
	for _, b := range best {
		numbers = append(numbers, b.number)
	}
	return numbers
}

func (s *similarity) put(ctx context.Context, post *comparedPost, numbers []int64) error {
	data, err := json.Marshal(numbers)
	if err != nil {
		return err
	}
	return s.exec(ctx, `INSERT OR REPLACE INTO related (post, posts) VALUES (?, ?)`, post.number, string(data))
}

// relateOne finds the related posts of one post.
func (s *similarity) relateOne(ctx context.Context, number int64) error {
	found, err := s.query(ctx, `SELECT `+comparedColumns+` FROM posts AS p WHERE number = ?`, number)
	if err != nil || len(found) == 0 {
		return err
	}
	post := found[0]
	var candidates []*comparedPost
	if post.id != 0 {
		candidates, err = s.query(ctx, `
			SELECT `+comparedColumns+`
			FROM posts AS p
			WHERE id BETWEEN ? AND ?
			ORDER BY abs(id - ?), number
			LIMIT ?`, post.id-notesReach, post.id+notesReach, post.id, 2*maxNotes)
		if err != nil {
			return err
		}
	}
	numbers := mostSimilar(post, candidates)
	if len(numbers) < keptRelated {
		others, err := s.sharing(ctx, post)
		if err != nil {
			return err
		}
		numbers = mostSimilar(post, append(candidates, others...))
	}
	return s.put(ctx, post, numbers)
}

// maxSharing bounds the posts that are compared because they share a word, and
// sharedWords the words.
const (
	maxSharing  = 40
	sharedWords = 3
)

// sharing returns posts that share one of the rarest words of a post's title.
func (s *similarity) sharing(ctx context.Context, post *comparedPost) ([]*comparedPost, error) {
	var title string
	if err := s.one(ctx, `SELECT title_text FROM posts WHERE number = ?`, post.number).Scan(&title); err != nil {
		return nil, err
	}
	var list []string
	for _, word := range searchWords(title) {
		list = append(list, searchedForms(word)...)
	}
	if err := s.learn(ctx, list); err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(word string) bool { return s.weights[word].weight == 0 })
	slices.SortStableFunc(list, func(a, b string) int { return cmp.Compare(s.weights[b].weight, s.weights[a].weight) })
	var posts []*comparedPost
	for _, word := range list[:min(len(list), sharedWords)] {
		found, err := s.query(ctx, `
			SELECT `+comparedColumns+`
			FROM (SELECT rowid AS number FROM search WHERE search MATCH ? LIMIT ?) AS found
			JOIN posts AS p ON p.number = found.number`, inHead.allOf([]string{stem(word)}), maxSharing)
		if err != nil {
			return nil, err
		}
		posts = append(posts, found...)
	}
	return posts, nil
}

// relateAll finds the related posts of all that the load wrote by reading all posts
// once, in the order of their ids.
func (s *similarity) relateAll(ctx context.Context) error {
	if err := s.learnAll(ctx); err != nil {
		return err
	}
	slices.Sort(s.written)
	last := comparedPost{id: math.MinInt64}
	for {
		chunk, err := s.query(ctx, `
			SELECT `+comparedColumns+`
			FROM posts AS p
			WHERE (id, number) > (?, ?)
			ORDER BY id, number
			LIMIT ?`, last.id, last.number, chunkPosts)
		if err != nil || len(chunk) == 0 {
			return err
		}
		if err := s.relateChunk(ctx, chunk); err != nil {
			return err
		}
		last = *chunk[len(chunk)-1]
	}
}

// isWritten reports whether the load wrote a post. s.written must be sorted.
func (s *similarity) isWritten(post *comparedPost) bool {
	_, found := slices.BinarySearch(s.written, post.number)
	return found
}

// relateChunk finds the related posts of those in a chunk that the load wrote, among
// the chunk.
func (s *similarity) relateChunk(ctx context.Context, chunk []*comparedPost) error {
	sharing := map[int32][]*comparedPost{} // by rare stem
	for _, post := range chunk {
		for _, word := range post.words {
			if word.rare {
				sharing[word.stem] = append(sharing[word.stem], post)
			}
		}
	}
	lists := make([][]int64, len(chunk))
	onAllCores(len(chunk), func(i int) {
		if ctx.Err() == nil && s.isWritten(chunk[i]) {
			lists[i] = mostSimilarIn(chunk, i, sharing)
		}
	})
	if err := ctx.Err(); err != nil {
		return err
	}
	for i, post := range chunk {
		if !s.isWritten(post) {
			continue
		}
		if len(lists[i]) < maxRelated { // few posts are near, or share a rare word
			if err := s.relateOne(ctx, post.number); err != nil {
				return err
			}
			continue
		}
		if err := s.put(ctx, post, lists[i]); err != nil {
			return err
		}
	}
	return nil
}

// mostSimilarIn returns the numbers of the posts of a chunk that are most similar to its post i,
// best first.
func mostSimilarIn(chunk []*comparedPost, i int, sharing map[int32][]*comparedPost) []int64 {
	post := chunk[i]
	start, end := i, i+1
	for start > max(0, i-maxNotes) && distance(chunk[start-1], post) <= notesReach {
		start--
	}
	for end < min(len(chunk), i+maxNotes) && distance(chunk[end], post) <= notesReach {
		end++
	}
	numbers := mostSimilar(post, chunk[start:end])
	if len(numbers) < keptRelated {
		candidates := slices.Clone(chunk[start:end])
		for _, word := range rarest(post.words) {
			candidates = append(candidates, sharing[word.stem]...)
		}
		numbers = mostSimilar(post, candidates)
	}
	return numbers
}

// rarest returns the rare words of a list that weigh most.
func rarest(list []weightedWord) []weightedWord {
	rare := slices.DeleteFunc(slices.Clone(list), func(w weightedWord) bool { return !w.rare })
	slices.SortFunc(rare, func(a, b weightedWord) int { return cmp.Compare(b.weight, a.weight) })
	return rare[:min(len(rare), rareWords)]
}
