// Package funcs is the context-free template function library, under the
// names and with the argument order that Hugo's templates use
// (https://gohugo.io/functions). It knows nothing of sites and pages: what
// needs them (partial, ref, absURL, i18n, resources …) is added by the caller.
//
// [Map] gives the functions for text/template and html/template, both by
// short name (where) and by namespace (collections.Where). A namespace is a
// function without arguments that returns a struct of this package; a caller
// extends one by embedding that struct in its own and replacing the entry:
//
//	m := funcs.Map(opts)
//	base := m["urls"].(func() funcs.URLs)()
//	m["urls"] = func() siteURLs { return siteURLs{base, site} }
//
// The one other form is time, which is also a function of a date.
//
// Functions read nothing outside their arguments: no files, environment or
// network, and the time and the rules of time zones only by way of [Options].
// The same arguments give the same result in every build; math.Rand,
// math.Counter and debug.Timer of Hugo are missing for that reason, and
// transform.HTMLToMarkdown for its weight. None modifies its arguments. All are safe for
// concurrent use.
//
// A wrong argument is an error that names the function, what it wants and
// what it got. These are converted: text may be a number, a boolean, an error, or
// anything with a method String; a number may be numeric text, and a whole
// number may have a fraction, which is dropped; and functions on strings take
// nil for "", as a parameter that a page lacks is nil.
//
// So that a mistake in a template doesn't take the machine's memory, texts have up to
// 64 MiB, slices that grow up to 4,194,304 elements, and what is printed or encoded
// may be nested up to 200 deep. What is beyond that is an error.
package funcs

import (
	"reflect"
	"regexp"
	"strings"
	"time"

	"github.com/jam-go/jam/internal/locale"
	"golang.org/x/text/language"
)

// Options is what the functions know of their surroundings. The zero value
// of each field works.
type Options struct {
	// Now is the clock of now and time.Now. Nil is the system's.
	Now func() time.Time

	// Location is the time zone of now and of dates that have none. Nil is UTC.
	Location *time.Location

	// Zone finds a time zone by its IANA name. Nil is time.LoadLocation.
	Zone func(name string) (*time.Location, error)

	// Language is asked by lang.FormatNumber, FormatPercent, FormatCurrency and
	// FormatAccounting. Nil, and the undetermined language, format as English.
	Language func() language.Tag

	// Dates formats a time by a layout or a token for dateFormat and
	// time.Format. Nil formats in English; see the method Format of
	// locale.Dates.
	Dates func(t time.Time, layout string) (string, error)

	// SortKey returns what strings are ordered by in sort, compared byte by byte.
	// It is called once for each. Nil ignores case, and then puts upper case first.
	SortKey func(s string) string

	// Resource reads what unmarshal and transform.Remarshal are given in place of
	// text, such as a file of the site. It returns the text and its media type,
	// or "" if that is unknown. ok is false for what is no resource. Nil knows none.
	Resource func(v any) (text, mediaType string, ok bool, err error)

	// Warn receives the messages of warnf and warnidf, repeated ones too, from
	// any goroutine. Nil drops them.
	Warn func(message string)

	// SliceTypes are named slice types, such as Pages for []*Page. The functions
	// slice and append make them from elements of their element type, so
	// that their methods work.
	SliceTypes []reflect.Type
}

// library is the state behind one function map.
type library struct {
	now        func() time.Time
	loc        *time.Location
	zone       func(string) (*time.Location, error)
	lang       func() language.Tag
	dates      func(t time.Time, layout string) (string, error)
	sortKey    func(string) string
	resource   func(any) (text, mediaType string, ok bool, err error)
	warn       func(string)
	sliceTypes map[reflect.Type]reflect.Type // by element type

	regexps   cache[*regexp.Regexp]
	replacers cache[*strings.Replacer]
	zones     cache[*time.Location]

	funcs map[string]any
}

func newLibrary(opt Options) *library {
	l := &library{
		now:        opt.Now,
		loc:        opt.Location,
		zone:       opt.Zone,
		lang:       opt.Language,
		dates:      opt.Dates,
		sortKey:    opt.SortKey,
		resource:   opt.Resource,
		warn:       opt.Warn,
		sliceTypes: make(map[reflect.Type]reflect.Type),
	}
	if l.now == nil {
		l.now = time.Now
	}
	if l.loc == nil {
		l.loc = time.UTC
	}
	if l.zone == nil {
		l.zone = time.LoadLocation
	}
	if l.dates == nil {
		l.dates = locale.For(language.English).Format
	}
	if l.warn == nil {
		l.warn = func(string) {}
	}
	for _, t := range opt.SliceTypes {
		if t != nil && t.Kind() == reflect.Slice {
			l.sliceTypes[t.Elem()] = t
		}
	}
	return l
}

// Map returns the functions by name, as a map for Funcs of text/template and
// html/template. The function apply finds functions by name in this very map,
// so it also finds those that the caller adds; complete the map before the
// first template runs.
func Map(opt Options) map[string]any {
	l := newLibrary(opt)
	l.funcs = make(map[string]any, 180)
	l.addNamespaces()
	l.addCollections()
	l.addStrings()
	l.addValues()
	l.addText()
	return l.funcs
}

func (l *library) addNamespaces() {
	m := l.funcs
	m["cast"] = func() Cast { return Cast{} }
	m["collections"] = func() Collections { return Collections{l} }
	m["compare"] = func() Compare { return Compare{l} }
	m["crypto"] = func() Crypto { return Crypto{} }
	m["css"] = func() CSS { return CSS{} }
	m["debug"] = func() Debug { return Debug{} }
	m["encoding"] = func() Encoding { return Encoding{} }
	m["fmt"] = func() Fmt { return Fmt{l} }
	m["hash"] = func() Hash { return Hash{} }
	m["inflect"] = func() Inflect { return Inflect{} }
	m["lang"] = func() Lang { return Lang{l} }
	m["math"] = func() Math { return Math{} }
	m["path"] = func() Path { return Path{} }
	m["reflect"] = func() Reflect { return Reflect{} }
	m["safe"] = func() Safe { return Safe{} }
	m["strings"] = func() Strings { return Strings{l} }
	m["time"] = Time{l}.namespace
	m["transform"] = func() Transform { return Transform{l} }
	m["urls"] = func() URLs { return URLs{} }
}

func (l *library) addCollections() {
	m, c := l.funcs, Collections{l}
	m["after"] = c.After
	m["append"] = c.Append
	m["apply"] = c.Apply
	m["complement"] = c.Complement
	m["delimit"] = c.Delimit
	m["dict"] = c.Dictionary
	m["first"] = c.First
	m["in"] = c.In
	m["index"] = c.Index
	m["intersect"] = c.Intersect
	m["isSet"] = c.IsSet
	m["isset"] = c.IsSet
	m["keyVals"] = c.KeyVals
	m["last"] = c.Last
	m["merge"] = c.Merge
	m["newScratch"] = c.NewScratch
	m["querify"] = c.Querify
	m["seq"] = c.Seq
	m["shuffle"] = c.Shuffle
	m["slice"] = c.Slice
	m["sort"] = c.Sort
	m["symdiff"] = c.SymDiff
	m["union"] = c.Union
	m["uniq"] = c.Uniq
	m["where"] = c.Where
}

func (l *library) addStrings() {
	m, s := l.funcs, Strings{l}
	m["chomp"] = s.Chomp
	m["countrunes"] = s.CountRunes
	m["countwords"] = s.CountWords
	m["findRE"] = s.FindRE
	m["findRESubmatch"] = s.FindRESubmatch
	m["hasPrefix"] = s.HasPrefix
	m["hasSuffix"] = s.HasSuffix
	m["lower"] = s.ToLower
	m["replace"] = s.Replace
	m["replaceRE"] = s.ReplaceRE
	m["slicestr"] = s.SliceString
	m["split"] = s.Split
	m["substr"] = s.Substr
	m["title"] = s.Title
	m["trim"] = s.Trim
	m["truncate"] = s.Truncate
	m["upper"] = s.ToUpper

	var i Inflect
	m["humanize"] = i.Humanize
	m["pluralize"] = i.Pluralize
	m["singularize"] = i.Singularize
}

func (l *library) addValues() {
	m := l.funcs
	var cast Cast
	m["float"] = cast.ToFloat
	m["int"] = cast.ToInt
	m["string"] = cast.ToString

	cmp := Compare{l}
	m["cond"] = cmp.Conditional
	m["default"] = cmp.Default
	m["eq"] = cmp.Eq
	m["ge"] = cmp.Ge
	m["gt"] = cmp.Gt
	m["le"] = cmp.Le
	m["lt"] = cmp.Lt
	m["ne"] = cmp.Ne

	var math Math
	m["add"] = math.Add
	m["div"] = math.Div
	m["mod"] = math.Mod
	m["modBool"] = math.ModBool
	m["mul"] = math.Mul
	m["pow"] = math.Pow
	m["sub"] = math.Sub

	t := Time{l}
	m["dateFormat"] = t.Format
	m["duration"] = t.Duration
	m["now"] = t.Now
}

func (l *library) addText() {
	m := l.funcs
	var crypto Crypto
	m["hmac"] = crypto.HMAC
	m["md5"] = crypto.MD5
	m["sha1"] = crypto.SHA1
	m["sha256"] = crypto.SHA256
	m["xxhash"] = Hash{}.XxHash

	var enc Encoding
	m["base64Decode"] = enc.Base64Decode
	m["base64Encode"] = enc.Base64Encode
	m["jsonify"] = enc.Jsonify

	f := Fmt{l}
	m["errorf"] = f.Errorf
	m["erroridf"] = f.Erroridf
	m["print"] = f.Print
	m["printf"] = f.Printf
	m["println"] = f.Println
	m["warnf"] = f.Warnf
	m["warnidf"] = f.Warnidf

	var safe Safe
	m["safeCSS"] = safe.CSS
	m["safeHTML"] = safe.HTML
	m["safeHTMLAttr"] = safe.HTMLAttr
	m["safeJS"] = safe.JS
	m["safeJSStr"] = safe.JSStr
	m["safeURL"] = safe.URL

	tr := Transform{l}
	m["emojify"] = tr.Emojify
	m["htmlEscape"] = tr.HTMLEscape
	m["htmlUnescape"] = tr.HTMLUnescape
	m["plainify"] = tr.Plainify
	m["unmarshal"] = tr.Unmarshal

	var urls URLs
	m["anchorize"] = urls.Anchorize
	m["urlize"] = urls.URLize
}
