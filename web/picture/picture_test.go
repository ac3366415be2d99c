package picture_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"quicktakes/web/picture"
)

// cards are titles that are hard to set.
var cards = map[string]picture.Card{
	"short":      card("What is DNA?"),
	"one word":   card("Why?"),
	"one letter": card("?"),
	"nothing":    card(""),
	"usual":      card("Which team secured the No. 1 overall seed in the 2025 NCAA Men’s Basketball Tournament?"),
	"longest": card("What are the differences between the application of the Mediterranean diet and the DASH diet in lowering " +
		"blood pressure among adults with hypertension across the different health care systems?"),
	"too long":    card(strings.Repeat("how much wood would a woodchuck chuck ", 30)),
	"wide":        card(strings.Repeat("WWWW MMMM ", 18)),
	"no space":    card(strings.Repeat("Donaudampfschifffahrtsgesellschaft", 12)),
	"long words":  card("Why is pneumonoultramicroscopicsilicovolcanoconiosis longer than hippopotomonstrosesquippedaliophobia?"),
	"accents":     card("Où l’été naïf d’Åse Ærøskøbing dévore-t-il Żółć, ÇŞĞ, ẤỆỖ and ǖǘǚ?"),
	"Greek":       card("Τι είναι το ΔS σε σχέση με α, β, γ και Ω;"),
	"mathematics": card("Is ∫₀^∞ e⁻ˣ² dx = √π/2, ∑ 1/n² ≤ ∏ p, ∇·E = ρ/ε₀, and ℝ ⊆ ℂ for x̄ ∈ ⟨a, b⟩?"),
	"ties":        card("How do t͡ʃ and k͜p sound?"),
	"elsewhere":   card("What do 水 and שלום and 🎉 mean?"),
	"code": {Title: []picture.Passage{{Text: "What does "}, {Text: "std::unordered_map<std::string, std::vector<int>>::emplace_hint", Code: true}, {Text: " do in C++?"}},
		Subject: "Computer Science", Hue: 105},
	"long subject": {Title: []picture.Passage{{Text: "Why?"}}, Subject: strings.Repeat("Introduction to Everything and ", 10)},
}

func card(title string) picture.Card {
	return picture.Card{Title: []picture.Passage{{Text: title}}, Subject: "Biology", Hue: 255}
}

func draw(t *testing.T, brand string, c picture.Card) (drawn *image.Paletted, size int) {
	t.Helper()
	var file bytes.Buffer
	if err := picture.NewPainter(brand).Draw(&file, c); err != nil {
		t.Fatal(err)
	}
	size = file.Len()
	decoded, err := png.Decode(&file)
	if err != nil {
		t.Fatal(err)
	}
	drawn, ok := decoded.(*image.Paletted)
	if !ok || drawn.Rect != image.Rect(0, 0, picture.Width, picture.Height) {
		t.Fatalf("picture is a %T of %v", decoded, decoded.Bounds())
	}
	return drawn, size
}

// inked returns the smallest rectangle that holds everything drawn within area.
func inked(drawn *image.Paletted, area image.Rectangle) image.Rectangle {
	var found image.Rectangle
	paper := drawn.ColorIndexAt(0, 0)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			if drawn.ColorIndexAt(x, y) != paper {
				found = found.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return found
}

// The parts of a picture.
var (
	header = image.Rect(0, 0, picture.Width, 130)
	title  = image.Rect(0, 130, picture.Width, 515)
	bar    = image.Rect(0, 515, picture.Width, 545)
	footer = image.Rect(0, 545, picture.Width, picture.Height)
)

// safe is where text may be: within the margins, with a little room for letters that overhang,
// such as j.
var safe = image.Rect(64, 30, picture.Width-64, picture.Height-20)

func TestNothingOverflows(t *testing.T) {
	for name, c := range cards {
		drawn, size := draw(t, "QuickTakes", c)
		for part, area := range map[string]image.Rectangle{"header": header, "title": title, "bar": bar, "footer": footer} {
			got := inked(drawn, area)
			if !got.In(safe) || !got.In(area.Inset(3)) {
				t.Errorf("%s: the %s reaches %v", name, part, got)
			}
			if got.Empty() && name != "nothing" {
				t.Errorf("%s: there is no %s", name, part)
			}
		}
		if size > 60<<10 {
			t.Errorf("%s: %d bytes, want at most 60 KiB", name, size)
		}
	}
}

func TestBrand(t *testing.T) {
	for _, brand := range []string{"Q", "QuickTakes", strings.Repeat("The Everlasting Encyclopaedia of ", 8)} {
		drawn, _ := draw(t, brand, card("Why?"))
		if got := inked(drawn, header); !got.In(safe) || !got.In(header.Inset(3)) {
			t.Errorf("%s reaches %v", brand, got)
		}
	}
	markAlone, _ := draw(t, "", card("Why?"))
	for _, brand := range []string{"知識庫", "مكتبة العلوم", "知識庫 Library"} {
		if drawn, _ := draw(t, brand, card("Why?")); !bytes.Equal(drawn.Pix, markAlone.Pix) {
			t.Errorf("something of the name %s, which the fonts lack, is drawn", brand)
		}
	}
}

// Short titles are large, long ones small, and all of them fill their lines evenly.
func TestTitlesUseTheirSpace(t *testing.T) {
	for name, least := range map[string]image.Point{
		"short":      {300, 180},
		"usual":      {700, 250},
		"longest":    {800, 230},
		"long words": {900, 150},
		"code":       {700, 80},
	} {
		drawn, _ := draw(t, "QuickTakes", cards[name])
		if got := inked(drawn, title); got.Dx() < least.X || got.Dy() < least.Y {
			t.Errorf("%s: the title takes %d by %d pixels, want at least %v", name, got.Dx(), got.Dy(), least)
		}
	}
}

// Nobody sees an empty box in place of a character that the fonts lack.
func TestWhatNoFontHas(t *testing.T) {
	for _, test := range []struct{ title, same string }{
		{"What does 水水 mean?", "What does … mean?"},
		{"Hooray 🎉!", "Hooray !"},
		{"a\u200bb", "ab"},
		{"t͡s and k͜p", "ts and kp"}, // the fonts draw ties over the wrong letters
		{"𝑥 is ｗｉｄｅ", "x is wide"},
		{"Cafe\u0301", "Café"},
	} {
		drawn, _ := draw(t, "QuickTakes", card(test.title))
		same, _ := draw(t, "QuickTakes", card(test.same))
		if !bytes.Equal(drawn.Pix, same.Pix) {
			t.Errorf("%q does not look like %q", test.title, test.same)
		}
	}
	foreign := card("Why?")
	foreign.Subject = "日本語 (Japanese)"
	if drawn, _ := draw(t, "QuickTakes", foreign); !inked(drawn, footer).Empty() {
		t.Errorf("the subject %s is drawn", foreign.Subject)
	}
}

func TestIsLegible(t *testing.T) {
	for title, want := range map[string]bool{
		"":             true,
		"What is DNA?": true,
		"Τι είναι вода, ấy and x̄ ∈ ℝ?":                           true,
		"How do t͡ʃ and k͜p sound?":                               true,
		"Hooray 🎉!":                                               true,
		"What does the character 水 mean in Japanese and Chinese?": false,
		"How do I make the て-form of Japanese verbs such as 食べる, 書く and 泳ぐ?": false,
		"كيف تعمل الخلية؟": false,
	} {
		if got := picture.IsLegible(picture.Passage{Text: title}); got != want {
			t.Errorf("IsLegible(%q) = %t, want %t", title, got, want)
		}
	}
}

func TestPicturesDiffer(t *testing.T) {
	plain := card("What does map do?")
	inCode := plain
	inCode.Title = []picture.Passage{{Text: "What does "}, {Text: "map", Code: true}, {Text: " do?"}}
	otherHue := plain
	otherHue.Hue = 15
	otherSubject := plain
	otherSubject.Subject = "Art"
	seen := map[string]bool{}
	for _, c := range []picture.Card{plain, inCode, otherHue, otherSubject} {
		var file bytes.Buffer
		if err := picture.NewPainter("QuickTakes").Draw(&file, c); err != nil {
			t.Fatal(err)
		}
		seen[file.String()] = true
	}
	if len(seen) != 4 {
		t.Errorf("%d pictures of 4 cards", len(seen))
	}
}

// TestVersion checks that Version changes with what is drawn: it is a hash of the
// pictures above.
func TestVersion(t *testing.T) {
	hash := sha256.New()
	for _, name := range []string{"usual", "longest", "accents", "Greek", "mathematics", "ties", "elsewhere", "code"} {
		drawn, _ := draw(t, "QuickTakes", cards[name])
		hash.Write(drawn.Pix)
		for _, c := range drawn.Palette {
			r, g, b, _ := c.RGBA()
			hash.Write([]byte{byte(r), byte(g), byte(b)})
		}
	}
	if want := hex.EncodeToString(hash.Sum(nil))[:12]; picture.Version != want {
		t.Errorf("pictures changed: set Version to %q", want)
	}
}

func TestFontsAreThoseOfTheirTable(t *testing.T) {
	table, err := os.ReadFile("fonts/README.md")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("fonts/*.ttf")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d fonts, %v", len(files), err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		row := regexp.MustCompile("(?m)^.*`" + filepath.Base(file) + "`.*$").FindString(string(table))
		if sum := sha256.Sum256(data); !strings.Contains(row, hex.EncodeToString(sum[:])) {
			t.Errorf("%s has SHA-256 %x, the table says %s", file, sum, row)
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	painter := picture.NewPainter("QuickTakes")
	for _, name := range []string{"short", "usual", "longest"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			var file bytes.Buffer
			for b.Loop() {
				file.Reset()
				if err := painter.Draw(&file, cards[name]); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(file.Len()), "bytes")
		})
	}
}
