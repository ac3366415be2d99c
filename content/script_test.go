package content_test

import (
	"strings"
	"testing"

	"quicktakes/content"
)

func TestDirAndLang(t *testing.T) {
	for _, test := range []struct {
		text, dir, lang string
	}{
		{"", "", ""},
		{"42 + 1 = 43!", "", ""},
		{"What is osmosis?", "", ""},
		{"Où l’été naïf dévore-t-il Żółć?", "", ""},
		{"ما هو التناضح؟", "rtl", "ar"},
		{"كيف تعمل الدالة map في Go؟", "rtl", "ar"},
		{"مَا هُوَ التَّنَاضُحُ؟", "rtl", "ar"},
		{"صلاح الدين is the Arabic name of Saladin, who took Jerusalem in 1187.", "", ""},
		{"What does שלום mean?", "", ""},
		{"מהי אוסמוזה?", "rtl", "he"},
		{"اسمز چیست و چگونه کار می کند؟", "rtl", ""},     // Persian
		{"سرایت کیا ہے اور یہ کیسے ہوتی ہے؟", "rtl", ""}, // Urdu
		{"Что такое осмос?", "", "ru"},
		{"Що таке осмос і як він працює?", "", ""}, // Ukrainian
		{"Шта је осмоза и како она ради?", "", ""}, // Serbian
		{"Какво е осмоза и как се обяснява във физиката на живите клетки, където водата преминава през мембраната?", "", ""}, // Bulgarian
		{"Τι είναι η όσμωση;", "", "el"},
		{"Ἄνδρα μοι ἔννεπε, Μοῦσα, πολύτροπον", "", ""}, // ancient Greek
		{"ΔG = ΔH − TΔS", "", ""},
		{"परासरण क्या है?", "", "hi"},
		{"शाळा म्हणजे काय?", "", ""}, // Marathi
		{"ออสโมซิสคืออะไร", "", "th"},
		{"삼투란 무엇입니까?", "", "ko"},
		{"浸透とは何ですか。", "", "ja"},
		{"オスモシス", "", "ja"},
		{"什么是渗透作用？", "", "zh"},
		{"日语的助词の表示什么意思？", "", ""}, // in doubt
		{"水?", "", ""},
		{"How do I make the て-form of Japanese verbs such as 食べる, 書く and 泳ぐ?", "", ""},
		{"Привет means hello", "", ""},
		{strings.Repeat("слово ", 60) + "ґанок", "", "ru"}, // quotes a foreign word
	} {
		if dir, lang := content.DirAndLang(test.text); dir != test.dir || lang != test.lang {
			t.Errorf("DirAndLang(%q) = %q, %q, want %q, %q", test.text, dir, lang, test.dir, test.lang)
		}
	}
}
