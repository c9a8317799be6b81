package main

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam"
)

func TestRun(t *testing.T) {
	out := jam.Memory()
	if err := run(t.Context(), tree, out); err != nil {
		t.Fatal(err)
	}
	page := string(out.Files()["index.html"])
	for want, count := range map[string]int{
		"<math>": 9, "<math display=block>": 4, "<annotation encoding=application/x-tex>": 13, "<svg class=diagram role=img": 1,
		"<title>The samples are split": 1, "<mo>∑</mo>": 2, "<mi>sgn</mi>": 1, "<mi mathvariant=normal>d</mi>": 2, "<script": 0,
	} {
		if n := strings.Count(page, want); n != count {
			t.Errorf("%d times %s, want %d", n, want, count)
		}
	}
}

func TestMistake(t *testing.T) {
	bad := fstest.MapFS{"content/_index.md": {Data: []byte("# Waves\n\nThe sum \\(\\smu_n c_n\\).\n")}}
	err := run(t.Context(), bad, jam.Memory())
	const want = `content/_index.md:3:9: markdown: math: unknown command "\smu" (did you mean "\sum"?), at 1:1 of the formula`
	if err == nil || err.Error() != want {
		t.Errorf("have %v\nwant %s", err, want)
	}
}
