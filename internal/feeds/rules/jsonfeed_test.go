package rules

import "testing"

const jsonDoc = `{"version":"https://jsonfeed.org/version/1.1",
"title":"é", "home_page_url":"https://example.com/","feed_url":"https://example.com/feed",
"next_url":"https://example.com/feed2","description":"D","favicon":"https://example.com/f.png",
"authors":[{"name":"Ann","url":"https://ann.example/"}],"language":"en","expired":false,
"hubs":[{"type":"WebSub","url":"https://hub.example/"}],"_x":{"y.z":1},
"items":[
{"id":"1","url":"https://example.com/1/","content_html":"<p>x","tags":["a"],"date_published":"2026-03-01T00:00:00Z",
"attachments":[{"url":"https://example.com/a.mp3","mime_type":"audio/mpeg","size_in_bytes":1}]},
{"id":"2","content_text":""}]}
`

func TestJSONFeed(t *testing.T) {
	feed := func(b []byte) []Problem { return JSONFeed(b, "https://example.com/feed") }
	check(t, jsonDoc, feed, []breach{
		{"{", "[", "1:11: syntax: invalid character ':' after array element"},
		{"]}\n", "]", "9:29: syntax: unexpected end of JSON input"},
		{"]}\n", "]}x", "9:31: syntax: invalid character 'x' after top-level value"},
		{"{", "\uFEFF{", "1:1: encoding: JSON has no byte order mark"},
		{"é", "é\xff", "2:11: encoding: the byte 0xff is not UTF-8"},
		{`"title":"é",`, "", "1:1: required: the feed has no title"},
		{`"title":"é"`, `"title":" "`, "2:9: required: title is empty"},
		{`"title":"é"`, `"title":1`, "2:9: type: title is a number, not a string"},
		{`"title":"é"`, `"title":"é","title":""`, "2:13: duplicate: the key \"title\" comes twice"},
		{`"title":"é"`, `"title":"é","titel":""`, `2:13: element: the feed can't have the key "titel" (did you mean "title"?)`},
		{`"_x"`, `"_1"`, `element: the extension "_1" must begin with _ and a letter and have no dots`},
		{`"_x"`, `"_x.y"`, `element: the extension "_x.y" must begin with _ and a letter and have no dots`},
		{"version/1.1", "version/2", `version: the version is "https://jsonfeed.org/version/2", not https://jsonfeed.org/version/1.1`},
		{"version/1.1", "version/1", ""},
		{`"home_page_url":"https:`, `"home_page_url":"`, `2:30: url: "//example.com/" is no absolute URL: it has no scheme, such as https`},
		{`"feed_url":"https://example.com/feed",`, "", "1:1: self: the feed has no feed_url to name its address"},
		{`"feed_url":"https://example.com/feed"`, `"feed_url":"https://example.com/feed.json"`, "self: the feed's address is https://example.com/feed, not https://example.com/feed.json"},
		{"https://example.com/feed2", "https://example.com/feed", "url: next_url is the same as feed_url"},
		{`{"name":"Ann","url":"https://ann.example/"}`, "{}", "required: an author has none of name, url and avatar"},
		{`{"name":"Ann","url":"https://ann.example/"}`, `"Ann"`, "type: an item of the array is a string, not an object"},
		{`"language":"en"`, `"language":"english language"`, `language: "english language" is no language tag: its parts have one to eight letters or digits`},
		{"false", "null", "type: expired is null, not a boolean"},
		{`"type":"WebSub",`, "", "required: a hub has no type"},
		{`"items":[`, `"items":{},"_y":[`, "type: items is an object, not an array"},
		{`"items":[`, `"_y":[`, "required: the feed has no items"},
		{`"id":"1",`, "", "7:1: id: an item has no id"},
		{`"id":"1"`, `"id":""`, "7:7: id: an item's id is empty"},
		{`"id":"2"`, `"id":"1"`, `9:7: id: another item has the id "1"`},
		{`"id":"1"`, `"id":1`, "type: id is a number, not a string"},
		{`,"content_text":""`, "", "9:1: required: an item has neither content_html nor content_text"},
		{"<p>x", "<a href='/x'>", `7:57: relative: the HTML has the relative URL "/x" in a href`},
		{"<p>x", "<script>", "script: the HTML has a script element"},
		{`["a"]`, `[1]`, "type: an item of the array is a number, not a string"},
		{"2026-03-01T00", "2026-03-01 00", `date: "2026-03-01 00:00:00Z" is no date such as 2006-01-02T15:04:05Z`},
		{`"mime_type":"audio/mpeg",`, "", "required: an attachment has no mime_type"},
		{"audio/mpeg", "mp3", `type: "mp3" is no media type such as audio/mpeg`},
		{`"size_in_bytes":1`, `"size_in_bytes":"1"`, "type: size_in_bytes is a string, not a number"},
	})
	for _, doc := range []string{"[]", "null", `"x"`, "1"} {
		if got := feed([]byte(doc)); len(got) != 1 || got[0].Rule != Type {
			t.Errorf("%s: %v", doc, got)
		}
	}
}
