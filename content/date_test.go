package content_test

import (
	"testing"
	"time"

	"quicktakes/content"
)

func TestFormatDate(t *testing.T) {
	afternoon := time.Date(2025, time.January, 31, 15, 4, 0, 0, time.UTC)
	morning := time.Date(2024, time.December, 1, 9, 30, 0, 0, time.UTC)
	for _, test := range []struct {
		date   time.Time
		format string
		want   string
	}{
		{afternoon, "MMM DD, YYYY", "Jan 31, 2025"},
		{morning, "MMM DD, YYYY", "Dec 01, 2024"},
		{morning, "D MMMM YY", "1 December 24"},
		{morning, "MM/D/YYYY", "12/1/2024"},
		{afternoon, "M.D.YY", "1.31.25"},
		{afternoon, "dddd, Do MMM", "Friday, 31st Jan"},
		{morning, "ddd Do", "Sun 1st"},
		{time.Date(2025, 3, 2, 0, 0, 0, 0, time.UTC), "Do", "2nd"},
		{time.Date(2025, 3, 3, 0, 0, 0, 0, time.UTC), "Do", "3rd"},
		{time.Date(2025, 3, 12, 0, 0, 0, 0, time.UTC), "Do", "12th"},
		{time.Date(2025, 3, 22, 0, 0, 0, 0, time.UTC), "Do", "22nd"},
		{afternoon, "HH:mm A", "15:04 PM"},
		{morning, "HH:mm A", "09:30 AM"},
		{afternoon, "[Day] D [of] MMMM", "Day 31 of January"},
		{afternoon, "[open YYYY", "[open 2025"},
		{afternoon, "[] YYYY", " 2025"},
		{afternoon, "]YYYY", "]2025"},
		{afternoon, "", ""},
		{afternoon, "YYYY年", "2025年"},
	} {
		if got := content.FormatDate(test.date, test.format); got != test.want {
			t.Errorf("FormatDate(%v, %q) = %q, want %q", test.date, test.format, got, test.want)
		}
	}
}

func FuzzFormatDate(f *testing.F) {
	f.Add("MMM DD, YYYY")
	f.Add("[literal")
	date := time.Date(2025, time.January, 31, 15, 4, 0, 0, time.UTC)
	f.Fuzz(func(_ *testing.T, format string) {
		content.FormatDate(date, format)
	})
}
