package views

import (
	"fmt"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"quicktakes/content"
	"quicktakes/content/answer"
)

// FlashcardsPage shows one page of a subject's questions as flashcards.
type FlashcardsPage struct {
	Subject content.Subject
	Cards   []content.Flashcard // newest first
	Page    int                 // from 1
	Pages   int
}

// Meta returns what the head of the page says.
func (p FlashcardsPage) Meta(site Site) Meta {
	title := p.Subject.Name + " flashcards"
	place := pageOf(p.Page, p.Pages)
	path := pagePath(p.Subject.FlashcardsPath(), p.Page)
	return Meta{
		Title:       title + place + " | " + site.Name,
		Description: fmt.Sprintf("Flashcards for %s: %s with short answers to test yourself on%s.", p.Subject.Name, count(p.Subject.Count, "question"), place),
		Canonical:   path,
		Alternates:  []Alternate{subjectFeed(site, p.Subject)},
		Hue:         hue(p.Subject.Slug),
		Styles:      studyStyles,
		Script:      "study",
		ShowsMath:   slices.ContainsFunc(p.Cards, func(card content.Flashcard) bool { return holdsMath(card.TitleHTML) }),
		Graph: []Node{
			breadcrumbs(site, crumb{"Home", "/"}, crumb{"Subjects", "/learn"}, crumb{p.Subject.Name, p.Subject.Path()}, crumb{"Flashcards", p.Subject.FlashcardsPath()}),
			p.quiz(site, title+place, path),
		},
	}
}

// Main returns the content of the main element.
func (p FlashcardsPage) Main() templ.Component { return flashcards(p) }

// quiz returns the cards as structured data
// (https://developers.google.com/search/docs/appearance/structured-data/education-qa).
func (p FlashcardsPage) quiz(site Site, name, path string) Node {
	questions := make([]Node, len(p.Cards))
	for i, card := range p.Cards {
		questions[i] = Node{
			"@type":           "Question",
			"eduQuestionType": "Flashcard",
			"text":            card.Title,
			"url":             site.url(card.Path),
			"acceptedAnswer":  Node{"@type": "Answer", "text": cardAnswer(card)},
		}
	}
	return Node{
		"@type":      "Quiz",
		"name":       name,
		"url":        site.url(path),
		"inLanguage": "en",
		"about":      subjectNode(site, p.Subject),
		"educationalAlignment": []Node{
			{"@type": "AlignmentObject", "alignmentType": "educationalSubject", "targetName": p.Subject.Name},
		},
		"isAccessibleForFree": true,
		"hasPart":             questions,
	}
}

// maxCardAnswer is how many characters of an answer a card shows, not counting the
// names of list items.
const maxCardAnswer = 300

// cardAnswer returns the text on the back of a card.
func cardAnswer(card content.Flashcard) string {
	return answer.Outline(card.Answer, maxCardAnswer)
}

// CardSource returns an HTML link to a question, for its card in another program.
func CardSource(site Site, path string) string {
	return fmt.Sprintf(`<p><a href="%s">%s</a></p>`, templ.EscapeString(site.url(path)), templ.EscapeString(site.Name))
}

// CardFront returns a question as HTML for a card in another program, given what
// answer.MathJax makes of it.
func CardFront(html string, rendered *content.Rendered) string {
	return directed(html, prose(rendered.Question.HTML))
}

// CardBack does the same for the other side of the card.
func CardBack(html string, rendered *content.Rendered) string {
	return directed(html, prose(rendered.Answer.HTML))
}

// directed returns HTML in an element with the direction of its text, if that is from right to
// left. Code in it is from left to right.
func directed(html, text string) string {
	dir, _ := content.DirAndLang(text)
	if dir == "" {
		return html
	}
	return `<div dir="` + dir + `">` + leftToRight.Replace(html) + "</div>"
}

var leftToRight = strings.NewReplacer("<pre", `<pre dir="ltr"`, "<code", `<code dir="ltr"`)
