package content_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"quicktakes/content"
)

// Nobody writes to the pipe: opening it would block forever.
func TestRedirectsInAPipe(t *testing.T) {
	folder := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(folder, content.RedirectsFile), 0o600); err != nil {
		t.Fatal(err)
	}
	_, _, err := content.Redirects(os.DirFS(folder))
	if err == nil || err.Error() != "_redirects: read: not a regular file" {
		t.Errorf("the error is %v", err)
	}
}
