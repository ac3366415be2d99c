package views

import "quicktakes/content"

// group is a run of a list's items that have something in common.
type group[T any] struct {
	Key   string // what they have in common
	Items []T
}

// groups returns the items by key, in the order that they have.
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

// months returns questions by month, such as "m2025-01".
func months(questions []content.Link) []group[content.Link] {
	return groups(questions, func(q content.Link) string { return "m" + q.Date.Format("2006-01") })
}
