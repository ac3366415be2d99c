// Package contenttest makes folders of posts for tests.
package contenttest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"quicktakes/content"
)

// Post is a post to be written. Fields that are empty are filled in from Path.
type Post struct {
	Path    string
	ID      int
	Date    string // 2025-01-31 if empty
	Title   string
	Answer  string
	Subject string
	// Keywords are separated by commas; the post's slug and "school" if empty.
	Keywords string
	Fields   []string // more lines of front matter
}

// Text returns the text of the post's file.
func (p Post) Text() string {
	slug, subject := content.SlugOf(p.Path), content.SubjectSlugOf(p.Path)
	fill := func(field *string, value string) {
		if *field == "" {
			*field = value
		}
	}
	fill(&p.Date, "2025-01-31")
	fill(&p.Title, "What is "+strings.ReplaceAll(slug, "-", " ")+"?")
	fill(&p.Answer, "The answer to "+slug+".")
	fill(&p.Subject, strings.ToUpper(subject[:1])+subject[1:])
	fill(&p.Keywords, slug+", school")
	return fmt.Sprintf(`---
id: %d
date: %s
date_format: MMM DD, YYYY
post_on_text: Posted on
title: >-
    %s
seo:
  title: QuickTakes | %s
  page_description: What there is to know about %s.
  page_keywords: "%s"
author: QuickTakes
answer: >-
    %s
subject: %s
file_name: %s.md
url: %s
%s
---

&nbsp;`, p.ID, p.Date, p.Title, p.Subject, slug, p.Keywords, p.Answer, p.Subject, slug, p.Path, strings.Join(p.Fields, "\n"))
}

// File returns the name of the post's file below the content folder.
func (p Post) File() string {
	parts := strings.Split(p.Path, "/")
	return filepath.Join("learn", parts[2], parts[4]+".md")
}

// Write writes posts into a content folder.
func Write(t testing.TB, folder string, posts ...Post) {
	t.Helper()
	for _, post := range posts {
		WriteFile(t, folder, post.File(), post.Text())
	}
}

// WriteFile writes a file below a content folder.
func WriteFile(t testing.TB, folder, name, text string) {
	t.Helper()
	file := filepath.Join(folder, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	// A server that watches the folder must not read a half-written file.
	if err := os.WriteFile(file+".new", []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(file+".new", file); err != nil {
		t.Fatal(err)
	}
}

// Folder returns a new content folder that holds posts.
func Folder(t testing.TB, posts ...Post) string {
	t.Helper()
	folder := t.TempDir()
	Write(t, folder, posts...)
	return folder
}

// Related returns a related_article field.
func Related(number int, path string) string {
	return fmt.Sprintf("related_article%d: {id: 1, title: Related, subject: Related, url: %s}", number, path)
}
