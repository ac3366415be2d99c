package views

import "quicktakes/content"

// group is a run of consecutive list items with the same key.
type group[T any] struct {
	Key   string // what the items have in common, such as a first letter
	Items []T
}

// groups splits items into runs with the same key, keeping their order.
func groups[T any](items []T, key func(T) string) []group[T] {
	var all []group[T]
	for _, item := range items {
		k := key(item)
		if len(all) == 0 || all[len(all)-1].Key != k {
			all = append(all, group[T]{Key: k})
		}
		last := &all[len(all)-1]
		last.Items = append(last.Items, item)
	}
	return all
}

// months groups questions by month, with keys such as "m2025-01".
func months(questions []content.Link) []group[content.Link] {
	return groups(questions, func(q content.Link) string { return "m" + q.Date.Format("2006-01") })
}

// letterID returns the id of a letter's heading.
func letterID(letter string) string { return "letter-" + letter }
