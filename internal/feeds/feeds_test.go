package feeds_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jam-go/jam/internal/feeds"
	"github.com/jam-go/jam/internal/feeds/rules"
)

var (
	day  = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	noon = time.Date(2026, 3, 9, 12, 30, 5, 7, time.FixedZone("", 2*60*60))
)

// sample returns a feed that uses every field.
func sample() *feeds.Feed {
	return &feeds.Feed{
		ID:          "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a",
		URL:         "https://example.com/blog/?a=1&b=2",
		FeedURL:     "https://example.com/blog/feed",
		Title:       "News & <Notes>",
		Description: `All "new" things`,
		Language:    "en-GB",
		Generator:   "jam",
		Copyright:   "© 2026",
		Authors:     []feeds.Person{{Name: "Ann", Email: "ann@example.com", URL: "https://ann.example/", Avatar: "https://ann.example/i.png"}},
		Icon:        "https://example.com/icon.png",
		Image:       "https://example.com/logo.png",
		Items: []feeds.Item{
			{
				URL: "https://example.com/blog/two/", Title: "Two", Published: day, Updated: noon, Summary: "a < b & c",
				ContentHTML: []byte("<p>a &lt; b ]]> c</p>"), Authors: []feeds.Person{{Name: "Bob"}, {Email: "eve@example.com"}},
				Categories: []string{"Go", "", "R&D"}, Language: "fr", Image: "https://example.com/two.jpg",
				Enclosure: &feeds.Enclosure{URL: "https://example.com/two.mp3", Type: "audio/mpeg", Length: 1234},
			},
			{ID: "tag:example.com,2026:one", URL: "https://example.com/blog/one/", Published: day, ContentHTML: []byte("<p>One</p>")},
			{URL: "https://example.com/blog/zero/", Title: "Zero", Published: day},
		},
	}
}

const wantRSS = `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
<title>News &#x26; &#x3C;Notes&#x3E;</title>
<link>https://example.com/blog/?a=1&amp;b=2</link>
<description>All &#34;new&#34; things</description>
<language>en-GB</language>
<copyright>© 2026</copyright>
<managingEditor>ann@example.com (Ann)</managingEditor>
<lastBuildDate>Mon, 09 Mar 2026 12:30:05 +0200</lastBuildDate>
<generator>jam</generator>
<image>
<url>https://example.com/logo.png</url>
<title>News &#x26; &#x3C;Notes&#x3E;</title>
<link>https://example.com/blog/?a=1&amp;b=2</link>
</image>
<atom:link rel="self" type="application/rss+xml" href="https://example.com/blog/feed"/>
<item>
<title>Two</title>
<link>https://example.com/blog/two/</link>
<description>a &amp;lt; b &amp;amp; c</description>
<content:encoded><![CDATA[<p>a &lt; b ]]]]><![CDATA[> c</p>]]></content:encoded>
<dc:creator>Bob</dc:creator>
<dc:creator>eve@example.com</dc:creator>
<category>Go</category>
<category>R&#x26;D</category>
<enclosure url="https://example.com/two.mp3" length="1234" type="audio/mpeg"/>
<guid isPermaLink="true">https://example.com/blog/two/</guid>
<pubDate>Sun, 01 Mar 2026 00:00:00 +0000</pubDate>
<dc:language>fr</dc:language>
<media:thumbnail url="https://example.com/two.jpg"/>
</item>
<item>
<link>https://example.com/blog/one/</link>
<description><![CDATA[<p>One</p>]]></description>
<guid isPermaLink="false">tag:example.com,2026:one</guid>
<pubDate>Sun, 01 Mar 2026 00:00:00 +0000</pubDate>
</item>
<item>
<title>Zero</title>
<link>https://example.com/blog/zero/</link>
<guid isPermaLink="true">https://example.com/blog/zero/</guid>
<pubDate>Sun, 01 Mar 2026 00:00:00 +0000</pubDate>
</item>
</channel>
</rss>
`

const wantAtom = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xml:lang="en-GB">
<title>News &amp; &lt;Notes&gt;</title>
<subtitle>All &#34;new&#34; things</subtitle>
<id>urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a</id>
<link rel="self" type="application/atom+xml" href="https://example.com/blog/feed"/>
<link rel="alternate" type="text/html" href="https://example.com/blog/?a=1&amp;b=2"/>
<updated>2026-03-09T12:30:05+02:00</updated>
<author>
<name>Ann</name>
<uri>https://ann.example/</uri>
<email>ann@example.com</email>
</author>
<rights>© 2026</rights>
<generator>jam</generator>
<icon>https://example.com/icon.png</icon>
<logo>https://example.com/logo.png</logo>
<entry xml:lang="fr">
<title>Two</title>
<id>https://example.com/blog/two/</id>
<link rel="alternate" type="text/html" href="https://example.com/blog/two/"/>
<link rel="enclosure" type="audio/mpeg" length="1234" href="https://example.com/two.mp3"/>
<published>2026-03-01T00:00:00Z</published>
<updated>2026-03-09T12:30:05+02:00</updated>
<author>
<name>Bob</name>
</author>
<author>
<name>eve@example.com</name>
<email>eve@example.com</email>
</author>
<category term="Go"/>
<category term="R&amp;D"/>
<summary>a &lt; b &amp; c</summary>
<content type="html"><![CDATA[<p>a &lt; b ]]]]><![CDATA[> c</p>]]></content>
<media:thumbnail url="https://example.com/two.jpg"/>
</entry>
<entry>
<title></title>
<id>tag:example.com,2026:one</id>
<link rel="alternate" type="text/html" href="https://example.com/blog/one/"/>
<published>2026-03-01T00:00:00Z</published>
<updated>2026-03-01T00:00:00Z</updated>
<content type="html"><![CDATA[<p>One</p>]]></content>
</entry>
<entry>
<title>Zero</title>
<id>https://example.com/blog/zero/</id>
<link rel="alternate" type="text/html" href="https://example.com/blog/zero/"/>
<published>2026-03-01T00:00:00Z</published>
<updated>2026-03-01T00:00:00Z</updated>
</entry>
</feed>
`

const wantJSON = `{"version":"https://jsonfeed.org/version/1.1","title":"News & <Notes>","home_page_url":"https://example.com/blog/?a=1&b=2",` +
	`"feed_url":"https://example.com/blog/feed","description":"All \"new\" things","icon":"https://example.com/icon.png","language":"en-GB",` +
	`"authors":[{"name":"Ann","url":"https://ann.example/","avatar":"https://ann.example/i.png"}],"items":[
{"id":"https://example.com/blog/two/","url":"https://example.com/blog/two/","title":"Two","content_html":"<p>a &lt; b ]]> c</p>",` +
	`"summary":"a < b & c","image":"https://example.com/two.jpg","date_published":"2026-03-01T00:00:00Z","date_modified":"2026-03-09T12:30:05+02:00",` +
	`"authors":[{"name":"Bob"},{"name":"eve@example.com"}],"tags":["Go","R&D"],"language":"fr",` +
	`"attachments":[{"url":"https://example.com/two.mp3","mime_type":"audio/mpeg","size_in_bytes":1234}]},
{"id":"tag:example.com,2026:one","url":"https://example.com/blog/one/","content_html":"<p>One</p>","date_published":"2026-03-01T00:00:00Z"},
{"id":"https://example.com/blog/zero/","url":"https://example.com/blog/zero/","title":"Zero","content_text":"","date_published":"2026-03-01T00:00:00Z"}]}
`

// formats are the feed formats with their rules.
var formats = []struct {
	name   string
	append func([]byte, *feeds.Feed) ([]byte, error)
	check  func([]byte, string) []rules.Problem
	want   string
}{
	{"RSS", feeds.AppendRSS, rules.RSS, wantRSS},
	{"Atom", feeds.AppendAtom, rules.Atom, wantAtom},
	{"JSON", feeds.AppendJSON, rules.JSONFeed, wantJSON},
}

func TestFeeds(t *testing.T) {
	for _, format := range formats {
		t.Run(format.name, func(t *testing.T) {
			got, err := format.append([]byte("before"), sample())
			if err != nil {
				t.Fatal(err)
			}
			doc, ok := strings.CutPrefix(string(got), "before")
			if !ok || doc != format.want {
				t.Errorf("got\n%s\nwant\n%s", doc, format.want)
			}
			for _, p := range format.check([]byte(doc), sample().FeedURL) {
				t.Error(p)
			}
		})
	}
}

// minimal returns a feed with what every format requires.
func minimal() *feeds.Feed {
	return &feeds.Feed{
		URL: "https://example.com/", FeedURL: "https://example.com/feed", Title: "T", Authors: []feeds.Person{{Name: "A"}},
		Items: []feeds.Item{{URL: "https://example.com/1/", Title: "One", Published: day}},
	}
}

func TestHostileFeeds(t *testing.T) {
	for _, text := range []string{
		"a\x00b\x01\x0b\x1f\x7fc\u0085", "]]>", "]]", ">", "]]]]>>", "<![CDATA[x]]>", "&amp;&#0;", "😀 \U0010FFFF", "\u202Eabc\u200F עברית",
		"\uFFFE\uFFFF\uFFFD", "bad \xff\xfe utf-8 \xed\xa0\x80", "line\r\nline\rline\n\ttab", "\u2028\u2029", `"'\`,
		"<p>unclosed <b", "<!--", "</script><script>alert(1)</script>", "<p onclick='x'>", "<a href='/x'>", strings.Repeat("<i>", 1000),
	} {
		f := minimal()
		f.Title, f.Description, f.Generator, f.Copyright = "T"+text, text, text, text
		f.Authors[0].Name = text
		f.Authors[0].URL = "https://example.com/a"
		it := &f.Items[0]
		it.Title, it.Summary, it.Categories = "t"+text, text, []string{text}
		it.ContentHTML = feeds.Absolute([]byte(text), it.URL)
		f.Items = append(f.Items, feeds.Item{URL: "https://example.com/2/", ContentHTML: []byte("<p>x"), Summary: text, Published: noon})
		for _, format := range formats {
			doc, err := format.append(nil, f)
			if err != nil {
				t.Errorf("%q: %v", text, err)
			}
			for _, p := range format.check(doc, f.FeedURL) {
				t.Errorf("%s of %q: %v\n%s", format.name, text, p, doc)
			}
		}
	}
}

func TestFeedErrors(t *testing.T) {
	const one = "item 1 (https://example.com/1/): "
	for _, c := range []struct {
		change func(f *feeds.Feed)
		want   string // with the format's name as %s; "" for RSS: no error
		only   string // one format only
	}{
		{func(f *feeds.Feed) { f.Title = " \x01" }, "%s: it needs a title", ""},
		{func(f *feeds.Feed) { f.URL = "" }, "%s: its URL: the URL is empty", ""},
		{func(f *feeds.Feed) { f.FeedURL = "/feed" }, `%s: its FeedURL: "/feed" is no absolute URL: it has no scheme, such as https`, ""},
		{func(f *feeds.Feed) { f.Icon = "https:///x" }, `%s: its Icon: "https:///x" has no host`, ""},
		{func(f *feeds.Feed) { f.Image = "https://e/a b" }, `%s: its Image: "https://e/a b" holds ' ', which must be percent-encoded`, ""},
		{func(f *feeds.Feed) { f.Language = "en_GB" }, `%s: its language: "en_GB" is no language tag, such as en or pt-BR`, ""},
		{func(f *feeds.Feed) { f.Updated = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) }, "%s: its date has the year 10000, which the format can't hold", ""},
		{func(f *feeds.Feed) { f.Authors[0] = feeds.Person{} }, "%s: an author needs a name, an e-mail address or a URL", ""},
		{func(f *feeds.Feed) { f.Authors[0].Email = "x" }, `%s: an author's address: "x" is no e-mail address`, ""},
		{func(f *feeds.Feed) { f.Authors[0].URL = "x" }, `%s: its author's URL: "x" is no absolute URL: it has no scheme, such as https`, ""},
		{func(f *feeds.Feed) { f.Items[0] = feeds.Item{Title: "X", ContentHTML: []byte("x"), Published: day} }, `%s: item 1 ("X"): it needs an ID or a URL`, "RSS"},
		{func(f *feeds.Feed) { f.Items[0].ID = "a\x01" }, "%s: " + one + `its ID "a\x01" holds control characters or spaces at an end`, "JSON Feed"},
		{func(f *feeds.Feed) { f.Items[0].ID = " " }, "%s: " + one + `its ID " " holds control characters or spaces at an end`, "RSS"},
		{func(f *feeds.Feed) { f.Items = append(f.Items, f.Items[0]) },
			"%s: item 2 (https://example.com/1/): its ID \"https://example.com/1/\" is that of item 1, too", ""},
		{func(f *feeds.Feed) { f.Items[0].Image = "//x/" }, "%s: " + one + `its Image: "//x/" is no absolute URL: it has no scheme, such as https`, ""},
		{func(f *feeds.Feed) { f.Items[0].Enclosure = &feeds.Enclosure{"https://x/", "mp3", 0} },
			"%s: " + one + `its enclosure: "mp3" is no media type such as audio/mpeg`, ""},
		{func(f *feeds.Feed) { f.Items[0].Enclosure = &feeds.Enclosure{"mailto:x", "a/b", -1} },
			"%s: " + one + "its enclosure: \"mailto:x\" is no http or https URL\n%[1]s: " + one + "its enclosure has the length -1", ""},
		{func(f *feeds.Feed) { f.Items[0].Title = "\x02" }, "%s: " + one + "RSS requires a title, a summary or a content", "RSS"},
		{func(f *feeds.Feed) { f.Items[0].ID = "1" }, "%s: " + one + `its ID: "1" is no absolute URL: it has no scheme, such as https`, "Atom"},
		{func(f *feeds.Feed) { f.ID = "1" }, `%s: its ID: "1" is no absolute URL: it has no scheme, such as https`, "Atom"},
		{func(f *feeds.Feed) { f.Items[0].Published, f.Updated = time.Time{}, noon }, "%s: " + one + "it needs a date", "Atom"},
		{func(f *feeds.Feed) { f.Items = nil }, "%s: it needs Updated, or items with dates", "Atom"},
		{func(f *feeds.Feed) { f.Authors = nil }, "%s: " + one + "it needs an author, or the feed does", "Atom"},
		{func(f *feeds.Feed) { f.Items[0].ID, f.Items[0].URL = "urn:x:1", "" }, "%s: item 1 (urn:x:1): it needs a content or a URL", "Atom"},
		{func(f *feeds.Feed) { f.Title, f.URL = "", "" }, "%s: it needs a title\n%[1]s: its URL: the URL is empty", ""},
	} {
		for i, name := range []string{"RSS", "Atom", "JSON Feed"} {
			if c.only != "" && c.only != name {
				continue
			}
			f := minimal()
			c.change(f)
			got, err := formats[i].append([]byte("before"), f)
			if want := fmt.Sprintf(c.want, name); err == nil || err.Error() != want {
				t.Errorf("got %v\nwant %s", err, want)
			}
			if string(got) != "before" {
				t.Errorf("%s: appended %q", name, got)
			}
		}
	}
}

func TestJSONStrings(t *testing.T) {
	f := minimal()
	f.Title = "\u2028\u2029\x00\x1f\x7f\"\\/\t\n\r\xff😀"
	got, err := feeds.AppendJSON(nil, f)
	if err != nil {
		t.Fatal(err)
	}
	if want := `"title":"\u2028\u2029\u0000\u001f` + "\x7f" + `\"\\/\t\n\r` + "\ufffd😀" + `",`; !strings.Contains(string(got), want) {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

// TestZones covers zones that date formats can't express.
func TestZones(t *testing.T) {
	f := minimal()
	f.Items[0].Published = time.Date(1890, 1, 1, 0, 53, 28, 0, time.FixedZone("LMT", 53*60+28))
	for _, format := range formats {
		doc, err := format.append(nil, f)
		if err != nil {
			t.Fatal(err)
		}
		if want := "1890"; !strings.Contains(string(doc), want) || !strings.Contains(string(doc), "00:00:00") {
			t.Errorf("%s: %s", format.name, doc)
		}
		for _, p := range format.check(doc, "") {
			t.Error(p)
		}
	}
}

func FuzzFeeds(f *testing.F) {
	f.Add("T", "S", "<p>x", "https://example.com/1/", "en", "c", "a@b.c", int64(1772323200), 0)
	f.Add("\x00]]>", "\r\n", "<a href=/x onclick=y>]]>", "urn:x:1", "x-y", "\xff", "", int64(-1), 3600)
	f.Add(" ", "<", "<scr\x01ipt>x</script>", "tag:x", "", "\u2028", "é@x", int64(253402300799), -86399)
	f.Add("\uFFFE", "\x1f", "]]\x01>", "https://[::1]:80/é?#", "sl-rozaj-biske", "😀", "x@y", int64(1), 59)
	f.Fuzz(func(t *testing.T, title, text, html, url, lang, category, email string, unix int64, zone int) {
		when := time.Unix(unix, 0).In(time.FixedZone("", zone))
		feed := &feeds.Feed{
			URL: "https://example.com/", FeedURL: "https://example.com/feed", Title: title, Description: text, Language: lang,
			Generator: text, Copyright: text, Icon: url, Authors: []feeds.Person{{Name: title, Email: email, URL: url}},
			Items: []feeds.Item{
				{URL: "https://example.com/1/", Title: title, Summary: text, ContentHTML: feeds.Absolute([]byte(html), "https://example.com/1/"),
					Published: when, Language: lang, Categories: []string{category, text}, Image: url},
				{ID: url, Title: title, ContentHTML: feeds.Absolute([]byte(html), "https://example.com/2/"), Updated: when,
					Enclosure: &feeds.Enclosure{URL: "https://example.com/e", Type: "a/" + category, Length: unix}},
				{ID: text, URL: "https://example.com/3/", Summary: text, Published: when},
			},
		}
		for n := range len(feed.Items) + 1 {
			feed := *feed
			feed.Items = feed.Items[:n]
			for _, format := range formats {
				doc, err := format.append(nil, &feed)
				if err != nil {
					continue
				}
				for _, p := range format.check(doc, feed.FeedURL) {
					t.Errorf("%s: %v\n%s", format.name, p, doc)
				}
			}
		}
	})
}

func BenchmarkFeeds(b *testing.B) {
	f := minimal()
	html := []byte(strings.Repeat("<p>It’s the <em>quick</em> brown fox &amp; the \"lazy\" dog.</p>\n", 60))
	for i := range 50 {
		f.Items = append(f.Items, feeds.Item{
			URL: fmt.Sprintf("https://example.com/posts/%d/", i), Title: "A title & more", Published: noon,
			Summary: "The quick brown fox jumps over the lazy dog.", ContentHTML: html, Categories: []string{"a", "b"},
		})
	}
	for _, format := range formats {
		b.Run(format.name, func(b *testing.B) {
			var dst []byte
			b.ReportAllocs()
			for b.Loop() {
				var err error
				if dst, err = format.append(dst[:0], f); err != nil {
					b.Fatal(err)
				}
			}
			b.SetBytes(int64(len(dst)))
		})
	}
}
