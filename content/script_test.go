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
		{"اسمز چیست و چگونه کار می کند؟", "rtl", "und"},            // Persian
		{"سرایت کیا ہے اور یہ کیسے ہوتی ہے؟", "rtl", "und"},        // Urdu
		{"Почему вода проходит через мембрану клетки?", "", "und"}, // may be Bulgarian
		{"Почему вода проходит через мембраны клеток, а соль остаётся?", "", "ru"},
		{"Какво е осмоза?", "", "und"},                                                // Bulgarian
		{"Защо водата преминава през мембраната на клетката, а солта не?", "", "und"}, // Bulgarian
		{"Што е осмоза?", "", "und"},                                                  // Macedonian
		{"Що таке осмос і як він працює?", "", "und"},                                 // Ukrainian
		{"Шта је осмоза и како она ради?", "", "und"},                                 // Serbian
		{"Какво е осмоза и как се обяснява във физиката на живите клетки, където водата преминава през мембраната?", "", "und"}, // Bulgarian
		{"Τι είναι η όσμωση;", "", "el"},
		{"Ἄνδρα μοι ἔννεπε, Μοῦσα, πολύτροπον", "", "und"}, // ancient Greek
		{"ΔG = ΔH − TΔS", "", ""},
		{"परासरण क्या है?", "", "und"}, // may be Nepali
		{"परासरण क्या है और यह पौधों की कोशिकाओं में पानी को कैसे चलाता है? जल कम लवण से अधिक लवण की ओर जाता है।", "", "hi"},
		{"नेपालको राजधानी के हो?", "", "und"}, // Nepali
		{"शाळा म्हणजे काय?", "", "und"},       // Marathi
		{"ออสโมซิสคืออะไร", "", "th"},
		{"삼투란 무엇입니까?", "", "ko"},
		{"浸透とは何ですか。", "", "ja"},
		{"オスモシス", "", "ja"},
		{"什么是渗透作用？", "", "und"}, // may be Japanese
		{"什么是渗透作用？水通过细胞膜，从溶质少的一边移动到溶质多的一边，直到平衡。", "", "zh"},
		{"細胞分裂", "", "und"},          // Japanese
		{"日语的助词の表示什么意思？", "", "und"}, // in doubt
		{"水?", "", ""},
		{"How do I make the て-form of Japanese verbs such as 食べる, 書く and 泳ぐ?", "", ""},
		{"Привет means hello", "", ""},
		{strings.Repeat("новые слова ", 30) + "ґанок", "", "ru"}, // quotes a foreign word
	} {
		if dir, lang := content.DirAndLang(test.text); dir != test.dir || lang != test.lang {
			t.Errorf("DirAndLang(%q) = %q, %q, want %q, %q", test.text, dir, lang, test.dir, test.lang)
		}
	}
}

// The language of an answer decides that of its title, but only if both are of the same script.
func TestTitleDirAndLang(t *testing.T) {
	for _, test := range []struct {
		title, answerLang, dir, lang string
	}{
		{"什么是渗透作用？", "zh", "", "zh"},
		{"細胞分裂", "ja", "", "ja"},
		{"細胞分裂", "", "", "und"},
		{"اسمز چیست و چگونه کار می کند؟", "", "rtl", "und"},
		{"細胞分裂とは何ですか。", "zh", "", "ja"},
		{"What does 细胞分裂 mean?", "zh", "", ""},
		{"Що таке осмос і дифузія?", "ru", "", "und"},
		{"Что такое осмос?", "ru", "", "ru"},
		{"Что такое осмос?", "hi", "", "und"},
		{"परासरण क्या है?", "hi", "", "hi"},
		{"ما هو التناضح؟", "", "rtl", "ar"},
		{"What is osmosis?", "", "", ""},
	} {
		if dir, lang := content.TitleDirAndLang(test.title, test.answerLang); dir != test.dir || lang != test.lang {
			t.Errorf("TitleDirAndLang(%q, %q) = %q, %q, want %q, %q", test.title, test.answerLang, dir, lang, test.dir, test.lang)
		}
	}
}
