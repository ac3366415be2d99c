package answer_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"

	"quicktakes/content/answer"
)

// TestVersion checks that Version changes when rendering does: it is the beginning of a hash of
// the rendered difficult posts.
func TestVersion(t *testing.T) {
	r := renderer()
	hash := sha256.New()
	for _, post := range difficultPosts(t) {
		got, err := r.Answer(post.raw)
		if err != nil {
			t.Fatal(err)
		}
		title, err := r.Title(post.raw)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(hash, "%+v %+v %s\n", *got, title, answer.Summary(got.Text, 160))
	}
	if want := hex.EncodeToString(hash.Sum(nil))[:12]; answer.Version != want {
		t.Errorf("rendering changed: set Version to %q", want)
	}
}
