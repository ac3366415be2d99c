package content

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"
)

// script is a script that most of its readers use for one language.
type script struct {
	letters  *unicode.RangeTable
	language string // as the attribute lang names it
	others   string // lower-case letters that other languages need, or need more often
}

// scripts lists the scripts that show the language. In Japanese, Han is mixed with kana.
var scripts = []script{
	{unicode.Arabic, "ar", "پچژگکیےہھٹڈڑںۀەێۆۇ"},             // Persian, Urdu, Kurdish
	{unicode.Hebrew, "he", "װױײ"},                            // Yiddish
	{unicode.Cyrillic, "ru", "іїєґўјљњђћџѓѕъқүұөңһәҳҷӣӯ"},    // Ukrainian, Serbian, Bulgarian, Kazakh
	{unicode.Greek, "el", "ἀἁἄἅἐἑἔἡἦἰἱὀὁὅὐὑὗὡὦᾶῆῖῦῶὰὲὴὶὸὺὼ"}, // ancient Greek
	{unicode.Devanagari, "hi", "ळ"},                          // Marathi
	{unicode.Thai, "th", ""},
	{unicode.Hangul, "ko", ""},
	{unicode.Han, "zh", ""},
}

// Limits of DirAndLang.
const (
	fewestLetters = 4  // fewer may be a quoted word or symbols
	leastOfScript = 60 // per cent of the letters that are of the language's script
	leastKana     = 10 // per cent of the letters of a Japanese text that are not Han
	mostOthers    = 1  // per cent of the letters that the language does not need
)

// DirAndLang returns the values of the HTML attributes dir and lang for a text. dir is "rtl" if
// most letters are of scripts that are written from right to left, such as Arabic and Hebrew.
// The first letter alone does not decide, as it does in browsers: an English sentence may begin
// with an Arabic name. lang is the language, such as "ar", if the script shows it. It is empty
// for Latin, in doubt, and for languages that share their script with one of more readers, such
// as Persian and Ukrainian: the wrong language is worse than none.
func DirAndLang(text string) (dir, lang string) {
	letters, beyondLatin, rightToLeft := 0, 0, 0
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		if r < firstGreek {
			continue
		}
		beyondLatin++
		switch properties, _ := bidi.LookupRune(r); properties.Class() {
		case bidi.R, bidi.AL:
			rightToLeft++
		}
	}
	if 2*rightToLeft > letters {
		dir = "rtl"
	}
	if letters >= fewestLetters && 100*beyondLatin >= leastOfScript*letters {
		lang = languageOf(text, letters)
	}
	return dir, lang
}

// firstGreek is the first character of the scripts above.
const firstGreek = '\u0370'

// languageOf returns the language of a text of so many letters, or "" if its script does not
// show it.
func languageOf(text string, letters int) string {
	counts := make([]int, len(scripts))
	kana, others := 0, 0
	for _, r := range text {
		if r < firstGreek || !unicode.IsLetter(r) {
			continue
		}
		i := slices.IndexFunc(scripts, func(s script) bool { return unicode.Is(s.letters, r) })
		switch {
		case i >= 0:
			counts[i]++
			if strings.ContainsRune(scripts[i].others, unicode.ToLower(r)) {
				others++
			}
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			kana++
		}
	}
	for i, s := range scripts {
		count := counts[i]
		if s.letters == unicode.Han {
			count += kana
		}
		switch {
		case 100*count < leastOfScript*letters || 100*others > mostOthers*letters:
		case s.letters != unicode.Han || kana == 0:
			return s.language
		case 100*kana >= leastKana*count:
			return "ja"
		}
	}
	return ""
}
