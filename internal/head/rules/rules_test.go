package rules

import (
	"slices"
	"strings"
	"testing"
)

const good = `<!DOCTYPE html><html><head>
<title>T</title>
<meta name="description" content="D">
<meta name="robots" content="noindex, max-snippet:20">
<link rel="canonical" href="https://example.org/a/">
<link rel="alternate" hreflang="en" href="https://example.org/a/">
<link rel="alternate" hreflang="pt-BR" href="https://example.org/pt/a/">
<link rel="alternate" hreflang="x-default" href="https://example.org/a/">
<link rel="alternate" type="application/rss+xml" title="Feed" href="/index.xml">
<link rel="alternate stylesheet" href="/x.css">
<meta property="og:title" content="T">
<meta property="og:type" content="article">
<meta property="og:url" content="https://example.org/a/">
<meta property="og:locale" content="en_US">
<meta property="og:locale:alternate" content="pt_BR">
<meta property="og:image" content="https://example.org/a.png">
<meta property="og:image:width" content="10">
<meta property="og:image:alt" content="An a">
<meta property="article:published_time" content="2024-02-29T10:00:00+01:00">
<meta name="twitter:card" content="summary_large_image">
<meta name="twitter:site" content="@example">
<meta name="twitter:image" content="https://example.org/a.png">
<script type="application/ld+json">
{"@context":"https://schema.org","@graph":[
{"@type":"Article","headline":"T","url":"https://example.org/a/","datePublished":"2024-02-29","author":[{"@type":"Person","name":"N"}],
"mainEntityOfPage":{"@type":"WebPage","@id":"https://example.org/a/"},"isPartOf":{"@id":"https://example.org/#website"}},
{"@type":"BreadcrumbList","itemListElement":[
{"@type":"ListItem","position":1,"name":"Home","item":"https://example.org/"},
{"@type":"ListItem","position":2,"name":"A"}]},
{"@type":["WebSite"],"name":"S","url":"https://example.org/","potentialAction":{"@type":"SearchAction",
"target":{"@type":"EntryPoint","urlTemplate":"https://example.org/?q={search_term_string}"},"query-input":"required name=search_term_string"}}
]}</script>
</head><body><link rel="canonical" href="x"></body></html>`

func TestGood(t *testing.T) {
	for _, p := range Check(good, Options{Image: true}) {
		t.Error(p)
	}
	if p := Check("", Options{Image: true}); p != nil {
		t.Errorf("of nothing: %v", p)
	}
}

// TestRules changes the good head in one place for each case.
func TestRules(t *testing.T) {
	tested := map[string]bool{}
	for _, tt := range []struct{ old, new, want string }{
		{`<title>`, `<meta name=description content=E><title>`, "3: meta-duplicate: description is there more than once"},
		{`content="@example">`, `content="@example"><meta name='Twitter:Site' content='@b'>`, "meta-duplicate: twitter:site is there more than once"},
		{`content="D"`, `content=" "`, "3: meta-empty: description has no value"},
		{`content="D"`, ``, "3: meta-empty: description has no value"},
		{`noindex, `, `no-index, `, `4: robots-directive: unknown directive "no-index"`},
		{`max-snippet:20`, `snippet:20`, `4: robots-directive: unknown directive "snippet:20"`},
		{`<title>`, `<link rel="Canonical" href="https://example.org/a/"><title>`, `5: canonical-count: a second canonical link, to "https://example.org/a/"`},
		{`canonical" href="https://example.org/a/`, `canonical" href="/a/`, `5: canonical-url: "/a/" is no absolute URL without fragment`},
		{`canonical" href="https://example.org/a/`, `canonical" href="https://example.org/a/#b`, `5: canonical-url: "https://example.org/a/#b" is no absolute URL without fragment`},
		{`canonical" href="https://example.org/a/`, `canonical" href="https:///a/`, `5: canonical-url: "https:///a/" is no absolute URL without fragment`},
		{`"pt-BR"`, `"pt_BR"`, `7: hreflang-tag: "pt_BR" is no language`},
		{`"pt-BR"`, `"qq"`, `7: hreflang-tag: "qq" is no language`},
		{`"pt-BR"`, `""`, `7: hreflang-tag: "" is no language`},
		{`"pt-BR"`, `"EN"`, `7: hreflang-duplicate: a second alternate for EN`},
		{`canonical" href="https://example.org/a/`, `canonical" href="https://example.org/b/`, `6: hreflang-self: no alternate is the page itself, https://example.org/b/`},
		{`https://example.org/pt/a/`, `/pt/a/`, `7: hreflang-url: "/pt/a/" is no absolute URL`},
		{`application/rss+xml`, `rss`, `9: alternate-type: an alternate to "/index.xml" with type "rss"`},
		{`type="application/rss+xml"`, ``, `9: alternate-type: an alternate to "/index.xml" with type ""`},
		{`href="/index.xml"`, ``, `9: alternate-type: an alternate to "" with type "application/rss+xml"`},
		{`property="og:title"`, `name="og:title"`, `11: og-attribute: og:title is given with name, not property`},
		{`property="og:title"`, `property="x"`, `12: og-required: og:title is missing`},
		{`property="og:type"`, `property="x"`, `11: og-required: og:type is missing`},
		{`property="og:url"`, `property="x"`, `11: og-required: og:url is missing`},
		{`property="og:image" `, `property="x" `, `11: og-required: og:image is missing`},
		{`property="og:url"`, `property="og:title"`, `13: og-duplicate: og:title is there more than once`},
		{`property="og:image" `, `property="x" `, `17: og-order: og:image:width does not follow an og:image`},
		{`<meta property="og:image:alt"`, `<meta property="og:video" content="https://example.org/v"><meta property="og:image:alt"`, `18: og-order: og:image:alt does not follow an og:image`},
		{`og:image" content="https://example.org/a.png"`, `og:image" content="a.png"`, `16: og-url: og:image is "a.png", no absolute URL`},
		{`og:url" content="https://example.org/a/"`, `og:url" content="https://example.org/"`, `13: og-canonical: og:url is https://example.org/, the canonical link https://example.org/a/`},
		{`en_US`, `en-US`, `14: og-locale: "en-US" is not of the form ll_TT`},
		{`pt_BR`, `en_US`, `15: og-locale: en_US is there more than once`},
		{`content="article"`, `content="website"`, `19: og-type: article:published_time on a page of type "website"`},
		{`2024-02-29T10`, `2023-02-29T10`, `19: og-date: article:published_time is "2023-02-29T10:00:00+01:00", no time of ISO 8601`},
		{`content="10"`, `content="10px"`, `17: og-size: og:image:width is "10px", no positive number`},
		{`content="10"`, `content="0"`, `17: og-size: og:image:width is "0", no positive number`},
		{`summary_large_image`, `large`, `20: twitter-card: unknown card "large"`},
		{`property="og:title"`, `property="x"`, `20: twitter-required: neither twitter:title nor og:title is there`},
		{`@example`, `example`, `21: twitter-handle: twitter:site is "example", no user name`},
		{`@example`, `@a b`, `21: twitter-handle: twitter:site is "@a b", no user name`},
		{`twitter:image" content="https://example.org`, `twitter:image" content="`, `22: twitter-url: twitter:image is "/a.png", no absolute URL`},
		{`"@graph":[`, `"@graph":[,`, `23: jsonld-syntax: invalid character ',' looking for beginning of value`},
		{`{"@context"`, `"a",{"@context"`, `jsonld-syntax`},
		{`{"@context":"https://schema.org"`, `{"@context":"schema"`, `23: jsonld-context: the context is "schema"`},
		{`"@type":["WebSite"]`, `"x":1`, `23: jsonld-type: @graph[2] has no type`},
		{`"headline":"T"`, `"name":"T"`, `23: jsonld-required: @graph[0] is a Article without headline`},
		{`"headline":"T"`, `"headline":" "`, `23: jsonld-required: @graph[0] is a Article without headline`},
		{`"name":"S"`, `"x":"S"`, `23: jsonld-required: @graph[2] is a WebSite without name`},
		{`"name":"N"`, `"x":"N"`, `23: jsonld-required: @graph[0].author[0] is a Person without name`},
		{`"@type":"Person","name":"N"`, `"@type":"ImageObject"`, `23: jsonld-required: @graph[0].author[0] is a ImageObject without url or contentUrl`},
		{`"url":"https://example.org/a/"`, `"url":"/a/"`, `23: jsonld-url: @graph[0].url is "/a/", no absolute URL`},
		{`"urlTemplate":"https://example.org/`, `"urlTemplate":"/`, `23: jsonld-url: @graph[2].potentialAction.target.urlTemplate is "/?q={search_term_string}", no absolute URL`},
		{`"datePublished":"2024-02-29"`, `"datePublished":"29.2.2024"`, `23: jsonld-date: @graph[0].datePublished is "29.2.2024", no date of ISO 8601`},
		{`"position":2`, `"position":3`, `23: jsonld-breadcrumb: step 2 has position 3`},
		{`"name":"A"`, `"x":"A"`, `23: jsonld-breadcrumb: step 2 has no name`},
		{`"name":"Home","item":"https://example.org/"`, `"name":"Home"`, `23: jsonld-breadcrumb: step 1 has no item`},
		{"{\"@type\":\"ListItem\",\"position\":1,\"name\":\"Home\",\"item\":\"https://example.org/\"},\n{\"@type\":\"ListItem\",\"position\":2,", "{\"@type\":\"ListItem\",\"position\":1,", `23: jsonld-breadcrumb: 1 steps, want two or more`},
		{`{"@type":"ListItem","position":2,"name":"A"}`, `"A"`, `23: jsonld-breadcrumb: step 2 is no ListItem`},
	} {
		if strings.Count(good, tt.old) == 0 {
			t.Fatalf("%s is not in the head", tt.old)
		}
		problems := Check(strings.Replace(good, tt.old, tt.new, 1), Options{Image: true})
		if !slices.ContainsFunc(problems, func(p Problem) bool { return strings.Contains(p.String(), tt.want) }) {
			t.Errorf("%s → %s:\ngot  %v\nwant %s", tt.old, tt.new, problems, tt.want)
		}
		for _, p := range problems {
			tested[p.Rule] = true
			if !slices.ContainsFunc(Rules(), func(r Rule) bool { return r.Name == p.Rule }) {
				t.Errorf("rule %s is not listed", p.Rule)
			}
		}
	}
	for _, r := range Rules() {
		if !tested[r.Name] {
			t.Errorf("no case breaks %s", r.Name)
		}
	}
}

func TestLargeCard(t *testing.T) {
	got := Check(`<meta name="twitter:card" content="summary_large_image"><meta name="twitter:title" content="T">`, Options{})
	if len(got) != 1 || got[0].String() != "1: twitter-required: a large card without twitter:image or og:image" {
		t.Errorf("got %v", got)
	}
}

func TestDocuments(t *testing.T) {
	for _, tt := range []struct{ json, want string }{
		{`[{"@context":"http://schema.org/","@type":"Person","name":"N"}]`, ""},
		{`{"@context":"https://schema.org","@type":"JobPosting"}`, ""},
		{`{"@context":"https://schema.org"}`, "1: jsonld-type: the node has no type"},
		{`{"@context":"https://schema.org","@type":"BlogPosting"}`, "1: jsonld-required: the node is a BlogPosting without headline"},
		{`{"@context":"https://schema.org","@type":"FAQPage","mainEntity":[]}`, "1: jsonld-required: the node is a FAQPage without mainEntity"},
		{`1`, "1: jsonld-syntax: want an object, have float64"},
		{``, ""}, // no text, no script
	} {
		got := ""
		for _, p := range Check(`<script type="application/ld+json; charset=utf-8">`+tt.json+`</script>`, Options{}) {
			got += p.String()
		}
		if got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.json, got, tt.want)
		}
	}
}

// FuzzCheck must not panic, and give lines of the text and known rules.
func FuzzCheck(f *testing.F) {
	f.Add(good)
	for _, s := range []string{`<meta name=`, `<link rel=alternate hreflang>`, `<meta property=og>`, `<script type=application/ld+json>{`, "<meta property='og:image:width'>\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, p := range Check(s, Options{}) {
			if p.Line < 1 || p.Line > 1+strings.Count(s, "\n") {
				t.Errorf("%v is outside of %d lines", p, 1+strings.Count(s, "\n"))
			}
			if !slices.ContainsFunc(rules, func(r Rule) bool { return r.Name == p.Rule }) {
				t.Errorf("rule %s is not listed", p.Rule)
			}
		}
	})
}
