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
	"slices"
	"strings"
	"time"

	"golang.org/x/net/idna"

	"quicktakes/content"
	"quicktakes/views"
	"quicktakes/web"
)

// config is all that can be set, from flags or, named QUICKTAKES_ and the flag,
// from the environment. A flag takes precedence over its variable.
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
	searchRate          int    // searches a second and client, 0 for any number
	plainAddress        string // of plain HTTP beside HTTPS, empty without it
	tlsCertificate      string // files, empty when certificates are made or not needed
	tlsKey              string
	tlsDomains          []string // whose certificates are made
	tlsCache            string   // folder of made certificates
	baseURL             string
	host                string         // of --base-url, empty without one
	trustedProxies      []netip.Prefix // none when there is no proxy
	purgeURL            string         // empty when no cache is told of changes
	purgeToken          string
	siteName            string
	titleTemplate       string
	reportTo            string
	canonicalDuplicates bool
	cacheSize           int64  // in bytes
	indexNowKey         string // empty when nothing is announced
	indexNowEndpoint    string
	format              string // of export
	subject             string // slug of what is exported; all if empty
	benchPosts          int
	benchDuration       time.Duration // of each kind of traffic
}

// errUsage marks mistakes in the command line or the environment.
var errUsage = errors.New("usage")

// usage is what --help says before the flags.
const usage = `usage: quicktakes [command] [flags]

commands:
  serve     load what changed and serve the site (the default)
  load      bring the database up to date with the posts and exit
  check     report what is wrong with the posts; exit 1 on errors
  export    write the questions to standard output, as --format and --subject say
  audit     report what would cost the pages of a running site their ranking:
            of the site that is named, as in audit https://example.org, or that on
            --addr; exit 1 on errors
  searches  list what people looked for
  health    exit 0 if the server on --addr is ready
  version   tell version, commit, Go and SQLite
  bench     make --posts posts, load and serve them, and tell how fast

flags, each also an environment variable such as QUICKTAKES_BASE_URL:
`

// readConfig reads flags and environment. Help goes to output and is reported as
// flag.ErrHelp; every mistake wraps errUsage and names the flag or variable.
func readConfig(args []string, environment func(string) string, output io.Writer) (*config, error) {
	var c config
	flags := flag.NewFlagSet("quicktakes", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&c.content, "content", "", "`folder` of posts (default: the library built into the program)")
	flags.BoolVar(&c.watch, "watch", false, "bring in changed posts while serving")
	flags.StringVar(&c.database, "db", "", "database `file` (default: one in the user's cache folder, named for the content folder)")
	flags.BoolVar(&c.replica, "replica", false, "serve or export a database that something else keeps up to date: load nothing")
	flags.StringVar(&c.searches, "searches", "", "`file` in which searches are counted, or off (default: one beside the database)")
	flags.StringVar(&c.address, "addr", "localhost:8080", "`address` to serve on")
	flags.StringVar(&c.adminAddress, "admin-addr", "", "`address` to serve metrics and profiles on, for operators only (default: they are not)")
	flags.BoolVar(&c.accessLog, "access-log", false, "log each answer")
	flags.StringVar(&c.logFormat, "log-format", logText, "`form` of log lines: text or json")
	flags.IntVar(&c.maxConnections, "max-connections", 4096, "`number` of connections that are served at once")
	flags.IntVar(&c.searchRate, "search-rate", 50, "`searches` a second that a client may do for long; 0 for any number")
	flags.StringVar(&c.tlsCertificate, "tls-cert", "", "`file` with the certificate for HTTPS, read again when it changes")
	flags.StringVar(&c.tlsKey, "tls-key", "", "`file` with the key of the certificate")
	domains := flags.String("tls-domains", "", "`domains`, separated by commas, for which certificates for HTTPS are fetched from Let's Encrypt")
	flags.StringVar(&c.tlsCache, "tls-cache", "", "`folder` for fetched certificates (default: one in the user's cache folder)")
	flags.StringVar(&c.plainAddress, "http-addr", "", "`address` on which plain HTTP is sent to HTTPS, such as :80")
	flags.StringVar(&c.baseURL, "base-url", "", "`origin` in canonical links and sitemaps (default: http:// and the address)")
	proxies := flags.String("trusted-proxies", "", "`networks` of proxies whose X-Forwarded-For, -Host and -Proto count, such as 10.0.0.0/8,::1 (default: none)")
	flags.StringVar(&c.purgeURL, "purge-url", "", "`address` of a shared cache that is told what changed after each load, with QUICKTAKES_PURGE_TOKEN")
	flags.StringVar(&c.siteName, "site-name", "QuickTakes", "brand `name` of the site")
	flags.StringVar(&c.titleTemplate, "title-template", views.DefaultTitleTemplate, "title of a question page, made of "+views.TitleFields)
	flags.StringVar(&c.reportTo, "report-to", "", "where readers report mistakes: a mailto: `address`, or an https one that holds {url} and can hold {title}")
	flags.BoolVar(&c.canonicalDuplicates, "canonical-duplicates", true, "point posts with the same question and answer at one of them")
	flags.StringVar(&c.indexNowKey, "indexnow-key", "", "`key` under which changed addresses are announced to search engines (default: they are not)")
	flags.StringVar(&c.indexNowEndpoint, "indexnow-endpoint", defaultIndexNow, "`address` that they are announced to")
	flags.StringVar(&c.format, "format", string(web.JSONLines), "`format` of export: jsonl, csv, excel (csv for a double click) or anki")
	flags.StringVar(&c.subject, "subject", "", "`slug` of the subject to export (default: all)")
	flags.IntVar(&c.benchPosts, "posts", 10_000, "`number` of posts that bench makes")
	flags.DurationVar(&c.benchDuration, "duration", 5*time.Second, "`time` that bench asks for each kind of page")
	cacheMegabytes := flags.Int64("cache-size", defaultCacheSize(availableMemory())>>20, "`megabytes` of memory for finished pages")
	err := flags.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		flags.SetOutput(output)
		fmt.Fprint(output, usage)
		flags.PrintDefaults()
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
		return nil, fmt.Errorf("%w: --cache-size %d is not a number of megabytes", errUsage, *cacheMegabytes)
	}
	c.cacheSize = *cacheMegabytes << 20
	if c.trustedProxies, err = parseNetworks(*proxies); err != nil {
		return nil, fmt.Errorf("%w: --trusted-proxies: %w", errUsage, err)
	}
	c.tlsDomains = splitList(*domains)
	c.purgeToken = environment("QUICKTAKES_PURGE_TOKEN") // no flag: others see a command line
	if err := c.check(); err != nil {
		return nil, fmt.Errorf("%w: %w", errUsage, err)
	}
	return &c, nil
}

// readEnvironment sets the flags that were not given from their variables.
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

// check refuses settings that make no sense, and fills in what follows from others.
func (c *config) check() error {
	if _, _, err := net.SplitHostPort(c.address); err != nil {
		return fmt.Errorf("--addr %q is not host:port: %w", c.address, err)
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
		return fmt.Errorf("--posts %d is not a number of posts from 1 to 10,000,000", c.benchPosts)
	}
	if c.benchDuration < 100*time.Millisecond {
		return fmt.Errorf("--duration %s is too short to measure anything", c.benchDuration)
	}
	if err := c.checkIndexNow(); err != nil {
		return err
	}
	if c.replica && c.watch {
		return errors.New("--watch brings edits in, --replica loads nothing: choose")
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
		return fmt.Errorf("--max-connections %d would serve nobody", c.maxConnections)
	}
	if c.searchRate < 0 {
		return fmt.Errorf("--search-rate %d is not a number of searches", c.searchRate)
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
		return nil
	}
	if isSameFile(c.searches, c.database) {
		return fmt.Errorf("--searches %s is the file of --db, which is made anew by loads", c.searches)
	}
	return nil
}

// checkContent refuses --content that is no folder, for commands that can do nothing
// without one: a server with a good database can.
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

// isSameFile reports whether two names are those of one file, which need not be there.
func isSameFile(a, b string) bool {
	a, failureA := filepath.Abs(a)
	b, failureB := filepath.Abs(b)
	return failureA == nil && failureB == nil && a == b
}

// folderAdvice says how to name a folder of posts, if argument is that of a folder.
func folderAdvice(argument string) string {
	if info, err := os.Stat(argument); err != nil || !info.IsDir() {
		return ""
	}
	return ": a folder of posts is named by --content " + argument
}

// splitList returns what commas separate.
func splitList(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}

// parseNetworks reads networks and addresses that are separated by commas.
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

// checkReportTo refuses addresses that views.Site.ReportTo cannot be.
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
			return errors.New("no mail address")
		}
	case parsed.Scheme != "https" || parsed.Host == "":
		return errors.New("another kind of address")
	case !strings.Contains(address, "{url}"):
		return errors.New("it lacks {url}: nobody would know which page is meant")
	}
	return nil
}

// domainNames writes the name of a host as browsers ask for it: in small letters, and with
// those outside of ASCII as xn--… (https://www.rfc-editor.org/rfc/rfc5891). Underscores,
// which names in a private network have, are let through.
var domainNames = idna.New(idna.MapForLookup(), idna.StrictDomainName(false))

// parseOrigin returns an origin as browsers write it, without a slash at its end.
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
		return "", fmt.Errorf("no folder for it is known, name a file: %w", err)
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

// origin returns the origin of all absolute addresses: that of the listener, if there
// is one, unless --base-url says another.
func (c *config) origin(listening net.Addr) string {
	if c.baseURL != "" {
		return c.baseURL
	}
	return c.scheme() + publicAddress(c.address, listening)
}

// scheme returns what addresses of the server itself begin with.
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
