package answer

import (
	"testing"

	"github.com/alecthomas/chroma/v2/lexers"
)

// TestLanguages checks that chroma has each lexer that languages name: code in a language
// with an unknown lexer would make loading panic.
func TestLanguages(t *testing.T) {
	for name, l := range languages {
		if l.lexer != "" && lexers.Get(l.lexer) == nil {
			t.Errorf("%s: chroma has no lexer %q", name, l.lexer)
		}
	}
}
