package answer

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// shown writes what scan makes of raw: real line breaks, I[…] for a formula in a
// line and D[…] for one on its own.
func shown(raw string) string {
	s := scan(raw)
	return expandPlaceholders(s.markdown, func(i int) string {
		f := s.formulas[i]
		if f.Display {
			return "D[" + f.Source + "]"
		}
		return "I[" + f.Source + "]"
	})
}

func TestScanVectors(t *testing.T) {
	file, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct{ Name, Raw, Want string }
	if err := json.Unmarshal(file, &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors) < 83 {
		t.Fatalf("%d vectors, want at least 83", len(vectors))
	}
	for _, v := range vectors {
		if got := strings.TrimSpace(shown(v.Raw)); got != v.Want {
			t.Errorf("%s:\n%q\n got %q\nwant %q", v.Name, v.Raw, got, v.Want)
		}
	}
}
