package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"text/tabwriter"
	"time"

	"quicktakes/db"
)

// searches lists on stdout what people searched for.
func (p *program) searches(ctx context.Context) (err error) {
	if p.config.searches == "" {
		return errors.New("--searches is off: no searches are counted")
	}
	if _, err := os.Stat(p.config.searches); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("no searches were counted yet: %w", err)
	} else if err != nil {
		return fmt.Errorf("--searches: %w", err)
	}
	searches, err := db.OpenSearches(ctx, p.config.searches, time.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, searches.Close()) }()
	list, err := searches.List(ctx)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "TIMES\tRESULTS\tLAST\tSEARCHED FOR IN %d DAYS\n", db.SearchDays)
	for _, search := range list {
		results := "none"
		if search.Results > 0 {
			results = strconv.Itoa(search.Results)
		}
		fmt.Fprintf(table, "%d\t%s\t%s\t%s\n", search.Times, results, search.Last.Format(time.DateOnly), search.Query)
	}
	return table.Flush()
}

// searchInterval is the longest time until a search is written to its file.
const searchInterval = 5 * time.Second

// openSearches opens the file that counts searches. It returns nil if --searches is off or the
// file cannot be opened: the site works without it.
func (p *program) openSearches(ctx context.Context) *db.Searches {
	if p.config.searches == "" {
		return nil
	}
	searches, err := db.OpenSearches(ctx, p.config.searches, time.Now)
	if err != nil {
		p.log.Error("searches are not counted: name another file with --searches, or turn it off", "error", err)
	}
	return searches
}
