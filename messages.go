package jam

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"

	"github.com/jam-go/jam/internal/i18n"
	"github.com/jam-go/jam/internal/matter"
)

// loadMessages reads the tables of translations in the folder i18n, and says for each language in
// which of them a message is looked for.
func (l *loader) loadMessages(tree fs.FS) error {
	l.tables = make(map[string]i18n.Chain)
	if tree == nil {
		return nil
	}
	used := make(map[string]bool)
	for _, loc := range l.set.locales {
		for _, code := range tableNames(loc) {
			used[code] = true
		}
	}
	tables := make(map[string]*i18n.Table)
	files := make(map[string]string)
	src := &fsSource{fsys: tree, name: "i18n"}
	for doc, err := range src.Documents(l.ctx) {
		if l.ctx.Err() != nil {
			return l.ctx.Err()
		}
		if err != nil {
			l.fail(Errors(wrapOp(l.ctx, "read", "i18n", err))...)
			continue
		}
		code := tableCode(doc)
		t := l.loadTable(tree, doc, used[code])
		switch other := files[code]; {
		case t == nil:
		case other != "":
			l.fail(errorAt("i18n", doc.name(), "is for the same language as %s", other))
		default:
			tables[code], files[code] = t, doc.name()
		}
	}
	for _, loc := range l.set.locales {
		var chain i18n.Chain
		for _, code := range slices.Concat(tableNames(loc), tableNames(l.set.main)) {
			if t := tables[code]; t != nil && !slices.Contains(chain, t) {
				chain = append(chain, t)
			}
		}
		l.tables[loc.Code] = chain
	}
	return nil
}

// messagesOf returns the tables of a language.
func (l *loader) messagesOf(loc *locale) i18n.Chain {
	if l.last != nil && !l.last.folders[ofMessages] {
		return l.last.last.locals[loc.index].messages
	}
	return l.tables[loc.Code]
}

// tableCode returns the language in a table's name; pt_BR is pt-br.
func tableCode(doc *Document) string {
	return strings.ToLower(strings.ReplaceAll(baseName(doc.Path), "_", "-"))
}

// tableNames returns the names of the tables with a language's messages, the closest first.
func tableNames(loc *locale) []string {
	var names []string
	add := func(s string) {
		if s = strings.ToLower(s); s != "" && s != "und" && !slices.Contains(names, s) {
			names = append(names, s)
		}
	}
	add(loc.Code)
	add(loc.Locale)
	for _, s := range []string{loc.Locale, loc.Code} {
		for ; s != ""; s = parentCode(s) {
			add(s)
		}
	}
	return names
}

// parentCode takes the last subtag off.
func parentCode(code string) string {
	i := strings.LastIndexByte(code, '-')
	return code[:max(0, i)]
}

func (l *loader) loadTable(tree fs.FS, doc *Document, used bool) *i18n.Table {
	var format matter.Format
	switch ext := strings.ToLower(path.Ext(doc.Path)); ext {
	case ".yaml", ".yml":
		format = "yaml"
	case ".toml", ".json":
		format = matter.Format(ext[1:])
	default:
		l.warn(errorAt("i18n", doc.name(), "unknown format: want .toml, .yaml, .yml or .json; the file is left out"))
		return nil
	}
	tag, err := language.Parse(tableCode(doc))
	if err != nil || strings.Contains(doc.Path, "/") {
		l.warn(errorAt("i18n", doc.name(), "the file's name is no language's: want one such as de.toml or pt-BR.toml; it is left out"))
		return nil
	}
	if !used { // themes bring tables of many languages
		return nil
	}
	src, err := readFile(tree, doc.Path, l.set.Limits.FileSize)
	if err != nil {
		l.fail(&Error{Op: "read", Path: doc.name(), Err: err})
		return nil
	}
	table, errs, warnings := i18n.Parse(tag, format, src)
	l.fail(placed("i18n", doc.name(), errs.Err())...)
	if l.set.localeOf(tableCode(doc)) != nil { // others may be unfinished
		for _, w := range placed("i18n", doc.name(), warnings.Err()) {
			l.warn(w)
		}
	}
	return table
}

// Translate returns the message with that id in the site's language, from the tables in
// the folder i18n. When the language has no such message, its parent's is taken (pt for
// pt-BR), and then that of the site's own language; when that has none either, the error is
// an [fs.ErrNotExist]. The template function i18n then gives "", and building warns of it.
//
// With data, the message may be a template, of which data is the dot. A number,
// or data with a Count, chooses the plural form.
func (s *Site) Translate(id string, data ...any) (string, error) {
	lc := s.local
	var dot any
	if len(data) > 0 {
		dot = data[0]
	}
	if s.v.rec != nil {
		s.v.note(depMessage, lc.Code, id+"\x00"+lc.messages.Forms(dot))
	}
	text, found, err := lc.messages.Translate(id, dot)
	switch {
	case err != nil:
		return "", fmt.Errorf("i18n %q in %s: %w", id, lc.Code, err)
	case !found:
		return "", &Error{Op: "i18n", Err: noMessage(fmt.Sprintf("no message %q in %s%s", id, lc.Code, lc.fallbacks()))}
	}
	return text, nil
}

// noMessage is an fs.ErrNotExist that need not say so.
type noMessage string

func (m noMessage) Error() string      { return string(m) }
func (noMessage) Is(target error) bool { return target == fs.ErrNotExist }

func (lc *local) fallbacks() string {
	if lc == lc.snap.main {
		return ""
	}
	return ", nor in " + lc.snap.main.Code
}

// FormatNumber returns a number as the site's language writes it, with so many digits after the
// decimal point.
func (s *Site) FormatNumber(n float64, digits int) string {
	p := message.NewPrinter(s.local.tag)
	return p.Sprint(number.Decimal(n, number.Scale(max(0, min(digits, 20)))))
}

// FormatDate returns a date in the site's language. The layout is one of package [time], of
// which the names of months and days are translated, or :date_full, :date_long,
// :date_medium, :date_short, and the same with time_, which follow the language's customs.
func (s *Site) FormatDate(t time.Time, layout string) (string, error) {
	return s.local.dates.Format(t, layout)
}
