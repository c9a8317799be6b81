package funcs

import (
	"encoding/json"
	"html/template"
	"math"
	"strings"
	"testing"
	texttemplate "text/template"
)

func TestChecksums(t *testing.T) {
	for _, tt := range []example{
		{`{{ md5 "a" }} {{ sha1 "a" }}`, `0cc175b9c0f1b6a831c399e269772661 86f7e437faa5a7fce15d1ddcb9eaeaea377667b8`},
		{`{{ sha256 "a" }}`, `ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb`},
		{`{{ crypto.Hash "a" }}`, `ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb`},
		{`{{ len (crypto.Hash "sha384" "a") }} {{ len (crypto.Hash "sha512" "a") }} {{ crypto.Hash "md5" nil }}`, `96 128 d41d8cd98f00b204e9800998ecf8427e`},
		{`{{ hmac "sha256" "key" "The quick brown fox jumps over the lazy dog" }}`, `f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8`},
		{`{{ hmac "md5" "key" "The quick brown fox jumps over the lazy dog" "binary" | encoding.HexEncode }}`, `80070713463e7749b90c2dc24911e275`},
		{`{{ hash.FNV32a "a" }} {{ hash.FNV32a "" }} {{ xxhash "" }} {{ hash.XxHash "a" }} {{ hash.XxHash "abc" }}`,
			`3826002220 2166136261 ef46db3751d8e999 d24ec4f1a98c6e5b 44bc2cf5ad770999`},
		{`{{ base64Encode "Hugo" }} {{ base64Decode "SHVnbw==" }} {{ encoding.HexEncode "ab" }} {{ encoding.HexDecode "6162" }}`, `SHVnbw== Hugo 6162 ab`},
	} {
		tt.run(t, nil)
	}
	for _, tt := range []example{
		{`{{ md5 (slice) }}`, `md5: want text, have []any`},
		{`{{ crypto.Hash "sha3" "a" }}`, `crypto.Hash: unknown algorithm "sha3": want md5, sha1, sha256, sha384 or sha512`},
		{`{{ crypto.Hash }}`, `crypto.Hash: want an algorithm and an input, have 0 arguments`},
		{`{{ crypto.Hash (slice) "a" }}`, `crypto.Hash: want text, have []any`},
		{`{{ hmac "crc" "a" "b" }}`, `hmac: unknown algorithm "crc"`},
		{`{{ hmac "md5" "a" "b" "octal" }}`, `hmac: unknown encoding "octal": want hex or binary`},
		{`{{ hmac "md5" "a" "b" "hex" "hex" }}`, `hmac: want one encoding, have 2`},
		{`{{ hmac "md5" (slice) "b" }}`, `hmac: want text, have []any`},
		{`{{ base64Decode "%" }}`, `base64Decode: illegal base64 data at input byte 0`},
		{`{{ encoding.HexDecode "6" }}`, `encoding.HexDecode: encoding/hex: odd length hex string`},
	} {
		tt.fail(t, nil)
	}
}

// The values come from the reference implementation.
func TestXxHash64(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want uint64
	}{
		{"", 0xef46db3751d8e999},
		{"as", 0x1c330fb2d66be179},
		{"asd", 0x631c37ce72a97393},
		{"asdf", 0x415872f599cea71e},
		{"Call me Ishmael. Some years ago--never mind how long precisely-", 0x02a2e85470d6fd96},
		{"Nobody inspects the spammish repetition", 0xfbcea83c8a378bf1},
	} {
		if got := xxHash64([]byte(tt.in)); got != tt.want {
			t.Errorf("xxHash64(%q) = %x, want %x", tt.in, got, tt.want)
		}
	}
}

func TestJsonify(t *testing.T) {
	data := map[string]any{"V": map[string]any{"b": "<&>", "a": []int{1, 2}}, "Func": func() {}, "Options": map[string]any{"indent": " ", "prefix": ">"}}
	for _, tt := range []example{
		{`{{ jsonify .V }}`, `{"a":[1,2],"b":"\u003c\u0026\u003e"}`},
		{`{{ jsonify (dict "noHTMLEscape" true) .V }}`, `{"a":[1,2],"b":"<&>"}`},
		{`{{ .V | jsonify (dict "indent" "  ") }}`, "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": \"\\u003c\\u0026\\u003e\"\n}"},
		{`{{ jsonify .Options (slice 1) }}`, "[\n> 1\n>]"},
		{`{{ jsonify nil }}{{ jsonify "x" }}{{ printf "%T" (jsonify 1) }}`, `null"x"template.HTML`},
	} {
		tt.run(t, data)
	}
	for _, tt := range []example{
		{`{{ jsonify }}`, `jsonify: want options and a value, have 0 arguments`},
		{`{{ jsonify 1 2 }}`, `jsonify: want a map of options, have int`},
		{`{{ jsonify (dict "indet" " ") 2 }}`, `jsonify: unknown option "indet" (did you mean "indent"?)`},
		{`{{ jsonify (dict "indent" (slice)) 2 }}`, `jsonify: the option indent: want text, have []any`},
		{`{{ jsonify .Func }}`, `jsonify: json: unsupported type: func()`},
	} {
		tt.fail(t, data)
	}
	if got, want := executeHTML(t, `<script>let x = {{ jsonify .V }}</script>`, data), `<script>let x = "{\"a\":[1,2],\"b\":\"\\u003c\\u0026\\u003e\"}"</script>`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestFmt(t *testing.T) {
	for _, tt := range []example{
		{`{{ print "a" 1 2 "b" }}{{ println "a" 1 }}{{ printf "%05.1f|%q" 2.25 "x" }}{{ fmt.Print nil }}`, "a1 2ba 1\n002.2|\"x\"<nil>"},
		{`{{ printf (print "%d" | safeHTML) 3 }}`, `3`},
	} {
		tt.run(t, nil)
	}
	for _, tt := range []example{
		{`{{ errorf "no %s in %q" "cover" "x.md" }}`, `no cover in "x.md"`},
		{`{{ erroridf "missing-cover" "no %s" "cover" }}`, `no cover [missing-cover]`},
		{`{{ errorf (slice) }}`, `errorf: want text, have []any`},
		{`{{ erroridf (slice) "x" }}`, `erroridf: want text, have []any`},
		{`{{ printf (slice) }}`, `printf: want text, have []any`},
		{`{{ warnf (slice) }}`, `warnf: want text, have []any`},
		{`{{ warnidf "x" (slice) }}`, `warnidf: want text, have []any`},
	} {
		tt.fail(t, nil)
	}
	var warnings []string
	opt := Options{Warn: func(s string) { warnings = append(warnings, s) }}
	tmpl := texttemplate.Must(texttemplate.New("x").Funcs(Map(opt)).Parse(`{{ warnf "a %d" 1 }}{{ warnidf "my-id" "b" }}{{ warnf "a %d" 1 }}`))
	var b strings.Builder
	if err := tmpl.Execute(&b, nil); err != nil || b.Len() > 0 {
		t.Errorf("printed %q, %v", b.String(), err)
	}
	if got, want := strings.Join(warnings, "|"), "a 1|b [my-id]|a 1"; got != want {
		t.Errorf("the warnings are %q, want %q", got, want)
	}
}

func TestSafe(t *testing.T) {
	data := map[string]any{
		"HTML": "<em>x</em>", "CSS": "color: red;", "URL": "irc://example.org/#go", "JS": "x + y", "Str": "Lilo & Stitch",
		"Attr": `datetime="2024-05-26T07:19:55+02:00"`,
	}
	for _, tt := range []example{
		{`<p>{{ .HTML }}{{ safeHTML .HTML }}{{ .HTML | safe.HTML }}`, `<p>&lt;em&gt;x&lt;/em&gt;<em>x</em><em>x</em>`},
		{`<p style="{{ .CSS }}" style="{{ safeCSS .CSS }}">`, `<p style="ZgotmplZ" style="color: red;">`},
		{`<a href="{{ .URL }}" href="{{ .URL | safeURL }}">`, `<a href="#ZgotmplZ" href="irc://example.org/#go">`},
		{`<script>a = {{ .JS }}; b = {{ safeJS .JS }}</script>`, `<script>a = "x + y"; b = x + y</script>`},
		{`<script>a = {{ .Str }}; b = {{ safeJSStr .Str }}</script>`, `<script>a = "Lilo \u0026 Stitch"; b = "Lilo & Stitch"</script>`},
		{`<time {{ safeHTMLAttr .Attr }}>`, `<time datetime="2024-05-26T07:19:55+02:00">`},
		{`{{ "<b>x</b>" | plainify }} {{ "a < b" | plainify }} {{ "<b>&amp;</b>" | plainify }}`, `x a &lt; b &amp;`},
		{`{{ htmlEscape "<b>" }} {{ htmlEscape "<b>" | safeHTML }} {{ htmlUnescape "&lt;b&gt;" }} {{ transform.XMLEscape "<b>" | safeHTML }}`,
			`&amp;lt;b&amp;gt; &lt;b&gt; &lt;b&gt; &lt;b&gt;`},
		{`{{ chomp (safeHTML "<b>\n") }}|{{ .HTML | safeHTML | truncate 5 }}`, `<b>|<em>x</em>`},
		{`<a href="?{{ querify "a" "x y" "b" "&" | safeURL }}">`, `<a href="?a=x&#43;y&amp;b=%26">`},
	} {
		if got := executeHTML(t, tt.tmpl, data); got != tt.want {
			t.Errorf("%s → %s, want %s", tt.tmpl, got, tt.want)
		}
	}
	for _, fn := range []string{"safeHTML", "safeCSS", "safeURL", "safeJS", "safeJSStr", "safeHTMLAttr"} {
		example{`{{ ` + fn + ` (slice) }}`, fn + `: want text, have []any`}.fail(t, nil)
		example{`{{ ` + fn + ` nil }}`, ``}.run(t, nil)
	}
}

func TestPath(t *testing.T) {
	for _, tt := range []example{
		{`{{ path.Base "a/b.html" }} {{ path.Base "" }} {{ path.Base "a\\b" }} {{ path.BaseName "a/b.c.html" }} {{ path.BaseName "" }}`, `b.html . b b.c .`},
		{`{{ path.Clean "a//b/../c" }} {{ path.Dir "a/b/c" }} {{ path.Ext "a/b.html" }} {{ path.Join "a" "" "../b" }} {{ path.Join (slice "a" "b") "c" }}`, `a/c a/b .html b a/b/c`},
		{`{{ with path.Split "a/b/c.html" }}{{ .Dir }} {{ .File }}{{ end }} {{ path.Join "a\\b" "c" }}`, `a/b/ c.html a/b/c`},
		{`{{ reflect.IsMap (dict) }}{{ reflect.IsMap 1 }}{{ reflect.IsMap nil }}{{ reflect.IsSlice (slice) }}{{ reflect.IsSlice "a" }}`, `truefalsefalsetruefalse`},
		{`{{ debug.Dump (dict "b" 1 "a" (slice "x")) }}`, "{\n  \"a\": [\n    \"x\"\n  ],\n  \"b\": 1\n}"},
		{`{{ debug.VisualizeSpaces "a  b" }}`, `a[SPACE][SPACE]b`},
	} {
		tt.run(t, nil)
	}
	for _, fn := range []string{"path.Base", "path.BaseName", "path.Clean", "path.Dir", "path.Ext", "path.Split", "debug.VisualizeSpaces"} {
		example{`{{ ` + fn + ` (dict) }}`, fn + `: want text, have map[string]any`}.fail(t, nil)
	}
	example{`{{ path.Join (slice (dict)) }}`, `path.Join: want text, have map[string]any`}.fail(t, nil)
	example{`{{ path.Join "a" (dict) }}`, `path.Join: want text, have map[string]any`}.fail(t, nil)
	example{`{{ debug.Dump .F }}`, `debug.Dump: json: unsupported type: func()`}.fail(t, map[string]any{"F": func() {}})
}

func TestURLs(t *testing.T) {
	for _, tt := range []struct{ in, sane, url string }{
		{"", "", ""},
		{"a-b/c.html", "a-b/c.html", "a-b/c.html"},
		{"Vim (text editor)", "vim-text-editor", "vim-text-editor"},
		{"  A  B\tC ", "a-b-c", "a-b-c"},
		{"a - b", "a-b", "a-b"},
		{"a -- b", "a--b", "a--b"},
		{"< a, b, & c >", "a-b-c", "a-b-c"},
		{"C#", "c#", "c%23"},
		{`a\b`, `a\b`, "a%5Cb"},
		{"Hugö", "hugö", "hug%C3%B6"},
		{"日本 語", "日本-語", "%E6%97%A5%E6%9C%AC-%E8%AA%9E"},
		{"हिन्दी", "हिन्दी", "%E0%A4%B9%E0%A4%BF%E0%A4%A8%E0%A5%8D%E0%A4%A6%E0%A5%80"},
		{"50% off", "50-off", "50-off"},
		{"a%2Fb", "a%2fb", "a%2fb"},
		{"a_b+c~d@e", "a_b+c~d@e", "a_b+c~d@e"},
		{"a?b=c&d:e;f*g", "abcdefg", "abcdefg"},
		{"a\xffb\x00c\ufffd", "abc", "abc"},
		{"!!!", "", ""},
		{"! a", "a", "a"},
	} {
		if got := Sanitize(tt.in); got != tt.sane {
			t.Errorf("Sanitize(%q) = %q, want %q", tt.in, got, tt.sane)
		}
		if got := Urlize(tt.in); got != tt.url {
			t.Errorf("Urlize(%q) = %q, want %q", tt.in, got, tt.url)
		}
	}
	for in, want := range map[string]string{
		"A B C": "a-b-c", "a b   c": "a-b---c", "< a, b, & c >": "-a-b--c-", "main.go": "maingo", "Hugö": "hugö", "a_b-c": "a_b-c",
		" x\ty z ": "x-y-z", "हिन्दी": "हिन्दी", "\xff": "", "": "",
	} {
		if got := Anchorize(in); got != want {
			t.Errorf("Anchorize(%q) = %q, want %q", in, got, want)
		}
	}
	for _, tt := range []example{
		{`{{ anchorize "A b" }} {{ urlize "A b" }} {{ urls.URLize "é" }} {{ urls.PathEscape "a b/é" }} {{ urls.PathUnescape "a%20b" }}`, `a-b a-b %C3%A9 a%20b%2F%C3%A9 a b`},
		{`{{ with urls.Parse "https://example.org:1/a?b=c#d" }}{{ .Host }} {{ .Path }} {{ .Query.Get "b" }} {{ .Fragment }}{{ end }}`, `example.org:1 /a c d`},
		{`{{ urls.JoinPath "https://example.org/x/" "../a" "b/" }} {{ urls.JoinPath (slice "a" "b") "c" }} {{ urls.JoinPath }}`, `https://example.org/a/b/ a/b/c `},
		{`{{ urlize nil }}{{ anchorize 12 }}`, `12`},
	} {
		tt.run(t, nil)
	}
	for _, tt := range []example{
		{`{{ urls.Parse "http://[::1" }}`, `urls.Parse: parse "http://[::1": missing ']' in host`},
		{`{{ urls.Parse (slice) }}`, `urls.Parse: want text, have []any`},
		{`{{ urls.JoinPath "http://[::1" "a" }}`, `urls.JoinPath: parse`},
		{`{{ urls.JoinPath (slice (slice)) }}`, `urls.JoinPath: want text, have []any`},
		{`{{ urls.PathUnescape "%zz" }}`, `urls.PathUnescape: invalid URL escape "%zz"`},
		{`{{ urls.PathUnescape (slice) }}`, `urls.PathUnescape: want text, have []any`},
		{`{{ urlize (slice) }}`, `urlize: want text, have []any`},
	} {
		tt.fail(t, nil)
	}
}

func TestTransform(t *testing.T) {
	data := map[string]any{
		"Feed": `<?xml version="1.0"?><rss xmlns:i="urn:x" version="2"><channel><title lang="en">T</title><i:n>1</i:n><item>a</item><item><b/>x</item></channel></rss>`,
		"CSV":  "name,age\nAnn,3\nBob,5\n", "Semi": "#c\nname;q\nAnn;a \"b\" c\n", "HTML": template.HTML("a: 1"), "Nil": nil,
		"JSON": `{"n": 1, "f": 1.5, "big": 12345678901234567890, "l": [1, {"x": null}]}`, "Array": `[1, 2]`,
		"TOML": "a = 1\n[t]\nd = 2024-01-02\n", "YAML": "1: x\ntrue: y\nn: {2: [z]}\nd: 2024-01-02\n",
	}
	for _, tt := range []example{
		{`{{ htmlEscape "<a href='x'>&\"" }} {{ htmlUnescape "&lt;&eacute;&#39;" }}`, `&lt;a href=&#39;x&#39;&gt;&amp;&#34; <é'`},
		{`{{ transform.XMLEscape "a<b>&\"'\t\n\r\x01\uFFFE\xffé\uFFFD" }}`, `a&lt;b&gt;&amp;&#34;&#39;&#x9;&#xA;&#xD;é` + "\uFFFD"},
		{`{{ with unmarshal .JSON }}{{ .n }} {{ .f }} {{ .big }} {{ index .l 0 }} {{ printf "%T" .n }}{{ end }} {{ unmarshal .Array }}`, `1 1.5 1.2345678901234567e+19 1 int [1 2]`},
		{`{{ with unmarshal .YAML }}{{ index . "1" }}{{ index . "true" }}{{ index .n "2" 0 }} {{ dateFormat "2 Jan" .d }}{{ end }} {{ (unmarshal .HTML).a }}`, `xyz 2 Jan 1`},
		{`{{ with unmarshal .TOML }}{{ .a }} {{ dateFormat "2 Jan" .t.d }}{{ end }}`, `1 2 Jan`},
		{`{{ unmarshal .CSV }} {{ range unmarshal (dict "targetType" "map") .CSV }}{{ .name }}{{ .age }}{{ end }}`, `[[name age] [Ann 3] [Bob 5]] Ann3Bob5`},
		{`{{ unmarshal (dict "delimiter" ";" "comment" "#" "lazyQuotes" true) .Semi }} {{ len (unmarshal (dict "format" "csv" "targetType" "map") "#x") }}`, `[[name q] [Ann a "b" c]] 0`},
		{`{{ with (unmarshal .Feed).channel }}{{ index .title "#text" }} {{ index .title "-lang" }} {{ .n }} {{ index .item 0 }} {{ index .item 1 "#text" }}{{ end }}`, `T en 1 a x`},
		{`{{ with unmarshal "" }}some{{ else }}none{{ end }}{{ with unmarshal .Nil }}some{{ else }}none{{ end }}`, `nonenone`},
		{`{{ (unmarshal (dict "format" "toml") "a = 1 # b: c").a }}`, `1`},
		{`{{ transform.Remarshal "json" "b = 'x<y'\na = 1.0\n" }}`, "{\n   \"a\": 1,\n   \"b\": \"x<y\"\n}\n"},
		{`{{ transform.Remarshal "yaml" (dict "b" (dict "z" 1 "x" "q") "a" (slice "k" "l")) }}`, "a:\n- k\n- l\nb:\n  x: q\n  z: 1\n"},
		{`{{ transform.Remarshal "toml" "{\"a\": 1, \"b\": {\"c\": [1, 2]}}" }}`, "a = 1\n\n[b]\nc = [1, 2]\n"},
		{`{{ transform.Remarshal " YAML " " " }}`, ``},
	} {
		tt.run(t, data)
	}
	for _, tt := range []example{
		{`{{ htmlEscape (slice) }}`, `htmlEscape: want text, have []any`},
		{`{{ htmlUnescape (slice) }}`, `htmlUnescape: want text, have []any`},
		{`{{ plainify (slice) }}`, `plainify: want text, have []any`},
		{`{{ transform.XMLEscape (slice) }}`, `transform.XMLEscape: want text, have []any`},
		{`{{ unmarshal }}`, `unmarshal: want options and an input, have 0 arguments`},
		{`{{ unmarshal 1 "a" }}`, `unmarshal: want a map of options, have int`},
		{`{{ unmarshal (slice) }}`, `unmarshal: want text, have []any`},
		{`{{ unmarshal (dict "fromat" "x") "a" }}`, `unmarshal: unknown option "fromat" (did you mean "format"?)`},
		{`{{ unmarshal (dict "format" "ini") "a" }}`, `unmarshal: unknown format "ini": want csv, json, toml, xml or yaml`},
		{`{{ unmarshal (dict "delimiter" "ab") "a" }}`, `unmarshal: the option delimiter: want one character, have string "ab"`},
		{`{{ unmarshal (dict "targetType" "list") "a,b" }}`, `unmarshal: unknown targetType "list": want slice or map`},
		{`{{ unmarshal "plain" }}`, `unmarshal: can't guess the format: give one in the options`},
		{`{{ unmarshal "{\"a\": " }}`, `unmarshal: unexpected EOF`},
		{`{{ unmarshal "{} {}" }}`, `unmarshal: there is text behind the JSON value`},
		{`{{ unmarshal "a: [" }}`, `unmarshal: yaml`},
		{`{{ unmarshal "a: 1\na: 2" }}`, `unmarshal: yaml`},
		{`{{ unmarshal "a = " }}`, `unmarshal: toml`},
		{`{{ unmarshal "<a>" }}`, `unmarshal: 1:4: invalid XML: unexpected EOF`},
		{`{{ unmarshal "<!-- a -->" }}`, `unmarshal: 1:1: the XML has no element`},
		{`{{ unmarshal "a,b\nc" }}`, `unmarshal: record on line 2: wrong number of fields`},
		{`{{ transform.Remarshal "ini" (dict) }}`, `transform.Remarshal: unknown format "ini": want json, toml or yaml`},
		{`{{ transform.Remarshal "json" 1.5 }}`, `transform.Remarshal: can't guess the format`},
		{`{{ transform.Remarshal "json" (slice) }}`, `transform.Remarshal: want a map or text, have []any`},
		{`{{ transform.Remarshal "yaml" (dict "a" .F) }}`, `transform.Remarshal: `},
	} {
		tt.fail(t, map[string]any{"F": func() {}})
	}
}

// Data that contains itself must not end the process.
func TestEndlessData(t *testing.T) {
	m := map[string]any{}
	m["m"] = m
	for _, format := range []string{"json", "toml", "yaml"} {
		if _, err := (Transform{}).Remarshal(format, m); err == nil || !strings.Contains(err.Error(), "nested too deeply") {
			t.Errorf("%s: %v", format, err)
		}
	}
	if _, err := (Encoding{}).Jsonify(m); err == nil {
		t.Error("jsonify gave no error")
	}
	deep := strings.Repeat("<a>", 1000) + strings.Repeat("</a>", 1000)
	if _, err := (Transform{}).Unmarshal(deep); err == nil || !strings.Contains(err.Error(), "nested more than 64 deep") {
		t.Errorf("XML: %v", err)
	}
	if _, err := (Transform{}).Unmarshal(strings.Repeat("[", 20000)); err == nil {
		t.Error("JSON gave no error")
	}
}

func FuzzUnmarshal(f *testing.F) {
	for _, s := range fuzzStrings {
		f.Add(s, "")
	}
	f.Add("<a b='c'>d<e/><e/></a>", "xml")
	f.Add("a: &a [1]\nb: *a", "yaml")
	f.Add("a.b = 1979-05-27T07:32:00Z", "toml")
	f.Fuzz(func(t *testing.T, s, format string) {
		var tr Transform
		v, err := tr.Unmarshal(map[string]any{"format": format}, s)
		if err != nil || v == nil {
			return
		}
		if _, err := json.Marshal(v); err != nil && !strings.Contains(err.Error(), "unsupported value") {
			t.Errorf("%q gives %#v, which has no JSON: %v", s, v, err)
		}
		for _, out := range []string{"json", "toml", "yaml"} {
			tr.Remarshal(out, v)
		}
	})
}

func TestIntKeyOfBigNumbers(t *testing.T) {
	l := newLibrary(Options{})
	s, err := l.newSet([]any{uint64(math.MaxUint64), int64(1 << 62), 2.5, math.NaN()})
	if err != nil {
		t.Fatal(err)
	}
	for v, want := range map[any]bool{uint64(math.MaxUint64): true, int64(1 << 62): true, float64(1 << 62): true, 2.5: true, -1: false, math.Inf(1): false} {
		if s.has(v) != want {
			t.Errorf("has(%v) is %v", v, !want)
		}
	}
}
