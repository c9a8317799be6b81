package layouts

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"strings"
	"sync"
	"testing"
)

const feedTree = `
-- rss.xml --
{{- printf "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>" | safeHTML }}
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>{{ if eq .Title "Site" }}{{ .Title }}{{ else }}{{ with .Title }}{{ . }} on {{ end }}Site{{ end }}</title>
    <link>{{ .RelPermalink }}?a=1&amp;b={{ .Title }}</link>
    {{- with .Params.self }}
    {{ printf "<atom:link href=%q rel=\"self\" type=%q />" . "application/rss+xml" | safeHTML }}
    {{- end }}
    {{- range .Pages }}
    <item>
      <title>{{ .Title }}</title>
      <guid isPermaLink="{{ true }}">{{ .RelPermalink }}</guid>
      <description>{{ .Title | transform.XMLEscape | safeHTML }}</description>
      {{ partial "item.xml" . }}
    </item>
    {{- end }}
  </channel>
</rss>
-- _partials/item.xml --
<content><![CDATA[{{ .Title }}]]></content>
-- index.json --
{{- .Store.Set "index" 1 -}}
{"version": {{ "https://jsonfeed.org/version/1.1" | jsonify }}, "title": "{{ .Title }}", "items": [
{{- range $i, $p := .Pages }}{{ if $i }},{{ end }}
  {"id": {{ $i }}, "url": "{{ .RelPermalink }}", "title": {{ .Title | jsonify }}, "tags": {{ .Params.tags }}, "x": {{ partial "item.json" . }}}
{{- end }}
]}
-- _partials/item.json --
{"y": "{{ .Title }}"}
-- page.html --
{{ partial "icon.svg" .Title }}
-- _partials/icon.svg --
<svg><title>{{ . }}</title></svg>
`

func feed() feedPage {
	p := &page{Title: `A <b> & "c" ]]>`, Params: map[string]any{"self": "/index.xml"}}
	for _, title := range []string{"One & <two>", "]]> three", "\"\x00\\"} {
		p.Pages = append(p.Pages, &page{Title: title, Params: map[string]any{"tags": []string{title}}})
	}
	return feedPage{p}
}

// TestFeeds executes feeds as people write them, at the same time.
func TestFeeds(t *testing.T) {
	e := formatEngine(t, feedTree)
	p := feed()
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for name, check := range map[string]func(t *testing.T, out string, p feedPage){"rss.xml": checkRSS, "index.json": checkFeed} {
				out, err := render(t, e, name, &State{Page: p})
				if err != nil {
					t.Error(err)
					return
				}
				check(t, out, p)
			}
		})
	}
	wg.Wait()
	if got, err := render(t, e, "page.html", &State{Page: p}); got != `<svg><title>A &lt;b&gt; &amp; &#34;c&#34; ]]&gt;</title></svg>` || err != nil {
		t.Errorf("got %s, %v", got, err)
	}
}

func checkRSS(t *testing.T, out string, p feedPage) {
	var rss struct {
		Channel struct {
			Title string `xml:"title"`
			Items []struct {
				Title       string `xml:"title"`
				Description string `xml:"description"`
				Content     string `xml:"content"`
			} `xml:"item"`
		} `xml:"channel"`
	}
	if err := xml.Unmarshal([]byte(out), &rss); err != nil {
		t.Errorf("%v\n%s", err, out)
		return
	}
	if want := p.Title + " on Site"; rss.Channel.Title != want || len(rss.Channel.Items) != len(p.Pages) {
		t.Errorf("got %q and %d items", rss.Channel.Title, len(rss.Channel.Items))
		return
	}
	for i, item := range rss.Channel.Items[:2] {
		if want := p.Pages[i].Title; item.Title != want || item.Description != want || item.Content != want {
			t.Errorf("got %+v, want %q", item, want)
		}
	}
}

func checkFeed(t *testing.T, out string, p feedPage) {
	var feed struct {
		Title string
		Items []struct {
			Title string
			Tags  []string
			X     struct{ Y string }
		}
	}
	if err := json.Unmarshal([]byte(out), &feed); err != nil || feed.Title != p.Title || len(feed.Items) != len(p.Pages) {
		t.Errorf("got %+v, %v\n%s", feed, err, out)
		return
	}
	for i, item := range feed.Items {
		if want := p.Pages[i].Title; item.Title != want || strings.Join(item.Tags, "") != want || item.X.Y != want {
			t.Errorf("got %+v, want %q", item, want)
		}
	}
}

func benchmarkFile(b *testing.B, name string) {
	e := formatEngine(b, feedTree)
	tm, _ := e.Template(name)
	p := feed()
	var buf bytes.Buffer
	b.ReportAllocs()
	for b.Loop() {
		buf.Reset()
		if err := e.Execute(&buf, tm, &State{Page: p}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkXML(b *testing.B)  { benchmarkFile(b, "rss.xml") }
func BenchmarkJSON(b *testing.B) { benchmarkFile(b, "index.json") }
