package matter

import (
	"reflect"
	"strings"
	"testing"
	"time"
)

var benchBody = strings.Repeat("Some text of a page, with *markup* in it, and more.\n", 8<<10/52)

var benchHeads = map[string]string{
	"yaml": `---
title: "Hello world: a page"
description: Something about a page that is worth a sentence or two.
date: 2024-05-06T10:11:12Z
lastmod: 2024-06-01
draft: false
weight: 10
tags: [go, web, static]
categories:
  - news
author: Jane Doe
---
`,
	"toml": `+++
title = "Hello world: a page"
description = "Something about a page that is worth a sentence or two."
date = 2024-05-06T10:11:12Z
lastmod = 2024-06-01
draft = false
weight = 10
tags = ["go", "web", "static"]
categories = ["news"]
[extra]
author = "Jane Doe"
+++
`,
	"json": `{
  "title": "Hello world: a page",
  "description": "Something about a page that is worth a sentence or two.",
  "date": "2024-05-06T10:11:12Z",
  "lastmod": "2024-06-01",
  "draft": false,
  "weight": 10,
  "tags": ["go", "web", "static"],
  "categories": ["news"],
  "author": "Jane Doe"
}
`,
	"none": "",
}

func BenchmarkParse(b *testing.B) {
	for _, format := range []string{"yaml", "toml", "json", "none"} {
		b.Run(format, func(b *testing.B) {
			src := []byte(benchHeads[format] + benchBody)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse(src); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

type benchPage struct {
	Title       string    `yaml:"title"`
	Description string    `yaml:"description"`
	Date        time.Time `yaml:"date"`
	Lastmod     time.Time `yaml:"lastmod"`
	Draft       bool      `yaml:"draft"`
	Weight      int       `yaml:"weight"`
	Tags        []string  `yaml:"tags"`
	Categories  []string  `yaml:"categories"`
	Author      string    `yaml:"author" required:"true"`
}

func BenchmarkDecode(b *testing.B) {
	doc, err := Parse([]byte(benchHeads["yaml"]))
	if err != nil {
		b.Fatal(err)
	}
	d, err := NewDecoder(reflect.TypeFor[*benchPage](), DecodeOptions{Strict: true})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		var page benchPage
		if errs := d.Decode(doc.Root, &page); len(errs) > 0 {
			b.Fatal(errs)
		}
	}
}

func BenchmarkValue(b *testing.B) {
	doc, err := Parse([]byte(benchHeads["yaml"]))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		_ = doc.Root.Value()
	}
}

func BenchmarkParseTable(b *testing.B) {
	for format, src := range map[Format]string{
		CSV: strings.Repeat("some,\"quoted \"\"field\"\"\",12,,text\n", 1000),
		XML: "<feed>" + strings.Repeat("<item id=\"1\"><title>A title</title>\n  <link href='x'/></item>", 1000) + "</feed>",
	} {
		b.Run(string(format), func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(src)))
			for b.Loop() {
				if _, err := ParseData(format, []byte(src)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
