package rules

import (
	"strings"
	"testing"
)

const rssDoc = `<?xml version="1.0"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>T</title>
<link>https://example.com/</link>
<description>D</description>
<language>en</language>
<managingEditor>a@example.com (Ann)</managingEditor>
<lastBuildDate>Mon, 09 Mar 2026 12:30:05 GMT</lastBuildDate>
<docs>https://www.rssboard.org/rss-specification</docs>
<ttl>60</ttl>
<image><url>https://example.com/i.png</url><title>T</title><link>https://example.com/</link><width>144</width><height>031</height></image>
<textInput><title>T</title><description>D</description><name>n</name><link>https://example.com/s</link></textInput>
<cloud domain="d" port="80" path="/" registerProcedure="p" protocol="xml-rpc"/>
<skipHours><hour>0</hour><hour>23</hour></skipHours>
<skipDays><day>Monday</day></skipDays>
<category>c</category><category domain="d">d</category>
<atom:link rel="self" href="https://example.com/feed" type="application/rss+xml"/>
<item>
<title>One</title>
<link>https://example.com/1/</link>
<description>&lt;a href="https://example.com/x"&gt;</description>
<content:encoded><![CDATA[<p>x]]></content:encoded>
<author>b@example.com (Bob)</author>
<category>e</category>
<enclosure url="https://example.com/e.mp3" length="12" type="audio/mpeg"/>
<guid>https://example.com/1/</guid>
<pubDate>Sun, 1 Mar 2026 00:00 +0100</pubDate>
<source url="https://example.org/feed">S</source>
</item>
<item>
<title>Two</title>
<guid isPermaLink="false">2</guid>
</item>
</channel>
</rss>
`

func TestRSS(t *testing.T) {
	rss := func(b []byte) []Problem { return RSS(b, "https://example.com/feed") }
	breaches := append(xmlBreaches("rss"), []breach{
		{`version="2.0" `, "", `2:1: version: the version is "", not 2.0`},
		{`version="2.0" `, `version="0.91" `, `2:1: version: the version is "0.91", not 2.0`},
		{"<channel>", "<item/><channel>", "3:1: element: rss can't hold item"},
		{"</channel>", "</channel><channel/>", "duplicate: a second channel in rss"},
		{"<title>T</title>", "", "3:1: required: channel has no title"},
		{"<title>T</title>", "<title> </title>", "4:1: required: title is empty"},
		{"<title>T</title>", "<title>T</title><title>T</title>", "4:17: duplicate: a second title in channel"},
		{"<link>https://example.com/</link>", "", "required: channel has no link"},
		{"<link>https://example.com/</link>", "<link>/</link>", `url: "/" is no absolute URL: it has no scheme, such as https`},
		{"<description>D</description>", "", "required: channel has no description"},
		{"<ttl>", "<pubdate>x</pubdate><ttl>", `element: channel can't hold pubdate (did you mean "pubDate"?)`},
		{"<ttl>60", "<ttl>-1", `type: ttl is "-1", not a whole number`},
		{"<ttl>60", "<ttl>0", "type: ttl is 0"},
		{"<ttl>", "<dc:date>2026-02-30</dc:date><ttl>", `date: "2026-02-30" is no date such as 2006-01-02 or 2006-01-02T15:04:05Z`},
		{"<language>en", "<language>en_US", `language: "en_US" is no language tag, such as en or pt-BR`},
		{"<docs>https:", "<docs>", `url: "//www.rssboard.org/rss-specification" is no absolute URL: it has no scheme, such as https`},
		{"Mon, 09 Mar", "Tue, 09 Mar", `date: "Tue, 09 Mar 2026 12:30:05 GMT" was a Monday`},
		{"Mon, 09 Mar", "Monday, 09 Mar", `date: "Monday, 09 Mar 2026 12:30:05 GMT" is no date such as Mon, 02 Jan 2006 15:04:05 +0000`},
		{"Mon, 09 Mar 2026", "Mon, 09 Mar 26", `date: "Mon, 09 Mar 26 12:30:05 GMT" is no date such as Mon, 02 Jan 2006 15:04:05 +0000`},
		{"Mon, 09 Mar", "31 Feb", `date: "31 Feb 2026 12:30:05 GMT" is no date of the calendar`},
		{"12:30:05 GMT", "12:30:05 CET", `date: "Mon, 09 Mar 2026 12:30:05 CET" is no date such as Mon, 02 Jan 2006 15:04:05 +0000`},
		{"00:00 +0100", "24:00 +0100", `date: "Sun, 1 Mar 2026 24:00 +0100" is no date of the calendar`},
		{"a@example.com (Ann)", "Ann", `author: "Ann" is no e-mail address`},
		{"<author>b@example.com (Bob)", "<author>Bob", `author: "Bob" is no e-mail address`},
		{"<url>https://example.com/i.png</url>", "", "required: image has no url"},
		{"<url>https://example.com/i.png", "<url>i.png", `url: "i.png" is no absolute URL: it has no scheme, such as https`},
		{"<width>144", "<width>145", "limit: width is more than 144"},
		{"<height>031", "<height>4000", "limit: height is more than 400"},
		{"<height>031", "<height>x", `type: height is "x", not a whole number`},
		{"<name>n</name>", "", "required: textInput has no name"},
		{`port="80" `, "", "required: cloud has no attribute port"},
		{`port="80"`, `port="http"`, `type: port is "http", not a whole number`},
		{"<day>Monday</day>", "", "required: skipDays has no day"},
		{"<width>144", "<width>0", "type: width is 0"},
		{"<hour>23", "<hour>24", `type: "24" is no hour`},
		{"<hour>23", "<hour>0", "duplicate: the hour 0 comes twice"},
		{"<day>Monday", "<day>Montag", `type: "Montag" is no day`},
		{"<category>c", "<category>", "required: category is empty"},
		{`<atom:link rel="self" href="https://example.com/feed" type="application/rss+xml"/>`, "",
			`3:1: self: channel has no link with rel="self" to name the feed's address`},
		{`href="https://example.com/feed"`, `href="https://example.com/feed.xml"`, "self: the feed's address is https://example.com/feed, not https://example.com/feed.xml"},
		{"<item>", `<atom:link rel="self" href="https://example.com/feed"/><item>`, `self: a second link with rel="self"`},
		{`type="application/rss+xml"`, `type="rss"`, `type: "rss" is no media type such as audio/mpeg`},
		{"<title>Two</title>", "", "required: item has neither title nor description"},
		{"<title>Two</title>", "<titel>Two</titel><title>Two</title>", `element: item can't hold titel (did you mean "title"?)`},
		{"<link>https://example.com/1/</link>", "<link>1/</link>", `url: "1/" is no absolute URL: it has no scheme, such as https`},
		{"https://example.com/x\"", "x\"", `relative: the HTML has the relative URL "x" in a href`},
		{"<p>x]]>", "<img srcset='/y 2x'>]]>", `relative: the HTML has the relative URL "/y" in img srcset`},
		{"<p>x]]>", "<script></script>]]>", "script: the HTML has a script element"},
		{"<p>x]]>", "<p onclick=x>]]>", "script: the HTML has the event attribute onclick in p"},
		{"<author>", "<content:encoded>x</content:encoded><author>", "duplicate: a second content:encoded in item"},
		{"<author>", "<dc:language>e</dc:language><author>", `language: "e" is no language tag: a language has at least two letters`},
		{`length="12" `, "", "required: enclosure has no attribute length"},
		{`length="12" `, `length="1.2" `, `type: length is "1.2", not a whole number`},
		{`type="audio/mpeg"`, `type="mp3"`, `type: "mp3" is no media type such as audio/mpeg`},
		{`url="https://example.com/e.mp3"`, `url="ftp://example.com/e.mp3"`, `url: "ftp://example.com/e.mp3" is no http or https URL`},
		{"<guid>https://example.com/1/", "<guid>1", `id: a guid without isPermaLink="false" is a URL: "1" is no absolute URL: it has no scheme, such as https`},
		{"<guid>https://example.com/1/", "<guid>urn:x:1", `id: a guid without isPermaLink="false" is a URL: "urn:x:1" is no http or https URL`},
		{"<guid>https://example.com/1/", "<guid>", "id: guid is empty"},
		{`isPermaLink="false">2`, `isPermaLink="true">https://example.com/1/`, `id: another item has the guid "https://example.com/1/"`},
		{`isPermaLink="false"`, `isPermaLink="no"`, `type: isPermaLink is "no", not true or false`},
		{`<source url="https://example.org/feed">`, "<source>", "required: source has no attribute url"},
	}...)
	check(t, rssDoc, rss, breaches)
}

func TestRSSRoot(t *testing.T) {
	for doc, want := range map[string]string{
		"<rdf/>":                   "1:1: element: the root element is rdf, not rss",
		"<rss xmlns='urn:x'/>":     "1:1: element: the root element is rss, not rss",
		"\n<rss version='2.0'/>":   "2:1: required: rss has no channel",
		strings.Repeat("x", 3):     "1:1: syntax: text outside of the root element",
		"<rss version='2.0'></rss": "1:25: syntax: unexpected EOF",
	} {
		got := RSS([]byte(doc), "")
		if len(got) != 1 || got[0].String() != want {
			t.Errorf("%s: %v, want %s", doc, got, want)
		}
	}
}
