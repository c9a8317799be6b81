package i18n

import (
	"iter"
	"math"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/jam-go/jam/internal/matter"
	"golang.org/x/text/language"
)

type counted struct {
	Count int
	Name  string
}

type countMethod struct{ n int }

func (c *countMethod) Count() int { return c.n }

type countPanics struct{}

func (countPanics) Count() int { panic("no count today") }

type named struct{ name string }

func (n *named) String() string { return "named " + n.name }

const russian = `
plain = "Привет"
[minutes]
one = "{{ .Count }} минута"
few = "{{ .Count }} минуты"
many = "{{ .Count }} минут"
other = "{{ .Count }} минуты (дробь)"
[some]
one = "один"
other = "другие"
`

func TestTranslatePlural(t *testing.T) {
	ru := Chain{mustParse(t, "ru", matter.TOML, russian)}
	one := 1
	tests := []struct {
		data any
		want string
	}{
		{1, "1 минута"},
		{21, "21 минута"},
		{3, "3 минуты"},
		{-3, "-3 минуты"},
		{5, "5 минут"},
		{11, "11 минут"},
		{int8(2), "2 минуты"},
		{uint64(math.MaxUint64), "18446744073709551615 минут"},
		{int64(math.MinInt64), "-9223372036854775808 минут"},
		{&one, "1 минута"},
		{1.0, "1 минута"},
		{1.5, "1.5 минуты (дробь)"},
		{float32(0.1), "0.1 минуты (дробь)"},
		{"21", "21 минута"},
		{"1.0", "1.0 минуты (дробь)"},
		{map[string]any{"Count": 1}, "1 минута"},
		{map[string]any{"Count": "5"}, "5 минут"},
		{map[string]int{"Count": 5}, "5 минут"},
		{map[string]any{"count": 5, "COUNT": 1}, " минута"},
		{map[string]any{"count": 5, "Count": 1}, "1 минута"},
		{map[string]int{"count": 5}, " минут"},
		{counted{Count: 3}, "3 минуты"},
		{&counted{Count: 3}, "3 минуты"},
		{struct{ counted }{counted{Count: 1}}, "1 минута"},
		{&countMethod{21}, "21 минута"},
		{map[string]any{"Name": 1}, " минуты (дробь)"},
		{nil, " минуты (дробь)"},
	}
	for _, test := range tests {
		got, found, err := ru.Translate("minutes", test.data)
		if got != test.want || !found || err != nil {
			t.Errorf("%#v: %q, %v, %v, want %q", test.data, got, found, err, test.want)
		}
	}
	for data, want := range map[any]string{1: "один", 5: "другие", "x": "другие", true: "другие"} {
		if got, _, err := ru.Translate("some", data); got != want || err != nil {
			t.Errorf("some, %v: %q, %v, want %q", data, got, err, want)
		}
	}
}

func TestPluralFormsOfLanguages(t *testing.T) {
	const all = "[m]\nzero='zero'\none='one'\ntwo='two'\nfew='few'\nmany='many'\nother='other'"
	tests := []struct{ tag, want string }{
		{"en", "0 other, 1 one, 2 other, 1.0 other, 1000000 other, 0.5 other"},
		{"fr", "0 one, 1 one, 2 other, 1.5 one, 2.0 other, 1000000 many, 10000000 many, 1000001 other, 1e6 other"},
		{"ar", "0 zero, 1 one, 2 two, 5 few, 11 many, 100 other, 10000000 other, 10000003 few, 99999999999999999999 many"},
		{"cs", "1 one, 3 few, 5 other, 1.5 many, 1.0 many"},
		{"lt", "1 one, 2 few, 10 other, 0.1 many, 0.00000001 many, 1.10000000000000000000000 many"},
		{"ja", "0 other, 1 other"},
		{"pt-BR", "0 one, 1 one, 2 other"},
		{"pt-PT", "0 other, 1 one, 2 other"},
		{"zh-Hant-TW", "1 other"},
		{"kaa", "1 other"},
		{"und", "1 other"},
	}
	for _, test := range tests {
		table, errs, _ := Parse(language.MustParse(test.tag), matter.TOML, []byte(all))
		if errs != nil {
			t.Fatal(errs)
		}
		for pair := range strings.SplitSeq(test.want, ", ") {
			n, want, _ := strings.Cut(pair, " ")
			if got, _, err := (Chain{table}).Translate("m", n); got != want || err != nil {
				t.Errorf("%s: %s is %q (%v), want %q", test.tag, n, got, err, want)
			}
		}
	}
}

func TestTranslateTemplates(t *testing.T) {
	c := Chain{mustParse(t, "en", matter.YAML, `
name: "Hi {{ .Name }}!"
deep: "{{ .a.b }}|{{ with .a }}x{{ else }}none{{ end }}"
dot: "{{ . }} {{ printf \"%03d\" . }} {{ if eq . 7 }}seven{{ end }}"
quoted: "{{ .Name | printf \"%q\" }} {{ html .Name }} {{ urlquery .Name }} {{ js .Name }}"
list: "{{ range $i, $x := .List }}{{ if $i }}, {{ end }}{{ print $x }}{{ else }}none{{ end }}"
times: "{{ range 3 }}x{{ end }}"
novalue: "<no value> {{ .Nothing }}"
assign: "{{ $x := .Nothing }}{{ $x }}{{ $x = 1 }}{{ $x }}"
pointer: "{{ .P }}"
angle: {other: "<< .Name >> and {{ .Name }}", leftDelim: "<<", rightDelim: ">>"}
lower: {other: "[[ .Name ]]", leftdelim: "[[", rightdelim: "]]"}
brace: "}} is plain"
`)}
	data := map[string]any{"Name": `<a & "b">`, "List": []int{1, 2, 3}}
	tests := []struct {
		id   string
		data any
		want string
	}{
		{"name", map[string]any{"Name": "Ada"}, "Hi Ada!"},
		{"name", map[string]string{"Other": "Ada"}, "Hi !"},
		{"name", map[string]any{"Name": nil}, "Hi !"},
		{"name", counted{Name: "Ada"}, "Hi Ada!"},
		{"name", nil, "Hi !"},
		{"deep", data, "|none"},
		{"deep", nil, "|none"},
		{"deep", map[string]any{"a": map[string]any{"b": 1}}, "1|x"},
		{"dot", 7, "7 007 seven"},
		{"quoted", data, `"<a & \"b\">" &lt;a &amp; &#34;b&#34;&gt; %3Ca+%26+%22b%22%3E \u003Ca \u0026 \"b\"\u003E`},
		{"list", data, "1, 2, 3"},
		{"list", nil, "none"},
		{"list", map[string]any{"List": make([]string, 5000)}, strings.Repeat(", ", 4999)},
		{"times", nil, "xxx"},
		{"novalue", data, "<no value> "},
		{"assign", data, "1"},
		{"pointer", &struct{ P named }{named{"p"}}, "named p"},
		{"angle", data, `<a & "b"> and {{ .Name }}`},
		{"lower", data, `<a & "b">`},
		{"brace", data, "}} is plain"},
	}
	for _, test := range tests {
		got, found, err := c.Translate(test.id, test.data)
		if got != test.want || !found || err != nil {
			t.Errorf("%s: %q, %v, %v, want %q", test.id, got, found, err, test.want)
		}
	}
}

func TestTranslateErrors(t *testing.T) {
	double := "{{ $x := printf \"%999d\" 1 }}" + strings.Repeat("{{ $x = F $x $x }}", 40)
	c := Chain{mustParse(t, "en", matter.JSON, `{
"field": "Hi {{ .Name }}",
"endless": "{{ range 1000000000000 }}{{ end }}",
"nested": "{{ range 10000 }}{{ range 10000 }}{{ end }}{{ end }}",
"seq": "{{ range .F }}{{ end }}",
"double": `+strconv.Quote(strings.ReplaceAll(double, "F", "print"))+`,
"printf": `+strconv.Quote(strings.ReplaceAll(double, "F", "printf `%[1]s%[1]s`"))+`,
"html": `+strconv.Quote("{{ $x := `&&&&&&&&` }}"+strings.Repeat("{{ $x = html $x }}", 400))+`,
"width": "{{ printf \"%1000d\" 1 }}",
"star": "{{ printf \"%%%[1]*d\" 1 }}",
"long": "`+strings.Repeat("{{ .Name }}", 1000)+`",
"one": {"one": "{{ .Count }}", "other": "{{ .Count }}"}
}`)}
	var forever iter.Seq[int] = func(yield func(int) bool) {
		for yield(1) {
		}
	}
	tests := []struct {
		id   string
		data any
		want string
	}{
		{"field", 7, `message "field": template: executing "message" at <.Name>: can't evaluate field Name in type i18n.intDot`},
		{"endless", nil, errCost.Error()},
		{"nested", nil, errCost.Error()},
		{"seq", map[string]any{"F": forever}, errCost.Error()},
		{"double", nil, errCost.Error()},
		{"printf", nil, errCost.Error()},
		{"html", nil, errCost.Error()},
		{"width", nil, "must be a number below 1000"},
		{"star", nil, "must be a number below 1000"},
		{"long", map[string]any{"Name": strings.Repeat("x", 2000)}, "the text gets longer than 1048576 bytes"},
		{"one", countPanics{}, `message "one": panic: no count today`},
	}
	for _, test := range tests {
		got, found, err := c.Translate(test.id, test.data)
		if got != "" || !found || err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %.80q, %v, %v, want the error %q", test.id, got, found, err, test.want)
		}
	}
}

func TestChain(t *testing.T) {
	c := Chain{
		mustParse(t, "pl", matter.YAML, "a: A pl\nempty: ''\npart: {one: jeden}\n"),
		mustParse(t, "ja", matter.YAML, "b: B ja\n"),
		mustParse(t, "en", matter.YAML, "a: A en\nb: B en\nempty: E en\npart: {one: one en, other: other en}\nc: {one: one en, other: other en}\n"),
	}
	tests := []struct {
		id    string
		data  any
		want  string
		found bool
	}{
		{"a", nil, "A pl", true},
		{"b", 5, "B ja", true},
		{"empty", nil, "E en", true},
		{"part", 1, "jeden", true},
		{"part", 2, "other en", true},
		{"c", 1, "one en", true},
		{"missing", nil, "", false},
	}
	for _, test := range tests {
		got, found, err := c.Translate(test.id, test.data)
		if got != test.want || found != test.found || err != nil {
			t.Errorf("%s, %v: %q, %v, %v", test.id, test.data, got, found, err)
		}
	}
	if _, found, err := Chain(nil).Translate("a", nil); found || err != nil {
		t.Errorf("an empty chain: %v, %v", found, err)
	}
	if _, found, err := c[:1].Translate("part", 2); found || err != nil {
		t.Errorf("no form that fits: %v, %v", found, err)
	}
}

// TestSum changes tables: a message has another checksum where it may have another text, and only there.
func TestSum(t *testing.T) {
	const pl, en = "a: A pl\npart: {one: jeden}\n", "a: A en\nb: B en\npart: {one: one en, other: other en}\n"
	chain := func(pl, en string) Chain {
		return Chain{mustParse(t, "pl", matter.YAML, pl), mustParse(t, "en", matter.YAML, en)}
	}
	for _, tt := range []struct {
		id, pl, en string
		data       any
		same       bool
	}{
		{"a", pl, en, nil, true},
		{"a", pl, strings.ReplaceAll(en, "A en", "A"), nil, true},
		{"a", strings.ReplaceAll(pl, "A pl", "A"), en, nil, false},
		{"a", strings.ReplaceAll(pl, "A pl", "A"), en, 3, false},
		{"a", strings.ReplaceAll(pl, "a:", "other:"), en, nil, false},
		{"b", strings.ReplaceAll(pl, "A pl", "A"), en, nil, true},
		{"b", pl, strings.ReplaceAll(en, "B en", "B"), nil, false},
		{"b", pl + "b: B pl\n", en, nil, false},
		{"b", pl + "b: ''\n", en, nil, true},
		{"part", pl, strings.ReplaceAll(en, "other en", "other"), nil, false},
		{"part", pl, strings.ReplaceAll(en, "other en", "other"), 1, true},
		{"part", pl, strings.ReplaceAll(en, "other en", "other"), 5, false},
		{"part", pl, strings.ReplaceAll(en, "one en", "one"), nil, true},
		{"part", strings.ReplaceAll(pl, "jeden", "raz"), en, nil, true},
		{"part", strings.ReplaceAll(pl, "jeden", "raz"), en, 1, false},
		{"part", strings.ReplaceAll(pl, "jeden", "raz"), en, map[string]any{"Count": 1}, false},
		{"part", strings.ReplaceAll(pl, "jeden", "raz"), en, 5, true},
		{"part", strings.ReplaceAll(pl, "jeden", "'jeden {{ . }}'"), en, 1, false},
		{"missing", pl, en, nil, true},
		{"missing", pl, en + "missing: ''\n", nil, true},
	} {
		before := chain(pl, en)
		forms := before.Forms(tt.data)
		if same := chain(tt.pl, tt.en).Sum(tt.id, forms) == before.Sum(tt.id, forms); same != tt.same {
			t.Errorf("%s for %v of %q and %q: the same is %v", tt.id, tt.data, tt.pl, tt.en, same)
		}
	}
	only := chain(pl, en)[1:]
	if forms := only.Forms(5); only.Sum("part", forms) == chain(pl, en).Sum("part", forms) || only.Sum("b", forms) != chain(pl, en).Sum("b", forms) {
		t.Error("a table more counts where it has the message, and only there")
	}
}

func TestConcurrentTranslate(t *testing.T) {
	c := Chain{mustParse(t, "en", matter.YAML, "m: {one: '{{ .Count }} minute', other: '{{ range .Count }}{{ print `x` }}{{ end }}'}\n")}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for n := range 50 {
				want := strings.Repeat("x", n)
				if n == 1 {
					want = "1 minute"
				}
				if got, _, err := c.Translate("m", n); got != want || err != nil {
					t.Errorf("%d: %q, %v", n, got, err)
				}
			}
		})
	}
	wg.Wait()
}
