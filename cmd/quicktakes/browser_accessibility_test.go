//go:build browser

package main

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"
)

// These tests look at what a screen reader works from: the browser's accessibility tree.
func TestBrowserAccessibility(t *testing.T) {
	site := startSite(t, filepath.Join("..", "..", "content", "learn"))
	const question = "/learn/biology/questions/how-do-the-light-reactions-and-the-calvin-cycle-work-together-in-photosynthesis"

	t.Run("reads a question in order", func(t *testing.T) {
		want := []string{
			"link Skip to content",
			"banner",
			"link QuickTakes",
			"search",
			"combobox Search questions",
			"button Search",
			"navigation Site",
			"link Subjects",
			"link My questions",
			"button Theme",
			"main",
			"navigation Breadcrumb",
			"link Home",
			"link Subjects",
			"link Biology",
			"article",
			"heading 1 How do the light reactions and the Calvin cycle work together in photosynthesis?",
			"StaticText Posted on",
			"StaticText Feb 06, 2025",
			"StaticText By QuickTakes",
			"StaticText 1 min read",
			"navigation Contents",
			"DisclosureTriangle Contents",
			"link Side by side",
			"link The light reactions",
			"link The Calvin cycle",
			`link Why "dark reactions" is misleading`,
			"StaticText They form a loop. The",
			"heading 2 Side by side",
			"link Side by side",
			"heading 2 The light reactions",
			"link The light reactions",
			"heading 2 The Calvin cycle",
			"link The Calvin cycle",
			`heading 2 Why "dark reactions" is misleading`,
			`link Why "dark reactions" is misleading`,
			"region Topics",
			"heading 2 Topics",
			"link comparison",
			"region Use this page",
			"heading 2 Use this page",
			"button Save to My questions",
			"button Copy link",
			"link My questions",
			"DisclosureTriangle Cite this page",
			"region Related questions",
			"heading 2 Related questions",
			"navigation More in Biology",
			"heading 2 More in Biology",
			"link All 5 Biology questions",
			"contentinfo",
			"navigation Footer",
			"link Home",
			"link All topics",
			"link My questions",
			"button Keyboard shortcuts",
			"status", // it exists before its message: one added with its message may not be read out
		}
		visit(t, site, func(b *browser) {
			b.open(question)
			var got []string
			for _, node := range b.readAloud() {
				text := node.String()
				if text == "StaticText /" {
					t.Error("the separators of the breadcrumb are read")
				}
				if node.isLandmark() || node.role == "heading" || slices.Contains(want, text) {
					got = append(got, text)
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("the page is read as\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	})

	t.Run("names what there is and skips no heading", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			for _, path := range []string{"/", "/learn", "/learn/biology", "/learn/biology/flashcards", question, "/topics", "/topics/comparison", "/search?q=cell", "/saved", "/about", "/privacy", "/offline"} {
				b.open(path)
				level := 0
				seen := map[string]bool{}
				for _, node := range b.readAloud() {
					if node.name == "" && (node.isControl() || node.role == "navigation" || node.role == "region") {
						t.Errorf("%s: a %s has no name", path, node.role)
					}
					if node.isLandmark() && seen[node.String()] {
						t.Errorf("%s: there is another %s", path, node)
					}
					seen[node.String()] = true
					if node.role != "heading" {
						continue
					}
					if node.level > level+1 || node.level == 1 && level > 0 {
						t.Errorf("%s: %s follows one of level %d", path, node, level)
					}
					level = node.level
				}
				if level == 0 {
					t.Errorf("%s has no heading", path)
				}
			}
		})
	})
}

// spoken is a node of the accessibility tree, in Chromium's names for roles.
type spoken struct {
	role, name string
	level      int // of a heading
}

func (s spoken) String() string {
	if s.role == "heading" {
		return s.role + " " + strconv.Itoa(s.level) + " " + s.name
	}
	return strings.TrimSpace(s.role + " " + s.name)
}

func (s spoken) isLandmark() bool {
	return slices.Contains([]string{"banner", "search", "navigation", "main", "article", "region", "complementary", "form", "contentinfo"}, s.role)
}

func (s spoken) isControl() bool {
	return slices.Contains([]string{"link", "button", "combobox", "searchbox", "textbox", "checkbox", "radio", "DisclosureTriangle"}, s.role)
}

// readAloud returns what a screen reader finds on the page, in its order.
func (b *browser) readAloud() []spoken {
	b.t.Helper()
	tree, err := chromedp.Call(b.ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		b.t.Fatal(err)
	}
	nodes := map[accessibility.NodeID]*accessibility.Node{}
	for _, node := range tree.Nodes {
		nodes[node.NodeID] = node
	}
	var found []spoken
	var read func(node *accessibility.Node)
	read = func(node *accessibility.Node) {
		if !node.Ignored {
			found = append(found, b.speak(node))
		}
		for _, child := range node.ChildIDs {
			read(nodes[child])
		}
	}
	read(tree.Nodes[0])
	return found
}

// speak returns what is said of a node.
func (b *browser) speak(node *accessibility.Node) spoken {
	b.t.Helper()
	var s spoken
	decode := func(value *accessibility.Value, into any) {
		if value == nil {
			return
		}
		if err := json.Unmarshal(value.Value, into); err != nil {
			b.t.Fatal(err)
		}
	}
	decode(node.Role, &s.role)
	decode(node.Name, &s.name)
	for _, property := range node.Properties {
		if property.Name == accessibility.PropertyNameLevel && s.role == "heading" {
			decode(property.Value, &s.level)
		}
	}
	return s
}
