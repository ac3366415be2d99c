package db

import "quicktakes/content"

// linkColumns are what scanLink reads of a post p. Its subject has the name that most
// posts give it.
var linkColumns = linkColumnsNaming(subjectNameColumn)

// linkColumnsNaming are the same with another expression for the subject's name.
func linkColumnsNaming(subjectName string) string {
	return `p.path, p.title_text, p.title_html, ` + subjectName + `, p.date`
}

// subjectNameColumn is the name that most posts give the subject of a post p.
const subjectNameColumn = `(SELECT name FROM subject_names WHERE subject = p.subject ORDER BY posts DESC, name LIMIT 1)`

func scanLink(row scanner) (content.Link, error) {
	var link content.Link
	err := scanLinkAnd(row, &link)
	return link, err
}

// scanLinkAnd reads linkColumns and the columns after them.
func scanLinkAnd(row scanner, link *content.Link, more ...any) error {
	var date int64
	err := row.Scan(append([]any{&link.Path, &link.Title, &link.TitleHTML, &link.Subject, &date}, more...)...)
	link.Date = fromUnix(date)
	return err
}
