package content

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"
	"golang.org/x/text/unicode/rangetable"
)

// script is a script that most of its readers use for one language.
type script struct {
	letters  *unicode.RangeTable
	language string // as the attribute lang names it
	fewest   int    // how many letters a text needs to show the language
	own      string // lower-case letters of which it needs one, as the closest languages lack them
	others   string // lower-case letters that other languages need, or need more often
}

// The fewest letters of a text that show its language. A text with fewer may be a quoted word or
// symbols or, where short texts of several languages look alike, in another one of them.
const (
	fewestLetters = 4
	enoughLetters = 30
)

// scripts lists the scripts that show the language.
var scripts = [...]script{
	arabic:     {unicode.Arabic, "ar", fewestLetters, "", "پچژگکیےہھٹڈڑںۀەێۆۇ"},              // Persian, Urdu, Kurdish
	hebrew:     {unicode.Hebrew, "he", fewestLetters, "", "װױײ"},                             // Yiddish
	cyrillic:   {unicode.Cyrillic, "ru", enoughLetters, "ыэё", "іїєґўјљњќђћџѓѕъқүұөңһәҳҷӣӯ"}, // Ukrainian, Serbian, Bulgarian, Kazakh
	greek:      {unicode.Greek, "el", fewestLetters, "", "ἀἁἄἅἐἑἔἡἦἰἱὀὁὅὐὑὗὡὦᾶῆῖῦῶὰὲὴὶὸὺὼ"},  // ancient Greek
	devanagari: {unicode.Devanagari, "hi", enoughLetters, "", "ळ"},                           // Marathi
	thai:       {unicode.Thai, "th", fewestLetters, "", ""},
	hangul:     {unicode.Hangul, "ko", fewestLetters, "", ""},
	han:        {unicode.Han, "zh", enoughLetters, "", ""},
	kana:       {rangetable.Merge(unicode.Hiragana, unicode.Katakana), "ja", fewestLetters, "", ""}, // and Han
}

// Indexes of scripts.
const (
	arabic = iota
	hebrew
	cyrillic
	greek
	devanagari
	thai
	hangul
	han
	kana
)

const (
	leastOfScript = 60 // per cent of the letters that are of the language's script
	leastKana     = 10 // per cent of the letters of a Japanese text that are not Han
	mostOthers    = 1  // per cent of the letters that the language does not need
)

// DirAndLang returns the values of the HTML attributes dir and lang for a text. dir is "rtl" if
// most letters are of scripts that are written from right to left, such as Arabic and Hebrew.
// The first letter alone does not decide, as it does in browsers: an English sentence may begin
// with an Arabic name. lang is the language, such as "ar", if the letters show it, and empty if
// they are Latin. It is UnknownLanguage in doubt, as in short texts in Han, which may be Chinese
// or Japanese, and for languages of fewer readers than another one of their script, such as
// Persian and Ukrainian: the wrong language is worse than none. But a long text in Nepali, which
// has no letters of its own, passes for Hindi.
func DirAndLang(text string) (dir, lang string) {
	c := countLetters(text)
	lang, isSure := c.language()
	if !isSure {
		lang = c.unknown()
	}
	return c.dir(), lang
}

// UnknownLanguage says that a text is in another language than the page, but not in which
// (https://www.rfc-editor.org/rfc/rfc5646#section-4.1).
const UnknownLanguage = "und"

// TitleDirAndLang is DirAndLang for the title of a text in the language textLang. In doubt the
// title is in that language, too, if its letters allow it.
func TitleDirAndLang(title, textLang string) (dir, lang string) {
	c := countLetters(title)
	lang, isSure := c.language()
	switch {
	case isSure:
	case lang != "" && lang == textLang, lang == scripts[han].language && textLang == scripts[kana].language:
		lang = textLang
	default:
		lang = c.unknown()
	}
	return c.dir(), lang
}

// letterCounts are how many letters of a text are of which kind.
type letterCounts struct {
	all, latin  int
	rightToLeft int // of scripts that are not in scripts
	of          [len(scripts)]int
	own, others int // as in script
}

// firstGreek is the first character of the scripts.
const firstGreek = '\u0370'

func countLetters(text string) letterCounts {
	var c letterCounts
	current := 0 // a letter is nearly always of the same script as the one before
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		c.all++
		if r < firstGreek {
			c.latin++
			continue
		}
		if !unicode.Is(scripts[current].letters, r) {
			i := slices.IndexFunc(scripts[:], func(s script) bool { return unicode.Is(s.letters, r) })
			if i < 0 {
				c.countOther(r)
				continue
			}
			current = i
		}
		c.of[current]++
		s := &scripts[current]
		if s.others == "" {
			continue
		}
		switch lower := unicode.ToLower(r); {
		case strings.ContainsRune(s.others, lower):
			c.others++
		case strings.ContainsRune(s.own, lower):
			c.own++
		}
	}
	return c
}

// countOther counts a letter of none of the scripts.
func (c *letterCounts) countOther(r rune) {
	switch properties, _ := bidi.LookupRune(r); properties.Class() {
	case bidi.R, bidi.AL:
		c.rightToLeft++
	}
}

func (c letterCounts) dir() string {
	if 2*(c.rightToLeft+c.of[arabic]+c.of[hebrew]) > c.all {
		return "rtl"
	}
	return ""
}

// unknown returns UnknownLanguage if most letters are not Latin.
func (c letterCounts) unknown() string {
	if c.all >= fewestLetters && 2*c.latin < c.all {
		return UnknownLanguage
	}
	return ""
}

// language returns the likely language, or "", and whether the letters are enough to be sure.
func (c letterCounts) language() (lang string, isSure bool) {
	hasKana := c.of[kana] > 0
	if 100*c.of[kana] >= leastKana*(c.of[han]+c.of[kana]) {
		c.of[han], c.of[kana] = 0, c.of[han]+c.of[kana]
	}
	if 100*c.others > mostOthers*c.all {
		return "", false
	}
	for i, s := range scripts {
		if c.of[i] > 0 && 100*c.of[i] >= leastOfScript*c.all {
			return s.language, c.all >= s.fewest && (s.own == "" || c.own > 0) && (i != han || !hasKana)
		}
	}
	return "", false
}
