package db_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quicktakes/db"
)

// openSearches opens a file of searches with a clock that shows *now.
func openSearches(t *testing.T, file string, now *time.Time) *db.Searches {
	t.Helper()
	searches, err := db.OpenSearches(t.Context(), file, func() time.Time { return *now })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { searches.Close() })
	return searches
}

// listed writes the searches that wait, and returns all.
func listed(t *testing.T, searches *db.Searches) []db.CountedQuery {
	t.Helper()
	if err := searches.Write(t.Context()); err != nil {
		t.Fatal(err)
	}
	list, err := searches.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return list
}

var (
	firstDay  = time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	secondDay = firstDay.AddDate(0, 0, 1)
)

func TestSearchesMostWantedFirst(t *testing.T) {
	now := firstDay.Add(23 * time.Hour)
	file := filepath.Join(t.TempDir(), "new", "searches.db")
	searches := openSearches(t, file, &now)
	searches.Count("osmosis", 3)
	searches.Count("Krebs cycle", 0)
	searches.Count("krebs  Cycle?", 0)
	now = now.Add(2 * time.Hour)
	searches.Count("krebs cycle", 1)
	searches.Count("?!", 0)
	want := []db.CountedQuery{
		{Query: "krebs cycle", Times: 3, Last: secondDay, Results: 1},
		{Query: "osmosis", Times: 1, Last: firstDay, Results: 3},
	}
	if diff := cmp.Diff(want, listed(t, searches)); diff != "" {
		t.Errorf("searches (-want +got):\n%s", diff)
	}
	if all, failed := searches.Totals(); all != 5 || failed != 3 {
		t.Errorf("totals are %d, %d, want 5, 3", all, failed)
	}
	if err := searches.Close(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, listed(t, openSearches(t, file, &now))); diff != "" {
		t.Errorf("searches after reopening (-want +got):\n%s", diff)
	}
}

func TestSearchesKeepNothingPersonal(t *testing.T) {
	now := firstDay
	for query, want := range map[string]string{
		"photosynthesis":                 "photosynthesis",
		"who ruled in 1066":              "who ruled in 1066",
		"@media in css":                  "media in css",
		"what is 1/2 + 3/4":              "what is 1 2 3 4",
		"jo@example.org":                 "",
		"write to jo＠example.org please": "",
		"+49 (0)171 123-4567":            "",
		"call 555.123.4567 now":          "",
		"１２３４５６７":                        "",
		"4111111111111111":               "",
		"https://example.org/?key=abc":   "",
		"\xff\x00' OR NEAR(":             "or near",
		strings.Repeat("x", 10_000):      "",
		strings.Repeat("word ", 10_000):  strings.TrimSpace(strings.Repeat("word ", 20)),
		strings.Repeat("é", 10_000):      "",
	} {
		searches := openSearches(t, filepath.Join(t.TempDir(), "searches.db"), &now)
		searches.Count(query, 0)
		var got []string
		for _, search := range listed(t, searches) {
			got = append(got, search.Query)
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%.40q is kept as %q, want %q", query, got, want)
		}
		if all, failed := searches.Totals(); all != 1 || failed != 1 {
			t.Errorf("%.40q: totals are %d, %d", query, all, failed)
		}
	}
}

func TestSearchesAreBounded(t *testing.T) {
	now := firstDay
	searches := openSearches(t, filepath.Join(t.TempDir(), "searches.db"), &now)
	for i := range 5000 {
		searches.Count(fmt.Sprintf("rare %d", i), 1)
	}
	searches.Count("rare 1", 1)
	list := listed(t, searches)
	if len(list) != 1000 || list[0].Query != "rare 1" || list[0].Times != 2 {
		t.Errorf("%d searches wait to be written, %+v first", len(list), list[0])
	}
	for i := range 101 {
		now = now.Add(time.Minute)
		for j := range 1000 {
			searches.Count(fmt.Sprintf("rare %d", 1000*i+j), 1)
		}
		if err := searches.Write(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	list = listed(t, searches)
	if len(list) != 100_000 || list[0].Query != "rare 1" || list[0].Times != 3 {
		t.Errorf("%d searches are kept, %+v first", len(list), list[0])
	}
	now = firstDay.AddDate(0, 0, db.SearchDays)
	searches.Count("late", 1)
	if list = listed(t, searches); len(list) != 1 {
		t.Errorf("after %d days %d searches are kept", db.SearchDays, len(list))
	}
}

func TestSearchesLeaveOtherFilesAlone(t *testing.T) {
	library := loaded(t, postA)
	text := filepath.Join(t.TempDir(), "notes.txt")
	if err := os.WriteFile(text, []byte("These are notes, not searches."), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{library.file, text, t.TempDir()} {
		before, _ := os.ReadFile(file)
		searches, err := db.OpenSearches(t.Context(), file, time.Now)
		if err == nil || !strings.Contains(err.Error(), file) {
			t.Errorf("%s opened: %v, %v", file, searches, err)
		}
		if after, _ := os.ReadFile(file); string(after) != string(before) {
			t.Errorf("%s has changed", file)
		}
	}
}

// What cannot be written waits until it can be.
func TestSearchesWaitForTheirFile(t *testing.T) {
	now := firstDay
	searches := openSearches(t, filepath.Join(t.TempDir(), "searches.db"), &now)
	searches.Count("osmosis", 1)
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if err := searches.Write(cancelled); err == nil {
		t.Fatal("written although it could not be")
	}
	searches.Count("osmosis", 1)
	if list := listed(t, searches); len(list) != 1 || list[0].Times != 2 {
		t.Errorf("searches are %+v", list)
	}
}

// Searches counted while a write fails are newer than those that it was to write.
func TestFailedWriteKeepsNewerResults(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var duringWrite func()
	clock := func() time.Time {
		if during := duringWrite; during != nil {
			duringWrite = nil
			during()
		}
		return firstDay
	}
	searches, err := db.OpenSearches(ctx, filepath.Join(t.TempDir(), "searches.db"), clock)
	mustDo(t, err)
	defer searches.Close()
	searches.Count("osmosis", 0)
	duringWrite = func() {
		searches.Count("osmosis", 7)
		cancel()
	}
	if err := searches.Write(ctx); err == nil {
		t.Fatal("written although it could not be")
	}
	want := []db.CountedQuery{{Query: "osmosis", Times: 2, Last: firstDay, Results: 7}}
	if diff := cmp.Diff(want, listed(t, searches)); diff != "" {
		t.Errorf("searches (-want +got):\n%s", diff)
	}
}

func TestNoSearches(t *testing.T) {
	var searches *db.Searches
	searches.Count("osmosis", 0)
	if all, failed := searches.Totals(); all != 0 || failed != 0 {
		t.Errorf("totals are %d, %d", all, failed)
	}
	if list := listed(t, searches); len(list) != 0 {
		t.Errorf("searches are %+v", list)
	}
	if err := searches.Close(); err != nil {
		t.Error(err)
	}
}
