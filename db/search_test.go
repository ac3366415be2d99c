package db_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quicktakes/content"
	"quicktakes/content/contenttest"
	"quicktakes/db"
)

// searchPosts are a small library to search.
func searchPosts() []contenttest.Post {
	posts := []contenttest.Post{
		{Path: "/learn/biology/questions/photosynthesis", ID: 1, Title: "What is photosynthesis?", Answer: `Plants make **sugar** from light. See $E = mc^2$.`},
		{Path: "/learn/biology/questions/photosynthesis-and-temperature", ID: 2, Title: "How does temperature affect photosynthesis in marine algae?", Answer: "Warm water speeds it up."},
		{Path: "/learn/biology/questions/mitochondria", ID: 3, Title: "What do mitochondria do?", Answer: "They make ATP by respiration, as photosynthesis does elsewhere."},
		{Path: "/learn/chemistry/questions/water", ID: 4, Title: "Why is H₂O polar?", Answer: "Its charge is unevenly spread."},
		{Path: "/learn/chemistry/questions/lhopital", ID: 5, Title: "Who was Guillaume de l'Hôpital?", Answer: "A mathematician."},
		{Path: "/learn/physics/questions/laws", ID: 6, Title: "What are Newton's laws of motion?", Answer: "Three laws."},
		{Path: "/learn/science/questions/laws", ID: 7, Title: "What are Newton's laws of motion?", Answer: "Three laws."},
		{Path: "/learn/physics/questions/secret", ID: 8, Title: "What is the secret of antigravity?", Fields: []string{"no_index: true"}},
		{Path: "/learn/physics/questions/to-be", ID: 9, Title: "To be or not to be?", Answer: "A question."},
		{Path: "/learn/physics/questions/heatwave", ID: 10, Title: "How does a heatwave form?", Answer: "High pressure."},
	}
	posts = append(posts,
		contenttest.Post{Path: "/learn/art/questions/color", ID: 11, Title: "How is color used in modeling?", Answer: "As paint."},
		contenttest.Post{Path: "/learn/medicine/questions/x-ray", ID: 12, Title: "What does an X-ray show?", Answer: "Bones."},
		contenttest.Post{Path: "/learn/coding/questions/c", ID: 13, Title: "What is C?", Answer: "A language, older than D."},
		contenttest.Post{Path: "/learn/coding/questions/c-plus-plus", ID: 14, Title: "What is C++?", Answer: "A language."},
		contenttest.Post{Path: "/learn/economics/questions/share", ID: 15, Title: "What is a share of class C?", Answer: "A part without a vote."},
	)
	posts = append(posts,
		contenttest.Post{Path: "/learn/english/questions/context", ID: 16, Title: "Why does context matter?", Answer: "It decides."},
		contenttest.Post{Path: "/learn/economics/questions/exit", ID: 17, Title: "What does an exit cost?", Answer: "Much."},
		contenttest.Post{Path: "/learn/economics/questions/trade", ID: 18, Title: "What does the U.S. sell?", Answer: "Grain."},
	)
	for i, word := range []string{"selection", "secretion"} {
		posts = append(posts, contenttest.Post{Path: "/learn/biology/questions/" + word, ID: 20 + i, Title: "What is natural " + word + "?", Answer: "It occurs."})
	}
	for i := range 30 {
		posts = append(posts, contenttest.Post{
			Path: fmt.Sprintf("/learn/history/questions/treaty-%d", i), ID: 100 + i,
			Title: fmt.Sprintf("Which treaty ended war number%d?", i), Answer: fmt.Sprintf("Treaty %d.", i),
		})
	}
	return posts
}

func openLoaded(t testing.TB, folder string) *db.Store {
	t.Helper()
	store, err := db.Open(t.Context(), filepath.Join(t.TempDir(), "library.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	if _, err := store.Load(t.Context(), os.DirFS(folder), db.LoadOptions{Now: time.Now}); err != nil {
		t.Fatal(err)
	}
	return store
}

func search(t testing.TB, store *db.Store, query db.Query) *db.SearchPage {
	t.Helper()
	page, err := store.Search(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func slugs(results []content.SearchResult) []string {
	var list []string
	for _, result := range results {
		list = append(list, result.Path[strings.LastIndexByte(result.Path, '/')+1:])
	}
	return list
}

func TestSearch(t *testing.T) {
	store := openLoaded(t, contenttest.Folder(t, searchPosts()...))
	for _, test := range []struct {
		name      string
		text      string
		want      []string // slugs of the first results
		total     int
		corrected string
		dropped   []string
	}{
		{"a title that says it all comes first", "photosynthesis", []string{"photosynthesis", "photosynthesis-and-temperature", "mitochondria"}, 3, "", nil},
		{"a word of a title", "temperature", []string{"photosynthesis-and-temperature"}, 1, "", nil},
		{"a word of an answer", "sugar", []string{"photosynthesis"}, 1, "", nil},
		{"words from title and answer", "mitochondria respiration", []string{"mitochondria"}, 1, "", nil},
		{"case and other forms", "AFFECTING Temperatures", []string{"photosynthesis-and-temperature"}, 1, "", nil},
		{"a name that is not another word's form", "the U.S.", []string{"trade"}, 1, "", nil},
		{"stop words cost nothing", "what is the photosynthesis of a", []string{"photosynthesis", "photosynthesis-and-temperature", "mitochondria"}, 3, "", nil},
		{"only stop words", "to be or not to be", []string{"to-be"}, 1, "", nil},
		{"accents and apostrophes", "lhopital", []string{"lhopital"}, 1, "", nil},
		{"accents and apostrophes as written", "l’HÔPITAL", []string{"lhopital"}, 1, "", nil},
		{"small digits", "h2o", []string{"water"}, 1, "", nil},
		{"powers", "mc²", []string{"photosynthesis"}, 1, "", nil},
		{"a half typed last word", "temperature photosy", []string{"photosynthesis-and-temperature"}, 1, "", nil},
		{"a wrong letter", "photosynthasis", []string{"photosynthesis"}, 3, "photosynthesis", nil},
		{"a missing letter", "photsynthesis", []string{"photosynthesis"}, 3, "photosynthesis", nil},
		{"a doubled letter", "mitochonndria", []string{"mitochondria"}, 1, "mitochondria", nil},
		{"letters changed round", "mitohcondria", []string{"mitochondria"}, 1, "mitochondria", nil},
		{"two errors in a word", "fotosyntesis", nil, 0, "", nil},
		{"two distant errors in a word", "photasynthesys", []string{"photosynthesis"}, 3, "photosynthesis", nil},
		{"errors in two words", "temprature photosynthasis", []string{"photosynthesis-and-temperature"}, 1, "temperature photosynthesis", nil},
		{"a split word", "photo synthesis", []string{"photosynthesis"}, 3, "photosynthesis", nil},
		{"a split word of parts that are like others", "cont ext", []string{"context"}, 1, "context", nil},
		{"joined words", "marinealgae", []string{"photosynthesis-and-temperature"}, 1, "marine algae", nil},
		{"a word that nothing has", "photosynthesis zzqxv", []string{"photosynthesis"}, 3, "", []string{"zzqxv"}},
		{"words that nothing has together", "newton mitochondria respiration", []string{"mitochondria"}, 1, "", []string{"newton"}},
		{"one question in two subjects", "newton laws", []string{"laws"}, 1, "", nil},
		{"a hidden post", "antigravity", nil, 0, "", nil},
		{"a known word for another", "heat wave", []string{"heatwave"}, 1, "heatwave", nil},
		{"fewer errors are likelier", "natural selcetion", []string{"selection"}, 1, "natural selection", nil},
		{"a stop word mistyped", "whot mitochondria", []string{"mitochondria"}, 1, "", nil},
		{"instructions cost nothing", "explain mitochondria", []string{"mitochondria"}, 1, "", nil},
		{"British spelling", "colour modelling", []string{"color"}, 1, "", nil},
		{"words joined to one letter", "xray", []string{"x-ray"}, 1, "x ray", nil},
		{"signs that are part of a name", "c++", []string{"c-plus-plus"}, 1, "", nil},
		{"signs that are no typing error", "c# class", []string{"share"}, 1, "", []string{"sharp"}},
		{"contracted words cost nothing", "what's sugar, I don't know", []string{"photosynthesis"}, 1, "", nil},
		{"two things compared", "mitochondria vs. respiration", []string{"mitochondria"}, 1, "", nil},
		{"a number is no typing error", "number77", nil, 0, "", nil},
		{"a guess is left out before a word", "temperature heatwve", []string{"photosynthesis-and-temperature"}, 1, "", []string{"heatwve"}},
		{"nothing", "", nil, 0, "", nil},
		{"no words", `"*" () -`, nil, 0, "", nil},
		{"nonsense", "zzqxv wvutq", nil, 0, "", []string{"zzqxv", "wvutq"}},
		{"operators are words", `title: NEAR("photosynthesis" AND NOT x*, 3) OR ^temperature`, []string{"photosynthesis-and-temperature"}, 1, "", []string{"title", "near", "x", "3"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			page := search(t, store, db.Query{Text: test.text})
			got := slugs(page.Results)
			if !slices.Equal(got[:min(len(got), len(test.want))], test.want) || page.Total != test.total {
				t.Errorf("%q finds %d: %v, want %d: %v", test.text, page.Total, got, test.total, test.want)
			}
			if page.Corrected != test.corrected || test.total > 0 && !slices.Equal(page.Dropped, test.dropped) {
				t.Errorf("%q is corrected to %q without %q, want %q without %q", test.text, page.Corrected, page.Dropped, test.corrected, test.dropped)
			}
		})
	}
}

// A word that a title lacks does not hide it behind posts that have all words by chance,
// nor is it taken for another that makes such a post fit.
func TestSearchOneWordTooMany(t *testing.T) {
	store := openLoaded(t, contenttest.Folder(t,
		contenttest.Post{Path: "/learn/biology/questions/starch", ID: 1, Title: "How do enzymes digest starch?", Answer: "They split it."},
		contenttest.Post{Path: "/learn/biology/questions/laboratory", ID: 2, Title: "What is a laboratory?", Answer: "By definition a place of glass, where enzymes digest starch."},
		contenttest.Post{Path: "/learn/art/questions/glass", ID: 3, Title: "What is glass?", Answer: "Molten sand."},
		contenttest.Post{Path: "/learn/art/questions/class", ID: 4, Title: "What is a class?", Answer: "A lesson."},
		contenttest.Post{Path: "/learn/biology/questions/saliva", ID: 5, Title: "Where is amylase found?", Answer: "Its enzymes digest starch in spit.", Keywords: "saliva"},
	))
	for _, test := range []struct {
		text             string
		want             []string // slugs
		dropped, lacking []string
	}{
		{"enzymes digest starch definition", []string{"starch", "laboratory"}, nil, []string{"definition"}},
		{"enzymes digest starch class", []string{"starch", "laboratory", "saliva"}, []string{"class"}, nil},
		{"enzymes digest starch zzqxv", []string{"starch", "laboratory", "saliva"}, []string{"zzqxv"}, nil},
		{"amylase enzymes digest saliva", []string{"saliva"}, nil, nil},
		{"starch definition", []string{"laboratory"}, nil, nil}, // of two words none is too many
	} {
		for _, asTyped := range []bool{false, true} {
			page := search(t, store, db.Query{Text: test.text, AsTyped: asTyped})
			if got := slugs(page.Results); !slices.Equal(got, test.want) || page.Corrected != "" {
				t.Errorf("%q finds %v, corrected to %q, want %v", test.text, got, page.Corrected, test.want)
			}
			if !slices.Equal(page.Dropped, test.dropped) || !slices.Equal(page.Lacking, test.lacking) {
				t.Errorf("%q is searched without %q, and results lack %q, want %q and %q", test.text, page.Dropped, page.Lacking, test.dropped, test.lacking)
			}
		}
	}
}

func TestSearchSynonyms(t *testing.T) {
	store := openLoaded(t, contenttest.Folder(t,
		contenttest.Post{Path: "/learn/history/questions/world-war-i", ID: 1, Title: "What began World War I?", Answer: "Shots."},
		contenttest.Post{Path: "/learn/history/questions/wwii", ID: 2, Title: "What ended World War II?", Answer: "A treaty."},
		contenttest.Post{Path: "/learn/physics/questions/newton", ID: 3, Title: "What is Newton's second law?", Answer: "It is about force."},
		contenttest.Post{Path: "/learn/physics/questions/grades", ID: 4, Title: "What do pupils learn in 4th grade?", Answer: "To divide."},
		contenttest.Post{Path: "/learn/mathematics/questions/anxiety", ID: 5, Title: "Who fears mathematics?", Answer: "Many."},
		contenttest.Post{Path: "/learn/mathematics/questions/myths", ID: 6, Title: "Who believes a myth?", Answer: "Many."},
	))
	for text, want := range map[string]string{
		"WW1": "world-war-i", "WWI began": "world-war-i", "First World War": "world-war-i", "world war 1 began": "world-war-i",
		"1st world war, why it began?": "world-war-i", "world war i": "world-war-i",
		"ww2": "wwii", "world war II ended": "wwii", "the second world war": "wwii",
		"Newton's 2nd law": "newton", "fourth grade": "grades", "math fears": "anxiety", "maths": "anxiety",
	} {
		page := search(t, store, db.Query{Text: text})
		if got := slugs(page.Results); !slices.Equal(got, []string{want}) || page.Corrected != "" || page.Dropped != nil {
			t.Errorf("%q finds %v, corrected to %q, without %q, want %s", text, got, page.Corrected, page.Dropped, want)
		}
	}
}

// A word that titles have is taken for a whole one: those that begin with it are rarer
// and would all come first.
func TestSearchWholeWords(t *testing.T) {
	var posts []contenttest.Post
	for i := range 5 {
		posts = append(posts,
			contenttest.Post{Path: fmt.Sprintf("/learn/chemistry/questions/ph-%d", i), ID: 1 + i, Title: fmt.Sprintf("What is the pH of solution %d?", i), Answer: "It varies."},
			contenttest.Post{Path: fmt.Sprintf("/learn/chemistry/questions/phosphate-%d", i), ID: 10 + i, Title: fmt.Sprintf("What is phosphate %d?", i), Answer: "It varies."})
	}
	store := openLoaded(t, contenttest.Folder(t, posts...))
	for text, want := range map[string]int{"pH": 5, "ph 1": 1, "pho": 5, "phosphate p": 5} {
		links, err := store.Complete(t.Context(), db.Query{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		if page := search(t, store, db.Query{Text: text}); page.Total != want || len(links) != want {
			t.Errorf("%s finds %d and is completed to %d, want %d", text, page.Total, len(links), want)
		}
	}
}

// More posts have a common word than are looked at. One whose title says little else
// comes first, wherever in the library it is.
func TestSearchCommonWord(t *testing.T) {
	var posts []contenttest.Post
	for i := range 1100 {
		posts = append(posts, contenttest.Post{
			Path:  fmt.Sprintf("/learn/biology/questions/q%d", i),
			Title: fmt.Sprintf("How does energy drive cells of kind number%d?", i),
		})
	}
	posts = append(posts, contenttest.Post{Path: "/learn/physics/questions/energy", Title: "What is energy?"})
	store := openLoaded(t, contenttest.Folder(t, posts...))
	page, err := store.Search(t.Context(), db.Query{Text: "energy"})
	mustDo(t, err)
	if first := page.Results[0].Title; first != "What is energy?" || !page.More {
		t.Errorf("%q comes first, want the one that asks for no more than energy; more: %t", first, page.More)
	}
	if !page.MoreSubjects {
		t.Error("MoreSubjects is false although not all posts were counted")
	}
	// The count shown for a subject is the total when it is chosen.
	page, err = store.Search(t.Context(), db.Query{Text: "energy", Subject: "biology"})
	mustDo(t, err)
	if first := page.Subjects[0]; first.Slug != "biology" || first.Count != page.Total || !page.MoreSubjects {
		t.Errorf("%d found, and first in the list of subjects is %+v; others may have more: %t", page.Total, first, page.MoreSubjects)
	}
}

// Posts that have a word in their keywords do not keep out those that have it in their
// answers.
func TestSearchCountsEachOnce(t *testing.T) {
	var posts []contenttest.Post
	for i := range 400 {
		posts = append(posts, contenttest.Post{Path: fmt.Sprintf("/learn/biology/questions/q%d", i), Title: fmt.Sprintf("What is number%d?", i), Keywords: "plankton"})
	}
	for i := range 50 {
		posts = append(posts, contenttest.Post{Path: fmt.Sprintf("/learn/sea_life/questions/q%d", i), Title: fmt.Sprintf("Who eats number%d?", i), Answer: "Plankton."})
	}
	store := openLoaded(t, contenttest.Folder(t, posts...))
	for subject, want := range map[string]int{"": 450, "sea_life": 50} {
		page, err := store.Search(t.Context(), db.Query{Text: "plankton", Subject: subject})
		mustDo(t, err)
		if page.Total != want || page.More || page.MoreSubjects {
			t.Errorf("%d found in subject %q, more: %t or elsewhere %t, want %d", page.Total, subject, page.More, page.MoreSubjects, want)
		}
	}
}

func TestSearchAsTyped(t *testing.T) {
	store := openLoaded(t, contenttest.Folder(t, searchPosts()...))
	if page := search(t, store, db.Query{Text: "photosynthasis", AsTyped: true}); page.Total != 0 || page.Corrected != "" {
		t.Errorf("%d results for %q", page.Total, page.Corrected)
	}
}

func TestSearchInSubject(t *testing.T) {
	store := openLoaded(t, contenttest.Folder(t, searchPosts()...))
	all := search(t, store, db.Query{Text: "newton laws"})
	counts := map[string]int{}
	for _, subject := range all.Subjects {
		counts[subject.Name] = subject.Count
	}
	if diff := cmp.Diff(map[string]int{"Physics": 1, "Science": 1}, counts); diff != "" {
		t.Errorf("subjects (-want +got):\n%s", diff)
	}
	if got := all.Results[0].Path; got != "/learn/physics/questions/laws" {
		t.Errorf("%s comes first, want the primary", got)
	}
	science := search(t, store, db.Query{Text: "newton laws", Subject: "science"})
	if science.Total != 1 || science.Results[0].Path != "/learn/science/questions/laws" || science.Subject == nil || science.Subject.Name != "Science" {
		t.Errorf("in science: %+v", science)
	}
	if len(science.Subjects) != 2 {
		t.Errorf("subjects to change to: %+v", science.Subjects)
	}
	if unknown := search(t, store, db.Query{Text: "newton laws", Subject: "astrology"}); unknown.Total != 1 || unknown.Subject != nil {
		t.Errorf("in an unknown subject: %+v", unknown)
	}
}

// A subject has as many results as the list of subjects says, whatever else it has.
func TestSearchKeepsItsMeaningInSubjects(t *testing.T) {
	posts := []contenttest.Post{
		{Path: "/learn/mythology/questions/zeus", ID: 1, Title: "Who threw lightning?", Answer: "Zeus."},
		{Path: "/learn/mythology/questions/apollo", ID: 2, Title: "Who drove the chariot of the sun?", Answer: "The god of light."},
		{Path: "/learn/biology/questions/starch", ID: 3, Title: "How do enzymes digest starch?", Answer: "They split it."},
		{Path: "/learn/biology/questions/enzymes", ID: 4, Title: "What are enzymes?", Answer: "They digest starch, for example."},
		{Path: "/learn/english/questions/list", ID: 5, Title: "What is a list?", Answer: "A definition: enzymes digest starch."},
	}
	for i := range 5 {
		posts = append(posts, contenttest.Post{Path: fmt.Sprintf("/learn/physics/questions/light-%d", i), ID: 10 + i, Title: fmt.Sprintf("What is light of kind %d?", i)})
	}
	store := openLoaded(t, contenttest.Folder(t, posts...))
	for text, want := range map[string]map[string]int{
		"light":                            {"physics": 5, "mythology": 1}, // a whole word: not the beginning of lightning
		"enzymes digest starch definition": {"biology": 1, "english": 1},   // one lacks a word
	} {
		counts := map[string]int{}
		for _, subject := range search(t, store, db.Query{Text: text}).Subjects {
			counts[subject.Slug] = subject.Count
			if page := search(t, store, db.Query{Text: text, Subject: subject.Slug}); page.Total != subject.Count {
				t.Errorf("%q finds %d in %s, where the list of subjects says %d", text, page.Total, subject.Slug, subject.Count)
			}
		}
		if diff := cmp.Diff(want, counts); diff != "" {
			t.Errorf("subjects of %q (-want +got):\n%s", text, diff)
		}
	}
	// What other subjects have does not hide what this one has.
	if page := search(t, store, db.Query{Text: "light sun", Subject: "biology"}); page.Total != 0 {
		t.Errorf("%d found in a subject that has no such word", page.Total)
	}
	if page := search(t, store, db.Query{Text: "starch lightning", Subject: "mythology"}); !slices.Equal(slugs(page.Results), []string{"zeus"}) {
		t.Errorf("found %v in a subject that has one of the words", slugs(page.Results))
	}
}

func TestSearchPages(t *testing.T) {
	store := openLoaded(t, contenttest.Folder(t, searchPosts()...))
	first := search(t, store, db.Query{Text: "treaty war"})
	second := search(t, store, db.Query{Text: "treaty war", Page: 2})
	if first.Total != 30 || first.Pages != 2 || len(first.Results) != 20 || len(second.Results) != 10 {
		t.Errorf("%d results on %d pages, %d and %d shown", first.Total, first.Pages, len(first.Results), len(second.Results))
	}
	seen := map[string]bool{}
	for _, result := range append(first.Results, second.Results...) {
		if seen[result.Path] {
			t.Errorf("%s is shown twice", result.Path)
		}
		seen[result.Path] = true
	}
	if _, err := store.Search(t.Context(), db.Query{Text: "treaty war", Page: 3}); !errors.Is(err, db.ErrNotFound) {
		t.Errorf("page 3: %v, want ErrNotFound", err)
	}
}

func TestSearchSnippet(t *testing.T) {
	long := strings.Repeat("Nothing to see here. ", 40) + `Enzymes lower the **activation energy**, so $\frac{a}{b}$ grows.`
	store := openLoaded(t, contenttest.Folder(t, contenttest.Post{Path: "/learn/biology/questions/enzymes", Title: "What do they lower?", Answer: long}))
	var text, marked strings.Builder
	for _, fragment := range search(t, store, db.Query{Text: "activating enzyme"}).Results[0].Snippet {
		text.WriteString(fragment.Text)
		if fragment.Marked {
			marked.WriteString(fragment.Text + "|")
		}
	}
	if got := marked.String(); got != "Enzymes|activation|" {
		t.Errorf("marked %s", got)
	}
	if got := text.String(); strings.ContainsAny(got, `*\$`) || len(got) > 300 || !strings.HasPrefix(got, "… ") {
		t.Errorf("snippet %q", got)
	}
}

// People leave out the vowel signs of Arabic and Hebrew, and type letters that look like
// apostrophes as apostrophes or not at all.
func TestSearchWithoutSigns(t *testing.T) {
	store := openLoaded(t, contenttest.Folder(t,
		contenttest.Post{Path: "/learn/arabic/questions/lesson", ID: 1, Title: "ماذا كتب الطالب؟", Answer: "كَتَبَ الطَّالِبُ الدَّرْسَ."},
		contenttest.Post{Path: "/learn/hebrew/questions/peace", ID: 2, Title: "What does שָׁלוֹם mean?", Answer: "Peace."},
		contenttest.Post{Path: "/learn/music/questions/opio", ID: 3, Title: "What do the ʻōpio of Hawaiʻi sing?", Answer: "Songs of Hawai\u02bbi."},
		contenttest.Post{Path: "/learn/greek/questions/way", ID: 4, Title: "Τι σημαίνει η λέξη ὁδός;", Answer: "Δρόμος."},
		contenttest.Post{Path: "/learn/german/questions/ship", ID: 5, Title: "Was ist die Donau\u00addampf\u00adschifffahrt?", Answer: "Lang."},
	))
	for text, want := range map[string]string{
		"الدرس": "lesson", "الدَّرْسَ": "lesson", "שלום": "peace", "opio": "opio", "Hawaii": "opio", "hawai'i": "opio", "ΟΔΟΣ": "way", "Donaudampfschifffahrt": "ship",
	} {
		page := search(t, store, db.Query{Text: text})
		if got := slugs(page.Results); len(got) != 1 || got[0] != want || page.Corrected != "" {
			t.Errorf("%q finds %v, corrected to %q, want %s", text, got, page.Corrected, want)
		}
	}
}

// What a load changes is found at once, and what it removes is no longer found.
func TestSearchFollowsLoads(t *testing.T) {
	folder := contenttest.Folder(t, searchPosts()...)
	store := openLoaded(t, folder)
	contenttest.Write(t, folder,
		contenttest.Post{Path: "/learn/biology/questions/mitochondria", ID: 3, Title: "What do ribosomes do?", Answer: "They make proteins."},
		contenttest.Post{Path: "/learn/physics/questions/heatwave", ID: 10, Fields: []string{"no_index: true"}})
	if err := os.Remove(filepath.Join(folder, "learn/chemistry/lhopital.md")); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Load(t.Context(), os.DirFS(folder), db.LoadOptions{Now: time.Now}); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{
		"respiration": 0, "ribosomes": 1, "guillaume": 0, "heatwave": 0, "photosynthesis": 2,
		"guilaume": 0, // the vocabulary forgets too
		"ribosmes": 1,
	} {
		if page := search(t, store, db.Query{Text: text}); page.Total != want {
			t.Errorf("%s finds %d, want %d", text, page.Total, want)
		}
	}
}

// A word that no post has any more is not what a mistyped one means.
func TestSearchForgetsWords(t *testing.T) {
	l := loaded(t, contenttest.Post{Path: "/learn/art/questions/marker"}, contenttest.Post{Path: "/learn/art/questions/market"})
	for _, want := range []string{"market", "marker"} {
		if got := search(t, l.store, db.Query{Text: "markeet"}).Corrected; got != want {
			t.Errorf("markeet is corrected to %q, want %q", got, want)
		}
		l.remove("learn/art/market.md")
		l.load()
	}
}

func TestComplete(t *testing.T) {
	store := openLoaded(t, contenttest.Folder(t, searchPosts()...))
	for text, want := range map[string][]string{
		"photos":           {"What is photosynthesis?", "How does temperature affect photosynthesis in marine algae?"},
		"what is pho":      {"What is photosynthesis?", "How does temperature affect photosynthesis in marine algae?"},
		"newton's la":      {"What are Newton's laws of motion?"},
		"newtons laws m":   {"What are Newton's laws of motion?"},
		"newtons laws z":   {"What are Newton's laws of motion?"},
		"newtons laws zq":  nil,
		"photsynthesis te": {"How does temperature affect photosynthesis in marine algae?"},
		"":                 nil,
		"zzqxv":            nil,
		`"(`:               nil,
	} {
		links, err := store.Complete(t.Context(), db.Query{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, link := range links {
			got = append(got, link.Title)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

// A word may be half-typed after a vowel sign too.
func TestCompleteAfterVowelSign(t *testing.T) {
	store := openLoaded(t, contenttest.Folder(t, contenttest.Post{Path: "/learn/hindi/questions/pupil", Title: "अच्छा विद्यार्थी कौन है?"}))
	links, err := store.Complete(t.Context(), db.Query{Text: "विद्या"})
	mustDo(t, err)
	if len(links) != 1 {
		t.Errorf("completed to %v", links)
	}
}

// An Arabic word may be half-typed without the article that titles have, and with one that they
// lack.
func TestCompleteArabic(t *testing.T) {
	store := openLoaded(t, contenttest.Folder(t,
		contenttest.Post{Path: "/learn/physics/questions/speed", ID: 1, Title: "كيف نحسب السرعة المتوسطة؟"},
		contenttest.Post{Path: "/learn/arabic/questions/hamza", ID: 2, Title: "متى تُكتب همزة القطع؟"},
	))
	for text, want := range map[string]string{
		"متوس": "كيف نحسب السرعة المتوسطة؟", "المتوس": "كيف نحسب السرعة المتوسطة؟", "سرعة مت": "كيف نحسب السرعة المتوسطة؟",
		"الهم": "متى تُكتب همزة القطع؟", "قط": "متى تُكتب همزة القطع؟",
	} {
		links, err := store.Complete(t.Context(), db.Query{Text: text})
		mustDo(t, err)
		if len(links) != 1 || links[0].Title != want {
			t.Errorf("%q is completed to %v, want %s", text, links, want)
		}
	}
}

// Two letters begin many words. The one that is meant need not be among the commonest.
func TestCompleteTwoLetters(t *testing.T) {
	posts := []contenttest.Post{{Path: "/learn/economics/questions/models", Title: "How do economic models help?"}}
	for i := range 100 {
		for _, form := range []string{"a", "b"} { // each word is commoner than help
			posts = append(posts, contenttest.Post{
				Path: fmt.Sprintf("/learn/biology/questions/%s%d", form, i), ID: 1 + i, Title: fmt.Sprintf("Where is he%d found, in form %s?", i, form),
			})
		}
	}
	store := openLoaded(t, contenttest.Folder(t, posts...))
	links, err := store.Complete(t.Context(), db.Query{Text: "economic models he"})
	mustDo(t, err)
	if len(links) != 1 || links[0].Title != "How do economic models help?" {
		t.Errorf("completed to %v", links)
	}
}

// Whatever is searched for, there is an answer and no error.
func FuzzSearch(f *testing.F) {
	for _, text := range []string{
		"", " ", `"`, `""""`, "'", "NEAR(a b)", "a AND", "OR", "title:", "^x*", "a*", "-", "+", "{title answer}: x", "\x00", "\x1b[0m", "\xff\xfe",
		"日本語 の 質問", "浸透とは何ですか", "光合作用是什么ATP", "ｶﾞ\u3099\u200bｱ", "น้ำตาล", "\u0e49\u0e33", strings.Repeat("光合作用是什么", 20), "עברית", "Ω ∑ √2", "é́́́", "ﬁ", "select * from posts; --", strings.Repeat("photosynthesis ", 700), strings.Repeat("a", 10000), "a b c d e f g h i j k l m n o p",
	} {
		f.Add(text)
	}
	store := openLoaded(f, contenttest.Folder(f, append(searchPosts(), unspacedPosts()...)...))
	f.Fuzz(func(t *testing.T, text string) {
		for _, asTyped := range []bool{false, true} {
			page, err := store.Search(t.Context(), db.Query{Text: text, AsTyped: asTyped})
			if err != nil {
				t.Fatalf("%q: %v", text, err)
			}
			if len(page.Results) == 0 && page.Total > 0 || len(page.Results) > db.ResultsPerPage {
				t.Errorf("%q: %d results of %d", text, len(page.Results), page.Total)
			}
		}
		if _, err := store.Complete(t.Context(), db.Query{Text: text}); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
	})
}
