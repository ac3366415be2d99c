package views_test

import (
	"io"
	"strings"
	"testing"

	"quicktakes/views"
)

// BenchmarkQuestionPage renders a page with an answer of typical length.
func BenchmarkQuestionPage(b *testing.B) {
	page := osmosis()
	page.Rendered.Answer.HTML = strings.Repeat("<p>Water moves through the membrane until both sides hold as much.</p>", 40)
	b.ReportAllocs()
	for b.Loop() {
		if err := views.Document(site, page).Render(b.Context(), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
