package content_test

import (
	"testing"

	"quicktakes/content"
)

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"":                             "",
		" ?! ":                         "",
		"Cell  Membrane":               "cell membrane",
		"Édouard Manet":                "edouard manet",
		"Salon d’Automne":              "salon dautomne",
		"Newton's law, (1687)":         "newtons law 1687",
		"  What is TCP/IP?\t":          "what is tcp ip",
		"H₂O and Ｈ２Ｏ":                  "h2o and h2o",
		"Søren, Łódź, Æsop, Straße":    "soren lodz aesop strasse",
		"C++ or C#? #C i + +j":         "c plus plus or c sharp c i j",
		"the U.S., a.m. or 1.5 e.V":    "the us am or 1 5 ev",
		"End.A new b.cd":               "end a new b cd",
		"x², x^2 or e^x":               "x2 x2 or ex",
		"2^3, a ^ b, x^":               "2 3 a b x",
		"ΔG°":                          "δg",
		"한국어 हिन्दी":                   "한국어 हिन्दी",
		"a\x00b\xffc":                  "a b c",
		"naïve nai\u0308ve na\u00efve": "naive naive naive",
		"Hawaiʻi, Hawai‘i, ʻōpio":      "hawaii hawaii opio",
		"Qurʾān, ʿilm, Qur’an":         "quran ilm quran",
		"ΟΔΟΣ, οδός":                   "οδοσ οδοσ",
		"Donau\u00addampf\u200bschiff": "donaudampfschiff",
		"\ufeffa\u2060b می\u200cخواهم": "ab میخواهم",
		"كَتَبَ الطَّالِبُ كتــاب": "كتب الطالب كتاب",
		"أحمد إلى آخر":             "احمد الى اخر",
		"שָׁלוֹם עֲלֵיכֶם":         "שלום עליכם",
		"サイコロ ｻｲｺﾛ さいころ":           "さいころ さいころ さいころ",
		"ヴァイオリン、ガ、ヶ":               "ゔぁいおりん が ゖ",
		"☎\ufe0f 葛\U000e0100飾":     "葛飾",
	} {
		if got := content.Fold(text); got != want {
			t.Errorf("Fold(%q) = %q, want %q", text, got, want)
		}
	}
}
