package content_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"quicktakes/content"
)

// redirectsFolder is a content folder that holds only _redirects.
func redirectsFolder(text string) fstest.MapFS {
	return fstest.MapFS{content.RedirectsFile: {Data: []byte(text)}}
}

func TestRedirects(t *testing.T) {
	for _, test := range []struct {
		line string
		want content.Redirect
	}{
		{"/a /b", content.Redirect{From: "/a", To: "/b", Status: 301}},
		{"/a /b 308", content.Redirect{From: "/a", To: "/b", Status: 308}},
		{"  /a\t/b  301  # moved in May", content.Redirect{From: "/a", To: "/b", Status: 301}},
		{"/A/ /b?x=1#y", content.Redirect{From: "/a", To: "/b?x=1#y", Status: 301}},
		{"/old/* /new/:splat", content.Redirect{From: "/old/", Prefix: true, To: "/new/:splat", Status: 301}},
		{"/old* /new", content.Redirect{From: "/old", Prefix: true, To: "/new", Status: 301}},
		{"/* /", content.Redirect{From: "/", Prefix: true, To: "/", Status: 301}},
		{"/a /B//c/?X=1", content.Redirect{From: "/a", To: "/b/c?X=1", Status: 301}},
		{"/caf%C3%A9/100%25 /topics/Caf%C3%A9?q=%25", content.Redirect{From: "/café/100%", To: "/topics/café?q=%25", Status: 301}},
		{"/gone 410", content.Redirect{From: "/gone", Status: 410}},
		{"/gone / 410", content.Redirect{From: "/gone", Status: 410}},
		{"/gone/* 410", content.Redirect{From: "/gone/", Prefix: true, Status: 410}},
	} {
		redirects, problems, _ := content.Redirects(redirectsFolder("# first\n\n" + test.line + "\n"))
		if len(problems) > 0 {
			t.Errorf("%q: %v", test.line, problems)
			continue
		}
		test.want.Line = 3
		if diff := cmp.Diff([]content.Redirect{test.want}, redirects); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.line, diff)
		}
	}
}

func TestRedirectsRefuses(t *testing.T) {
	for _, test := range []struct{ line, want string }{
		{"/a", "want: from to [status]"},
		{"/a /b /c", "want: from to [status]"},
		{"/a /b 302", "status 302 is not 301, 308 or 410"},
		{"/a /b 200", "status 200 is not 301, 308 or 410"},
		{"a /b", `"a" is not a path that begins with / and has no :, ? or #, and * only at its end`},
		{"/a/*/b /c", `"/a/*/b" is not a path that begins with / and has no :, ? or #, and * only at its end`},
		{"/a/:id /b", `"/a/:id" is not a path that begins with / and has no :, ? or #, and * only at its end`},
		{"/100%-sure /b", `"/100%-sure": invalid URL escape "%-s" (write %25 for %)`},
		{"/a /b%3Fc", `"/b%3Fc" has an escaped ? or # in its path, but no page does`},
		{"/a b", `"b" is not a path on this site`},
		{"/a //evil.example", `"//evil.example" is not a path on this site`},
		{`/a /\evil.example`, `"/\\evil.example" is not a path on this site`},
		{"/a https://evil.example/", `"https://evil.example/" is not a path on this site`},
		{"/a /b/:splat", `"/b/:splat" has :splat, but from has no *`},
	} {
		redirects, problems, _ := content.Redirects(redirectsFolder("/good /better\n" + test.line + "\n"))
		if len(redirects) != 1 {
			t.Errorf("%q: %d good lines, want the first", test.line, len(redirects))
		}
		if len(problems) != 1 || problems[0].Error() != "_redirects:2: "+test.want {
			t.Errorf("%q: %v, want %s", test.line, problems, test.want)
		}
	}
}

func TestRedirectsReportsEachBadLine(t *testing.T) {
	redirects, problems, err := content.Redirects(redirectsFolder("/a\n/good /better\n/b\n/" + strings.Repeat("c", content.MaxSize) + " /d\n/e /f"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, problem := range problems {
		got = append(got, problem.Error())
	}
	want := []string{"_redirects:1: want: from to [status]", "_redirects:3: want: from to [status]", "_redirects:4: longer than the 1048576 bytes that a line may have"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	good := []content.Redirect{{Line: 2, From: "/good", To: "/better", Status: 301}, {Line: 5, From: "/e", To: "/f", Status: 301}}
	if diff := cmp.Diff(good, redirects); diff != "" {
		t.Errorf("redirects (-want +got):\n%s", diff)
	}
}

func TestRedirectsAfterAByteOrderMark(t *testing.T) {
	redirects, problems, err := content.Redirects(redirectsFolder("\ufeff/a /b\r\n"))
	if len(redirects) != 1 || redirects[0].From != "/a" || len(problems) != 0 || err != nil {
		t.Errorf("Redirects = %v, %v, %v, want /a", redirects, problems, err)
	}
}

// The beginning of a file that is too large must not be taken for the whole file.
func TestRedirectsRefusesALargeFile(t *testing.T) {
	redirects, problems, err := content.Redirects(redirectsFolder("/a /b\n" + strings.Repeat("\n", 64<<20)))
	if len(redirects) != 0 || len(problems) != 0 || err == nil || err.Error() != "_redirects: larger than the 67108864 bytes that it may have" {
		t.Errorf("Redirects = %v, %v, %v, want that the file is too large", redirects, problems, err)
	}
}

func TestRedirectsWithoutFile(t *testing.T) {
	redirects, problems, err := content.Redirects(fstest.MapFS{})
	if len(redirects) != 0 || len(problems) != 0 || err != nil {
		t.Errorf("Redirects = %v, %v, %v, want nothing", redirects, problems, err)
	}
}

func FuzzRedirects(f *testing.F) {
	f.Add("/old/* /new/:splat 308")
	f.Add("/gone 410 # why")
	f.Fuzz(func(t *testing.T, text string) {
		redirects, _, _ := content.Redirects(redirectsFolder(text))
		for _, r := range redirects {
			if r.Status != 410 && (!strings.HasPrefix(r.To, "/") || strings.HasPrefix(r.To, "//")) {
				t.Errorf("%q leads to another host: %+v", text, r)
			}
		}
	})
}
