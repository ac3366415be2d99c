package answer_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"

	"quicktakes/content/answer"
)

// TestVersion checks that Version changes with what is rendered: it begins with
// the first characters of a hash of it.
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
