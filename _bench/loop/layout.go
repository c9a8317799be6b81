package loop

import (
	"io/fs"
	"path/filepath"
	"strings"
)

const layout = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>{{ .Title }} – Bench</title>
  <meta name="description" content="{{ .Description }}">
  <link rel="canonical" href="https://example.org{{ .URL }}">
  <style>
    main { margin: auto; max-width: 40em; }
    header a { padding: 0 0.5em; }
  </style>
</head>
<body>
  <header>
    <nav>
      <a href="/">Start</a>
      {{ range .Sections }}
      <a href="/{{ . }}/">{{ . }}</a>
      {{ end }}
    </nav>
  </header>
  <main>
    <article>
      <h1>{{ .Title }}</h1>
      <p>
        <time datetime="{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}">{{ .Date.Format "2 January 2006" }}</time>,
        {{ .Words }} words
      </p>
      {{ .Content }}
      <ul>
        {{ range .Tags }}
        <li><a href="/tags/{{ . }}/">{{ . }}</a></li>
        {{ end }}
      </ul>
    </article>
  </main>
  <footer>
    <p>A benchmark’s site.</p>
  </footer>
</body>
</html>
`

// list returns the slash-separated names of the pages in a folder, and the folders in it.
func list(dir string) (pages, sections []string, err error) {
	err = filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || name == dir {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		switch {
		case err != nil:
			return err
		case d.IsDir():
			sections = append(sections, filepath.ToSlash(rel))
		case strings.HasSuffix(rel, ".md"):
			pages = append(pages, filepath.ToSlash(rel))
		}
		return nil
	})
	return pages, sections, err
}
