package views

import (
	"fmt"
	"regexp"
	"strings"

	"quicktakes/content"
)

// DefaultTitleTemplate makes the title element of a question page.
const DefaultTitleTemplate = "{title} | {seo.title}"

// TitleFields are what a title template can hold: of the post and, {site}, the site's name.
const TitleFields = ownTitleFields + ", {seo.title}, {subject}, {site}"

// ownTitleFields tell the posts apart.
const ownTitleFields = "{title}, {question}, {article_title}"

// titleField is what looks like a field in a title template.
var titleField = regexp.MustCompile(`\{[^{}]*\}`)

// CheckTitleTemplate returns an error for a template that holds other fields than
// TitleFields, or gives many pages one title.
func CheckTitleTemplate(template string) error {
	isOwn := false
	for _, field := range titleField.FindAllString(template, -1) {
		if !strings.Contains(TitleFields, field) {
			return fmt.Errorf("%s is none of %s", field, TitleFields)
		}
		isOwn = isOwn || strings.Contains(ownTitleFields, field)
	}
	if !isOwn {
		return fmt.Errorf("it needs one of %s: many pages would have one title", ownTitleFields)
	}
	return nil
}

// title returns the title element as the site's template says.
func (p QuestionPage) title(site Site) string {
	template := site.TitleTemplate
	if template == "" {
		template = DefaultTitleTemplate
	}
	seoTitle := p.Post.SEO.Title
	if seoTitle == "" {
		seoTitle = site.Name
	}
	return content.FoldSpace(strings.NewReplacer(
		"{title}", p.Rendered.Title.Text,
		"{question}", p.Rendered.Question.Text,
		"{article_title}", p.Post.ArticleTitle,
		"{seo.title}", seoTitle,
		"{subject}", p.Post.Subject,
		"{site}", site.Name,
	).Replace(template))
}
