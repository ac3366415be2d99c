package main

import (
	"errors"
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/idna"

	"quicktakes/content"
	"quicktakes/views"
	"quicktakes/web"
)

// config holds all settings. Each comes from a flag or from the environment variable that
// is named QUICKTAKES_ and the flag; the flag takes precedence.
type config struct {
	content             string
	watch               bool
	database            string
	replica             bool   // something else keeps the database up to date
	searches            string // empty when they are not counted
	address             string
	adminAddress        string // empty when there is none
	accessLog           bool
	logFormat           string
	maxConnections      int
	searchRate          int    // searches per second and client; 0 means no limit
	plainAddress        string // of plain HTTP beside HTTPS; empty if there is none
	tlsCertificate      string // files; empty when certificates are fetched or not needed
	tlsKey              string
	tlsDomains          []string // to fetch certificates for
	tlsCache            string   // folder of fetched certificates
	baseURL             string
	host                string         // of --base-url, empty without one
	trustedProxies      []netip.Prefix // none when there is no proxy
	purgeURL            string         // empty when no cache is purged
	purgeToken          string
	siteName            string
	titleTemplate       string
	reportTo            string
	canonicalDuplicates bool
	cacheSize           int64  // in bytes
	indexNowKey         string // empty when nothing is announced
	indexNowEndpoint    string
	format              string // of export
	subject             string // slug of the subject to export; empty for all
	benchPosts          int
	benchDuration       time.Duration // of each kind of traffic
}

// errUsage marks mistakes in the command line or the environment.
var errUsage = errors.New("usage")

// usage is what --help says before the flags.
const usage = `usage: quicktakes [command] [flags]

commands:
  serve     load what changed and serve the site (the default)
  load      update the database from the posts and exit
  check     report what is wrong with the posts; exit 1 on errors
  export    write the questions to standard output (see --format and --subject)
  audit     report what would hurt the search ranking of a running site, given as
            in audit https://example.org (default: the one on --addr); exit 1 on
            errors
  searches  list what people searched for
  health    exit 0 if the server on --addr is ready
  version   print the version, the commit, and the versions of Go and SQLite
  bench     generate --posts posts, load and serve them, and report how fast

flags, each also an environment variable such as QUICKTAKES_BASE_URL:
`

// readConfig reads flags and environment. Help is written to output and returned as
// flag.ErrHelp; every other error wraps errUsage and names the flag or variable.
func readConfig(args []string, environment func(string) string, output io.Writer) (*config, error) {
	var c config
	flags := flag.NewFlagSet("quicktakes", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&c.content, "content", "", "`folder` of posts (default: the library built into the program)")
	flags.BoolVar(&c.watch, "watch", false, "bring in changed posts while serving")
	flags.StringVar(&c.database, "db", "", "database `file` (default: one in the user's cache folder, named for the content folder)")
	flags.BoolVar(&c.replica, "replica", false, "serve or export a database that another process keeps up to date; load nothing")
	flags.StringVar(&c.searches, "searches", "", "`file` that counts searches, or off (default: one beside the database)")
	flags.StringVar(&c.address, "addr", "localhost:8080", "`address` to serve on")
	flags.StringVar(&c.adminAddress, "admin-addr", "", "`address` to serve metrics and profiles on, for operators only (default: off)")
	flags.BoolVar(&c.accessLog, "access-log", false, "log each response")
	flags.StringVar(&c.logFormat, "log-format", logText, "`format` of log lines: text or json")
	flags.IntVar(&c.maxConnections, "max-connections", 4096, "largest `number` of connections to serve at once")
	flags.IntVar(&c.searchRate, "search-rate", 50, "`searches` per second that a client may make over time; 0 for no limit")
	flags.StringVar(&c.tlsCertificate, "tls-cert", "", "`file` with the certificate for HTTPS, read again when it changes")
	flags.StringVar(&c.tlsKey, "tls-key", "", "`file` with the key of the certificate")
	domains := flags.String("tls-domains", "", "`domains`, separated by commas, to serve over HTTPS with certificates from Let's Encrypt")
	flags.StringVar(&c.tlsCache, "tls-cache", "", "`folder` for fetched certificates (default: one in the user's cache folder)")
	flags.StringVar(&c.plainAddress, "http-addr", "", "`address` on which to redirect plain HTTP to HTTPS, such as :80")
	flags.StringVar(&c.baseURL, "base-url", "", "`origin` in canonical links and sitemaps (default: http:// and --addr)")
	proxies := flags.String("trusted-proxies", "", "`networks` of proxies whose X-Forwarded-For, -Host and -Proto headers are trusted, such as 10.0.0.0/8,::1 (default: none)")
	flags.StringVar(&c.purgeURL, "purge-url", "", "`address` at which a shared cache is told what changed after each load; QUICKTAKES_PURGE_TOKEN holds the token")
	flags.StringVar(&c.siteName, "site-name", "QuickTakes", "brand `name` of the site")
	flags.StringVar(&c.titleTemplate, "title-template", views.DefaultTitleTemplate, "`template` of the title of a question page, made of "+views.TitleFields)
	flags.StringVar(&c.reportTo, "report-to", "", "where readers report mistakes: a mailto: `address`, or an https address with {url} and optionally {title} in it")
	flags.BoolVar(&c.canonicalDuplicates, "canonical-duplicates", true, "point posts with the same question and answer at one of them")
	flags.StringVar(&c.indexNowKey, "indexnow-key", "", "`key` for announcing changed addresses to search engines with IndexNow (default: off)")
	flags.StringVar(&c.indexNowEndpoint, "indexnow-endpoint", defaultIndexNow, "`address` to announce them to")
	flags.StringVar(&c.format, "format", string(web.JSONLines), "`format` of export: jsonl, csv, excel (CSV that Excel opens as UTF-8) or anki")
	flags.StringVar(&c.subject, "subject", "", "`slug` of the subject to export (default: all)")
	flags.IntVar(&c.benchPosts, "posts", 10_000, "`number` of posts that bench generates")
	flags.DurationVar(&c.benchDuration, "duration", 5*time.Second, "`time` for which bench requests each kind of page")
	cacheMegabytes := flags.Int64("cache-size", defaultCacheSize(availableMemory())>>20, "`megabytes` of memory for finished pages")
	err := flags.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		var list strings.Builder
		flags.SetOutput(&list)
		flags.PrintDefaults()
		// Package flag writes one hyphen before each name.
		fmt.Fprint(output, usage, regexp.MustCompile(`(?m)^  -`).ReplaceAllString(list.String(), "  --"))
		return nil, err
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errUsage, err)
	}
	if flags.NArg() > 0 {
		return nil, fmt.Errorf("%w: unexpected argument %q%s", errUsage, flags.Arg(0), folderAdvice(flags.Arg(0)))
	}
	if err := readEnvironment(flags, environment); err != nil {
		return nil, err
	}
	if *cacheMegabytes < 0 || *cacheMegabytes > 1<<20 {
		return nil, fmt.Errorf("%w: --cache-size %d is not between 0 and 1048576 megabytes", errUsage, *cacheMegabytes)
	}
	c.cacheSize = *cacheMegabytes << 20
	if c.trustedProxies, err = parseNetworks(*proxies); err != nil {
		return nil, fmt.Errorf("%w: --trusted-proxies: %w", errUsage, err)
	}
	c.tlsDomains = splitList(*domains)
	c.purgeToken = environment("QUICKTAKES_PURGE_TOKEN") // not a flag: other users can see the command line
	if err := c.check(); err != nil {
		return nil, fmt.Errorf("%w: %w", errUsage, err)
	}
	return &c, nil
}

// readEnvironment sets the flags that are not on the command line from their variables.
func readEnvironment(flags *flag.FlagSet, environment func(string) string) error {
	given := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { given[f.Name] = true })
	var mistakes error
	flags.VisitAll(func(f *flag.Flag) {
		variable := "QUICKTAKES_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		value := environment(variable)
		if value == "" || given[f.Name] {
			return
		}
		if err := flags.Set(f.Name, value); err != nil {
			mistakes = errors.Join(mistakes, fmt.Errorf("%w: invalid value %q for %s: %w", errUsage, value, variable, err))
		}
	})
	return mistakes
}

// check refuses settings that make no sense, and sets those that follow from others.
func (c *config) check() error {
	if err := checkHostPort("--addr", c.address); err != nil {
		return err
	}
	if c.baseURL != "" {
		base, err := parseOrigin(c.baseURL)
		if err != nil {
			return fmt.Errorf("--base-url %w", err)
		}
		c.baseURL = base
		_, c.host, _ = strings.Cut(base, "://")
	}
	if c.benchPosts < 1 || c.benchPosts > 10_000_000 {
		return fmt.Errorf("--posts %d is not between 1 and 10,000,000", c.benchPosts)
	}
	if c.benchDuration < 100*time.Millisecond {
		return fmt.Errorf("--duration %s is too short to measure anything: use 100ms or more", c.benchDuration)
	}
	if err := c.checkIndexNow(); err != nil {
		return err
	}
	if c.replica && c.watch {
		return errors.New("--watch loads edits and --replica loads nothing: use one or the other")
	}
	if err := c.checkPurge(); err != nil {
		return err
	}
	if err := c.checkTLS(); err != nil {
		return err
	}
	if strings.TrimSpace(c.siteName) == "" {
		return errors.New("--site-name is empty")
	}
	if err := views.CheckTitleTemplate(c.titleTemplate); err != nil {
		return fmt.Errorf("--title-template %q: %w", c.titleTemplate, err)
	}
	if err := c.checkAdminAddress(); err != nil {
		return err
	}
	if c.logFormat != logText && c.logFormat != logJSON {
		return fmt.Errorf("--log-format %q is neither %s nor %s", c.logFormat, logText, logJSON)
	}
	if c.maxConnections < 1 {
		return fmt.Errorf("--max-connections %d is less than 1", c.maxConnections)
	}
	if c.searchRate < 0 {
		return fmt.Errorf("--search-rate %d is less than 0", c.searchRate)
	}
	if err := checkReportTo(c.reportTo); err != nil {
		return fmt.Errorf("--report-to %q is neither mailto:name@example.org nor like https://example.org/report?page={url}: %w", c.reportTo, err)
	}
	if !slices.Contains([]web.DumpFormat{web.JSONLines, web.CSV, web.Excel, web.Anki}, web.DumpFormat(c.format)) {
		return fmt.Errorf("--format %q is not jsonl, csv, excel or anki", c.format)
	}
	if c.watch && c.content == "" {
		return errors.New("--watch needs --content: the library built into the program never changes")
	}
	return c.setFiles()
}

// checkHostPort refuses addresses without a port.
func checkHostPort(flag, address string) error {
	if _, _, err := net.SplitHostPort(address); err != nil {
		return fmt.Errorf("%s %q is not host:port: %w", flag, address, err)
	}
	return nil
}

// setFiles sets the files of the database and of the searches where no flag names them.
func (c *config) setFiles() error {
	if c.database == "" {
		file, err := defaultDatabase(c.content)
		if err != nil {
			return fmt.Errorf("--db: %w", err)
		}
		c.database = file
	}
	switch c.searches {
	case "":
		c.searches = strings.TrimSuffix(c.database, ".db") + "-searches.db"
	case "off":
		c.searches = ""
	}
	if c.searches != "" && isSameFile(c.searches, c.database) {
		return fmt.Errorf("--searches %s is also the file of --db, which loads may replace: name another", c.searches)
	}
	return nil
}

// checkContent refuses a --content that is not a folder. It is for commands that need the
// folder; a server with a good database does not.
func (c *config) checkContent() error {
	if c.content == "" {
		return nil
	}
	info, err := os.Stat(c.content)
	if err != nil {
		return fmt.Errorf("%w: --content: %w", errUsage, err)
	}
	if !info.IsDir() {
		return fmt.Errorf("%w: --content %s is not a folder", errUsage, c.content)
	}
	return nil
}

// isSameFile reports whether two names are of the same file, which need not exist. It does
// not follow links.
func isSameFile(a, b string) bool {
	a, failureA := filepath.Abs(a)
	b, failureB := filepath.Abs(b)
	return failureA == nil && failureB == nil && a == b
}

// folderAdvice returns a hint to use --content if argument is a folder, "" otherwise.
func folderAdvice(argument string) string {
	if info, err := os.Stat(argument); err != nil || !info.IsDir() {
		return ""
	}
	return ": to use a folder of posts, write --content " + argument
}

// splitList splits a list at commas and spaces.
func splitList(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}

// parseNetworks parses networks and addresses separated by commas.
func parseNetworks(list string) ([]netip.Prefix, error) {
	var networks []netip.Prefix
	for _, text := range splitList(list) {
		if address, err := netip.ParseAddr(text); err == nil {
			networks = append(networks, netip.PrefixFrom(address, address.BitLen()))
			continue
		}
		network, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, fmt.Errorf("%q is neither an address nor a network such as 10.0.0.0/8", text)
		}
		networks = append(networks, network.Masked())
	}
	return networks, nil
}

// checkReportTo refuses addresses that are no use as views.Site.ReportTo.
func checkReportTo(address string) error {
	if address == "" {
		return nil
	}
	parsed, err := url.Parse(address)
	switch {
	case err != nil:
		return err
	case parsed.Scheme == "mailto" && parsed.RawQuery == "" && parsed.Fragment == "":
		if recipient, err := mail.ParseAddress(parsed.Opaque); err != nil || recipient.Address != parsed.Opaque {
			return errors.New("what follows mailto: is not a mail address")
		}
	case parsed.Scheme != "https" || parsed.Host == "":
		return errors.New("it does not begin with mailto: or https://")
	case !strings.Contains(address, "{url}"):
		return errors.New("it lacks {url}: nobody would know which page is meant")
	}
	return nil
}

// domainNames converts host names to the form that browsers send: in lower case, with labels
// outside ASCII as xn--… (https://www.rfc-editor.org/rfc/rfc5891). It allows underscores,
// which occur in private networks.
var domainNames = idna.New(idna.MapForLookup(), idna.StrictDomainName(false))

// parseOrigin returns an origin as browsers write it, without a trailing slash.
func parseOrigin(text string) (string, error) {
	origin, err := url.Parse(text)
	if err != nil || origin.Host == "" || origin.Scheme != "http" && origin.Scheme != "https" ||
		strings.Trim(origin.Path, "/") != "" || origin.RawQuery != "" || origin.Fragment != "" || origin.User != nil {
		return "", fmt.Errorf("%q is not an origin such as https://example.org", text)
	}
	host := origin.Hostname()
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	} else if host, err = domainNames.ToASCII(host); err != nil {
		return "", fmt.Errorf("%q: %w", text, err)
	}
	if port := origin.Port(); port != "" && port != map[string]string{"http": "80", "https": "443"}[origin.Scheme] {
		host += ":" + port
	}
	return origin.Scheme + "://" + host, nil
}

// defaultDatabase returns the database file of a content folder.
func defaultDatabase(folder string) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("the user's cache folder is not known, name a file: %w", err)
	}
	name := "library"
	if folder != "" {
		absolute, err := filepath.Abs(folder)
		if err != nil {
			return "", err
		}
		hash := fnv.New32a()
		hash.Write([]byte(absolute))
		name = fmt.Sprintf("%s-%08x", filepath.Base(absolute), hash.Sum32())
	}
	return filepath.Join(cache, "quicktakes", name+".db"), nil
}

// origin returns the origin of all absolute addresses: --base-url or, without it, that of
// --addr, with the port of listening unless that is nil.
func (c *config) origin(listening net.Addr) string {
	if c.baseURL != "" {
		return c.baseURL
	}
	return c.scheme() + publicAddress(c.address, listening)
}

// scheme returns the scheme of the server's own addresses, with ://.
func (c *config) scheme() string {
	if c.isTLS() {
		return "https://"
	}
	return "http://"
}

// posts returns the folder of posts.
func (c *config) posts() fs.FS {
	if c.content == "" {
		return content.Library()
	}
	return os.DirFS(c.content)
}
