package views

import (
	"time"

	"quicktakes/content"
)

// HomePage is the site's first page.
type HomePage struct {
	Subjects []content.Subject // by name
	Newest   []content.Link    // newest first
	Posts    int               // number of listed posts in the library
}

// LearnPage lists all subjects.
type LearnPage struct {
	Subjects []content.Subject // by name
}

// SubjectPage lists one page of a subject's questions.
type SubjectPage struct {
	Subject   content.Subject
	Questions []content.Link // newest first
	Page      int            // from 1
	Pages     int
}

// QuestionPage shows a question and its answer.
type QuestionPage struct {
	Post           *content.Post
	Rendered       *content.Rendered
	Subject        content.Subject // its name may be spelt unlike Post.Subject
	Canonical      string          // path of the primary among posts with the same question and answer
	Modified       time.Time       // when the post's content last changed, never before Post.Date
	Related        []content.Link
	AlsoIn         []content.Link // the same question and answer under other subjects
	Previous, Next *content.Link  // neighbours in the subject, nil at its ends; next is the older one
}

// ErrorPage says what went wrong and offers ways on.
type ErrorPage struct {
	Status      int            // HTTP status: 400, 404, 405, 410, 500 or 503
	Suggestions []content.Link // questions that the reader may have meant
}
