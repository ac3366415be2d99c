package views

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"

	"quicktakes/content"
)

// DefaultTitleTemplate is the default template for the title element of a question page.
const DefaultTitleTemplate = "{title} | {seo.title}"

// TitleFields lists the fields of a title template: {site} is the site's name, the
// others come from the post.
const TitleFields = ownTitleFields + ", {seo.title}, {subject}, {site}"

// ownTitleFields are the fields that differ from post to post.
const ownTitleFields = "{title}, {question}, {article_title}"

// titleField matches anything that looks like a field of a title template.
var titleField = regexp.MustCompile(`\{[^{}]*\}`)

// CheckTitleTemplate returns an error if a template has a field that is not one of
// TitleFields, or would give many pages the same title.
func CheckTitleTemplate(template string) error {
	isOwn := false
	for _, field := range titleField.FindAllString(template, -1) {
		if !strings.Contains(TitleFields, field) {
			return fmt.Errorf("unknown field %s: want one of %s", field, TitleFields)
		}
		isOwn = isOwn || strings.Contains(ownTitleFields, field)
	}
	if !isOwn {
		return fmt.Errorf("it needs one of %s, or many pages would share a title", ownTitleFields)
	}
	return nil
}

// title returns the text of the title element, made from the site's template.
func (p QuestionPage) title(site Site) string {
	return content.FoldSpace(strings.NewReplacer(
		"{title}", p.Rendered.Title.Text,
		"{question}", p.Rendered.Question.Text,
		"{article_title}", p.Post.ArticleTitle,
		"{seo.title}", cmp.Or(p.Post.SEO.Title, site.Name),
		"{subject}", p.Post.Subject,
		"{site}", site.Name,
	).Replace(cmp.Or(site.TitleTemplate, DefaultTitleTemplate)))
}
