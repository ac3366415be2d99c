package views_test

import (
	"bytes"
	"go/format"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/a-h/templ/generator"
	"github.com/a-h/templ/parser/v2"
)

// The generated files are committed with their sources. This test fails if one differs
// from what go generate would make.
func TestGenerated(t *testing.T) {
	sources, err := filepath.Glob("*.templ")
	if err != nil || len(sources) == 0 {
		t.Fatalf("sources = %q, %v", sources, err)
	}
	generated, err := filepath.Glob("*_templ.go")
	if err != nil || len(generated) != len(sources) {
		t.Errorf("%d generated files for %d sources (%v)", len(generated), len(sources), err)
	}
	for _, source := range sources {
		t.Run(source, func(t *testing.T) {
			file, err := parser.Parse(source)
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if _, err := generator.Generate(file, &b, generator.WithFileName(source)); err != nil {
				t.Fatal(err)
			}
			want, err := format.Source(b.Bytes())
			if err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(strings.TrimSuffix(source, ".templ") + "_templ.go")
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Error("is stale: run go generate ./views")
			}
		})
	}
}
