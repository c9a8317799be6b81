package matter

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

type list = []any

// tableCases are data files in CSV, TSV and XML: what they hold, or an error.
var tableCases = []struct {
	name   string
	format Format
	src    string
	want   any
}{
	{"empty", CSV, "", list{}},
	{"byte order mark", CSV, "\ufeffa,b\n", list{list{"a", "b"}}},
	{"rows", CSV, "name,age\r\nAnn,3\r\n\r\nBob, 5", list{list{"name", "age"}, list{"Ann", "3"}, list{"Bob", " 5"}}},
	{"quotes", CSV, "\"a,\"\"b\"\"\",\"c\r\nd\"\n,\n", list{list{`a,"b"`, "c\nd"}, list{"", ""}}},
	{"no comments", CSV, "#a\n", list{list{"#a"}}},
	{"ragged", CSV, "a,b\nc\nd,e,f\n\"g\nh\",i\n\n\"j\"\n", errors.New("2:1: the row has 1 field, but the first one, on line 1, has 2 fields\n3:1: the row has 3 fields, but the first one, on line 1, has 2 fields\n7:1: the row has 1 field, but the first one, on line 1, has 2 fields")},
	{"bare quote", CSV, "a,b\né,c\"d\n", errors.New("2:4: invalid CSV: a field that holds a quote must stand in quotes, and the quote be doubled")},
	{"quote not doubled", CSV, "\"a\néé\"x\",b\n", errors.New("2:3: invalid CSV: a quote within quotes must be doubled; here the field would end")},
	{"quote not closed", CSV, "a\nb,\"c\nd\n", errors.New("2:1: invalid CSV: a quoted field of this row is never closed")},
	{"quote not closed, no newline", CSV, "\"", errors.New("1:1: invalid CSV: a quoted field of this row is never closed")},
	{"invalid UTF-8", CSV, "a,é\xff", errors.New("1:4: invalid UTF-8")},
	{"tabs", TSV, "a,b\tc\n\"d\te\"\tf\n", list{list{"a,b", "c"}, list{"d\te", "f"}}},

	{"text", XML, "<a>\n x &amp; &#233;<!-- c --> <![CDATA[<y>]]>\n</a>\n", "x & é <y>"},
	{"empty", XML, "<?xml version='1.0' encoding='utf-8'?>\n<!DOCTYPE a>\n<a/>", ""},
	{"byte order mark", XML, "\ufeff<?xml version=\"1.0\" encoding=\"US-ASCII\"?><a b=''/>", values{"-b": ""}},
	{"feed", XML, `<rss version="2.0" xmlns="urn:x" xmlns:i="urn:y"><channel><title lang="en">T</title><i:n>1</i:n><item>a</item><item><b/>x</item></channel></rss>`,
		values{"-version": "2.0", "channel": values{"title": values{"-lang": "en", "#text": "T"}, "n": "1", "item": list{"a", values{"b": "", "#text": "x"}}}}},
	{"mixed", XML, "<a>x <b>y</b> z<b/><b c='d'/>!</a>", values{"#text": "x  z!", "b": list{"y", "", values{"-c": "d"}}}},
	{"prefixes", XML, "<a lang = 'x' xml:lang='y'><p:b>1</p:b><b>2</b></a>", values{"-lang": "y", "b": list{"1", "2"}}},
	{"lists apart", XML, "<a><b>1</b><c/><b>2</b></a>", values{"b": list{"1", "2"}, "c": ""}},
	{"no element", XML, "<!-- a -->", errors.New("1:1: the XML has no element")},
	{"only text", XML, "\n é", errors.New("2:2: invalid XML: text outside of the root element")},
	{"text behind", XML, "<a/>\n\n x<b/>", errors.New("3:2: invalid XML: text outside of the root element")},
	{"second root", XML, "<a/>\n <b/>", errors.New("2:2: invalid XML: a second root element starts here, where only one is allowed")},
	{"never closed", XML, "<a>\n <é>\n", errors.New("2:5: invalid XML: unexpected EOF")},
	{"end elsewhere", XML, "<a>\n <b>é</c></a>", errors.New("2:6: invalid XML: element <b> closed by </c>")},
	{"attribute without quotes", XML, "<a\n é='x' b=c/>", errors.New("2:10: invalid XML: unquoted or missing attribute value in element")},
	{"unknown entity", XML, "<a>é&nbsp;</a>", errors.New("1:10: invalid XML: invalid character entity &nbsp;")},
	{"entity bomb", XML, "<!DOCTYPE a [<!ENTITY x 'ha'><!ENTITY y '&x;&x;&x;'>]>\n<a>&y;</a>", errors.New("2:6: invalid XML: invalid character entity &y;")},
	{"external entity", XML, "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a b='&x;'/>", errors.New("1:63: invalid XML: invalid character entity &x;")},
	{"encoding", XML, "<?xml version='1.0' encoding='latin1'?><a/>", errors.New(`1:39: invalid XML: opening charset "latin1": save the file as UTF-8 and declare that`)},
	{"invalid UTF-8", XML, "<a>é\xff</a>", errors.New("1:5: invalid UTF-8")},
}

func TestTables(t *testing.T) {
	for _, c := range tableCases {
		n, err := ParseData(c.format, []byte(c.src))
		if want, ok := c.want.(error); ok || err != nil {
			if !ok || err == nil || err.Error() != want.Error() {
				t.Errorf("%s, %s: error %v, want %v", c.format, c.name, err, c.want)
			}
			continue
		}
		if got := n.Value(); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s, %s: %#v, want %#v", c.format, c.name, got, c.want)
		}
	}
}

func TestTablePositions(t *testing.T) {
	tests := []struct {
		format    Format
		src, want string
	}{
		{CSV, "é,\"b\nc\",d\r\n\r\n\"\"\"é\",,x\n", "1:1; 1:1; 1:3; 2:4; 4:1; 4:1; 4:7; 4:8"},
		{XML, "<r\n  a = 'é'\tb=\"\">\n <é>x</é><p:t/>\n <é/>  y<t/></r>", "-a 2:3=2:7; -b 2:11=2:13; é 3:2=3:2; 3:2; 4:2; t 3:10=3:10; 3:10; 4:9; #text 4:8=4:8"},
	}
	for _, c := range tests {
		n := data(t, c.format, c.src)
		if got := strings.Join(positions(n), "; "); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.format, got, c.want)
		}
		if n.Line != 1 || n.Column != 1 {
			t.Errorf("%s: root at %d:%d", c.format, n.Line, n.Column)
		}
	}
}

func TestTableLimits(t *testing.T) {
	deep := func(n int, inner string) string { return strings.Repeat("<a>", n) + inner + strings.Repeat("</a>", n) }
	tests := []struct {
		format    Format
		src, want string
		limits    Limits
	}{
		{CSV, "a,b\nc,d\n", "2:1: more than 5 values", Limits{MaxNodes: 5}},
		{CSV, "a", "1:1: lists and maps are nested more than 1 deep", Limits{MaxDepth: 1}},
		{CSV, "a,b", "1:1: 3 bytes of csv are more than the limit of 2", Limits{MaxBytes: 2}},
		{XML, deep(100_000, ""), "1:193: lists and maps are nested more than 64 deep", Limits{}},
		{XML, "<a><b/><b/></a>", "1:8: more than 2 values", Limits{MaxNodes: 2}},
		{XML, "<a><b/><b/></a>", "1:4: more than 3 values", Limits{MaxNodes: 3}},
		{XML, "<a b='c' d='e'/>", "1:12: more than 2 values", Limits{MaxNodes: 2}},
		{XML, "<a b='c'>\nd</a>", "2:1: more than 2 values", Limits{MaxNodes: 2}},
		{XML, "<a><b><c/></b><b><c/><c/></b></a>", "1:18: lists and maps are nested more than 3 deep", Limits{MaxDepth: 3}},
		{XML, "<a><b><c/></b><b><c/></b></a>", "", Limits{MaxDepth: 3}},
	}
	for _, c := range tests {
		_, err := c.limits.ParseData(c.format, []byte(c.src))
		if got := fmt.Sprint(err); got != c.want && (c.want != "" || err != nil) {
			t.Errorf("%.40s: error %v, want %s", c.src, err, c.want)
		}
	}
}
