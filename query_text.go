package jam

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/jam-go/jam/internal/digest"
)

// A query is a question about lists of pages, as templates ask it. Its text is a key by which it is known in every version of a
// site, and from which another process can ask it again:
//
//	where:en(L"site:en","Section","posts")
//	Reverse:(QByDate:(L"pages:en:/posts"~20))
//
// L is before the name of a list, and Q before another query; ~ before how many of its first pages are meant, if not all.
type query struct {
	text string
	op   string
	lang string // of the page that asks, where it matters
	args []any  // among them queried lists and identities of pages
}

// queriedList is a list in a query.
type queriedList struct {
	name string // "": what a query gives
	from *query
	n    int // of its pages, or allPages
}

const allPages = -1

// queriedPage is a page in a query, by its identity.
type queriedPage digest.Hash

// appendQuery begins the text of a query.
func appendQuery(b []byte, op, lang string) []byte {
	b = append(append(b, op...), ':')
	return append(append(b, lang...), '(')
}

// appendValue adds an argument by its value, if it is of a type that is known to have one.
func appendValue(b []byte, arg any) (_ []byte, ok bool) {
	switch a := arg.(type) {
	case nil:
		return append(b, '0'), true
	case string:
		return strconv.AppendQuote(b, a), true
	case bool:
		return strconv.AppendInt(append(b, 'b'), int64(btoi(a)), 10), true
	case int:
		return strconv.AppendInt(append(b, 'i'), int64(a), 10), true
	case int64:
		return strconv.AppendInt(append(b, 'I'), a, 10), true
	case float64:
		return strconv.AppendUint(append(b, 'f'), math.Float64bits(a), 16), true
	case time.Time: // as queries compare it
		b = strconv.AppendInt(append(b, 't'), a.Unix(), 10)
		return strconv.AppendInt(append(b, '.'), int64(a.Nanosecond()), 10), true
	case queriedPage:
		return strconv.AppendUint(append(b, 'p'), uint64(a), 16), true
	case []string:
		return appendValues(append(b, 'S', '['), a, appendValue)
	}
	return b, false
}

// appendValues adds a list of arguments, which may not be empty: where it is, whether it is nil may matter.
func appendValues[E any](b []byte, list []E, add func([]byte, any) ([]byte, bool)) (_ []byte, ok bool) {
	for i := 0; i < len(list) && len(b) <= maxQuestion; i++ {
		if i > 0 {
			b = append(b, ',')
		}
		if b, ok = add(b, list[i]); !ok {
			return b, false
		}
	}
	return append(b, ']'), len(list) > 0
}

// appendListName adds a list by its name.
func appendListName(b []byte, name string) []byte { return strconv.AppendQuote(append(b, 'L'), name) }

// appendPrefix says how many pages of the list before it are meant.
func appendPrefix(b []byte, n int) []byte {
	if n == allPages {
		return b
	}
	return strconv.AppendInt(append(b, '~'), int64(n), 10)
}

var errQuery = errors.New("not the text of a query")

// parseQueryText reads the text of a query, which may come from a damaged cache.
func parseQueryText(text string) (*query, error) {
	if len(text) > maxQuestion {
		return nil, errQuery
	}
	p := &queryParser{rest: text}
	q := p.query()
	if p.bad || p.rest != "" {
		return nil, errQuery
	}
	return q, nil
}

type queryParser struct {
	rest string
	bad  bool
}

func (p *queryParser) fail() { p.bad, p.rest = true, "" }

// until takes what is before a character, and that.
func (p *queryParser) until(c byte) string {
	i := strings.IndexByte(p.rest, c)
	if i < 0 {
		p.fail()
		return ""
	}
	text := p.rest[:i]
	p.rest = p.rest[i+1:]
	return text
}

// next takes a character if it comes next.
func (p *queryParser) next(c byte) bool {
	if p.rest == "" || p.rest[0] != c {
		return false
	}
	p.rest = p.rest[1:]
	return true
}

func (p *queryParser) query() *query {
	start := p.rest
	q := &query{op: p.until(':')}
	q.lang = p.until('(')
	q.args = p.list(')')
	q.text = start[:len(start)-len(p.rest)]
	return q
}

// list reads arguments up to the character that ends them.
func (p *queryParser) list(end byte) []any {
	var list []any
	for !p.bad {
		list = append(list, p.value())
		if p.next(end) {
			break
		}
		if !p.next(',') {
			p.fail()
		}
	}
	return list
}

func (p *queryParser) value() any {
	if p.rest == "" {
		p.fail()
		return nil
	}
	kind := p.rest[0]
	if kind == '"' {
		return p.quoted()
	}
	p.rest = p.rest[1:]
	switch kind {
	case '0':
		return nil
	case 'e':
		return Pages(nil)
	case 'E':
		return Pages{}
	case 'b':
		return p.number() != 0
	case 'i':
		return int(p.number())
	case 'I':
		return p.number()
	case 'f':
		return math.Float64frombits(p.bits())
	case 't':
		seconds := p.number()
		if !p.next('.') {
			p.fail()
		}
		return time.Unix(seconds, p.number()).UTC()
	case 'p':
		return queriedPage(p.bits())
	case 'L':
		return queriedList{name: p.quoted(), n: p.count()}
	case 'Q':
		return queriedList{from: p.query(), n: p.count()}
	case 'A', 'S':
		return p.values(kind == 'S')
	}
	p.fail()
	return nil
}

// values reads a list of any values, or of strings.
func (p *queryParser) values(texts bool) any {
	if !p.next('[') {
		p.fail()
	}
	list := p.list(']')
	if !texts {
		return list
	}
	out := make([]string, len(list))
	for i, v := range list {
		s, ok := v.(string)
		if !ok {
			p.fail()
		}
		out[i] = s
	}
	return out
}

func (p *queryParser) quoted() string {
	prefix, err := strconv.QuotedPrefix(p.rest)
	if err != nil {
		p.fail()
		return ""
	}
	p.rest = p.rest[len(prefix):]
	text, err := strconv.Unquote(prefix)
	if err != nil {
		p.fail()
	}
	return text
}

// count reads how many pages of a list are meant.
func (p *queryParser) count() int {
	if !p.next('~') {
		return allPages
	}
	return int(p.number())
}

func (p *queryParser) number() int64 {
	n, err := strconv.ParseInt(p.digits("-0123456789"), 10, 64)
	if err != nil {
		p.fail()
	}
	return n
}

func (p *queryParser) bits() uint64 {
	n, err := strconv.ParseUint(p.digits("0123456789abcdef"), 16, 64)
	if err != nil {
		p.fail()
	}
	return n
}

// digits takes as many of some characters as come next.
func (p *queryParser) digits(of string) string {
	n := len(p.rest) - len(strings.TrimLeft(p.rest, of))
	text := p.rest[:n]
	p.rest = p.rest[n:]
	return text
}

// describe is what reports call the query.
func (q *query) describe() string {
	var lists, words []string
	for _, arg := range q.args {
		switch a := arg.(type) {
		case queriedList:
			text := describeList(a.name)
			if a.from != nil {
				text = a.from.describe()
			}
			if a.n != allPages {
				text = "first " + strconv.Itoa(a.n) + " of " + text
			}
			lists = append(lists, text)
		default:
			words = append(words, describeValue(a))
		}
	}
	if q.op == "where" && len(words) == 2 {
		words = []string{words[0], "=", words[1]}
	}
	return strings.Join(append([]string{q.op}, words...), " ") + " of " + strings.Join(lists, " and ")
}

func describeValue(v any) string {
	switch v := v.(type) {
	case nil:
		return "nil"
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case int:
		return strconv.Itoa(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case time.Time:
		return v.Format(time.DateOnly)
	case []string:
		return "[" + strings.Join(v, " ") + "]"
	case []any:
		list := make([]string, len(v))
		for i, e := range v {
			list[i] = describeValue(e)
		}
		return "[" + strings.Join(list, " ") + "]"
	case Pages:
		return "no pages"
	}
	return "a page"
}
