package db_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"quicktakes/content/contenttest"
	"quicktakes/db"
)

// unspacedPosts are posts in scripts that have no spaces between words.
func unspacedPosts() []contenttest.Post {
	return []contenttest.Post{
		{Path: "/learn/biology-ja/questions/osmosis", ID: 1, Title: "浸透とは何ですか。", Answer: "水が半透膜を通って濃い溶液へ移動する現象です。", Keywords: "浸透圧,生物"},
		{Path: "/learn/biology-ja/questions/cells", ID: 2, Title: "植物細胞が吸水すると何が起こりますか？", Answer: "浸透によって水が入り、膨圧が高まる。コーヒーと山の水。"},
		{Path: "/learn/biology-ja/questions/atp", ID: 3, Title: "ATP合成はどこで行われますか？", Answer: "ﾐﾄｺﾝﾄﾞﾘｱの内膜で行われる。"},
		{Path: "/learn/biology-zh/questions/photosynthesis", ID: 4, Title: "什么是光合作用？", Answer: "绿色植物利用光能。", Keywords: "植物"},
		{Path: "/learn/biology-zh/questions/chloroplast", ID: 5, Title: "叶绿体有什么功能？", Answer: "叶绿体是植物进行光合作用的场所。"},
		{Path: "/learn/biology-zh/questions/teamwork", ID: 6, Title: "小组合作有什么好处？", Answer: "起到很大的作用，也增加阳光。"},
		{Path: "/learn/biology-th/questions/light", ID: 7, Title: "การสังเคราะห์ด้วยแสงคืออะไร", Answer: "พืชสร้างน้ำตาลจากแสง"},
		{Path: "/learn/biology-lo/questions/light", ID: 8, Title: "ການສັງເຄາະແສງແມ່ນຫຍັງ", Answer: "ພືດສ້າງນ້ຳຕານ"},
		{Path: "/learn/biology-km/questions/light", ID: 9, Title: "តើរស្មីសំយោគគឺជាអ្វី", Answer: "រុក្ខជាតិបង្កើតស្ករ"},
		{Path: "/learn/biology-my/questions/light", ID: 10, Title: "အလင်းမှီစုဖွဲ့ခြင်းဆိုတာဘာလဲ", Answer: "အပင်များသည်သကြားထုတ်သည်"},
		{Path: "/learn/biology/questions/atp", ID: 11, Title: "What does ATP store?", Answer: "Energy."},
	}
}

func resultPaths(page *db.SearchPage) []string {
	var paths []string
	for _, result := range page.Results {
		paths = append(paths, result.Path)
	}
	return paths
}

func TestSearchUnspaced(t *testing.T) {
	store := openLoaded(t, contenttest.Folder(t, unspacedPosts()...))
	for _, test := range []struct {
		name    string
		text    string
		want    []string // paths after /learn/biology
		dropped []string
	}{
		{"a word at the start of a title, then one in an answer", "浸透", []string{"-ja/questions/osmosis", "-ja/questions/cells"}, nil},
		{"a word of a keyword", "浸透圧", []string{"-ja/questions/osmosis"}, nil},
		{"the whole title", "浸透とは何ですか。", []string{"-ja/questions/osmosis"}, nil},
		{"a word inside sentences, not its parts", "光合作用", []string{"-zh/questions/photosynthesis", "-zh/questions/chloroplast"}, nil},
		{"one letter", "山", []string{"-ja/questions/cells"}, nil},
		{"one letter at an end", "体", []string{"-zh/questions/chloroplast"}, nil},
		{"letters after other letters", "合成", []string{"-ja/questions/atp"}, nil},
		{"other letters before them", "atp", []string{"/questions/atp", "-ja/questions/atp"}, nil},
		{"both", "ATP合成", []string{"-ja/questions/atp"}, nil},
		{"both with a space", "atp 合成", []string{"-ja/questions/atp"}, nil},
		{"full width for half width", "ミトコンドリア", []string{"-ja/questions/atp"}, nil},
		{"half width for full width", "ｺｰﾋｰ", []string{"-ja/questions/cells"}, nil},
		{"hiragana for katakana", "みとこんどりあ", []string{"-ja/questions/atp"}, nil},
		{"katakana for hiragana", "ドコ", []string{"-ja/questions/atp"}, nil},
		{"two words with a space", "植物 光合作用", []string{"-zh/questions/photosynthesis", "-zh/questions/chloroplast"}, nil},
		{"the words of a title in another order", "光合作用是什么", []string{"-zh/questions/photosynthesis", "-zh/questions/chloroplast"}, []string{"是"}},
		{"another particle", "浸透は何ですか", []string{"-ja/questions/osmosis"}, nil},
		{"words that no post has together", "叶绿体山水", []string{"-zh/questions/chloroplast"}, []string{"山水"}},
		{"a longer word, which is no typing error", "浸透率", []string{"-ja/questions/osmosis", "-ja/questions/cells"}, []string{"率"}},
		{"a long greeting before it", "请问老师同学们大家早上好叶绿体功能", []string{"-zh/questions/chloroplast"}, []string{"请问老师同学们大家早上好"}},
		{"a word in katakana that is nowhere", "浸透 サイコロ", []string{"-ja/questions/osmosis", "-ja/questions/cells"}, []string{"サイコロ"}},
		{"no such word", "革命", nil, []string{"革命"}},
		{"Thai", "แสง", []string{"-th/questions/light"}, nil},
		{"a Thai letter with its marks", "น้ำตาล", []string{"-th/questions/light"}, nil},
		{"Lao", "ສັງເຄາະ", []string{"-lo/questions/light"}, nil},
		{"Khmer", "សំយោគ", []string{"-km/questions/light"}, nil},
		{"Burmese", "သကြား", []string{"-my/questions/light"}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			page := search(t, store, db.Query{Text: test.text})
			got := resultPaths(page)
			for i := range got {
				got[i] = strings.TrimPrefix(got[i], "/learn/biology")
			}
			if !slices.Equal(got, test.want) || page.Corrected != "" {
				t.Errorf("%q finds %v, corrected to %q, want %v", test.text, got, page.Corrected, test.want)
			}
			if !slices.Equal(page.Dropped, test.dropped) {
				t.Errorf("%q is searched without %q, want without %q", test.text, page.Dropped, test.dropped)
			}
		})
	}
}

// A letter that is a stop word by itself is part of the word that it stands with.
func TestSearchLetterBesideUnspacedText(t *testing.T) {
	store := openLoaded(t, contenttest.Folder(t,
		contenttest.Post{Path: "/learn/biology/questions/cell", ID: 1, Title: "細胞とは何ですか？", Answer: "生命の単位です。"},
		contenttest.Post{Path: "/learn/biology/questions/t-cell", ID: 2, Title: "T細胞とは何ですか？", Answer: "リンパ球です。"},
		contenttest.Post{Path: "/learn/biology/questions/hepatitis-c", ID: 3, Title: "C型肝炎", Answer: "ウイルスによる。"},
		contenttest.Post{Path: "/learn/biology/questions/hepatitis-a", ID: 4, Title: "A型肝炎とその予防", Answer: "ウイルスによる。"},
	))
	for text, want := range map[string][]string{
		"T細胞":  {"/learn/biology/questions/t-cell"},
		"A型肝炎": {"/learn/biology/questions/hepatitis-a"},
		"細胞":   {"/learn/biology/questions/cell", "/learn/biology/questions/t-cell"},
	} {
		if got := resultPaths(search(t, store, db.Query{Text: text})); !slices.Equal(got, want) {
			t.Errorf("%s finds %v, want %v", text, got, want)
		}
	}
}

// A long question without spaces is searched for by its rarest letters, wherever they are.
func TestSearchLongQuestionWithoutSpaces(t *testing.T) {
	posts := []contenttest.Post{{Path: "/learn/biology/questions/spindle", ID: 1, Title: "什么是纺锤体？", Answer: "细胞分裂时出现。"}}
	for i := range 20 {
		posts = append(posts, contenttest.Post{Path: fmt.Sprintf("/learn/biology/questions/cell-%d", i), ID: i + 2,
			Title: fmt.Sprintf("植物的细胞和动物的细胞在分裂的过程中有什么不同，为什么？第%d题", i), Answer: "见书。"})
	}
	store := openLoaded(t, contenttest.Folder(t, posts...))
	got := resultPaths(search(t, store, db.Query{Text: "为什么植物的细胞和动物的细胞在分裂的过程中需要纺锤体"}))
	if len(got) == 0 || got[0] != "/learn/biology/questions/spindle" {
		t.Errorf("found %v", got)
	}
}

// A title that has the word comes before one that has its pairs of letters apart.
func TestSearchUnspacedWholeFirst(t *testing.T) {
	store := openLoaded(t, contenttest.Folder(t,
		contenttest.Post{Path: "/learn/biology/questions/apart", ID: 1, Title: "光合与合作的作用？"},
		contenttest.Post{Path: "/learn/biology/questions/whole", ID: 2, Title: "为什么需要光合作用？"},
	))
	if got := slugs(search(t, store, db.Query{Text: "光合作用"}).Results); !slices.Equal(got, []string{"whole", "apart"}) {
		t.Errorf("found %v", got)
	}
}

// A title that lacks a pair of letters is not said to lack a word.
func TestSearchUnspacedNear(t *testing.T) {
	store := openLoaded(t, contenttest.Folder(t,
		contenttest.Post{Path: "/learn/biology/questions/title", ID: 1, Title: "什么是光合作用？"},
		contenttest.Post{Path: "/learn/biology/questions/text", ID: 2, Title: "叶子怎样？", Answer: "绿色，有光合作用。"},
	))
	page := search(t, store, db.Query{Text: "绿色光合作用能"})
	if got := slugs(page.Results); len(got) != 2 || page.Lacking != nil || !slices.Equal(page.Dropped, []string{"能"}) {
		t.Errorf("found %v, which lack %q, without %q", got, page.Lacking, page.Dropped)
	}
}

// What is searched for instead is shown as it was typed, not in pairs of letters.
func TestSearchUnspacedCorrected(t *testing.T) {
	store := openLoaded(t, contenttest.Folder(t, unspacedPosts()...))
	page := search(t, store, db.Query{Text: "atpp合成は何"})
	if len(page.Results) != 1 || page.Corrected != "atp 合成は何" || !slices.Equal(page.Dropped, []string{"何"}) {
		t.Errorf("found %v, corrected to %q without %q", slugs(page.Results), page.Corrected, page.Dropped)
	}
}

// Many posts are counted by subject and come in pages, whatever the script.
func TestSearchUnspacedPages(t *testing.T) {
	var posts []contenttest.Post
	for i := range 25 {
		posts = append(posts, contenttest.Post{
			Path: fmt.Sprintf("/learn/biology/questions/q%d", i), ID: 1 + i, Title: fmt.Sprintf("第%d题：光合作用需要什么？", i), Answer: "光。",
		})
	}
	posts = append(posts, contenttest.Post{Path: "/learn/chemistry/questions/light", ID: 90, Title: "光合作用的方程式是什么？", Answer: "光。"})
	store := openLoaded(t, contenttest.Folder(t, posts...))
	page := search(t, store, db.Query{Text: "光合作用", Page: 2})
	if page.Total != 26 || page.Pages != 2 || len(page.Results) != 6 || len(page.Subjects) != 2 {
		t.Errorf("%d on %d pages, %d of them on the second, in subjects %+v", page.Total, page.Pages, len(page.Results), page.Subjects)
	}
	if page := search(t, store, db.Query{Text: "光合作用", Subject: "chemistry"}); page.Total != 1 {
		t.Errorf("%d in chemistry, want 1", page.Total)
	}
}

// More posts have a common word than are looked at. One whose title says little else
// comes first, wherever in the library it is.
func TestSearchUnspacedCommonWord(t *testing.T) {
	var posts []contenttest.Post
	for i := range 600 {
		posts = append(posts, contenttest.Post{Path: fmt.Sprintf("/learn/biology/questions/q%d", i), Title: fmt.Sprintf("细胞在第%d次实验里发生了怎样的变化？", i)})
	}
	posts = append(posts, contenttest.Post{Path: "/learn/physics/questions/cell", Title: "细胞是什么？"})
	store := openLoaded(t, contenttest.Folder(t, posts...))
	if first := search(t, store, db.Query{Text: "细胞"}).Results[0].Title; first != "细胞是什么？" {
		t.Errorf("%q comes first", first)
	}
}

func TestSearchUnspacedSnippet(t *testing.T) {
	long := strings.Repeat("细胞需要合作。", 60) + "在叶绿体里，光合作用需要ATP与ＡＤＰ。" + strings.Repeat("别的不说。", 60)
	store := openLoaded(t, contenttest.Folder(t,
		contenttest.Post{Path: "/learn/biology/questions/leaf", ID: 1, Title: "叶子？", Answer: long},
		contenttest.Post{Path: "/learn/biology/questions/cell", ID: 2, Title: "ﾐﾄｺﾝﾄﾞﾘｱ？", Answer: "ﾐﾄｺﾝﾄﾞﾘｱの\u200b内膜。"},
		contenttest.Post{Path: "/learn/biology/questions/sugar", ID: 3, Title: "น้ำตาล", Answer: "พืชสร้างน้ำตาลจากแสง"},
	))
	for text, want := range map[string]string{
		"光合作用":     "光合作用|",
		"atp 光合作用": "光合作用|ATP|",
		"叶绿体光合作用":  "叶绿体|光合作用|",
		"ドリアの内":    "ﾄﾞﾘｱの\u200b内|",
		"どりあの内":    "ﾄﾞﾘｱの\u200b内|",
		"น้ำตาล":   "น้ำตาล|",
	} {
		page := search(t, store, db.Query{Text: text})
		if len(page.Results) == 0 {
			t.Errorf("%q finds nothing", text)
			continue
		}
		var shown, marked strings.Builder
		for _, fragment := range page.Results[0].Snippet {
			shown.WriteString(fragment.Text)
			if fragment.Marked {
				marked.WriteString(fragment.Text + "|")
			}
		}
		if marked.String() != want {
			t.Errorf("%q marks %s, want %s", text, marked.String(), want)
		}
		if strings.Contains(want, "光合作用") && !strings.HasPrefix(shown.String(), "… 在叶绿体里，") {
			t.Errorf("%q begins in the middle of a sentence: %s", text, shown.String())
		}
	}
}

func TestCompleteUnspaced(t *testing.T) {
	store := openLoaded(t, contenttest.Folder(t, unspacedPosts()...))
	for text, want := range map[string]string{
		"浸":       "浸透とは何ですか。",
		"浸透":      "浸透とは何ですか。",
		"光合作":     "什么是光合作用？",
		"合作用":     "什么是光合作用？",
		"atp合":    "ATP合成はどこで行われますか？",
		"สังเคร":  "การสังเคราะห์ด้วยแสงคืออะไร",
		"สังเค":   "การสังเคราะห์ด้วยแสงคืออะไร",
		"ด้วยแสง": "การสังเคราะห์ด้วยแสงคืออะไร",
		"ห์ด":     "การสังเคราะห์ด้วยแสงคืออะไร", // of ด้: the sign is typed last
	} {
		links, err := store.Complete(t.Context(), db.Query{Text: text})
		mustDo(t, err)
		if len(links) != 1 || links[0].Title != want {
			t.Errorf("%q is completed to %v, want %s", text, links, want)
		}
	}
}

// Posts without an id are related by the words that they share.
func TestRelatedUnspaced(t *testing.T) {
	l := newLibrary(t, unspacedPosts()...)
	contenttest.Write(t, l.folder, contenttest.Post{Path: "/learn/chemistry/questions/light", Title: "光合作用的方程式？", Keywords: "化学", Answer: "光。"})
	l.load()
	got := paths(l.question("/learn/chemistry/questions/light").Related)
	if len(got) == 0 || got[0] != "/learn/biology-zh/questions/photosynthesis" {
		t.Errorf("related are %v", got)
	}
}
