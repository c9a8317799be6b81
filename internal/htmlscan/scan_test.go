package htmlscan

import (
	"fmt"
	"strings"
	"testing"
)

// tokens returns what the scanner reads, a token a line, and its problems. As a
// parser would, it reads the contents of script and title as text.
func tokens(src string) string {
	var s Scanner
	s.Reset([]byte(src))
	var b strings.Builder
	for {
		tok := s.Next()
		switch tok.Kind {
		case EOF:
			for _, p := range s.Problems {
				fmt.Fprintf(&b, "%d!%d\n", p.Offset, p.Code)
			}
			return b.String()
		case Text:
			fmt.Fprintf(&b, "text %q\n", src[tok.Start:tok.End])
		case Comment:
			fmt.Fprintf(&b, "comment %q\n", src[tok.Start:tok.End])
		case Doctype:
			fmt.Fprintf(&b, "doctype %s %v\n", tok.Name, tok.Public)
		case EndTag:
			fmt.Fprintf(&b, "/%s\n", tok.Name)
			s.Foreign(false)
		case StartTag:
			b.WriteString(string(tok.Name))
			for _, a := range tok.Attrs {
				fmt.Fprintf(&b, " %s=%q@%d,%d", a.Name, a.Value, a.Start, a.ValueStart)
			}
			if tok.SelfClosing {
				b.WriteString(" /")
			}
			b.WriteByte('\n')
			switch string(tok.Name) {
			case "script", "style", "plaintext":
				s.RawText(tok.Name, false)
			case "title":
				s.RawText(tok.Name, true)
			case "svg":
				s.Foreign(true)
			}
		}
	}
}

func TestScanner(t *testing.T) {
	problem := func(offset int, code Code) string { return fmt.Sprintf("%d!%d\n", offset, code) }
	for _, tt := range []struct{ src, want string }{
		{"", ""},
		{"a", "text \"a\"\n"},
		{"\ufeffa", "text \"a\"\n"},
		{"<p>a</p>", "p\ntext \"a\"\n/p\n"},
		{"<P Class=A>", "p class=\"A\"@3,9\n"},
		{"<a b c = d e='f g' h=\"\"/>", "a b=\"\"@3,4 c=\"d\"@5,9 e=\"f g\"@11,14 h=\"\"@19,22 /\n"},
		{"<a href=b/>", "a href=\"b/\"@3,8\n"},
		{"<a/b>", "a b=\"\"@3,4\n" + problem(2, SolidusInTag)},
		{"<a b=1b=2>", "a b=\"1b=2\"@3,5\n" + problem(7, UnquotedValue)},
		{"<a b=''c>", "a b=\"\"@3,6 c=\"\"@7,8\n" + problem(7, MissingSpace)},
		{"<a b=>", "a b=\"\"@3,5\n" + problem(5, MissingValue)},
		{"<a =b>", "a =b=\"\"@3,5\n" + problem(3, EqualsSign)},
		{"<a b\"c>", "a b\"c=\"\"@3,6\n" + problem(4, AttributeName)},
		{"<a b B b>", "a b=\"\"@3,4\n" + problem(5, DuplicateAttribute) + problem(7, DuplicateAttribute)},
		{"<a b='c", "comment \"<a b='c\"\n" + problem(0, EOFInTag)},
		{"<a", "comment \"<a\"\n" + problem(0, EOFInTag)},
		{"<a\x00b>", "a\x00b\n" + problem(2, NullCharacter)},
		{"</a b>", "/a\n" + problem(4, EndTagAttributes)},
		{"</a/>", "/a\n" + problem(3, EndTagSolidus)},
		{"</>x", "comment \"</>\"\ntext \"x\"\n" + problem(0, MissingEndTagName)},
		{"</ a>", "comment \"</ a>\"\n" + problem(0, BadTagStart)},
		{"a < b <3 <", "text \"a < b <3 <\"\n" + problem(2, BadTagStart) + problem(6, BadTagStart) + problem(9, BadTagStart)},
		{"</", "text \"</\"\n" + problem(0, BadTagStart)},
		{"<?x?>y", "comment \"<?x?>\"\ntext \"y\"\n" + problem(0, QuestionMark)},
		{"<!x>", "comment \"<!x>\"\n" + problem(0, BadComment)},
		{"<!DocType HTML>", "doctype html false\n"},
		{"<!doctype html system 'about:legacy-compat'>", "doctype html false\n"},
		{"<!doctype html public 'x'>", "doctype html true\n"},
		{"<!doctype", "doctype  false\n" + problem(0, EOFInDoctype)},
		{"<!--a-->b", "comment \"<!--a-->\"\ntext \"b\"\n"},
		{"<!---->", "comment \"<!---->\"\n"},
		{"<!-- - -- --->", "comment \"<!-- - -- --->\"\n"},
		{"<!-->a", "comment \"<!-->\"\ntext \"a\"\n" + problem(0, AbruptComment)},
		{"<!--->a", "comment \"<!--->\"\ntext \"a\"\n" + problem(0, AbruptComment)},
		{"<!--a--!>b", "comment \"<!--a--!>\"\ntext \"b\"\n" + problem(7, BadCommentEnd)},
		{"<!-- <!-- -->", "comment \"<!-- <!-- -->\"\n" + problem(5, NestedComment)},
		{"<!-- a", "comment \"<!-- a\"\n" + problem(0, EOFInComment)},
		{"<![CDATA[x]]>", "comment \"<![CDATA[x]]>\"\n" + problem(0, CdataInHTML)},
		{"<svg><![CDATA[<a>]]></svg>", "svg\ntext \"<![CDATA[<a>]]>\"\n/svg\n"},
		{"<svg><![CDATA[<a>", "svg\ntext \"<![CDATA[<a>\"\n" + problem(5, EOFInCdata)},
		{"<script>a<b</script >c", "script\ntext \"a<b\"\n/script\ntext \"c\"\n"},
		{"<script></script>", "script\n/script\n"},
		{"<SCRIPT>a</Script>", "script\ntext \"a\"\n/script\n"},
		{"<script></scripts></script>", "script\ntext \"</scripts>\"\n/script\n"},
		{"<script><!-- <script> </script> --></script>", "script\ntext \"<!-- <script> </script> -->\"\n/script\n"},
		{"<script><!-- </script> -->", "script\ntext \"<!-- \"\n/script\ntext \" -->\"\n"},
		{"<script><!--><script></script>x", "script\ntext \"<!--><script>\"\n/script\ntext \"x\"\n"},
		{"<script>a", "script\ntext \"a\"\n"},
		{"<title>&amp;<b></title>", "title\ntext \"&amp;<b>\"\n/title\n"},
		{"<title>&nope;</title>", "title\ntext \"&nope;\"\n/title\n" + problem(7, UnknownReference)},
		{"<style>&nope;</style>", "style\ntext \"&nope;\"\n/style\n"},
		{"<plaintext></plaintext>", "plaintext\ntext \"</plaintext>\"\n"},
		{"&amp;&lt;&#1234;&#x1f;&#0;&#x;&x;&", "text \"&amp;&lt;&#1234;&#x1f;&#0;&#x;&x;&\"\n" +
			problem(16, BadReference) + problem(22, BadReference) + problem(26, NoDigits) + problem(30, UnknownReference)},
		{"&ampx &notin; &notit; &copy", "text \"&ampx &notin; &notit; &copy\"\n" +
			problem(0, MissingSemicolon) + problem(14, UnknownReference) + problem(22, MissingSemicolon)},
		{"<a b='?a&copy=1&amp=2&amp;c&not'>", "a b=\"?a&copy=1&amp=2&amp;c&not\"@3,6\n" + problem(27, MissingSemicolon)},
		{"&semi;&fjlig;&NotEqualTilde;", "text \"&semi;&fjlig;&NotEqualTilde;\"\n"},
	} {
		if got := tokens(tt.src); got != tt.want {
			t.Errorf("%q:\n%s\nwant\n%s", tt.src, got, tt.want)
		}
	}
}

func TestUnescapeAttr(t *testing.T) {
	for src, want := range map[string]string{
		"":                     "",
		"a b":                  "a b",
		"a&amp;b&lt;&#65;":     "a&b<A",
		"?a=1&copy=2":          "?a=1&copy=2",
		"?a=1&copyright":       "?a=1&copyright",
		"?a=1&copy;":           "?a=1©",
		"?a=1&copy":            "?a=1©",
		"?a=1&copy&b":          "?a=1©&b",
		"&notit;":              "&notit;",
		"&nosuch;&":            "&nosuch;&",
		"&#x20AC;&#8364;&#x41": "€€A",
	} {
		if got := UnescapeAttr([]byte(src)); got != want {
			t.Errorf("%q: got %q, want %q", src, got, want)
		}
	}
	if got := Unescape([]byte("&copyx &lt;")); got != "©x <" {
		t.Errorf("got %q", got)
	}
}

func TestPlaces(t *testing.T) {
	src := "aé\nb\n\ncd"
	var p Places
	p.Reset([]byte(src))
	for _, tt := range [][3]int{{0, 1, 1}, {1, 1, 2}, {3, 1, 3}, {4, 2, 1}, {8, 4, 2}, {6, 3, 1}, {1, 1, 2}, {0, 1, 1}, {99, 4, 3}, {7, 4, 1}, {-1, 1, 1}} {
		if line, column := p.Of(tt[0]); line != tt[1] || column != tt[2] {
			t.Errorf("%d: got %d:%d, want %d:%d", tt[0], line, column, tt[1], tt[2])
		}
	}
}

func TestPlacesOfLongSources(t *testing.T) {
	src := strings.Repeat(strings.Repeat("é", 999)+"\n", 20)
	var p Places
	p.Reset([]byte(src))
	for _, offset := range []int{30000, 2, 39000, 8192, 8191, 8193, 1998, 1999, 20000} {
		line, column := p.Of(offset)
		if wantLine, wantColumn := offset/1999+1, (offset%1999+1)/2+1; line != wantLine || column != wantColumn {
			t.Errorf("%d: got %d:%d, want %d:%d", offset, line, column, wantLine, wantColumn)
		}
	}
}

// FuzzScanner holds that tokens follow each other without gaps, that all places
// lie in the source, and that reading ends.
func FuzzScanner(f *testing.F) {
	for _, src := range []string{
		"<!doctype html><html lang=en><title>a &amp; b</title><p id='x' class=y>z<br/></p><!-- c -->",
		"<script><!-- <script> </script> --></script><style>a</style><textarea></textarea>",
		"<svg><![CDATA[x]]></svg><a b=c d=\"e\" f='g' b><", "</", "<!", "<!-", "<!--", "<?", "&", "&#x", "&notit;", "<a b='", "\x00\xff",
	} {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		var s Scanner
		s.Reset([]byte(src))
		at := 0
		if strings.HasPrefix(src, "\ufeff") {
			at = len("\ufeff")
		}
		for {
			tok := s.Next()
			if tok.Start != at || tok.End < tok.Start || tok.End > len(src) {
				t.Fatalf("%q: a token from %d to %d, after %d", src, tok.Start, tok.End, at)
			}
			if tok.Kind == EOF {
				break
			}
			if at = tok.End; tok.Start == tok.End {
				t.Fatalf("%q: an empty token at %d", src, at)
			}
			for _, a := range tok.Attrs {
				if a.Start < tok.Start || a.ValueStart < a.Start || a.ValueStart+len(a.Value) > tok.End {
					t.Fatalf("%q: attribute %q from %d, its value from %d", src, a.Name, a.Start, a.ValueStart)
				}
				if !strings.Contains(string(a.Value), "&") && UnescapeAttr(a.Value) != string(a.Value) {
					t.Fatalf("%q: unescaped", a.Value)
				}
			}
			if tok.Kind == StartTag {
				switch string(tok.Name) {
				case "script", "style":
					s.RawText(tok.Name, false)
				case "title", "textarea":
					s.RawText(tok.Name, true)
				case "svg":
					s.Foreign(true)
				}
			}
		}
		if at != len(src) {
			t.Fatalf("%q: read to %d of %d", src, at, len(src))
		}
		var p Places
		p.Reset([]byte(src))
		for _, problem := range s.Problems {
			if problem.Offset < 0 || problem.Offset >= len(src) || problem.Code == None {
				t.Fatalf("%q: problem %d at %d", src, problem.Code, problem.Offset)
			}
			if line, column := p.Of(problem.Offset); line < 1 || column < 1 || line > strings.Count(src, "\n")+1 {
				t.Fatalf("%q: %d is %d:%d", src, problem.Offset, line, column)
			}
		}
	})
}

func BenchmarkScanner(b *testing.B) {
	src := []byte("<!doctype html>" + strings.Repeat(`<div class="a b"><p>Some text of a page, with <a href="/somewhere/else/">a link</a> &amp; more.</p><img src=a.png alt="" width="10" height="20"></div>`+"\n", 100))
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	var s Scanner
	for b.Loop() {
		s.Reset(src)
		for s.Next().Kind != EOF {
		}
	}
}
