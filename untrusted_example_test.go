package jam_test

import (
	"context"
	"fmt"
	"log"
	"testing/fstest"

	"github.com/jam-go/jam"
)

// Guests write Markdown that nobody looks through, beside pages of the site's own.
func ExampleMarkdown_untrusted() {
	tree := fstest.MapFS{
		"layouts/all.html": {Data: []byte("{{ .Content }}")},
		"content/guests/ann.md": {Data: []byte("---\ntitle: Ann\nlayout: admin\n---\n" +
			"*Hello* <script>alert(1)</script> [there](javascript:alert(2)) {{< shout >}}<b>!</b>{{< /shout >}}\n")},
		"layouts/_shortcodes/shout.html": {Data: []byte("<strong>{{ .Inner }}</strong>")},
	}
	site, err := jam.Load(context.Background(), tree, &jam.Config{
		Markdown: jam.Markdown{Untrusted: []string{"guests/**"}},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(site.GetPage("/guests/ann").Content())
	report, err := site.Build(context.Background(), jam.Memory())
	if err != nil {
		log.Fatal(err)
	}
	for _, w := range report.Warnings {
		fmt.Println(w)
	}
	// Output:
	// <p><em>Hello</em> alert(1) <a>there</a> <strong>&lt;b>!&lt;/b></strong></p>
	//
	// content/guests/ann.md:3:1: front matter: the key "layout" is left out, as the page's author is not trusted
	// content/guests/ann.md:5:9: markdown: raw HTML "<script>" left out
	// content/guests/ann.md:5:25: markdown: raw HTML "</script>" left out
	// content/guests/ann.md:5:35: markdown: address with scheme "javascript:" left out
}
