package web

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"time"

	"github.com/labstack/echo/v4"

	"quicktakes/content"
	"quicktakes/content/answer"
	"quicktakes/db"
)

// atomFeed is an Atom feed (https://www.rfc-editor.org/rfc/rfc4287).
type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle"`
	Updated  time.Time   `xml:"updated"`
	Author   atomAuthor  `xml:"author"`
	Icon     string      `xml:"icon"`
	Links    []atomLink  `xml:"link"`
	Entries  []atomEntry `xml:"entry"`
}

type atomEntry struct {
	Language  string       `xml:"xml:lang,attr,omitempty"` // if it is known not to be the site's
	ID        string       `xml:"id"`
	Title     string       `xml:"title"`
	Published time.Time    `xml:"published"`
	Updated   time.Time    `xml:"updated"`
	Author    *atomAuthor  `xml:"author"` // nil if it is the feed's
	Link      atomLink     `xml:"link"`
	Category  atomCategory `xml:"category"`
	Summary   string       `xml:"summary"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Relation string `xml:"rel,attr"`
	Type     string `xml:"type,attr"`
	Address  string `xml:"href,attr"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

const (
	contentTypeAtom     = "application/atom+xml"
	contentTypeJSONFeed = "application/feed+json"
)

// feedDescription says what is in a feed, below its title.
const feedDescription = "The newest questions, each with a short summary of its answer."

// feedIcon is the path of the picture that stands for the site in a list of feeds.
const feedIcon = "/icon-512.png"

func (s *Server) siteFeedTitle() string { return s.Site.Name + ": newest questions" }

// feed serves GET /feed.xml: the newest questions of the site.
func (s *Server) feed(c echo.Context) error {
	entries, err := s.Store.Newest(c.Request().Context(), s.CanonicalDuplicates)
	if err != nil {
		return err
	}
	return s.sendAtom(c, s.siteFeedTitle(), "/", entries)
}

// subjectFeed serves GET /learn/:subject/feed.xml: the newest questions of a subject.
func (s *Server) subjectFeed(c echo.Context) error {
	subject, entries, err := s.Store.NewestOf(c.Request().Context(), c.Param("subject"), s.CanonicalDuplicates)
	if err != nil {
		return err
	}
	return s.sendAtom(c, s.siteFeedTitle()+" in "+subject.Name, subject.Path(), entries)
}

// sendAtom answers with a feed of the newest questions of the page at path.
func (s *Server) sendAtom(c echo.Context, title, path string, entries []db.FeedEntry) error {
	self := s.Site.BaseURL + c.Request().URL.Path
	feed := atomFeed{
		ID:       self,
		Title:    title,
		Subtitle: feedDescription,
		Updated:  time.Unix(0, changedAt(c)).UTC(),
		Author:   atomAuthor{s.Site.Name},
		Icon:     s.Site.BaseURL + feedIcon,
		Links:    []atomLink{{"self", contentTypeAtom, self}, {"alternate", "text/html", s.Site.BaseURL + path}},
	}
	for i, entry := range entries {
		if i == 0 || entry.Modified.After(feed.Updated) {
			feed.Updated = entry.Modified
		}
		address := s.Site.BaseURL + entry.Path
		summary := answer.Summary(entry.Text, summaryLength)
		item := atomEntry{
			Language:  languageOf(entry.Title, summary),
			ID:        address,
			Title:     entry.Title,
			Published: entry.Date,
			Updated:   entry.Modified,
			Link:      atomLink{"alternate", "text/html", address},
			Category:  atomCategory{entry.Subject},
			Summary:   summary,
		}
		if entry.Author != "" {
			item.Author = &atomAuthor{entry.Author}
		}
		feed.Entries = append(feed.Entries, item)
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := xml.NewEncoder(&b).Encode(feed); err != nil {
		return err
	}
	return s.respond(c, static(contentTypeAtom+"; charset=utf-8", b.Bytes()), nil)
}

// languageOf returns the language of a feed's entry as content.DirAndLang does: "" if it is
// in Latin letters.
func languageOf(title, summary string) string {
	_, language := content.DirAndLang(title + " " + summary)
	return language
}

// jsonFeed is a JSON Feed (https://www.jsonfeed.org/version/1.1/).
type jsonFeed struct {
	Version     string           `json:"version"`
	Title       string           `json:"title"`
	Description string           `json:"description"`
	Home        string           `json:"home_page_url"`
	Self        string           `json:"feed_url"`
	Icon        string           `json:"icon"`
	Language    string           `json:"language"`
	Authors     []jsonFeedAuthor `json:"authors"`
	Items       []jsonFeedItem   `json:"items"`
}

type jsonFeedAuthor struct {
	Name string `json:"name"`
}

type jsonFeedItem struct {
	ID        string           `json:"id"`
	Address   string           `json:"url"`
	Title     string           `json:"title"`
	Text      string           `json:"content_text"`
	Image     string           `json:"image,omitempty"` // none if the title cannot be drawn
	Published time.Time        `json:"date_published"`
	Modified  time.Time        `json:"date_modified"`
	Authors   []jsonFeedAuthor `json:"authors,omitempty"` // none if they are the feed's
	Tags      []string         `json:"tags"`
	Language  string           `json:"language,omitempty"` // if it is known not to be the site's
}

// feedJSON serves GET /feed.json: what /feed.xml holds.
func (s *Server) feedJSON(c echo.Context) error {
	entries, err := s.Store.Newest(c.Request().Context(), s.CanonicalDuplicates)
	if err != nil {
		return err
	}
	feed := jsonFeed{
		Version:     "https://jsonfeed.org/version/1.1",
		Title:       s.siteFeedTitle(),
		Description: feedDescription,
		Home:        s.Site.BaseURL + "/",
		Self:        s.Site.BaseURL + c.Request().URL.Path,
		Icon:        s.Site.BaseURL + feedIcon,
		Language:    "en",
		Authors:     []jsonFeedAuthor{{s.Site.Name}},
		Items:       []jsonFeedItem{},
	}
	for _, entry := range entries {
		address := s.Site.BaseURL + entry.Path
		summary := answer.Summary(entry.Text, summaryLength)
		item := jsonFeedItem{
			ID:        address,
			Address:   address,
			Title:     entry.Title,
			Text:      summary,
			Published: entry.Date,
			Modified:  entry.Modified,
			Tags:      []string{entry.Subject},
			Language:  languageOf(entry.Title, summary),
		}
		if picture := s.picturePath(entry.Path, answer.Title{HTML: entry.TitleHTML, Text: entry.Title}, entry.Subject); picture != "" {
			item.Image = s.Site.BaseURL + picture
		}
		if entry.Author != "" {
			item.Authors = []jsonFeedAuthor{{entry.Author}}
		}
		feed.Items = append(feed.Items, item)
	}
	data, err := json.Marshal(feed)
	return s.respond(c, static(contentTypeJSONFeed+"; charset=utf-8", data), err)
}
