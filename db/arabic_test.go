package db_test

import (
	"strings"
	"testing"

	"quicktakes/content/contenttest"
	"quicktakes/db"
)

// In Arabic, the article and some prepositions are written together with the noun.
func TestSearchArabic(t *testing.T) {
	store := openLoaded(t, contenttest.Folder(t,
		contenttest.Post{Path: "/learn/physics/questions/speed", ID: 1, Title: "كيف نحسب السرعة المتوسطة؟", Answer: "نقسم المسافة على الزمن."},
		contenttest.Post{Path: "/learn/arabic/questions/hamza", ID: 2, Title: "متى تُكتب همزة القطع؟", Answer: "في أول الكلمة."},
		contenttest.Post{Path: "/learn/arabic/questions/subject", ID: 3, Title: "ما هو الفاعل في الجملة الفعلية؟", Answer: "من قام بالفعل."},
		contenttest.Post{Path: "/learn/biology/questions/blood", ID: 4, Title: "مم يتكون الدم؟", Answer: "من بلازما وخلايا بحجم مختلف."},
		contenttest.Post{Path: "/learn/arabic/questions/joining", ID: 5, Title: "أين همزة الوصل؟", Answer: "في ابن."},
		contenttest.Post{Path: "/learn/arabic/questions/sentence", ID: 6, Title: "أين الجملة قبل الوصل؟", Answer: "هنا."},
		contenttest.Post{Path: "/learn/physics/questions/force", ID: 7, Title: "ما هي القوة؟", Answer: "تغير الحركة."},
	))
	for _, test := range []struct{ text, want, marked, corrected string }{
		{"سرعة", "speed", "", ""},
		{"سرعه", "speed", "", ""},
		{"بالسرعة", "speed", "", ""},
		{"قوه", "force", "", ""}, // too short to lose its ending
		{"مسافة", "speed", "المسافة|", ""},
		{"والزمن للمسافة", "speed", "المسافة|الزمن|", ""},
		{"الهمزة قطع", "hamza", "", ""},
		{"الهمزة الوصلل", "joining", "", "الهمزة الوصل"}, // not الجملة, which titles have with its article
		{"كلمة", "hamza", "الكلمة|", ""},
		{"فعل", "subject", "بالفعل|", ""},
		{"الفعل", "subject", "بالفعل|", ""},
		{"الدم", "blood", "", ""},
		{"دم", "blood", "", ""},
		{"السرغة", "speed", "", "السرعة"},
		{"السر", "speed", "", ""},
	} {
		page := search(t, store, db.Query{Text: test.text})
		if got := slugs(page.Results); len(got) != 1 || got[0] != test.want || page.Corrected != test.corrected {
			t.Errorf("%s finds %v, corrected to %q, want %s, %q", test.text, got, page.Corrected, test.want, test.corrected)
			continue
		}
		var marked strings.Builder
		for _, fragment := range page.Results[0].Snippet {
			if fragment.Marked {
				marked.WriteString(fragment.Text + "|")
			}
		}
		if marked.String() != test.marked {
			t.Errorf("%s marks %s, want %s", test.text, marked.String(), test.marked)
		}
	}
}
