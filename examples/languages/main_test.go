package main

import (
	"strings"
	"testing"

	"github.com/jam-go/jam"
)

func TestRun(t *testing.T) {
	out, said := jam.Memory(), new(strings.Builder)
	if err := run(t.Context(), out, said); err != nil {
		t.Fatal(err)
	}
	const want = `/     ltr  3 reports   2 May 2026
/de/  ltr  1 Bericht   1. März 2026
/he/  rtl  שתי ידיעות  12 באפריל 2026
`
	if said.String() != want {
		t.Errorf("have:\n%swant:\n%s", said, want)
	}
	files := out.Files()
	for name, wants := range map[string][]string{
		"index.html":                {"<html lang=en-GB dir=ltr>", "3 reports", "<a href=/rooms/>rooms</a>"},
		"de/index.html":             {"<html lang=de dir=ltr>", "1 Bericht", "<a href=/de/zimmer/>Zimmer</a>"},
		"he/index.html":             {"<html lang=he dir=rtl>", "שתי ידיעות", "<a href=/he/rooms/>חדרים</a>"},
		"de/zimmer/index.html":      {"Fluss", "<a href=/de/zimmer/ aria-current=page>Zimmer</a>", `hreflang="he" href="https://example.org/he/rooms/"`},
		"he/news/index.html":        {"12 באפר׳ 2026", "<a href=/de/news/ lang=de hreflang=de>Deutsch</a>"},
		"news/season/index.html":    {"Published on 1 March 2026"},
		"de/news/season/index.html": {"Veröffentlicht am 1. März 2026", "<a href=/de/news/ aria-current=true>Neues</a>"},
		"he/news/season/index.html": {"פורסם ב־1 במרץ 2026"},
		// There is no German heron: the switch leads to the German home page.
		"he/news/heron/index.html": {"<a href=/de/ lang=de hreflang=de>Deutsch</a>", "aria-current=page>עברית</a>"},
	} {
		for _, want := range wants {
			if page := string(files[name]); !strings.Contains(page, want) {
				t.Errorf("%s has no %q:\n%s", name, want, page)
			}
		}
	}
	if heron := string(files["he/news/heron/index.html"]); strings.Contains(heron, `rel="alternate" hreflang="de"`) {
		t.Errorf("the heron claims to be there in German:\n%s", heron)
	}
	if len(files) != 23 {
		t.Errorf("%d files, want 23", len(files))
	}
}
