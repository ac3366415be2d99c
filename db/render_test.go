package db

import (
	"strings"
	"testing"
)

func TestRenderThatPanicsIsAnError(t *testing.T) {
	if _, _, err := render(nil, nil); err == nil || !strings.HasPrefix(err.Error(), "render: ") {
		t.Errorf("render: %v", err)
	}
}
