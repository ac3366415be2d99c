package web_test

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"quicktakes/assets"
	"quicktakes/content/contenttest"
	"quicktakes/web"
)

// picture returns the address of the share picture of a page, and its description.
func (s *site) picture(target string) (path, alt string) {
	s.t.Helper()
	page, err := goquery.NewDocumentFromReader(s.ask(http.MethodGet, target).Body)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, selector := range []string{"meta[property='og:image']", "meta[name='twitter:image']"} {
		address := page.Find(selector).AttrOr("content", "")
		if path != "" && address != baseURL+path {
			s.t.Errorf("%s: %s is %s, want %s", target, selector, address, path)
		}
		path = strings.TrimPrefix(address, baseURL)
	}
	if data := page.Find("script[type='application/ld+json']").Text(); strings.Contains(target, "/questions/") && !strings.Contains(data, `"url":"`+baseURL+path+`"`) {
		s.t.Errorf("%s: the picture %s is not in the structured data: %s", target, path, data)
	}
	return path, page.Find("meta[property='og:image:alt']").AttrOr("content", "")
}

func TestQuestionHasASharePicture(t *testing.T) {
	s := newLibrarySite(t)
	path, alt := s.picture(cell)
	if !regexp.MustCompile(`^/og/biology/cell\.[0-9a-f]{24}\.png$`).MatchString(path) || alt != "What is a cell? A question in Biology on QuickTakes." {
		t.Errorf("picture %s: %q", path, alt)
	}
	for range 2 { // made, and from the cache
		response := s.ask(http.MethodGet, path, "Accept-Encoding", "gzip, br")
		for name, want := range map[string]string{
			"Content-Type":                 "image/png",
			"Content-Encoding":             "",
			"Cache-Control":                "public, max-age=31536000, immutable",
			"Cross-Origin-Resource-Policy": "cross-origin",
		} {
			if got := response.Header.Get(name); response.StatusCode != 200 || got != want {
				t.Errorf("%d, %s %q, want %q", response.StatusCode, name, got, want)
			}
		}
		drawn, err := png.Decode(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		if drawn.Bounds() != image.Rect(0, 0, 1200, 630) {
			t.Errorf("bounds %v", drawn.Bounds())
		}
		if again := s.ask(http.MethodGet, path, "If-None-Match", response.Header.Get("Etag")); again.StatusCode != http.StatusNotModified {
			t.Errorf("the same again: %d, want 304", again.StatusCode)
		}
	}
	if other, _ := s.picture("/learn/biology"); !strings.HasPrefix(other, "/assets/img/share.") {
		t.Errorf("the picture of a list is %s", other)
	}
}

func TestPictureOfAnotherHash(t *testing.T) {
	s := newLibrarySite(t)
	path, _ := s.picture(cell)
	hash := regexp.MustCompile(`\.[0-9a-f]{24}\.`)
	// Other sites keep addresses of pictures for a long time.
	for _, earlier := range []string{hash.ReplaceAllString(path, ".0123456789abcdef01234567."), strings.Replace(path, "biology", "art", 1)} {
		response := s.ask(http.MethodGet, earlier)
		if got := response.Header.Get("Location"); response.StatusCode != http.StatusFound || got != path {
			t.Errorf("%s: %d to %s, want today's picture", earlier, response.StatusCode, got)
		}
		if header := response.Header; header.Get("Cross-Origin-Resource-Policy") != "cross-origin" || header.Get("Cache-Control") != "no-cache" {
			t.Errorf("%s: %v", earlier, header)
		}
	}
	for _, wrong := range []string{
		hash.ReplaceAllString(path, "."), strings.TrimSuffix(path, ".png"), path + ".png", strings.Replace(path, "cell", "nothing", 1), "/og/biology", "/og",
	} {
		if response := s.ask(http.MethodGet, wrong); response.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", wrong, response.StatusCode)
		}
	}
}

// The address changes with what the picture shows, and with nothing else.
func TestPictureAddressFollowsFromThePicture(t *testing.T) {
	post := contenttest.Post{Path: cell}
	s := newSite(t, nil, post)
	s.load()
	first, _ := s.picture(cell)
	post.Answer = "Another answer."
	contenttest.Write(t, s.folder, post)
	s.load()
	if path, _ := s.picture(cell); path != first {
		t.Errorf("another answer: %s, want %s", path, first)
	}
	post.Title = "What is `a` cell?"
	contenttest.Write(t, s.folder, post)
	s.load()
	second, _ := s.picture(cell)
	if second == first || s.ask(http.MethodGet, first).Header.Get("Location") != second || s.ask(http.MethodGet, second).StatusCode != http.StatusOK {
		t.Errorf("another title: %s, before %s", second, first)
	}
	renamed := newSite(t, func(c *web.Config) { c.Site.Name = "Quick Answers" }, post)
	renamed.load()
	if path, _ := renamed.picture(cell); path == second {
		t.Error("another name of the site: the same picture")
	}
}

// Of letters that occur twice in a title, the picture shows those as code that are code.
func TestPictureShowsCodeInItsPlace(t *testing.T) {
	s := newSite(t, nil, contenttest.Post{Path: cell, Title: "What is `a` cell?"})
	s.load()
	first, _ := s.picture(cell)
	contenttest.Write(t, s.folder, contenttest.Post{Path: cell, Title: "Wh`a`t is a cell?"})
	s.load()
	if second, _ := s.picture(cell); second == first {
		t.Error("a title has the same picture whichever letter is code")
	}
}

// Simultaneous requests for a picture get the same one.
func TestPictureForMany(t *testing.T) {
	s := newLibrarySite(t)
	path, _ := s.picture(cell)
	var waiting sync.WaitGroup
	bodies := make([]string, 8)
	for i := range bodies {
		waiting.Go(func() { bodies[i] = body(t, s.ask(http.MethodGet, path)) })
	}
	waiting.Wait()
	for _, got := range bodies {
		if got == "" || got != bodies[0] {
			t.Errorf("%d bytes, want the %d of the first", len(got), len(bodies[0]))
		}
	}
}

// Pictures are in the colours of the pages.
func TestPictureColours(t *testing.T) {
	s := newLibrarySite(t)
	path, _ := s.picture(cell)
	drawn, err := png.Decode(s.ask(http.MethodGet, path).Body)
	if err != nil {
		t.Fatal(err)
	}
	colours, ok := drawn.ColorModel().(color.Palette)
	if !ok {
		t.Fatalf("colour model %T", drawn.ColorModel())
	}
	has := map[string]bool{}
	for _, c := range colours {
		r, g, b, _ := c.RGBA()
		has[fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)] = true
	}
	css := assets.Style("css/site.css").Text
	for _, name := range []string{"paper", "ink", "marker"} {
		want := regexp.MustCompile(`--` + name + `:var\(--light, (#\w{6})`).FindStringSubmatch(css)
		if want == nil || !has[want[1]] {
			t.Errorf("the picture has no %s, %v", name, want)
		}
	}
}

// A title with holes says less than the site's own picture.
func TestTitleThatCannotBeDrawn(t *testing.T) {
	for title, own := range map[string]bool{"什么是细胞？": false, "ما هي الخلية؟": false, "What does 水 mean?": false, "Что такое клетка?": true, "$x^2$?": true} {
		s := newSite(t, nil, contenttest.Post{Path: cell, Title: title})
		s.load()
		if path, _ := s.picture(cell); strings.HasPrefix(path, "/og/") != own {
			t.Errorf("the picture of %q is %s", title, path)
		}
	}
}
