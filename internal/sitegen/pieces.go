package sitegen

import "slices"

// Pieces of templates, by what their dot is and what they may depend on. Words that begin with @
// stand for names; see fill.

// contentPieces ask the site only, too.
var contentPieces = []string{
	`{{ with site.GetPage "@page" }}{{ .Fragments.Identifiers }} {{ .Truncated }} {{ .ReadingTime }} {{ len .Content }}{{ end }}`,
	`{{ range site.RegularPages }}{{ if gt .WordCount 60 }}{{ warnf "%s is long" .Path }}{{ end }}{{ end }}`,
	`{{ range where site.RegularPages "Truncated" true }}{{ .Title }}{{ end }}`,
	`{{ with site.GetPage "@page" }}{{ range .Resources }}{{ with .Page }}{{ .Content }}{{ .Title }}{{ end }}{{ end }}{{ .RenderShortcodes | truncate 40 }}{{ end }}`,
	`{{ $longest := false }}{{ range site.RegularPages.ByLength }}{{ $longest = . }}{{ end }}{{ with $longest }}{{ .Title }} {{ .Len }}{{ end }}`,
	`<ul>{{ range where site.RegularPages "WordCount" "@compare" 20 }}<li>{{ .Title }}</li>{{ end }}</ul>`,
	`{{ with site.GetPage "@page" }}<a href="{{ .Permalink }}">{{ .Title }} {{ .WordCount }}</a>{{ else }}none{{ end }}`,
	`{{ with site.GetPage "@page" }}{{ .Summary }}{{ .Plain | truncate 30 }}{{ end }}`,
	`{{ with try (relref site.Home "@page#@name") }}{{ with .Err }}{{ . }}{{ else }}{{ .Value }}{{ end }}{{ end }}`,
	`{{ partial "count.html" site.RegularPages }} {{ with partial "newest.html" site.RegularPages }}{{ .Title }}{{ end }}`,
	`{{ with site.GetPage "@page" }}{{ range .Resources }}{{ .Name }} {{ end }}{{ with .Resources.GetMatch "*.txt" }}{{ .Content }}{{ end }}{{ end }}`,
	`{{ range site.RegularPages }}{{ with .Resources.GetMatch "*.png" }}<img src="{{ .RelPermalink }}">{{ end }}{{ end }}`,
	`{{ range site.Pages }}{{ range where .Resources "ResourceType" "image" }}{{ .Title }} {{ end }}{{ len (.Resources.Match "*.{txt,css}") }}{{ end }}`,
	`{{ range site.RegularPages }}{{ if in .Params.tags "@tag" }}{{ .Title }} {{ .ReadingTime }}{{ end }}{{ end }}`,
	`{{ range first 3 site.RegularPages }}{{ if templates.Exists "_views/card.html" }}{{ .Render "_views/card" }}{{ end }}{{ end }}`,
	`{{ range first 2 site.RegularPages.ByDate }}<div>{{ .Content }}</div>{{ end }}`,
	`{{ range first 2 site.RegularPages.ByTitle }}{{ .TableOfContents }}{{ .RawContent | truncate 20 }}{{ end }}`,
	`<ul>{{ range sort site.RegularPages "WordCount" "@dir" }}<li>{{ .Title }}</li>{{ end }}</ul>`,
	`<ul>{{ range first @n site.RegularPages.ByLength }}<li>{{ .Title }}</li>{{ end }}</ul>`,
	`{{ range site.RegularPages.GroupBy "ReadingTime" }}{{ .Key }} {{ len .Pages }} {{ end }}`,
}

var sitePieces = slices.Concat(metaPieces, contentPieces, []string{
	`{{ partial "@sitepartial" . }}`,
	`{{ partialCached "@sitepartial" . }}`,
	`{{ partialCached "@sitepartial" . "@name" }}`,
})

// sectionPieces may depend on the section, language and kind of their page, which are keys of the partials.
var sectionPieces = append([]string{
	`<h4>{{ .Section }} {{ .Lang }}</h4>`,
	`{{ range where site.RegularPages "Section" .Section }}{{ .Title }} {{ end }}`,
	`{{ with .FirstSection }}{{ .Title }} {{ range .Pages }}{{ .LinkTitle }}, {{ end }}{{ end }}`,
	`{{ partialCached "@sectionpartial" . .Section .Lang .Kind }}`,
	`{{ with site.GetPage (printf "/%s" .Section) }}{{ .Title }} {{ .Params.banner }}{{ end }}`,
}, metaPieces...)

// partialPieces have a page for their dot.
var partialPieces = append([]string{
	`{{ .IsHome }} {{ .IsBranch }} {{ with try (.Ref "@page") }}{{ .Value }}{{ end }} {{ .BuildOptions.PublishResources }} {{ with .File }}{{ .TranslationBaseName }}{{ end }}`,
	`{{ with .Resources.GetMatch "*.{png,css}" }}{{ .MediaType.MainType }} {{ .Title }} {{ .RelPermalink }}{{ end }} {{ len (.Resources.ByType "text") }} {{ with index .Resources 0 }}{{ .Name }}{{ end }}`,
	`{{ range first 1 (.Resources.Match "*.{png,css,json}") }}{{ .Title }} {{ index .Params "by" }}{{ end }}{{ with (.Resources.ByType "text").GetMatch "*s.*" }}{{ .Title }}{{ end }}{{ if .Resources.ByType "image" }}pictures{{ end }}{{ with (first 2 .Resources).Get "pic.png" }}{{ .Permalink }}{{ end }}`,
	`{{ if .Resources }}has {{ len .Resources }}{{ end }}{{ range first 1 .Resources }}{{ .Title }}{{ end }}{{ with .Resources.Get "data.json" }}{{ .Params }}{{ end }}`,
	`{{ range first 3 (where site.RegularPages "Section" .Section) }}{{ .Title }} {{ end }}{{ with where .Site.RegularPages "Params.color" "eq" .Params.color | first 1 }}{{ (index . 0).Path }}{{ end }}`,
	`{{ range where .Site.RegularPages "Params.tags" "intersect" (.Params.tags | default slice) }}{{ if ne .Path $.Path }}{{ .LinkTitle }} {{ end }}{{ end }}`,
	`{{ with .GetTerms "tags" }}{{ (index . 0).Title }} {{ len . }} {{ range (index . 0).Pages }}{{ .Title }} {{ end }}{{ end }}{{ range .GetTerms "categories" }}{{ .Data.Term }}{{ end }}`,
	`{{ range .CurrentSection.Pages.ByTitle }}{{ if eq . $ }}here{{ else }}{{ .Title }}{{ end }} {{ end }}{{ with .CurrentSection.Pages.Next $ }}{{ .Title }}{{ end }}`,
	`{{ .Store.SetInMap "m" .Path .Title }}{{ .Store.SetInMap "m" "b" 2 }}{{ .Store.DeleteInMap "m" "b" }}{{ .Store.GetSortedMapValues "m" }} {{ len .Store.Values }}`,
	`{{ if .Translations }}{{ with index .Translations 0 }}{{ .Title }} {{ with .Next }}{{ .Title }}{{ end }}{{ end }}{{ end }}{{ .Language.LanguageName }} {{ .Language.IsDefault }}`,
	`{{ jsonify .Params }} {{ printf "%v" .Params.facts }}`,
	`{{ with merge site.Params .Params }}{{ range $k, $v := . }}{{ $k }} {{ end }}{{ .color }}{{ end }}`,
	`{{ $p := .Params }}{{ with $p.nested }}{{ range $k, $v := . }}{{ $k }} {{ $v }}{{ end }}{{ end }}{{ index .Params "facts" "origin" | default "none" }}`,
	`{{ $d := dict "page" . "next" .Next "list" (first 2 .CurrentSection.Pages) }}{{ with $d.next }}{{ .Title }}{{ end }}{{ range $d.list }}{{ .Title }}{{ end }}{{ $d.page.LinkTitle }}`,
	`{{ partial "count.html" (where site.RegularPages "Section" .Section) }}`,
	`{{ with partial "newest.html" .CurrentSection.RegularPages }}{{ .Title }}{{ end }}`,
	`{{ if .Params.rating }}{{ warnf "%s is rated %v" .Path .Params.rating }}{{ end }}`,
	`{{ with .Params.color }}{{ with index site.Data.settings . }}{{ . }}{{ end }}{{ range where site.RegularPages "Params.color" . }}{{ .Title }} {{ end }}{{ end }}`,
	`{{ with .Param "banner" }}{{ with $.Resources.Get . }}{{ .RelPermalink }} {{ .Title }}{{ else }}no {{ . }}{{ end }}{{ end }}`,
	`{{ with index (.Resources.Match "*.md") 0 | default false }}{{ .Content }}{{ .Page.Params }}{{ end }}`,
	`{{ .Render (cond .IsPage "_views/card" "_views/card") }}`,
	`{{ .Eq .CurrentSection }} {{ eq . site.Home }} {{ in site.RegularPages . }} {{ in .Ancestors site.Home }} {{ . }}`,
	`{{ range $i, $e := .Fragments.Headings }}{{ $i }}{{ .Title }}{{ range .Headings }}{{ .Title }}{{ end }}{{ end }}{{ with .Fragments.HeadingsMap.head }}{{ .Title }}{{ end }}`,
	`{{ with .OutputFormats.Canonical }}{{ .Permalink }}{{ end }} {{ with .File }}{{ with try (readFile (print "content/" .Path)) }}{{ len (string .Value) }}{{ end }}{{ end }}`,
	`{{ range (.Pages | union .RegularPagesRecursive).ByTitle }}{{ .Title }} {{ end }}`,
	`{{ range .Site.RegularPages }}{{ if .InSection $ }}{{ .LinkTitle }} {{ end }}{{ end }}`,
	`{{ range .AllTranslations }}{{ .Lang }} {{ .Title }} {{ .Params.color }} {{ with .Parent }}{{ .Title }}{{ end }} {{ end }}`,
	`{{ with .GetPage "/@section" }}{{ .Title }}{{ end }}{{ with try (.GetPage "@name.md") }}{{ with .Value }}{{ .Path }}{{ end }}{{ end }}{{ with site.GetPage "section" "@top" }}{{ .Title }}{{ end }}`,
	`<h2>{{ .Title }}</h2>`,
	`<p>{{ .LinkTitle }} {{ .Description }} {{ .Kind }} {{ .Type }} {{ .Section }} {{ .Layout }} {{ .Path }} {{ .Slug }} {{ .Weight }} {{ .Draft }} {{ .BundleType }}</p>`,
	`{{ with .File }}{{ .Path }} {{ .Dir }} {{ .LogicalName }} {{ .ContentBaseName }} {{ .UniqueID }}{{ end }}`,
	`<div>{{ .Content }}</div>`,
	`<div>{{ .Summary }} {{ .Truncated }}</div>`,
	`<div>{{ .ContentWithoutSummary }}</div>`,
	`<p>{{ .Plain | truncate 40 }} {{ len .PlainWords }} {{ .RawContent | len }}</p>`,
	`<p>{{ .WordCount }} {{ .FuzzyWordCount }} {{ .ReadingTime }} {{ .Len }}</p>`,
	`{{ .TableOfContents }}`,
	`{{ range .Fragments.Headings }}{{ .Title }} {{ .ID }} {{ end }}{{ .Fragments.Identifiers }}`,
	`{{ .Fragments.ToHTML 2 3 true }}`,
	`{{ .HasShortcode "note" }} {{ .HasShortcode "say" }}`,
	`{{ .Date.Format "2006-01-02" }} {{ with .Lastmod }}{{ .Year }}{{ end }} {{ with .ExpiryDate }}{{ .Year }}{{ end }} {{ .PublishDate | dateFormat ":date_medium" }}`,
	`{{ .Params.@simple }} {{ .Param "@param" }} {{ with .Params.facts }}{{ .origin }} {{ range .list }}{{ . }}{{ end }}{{ end }}`,
	`{{ isset .Params "@simple" }} {{ index .Params "@simple" }} {{ with .Params.nested }}{{ .deep.x }}{{ end }} {{ .Params.Nested.Deep.X }}`,
	`{{ range $k, $v := .Params }}{{ $k }} {{ end }}`,
	`{{ with .Parent }}{{ .Title }} {{ .Params.color }}{{ end }} {{ .CurrentSection.Title }} {{ with .FirstSection }}{{ .LinkTitle }}{{ end }}`,
	`{{ range .Ancestors.Reverse }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}`,
	`{{ with .Next }}<a rel=next href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ with .Prev }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}`,
	`{{ with .NextInSection }}{{ .Title }} {{ .Summary }}{{ end }}{{ with .PrevInSection }}{{ .LinkTitle }} {{ .WordCount }}{{ end }}`,
	`{{ with site.RegularPages.ByTitle.Next . }}{{ .Title }}{{ end }}{{ with site.RegularPages.ByDate.Prev . }}{{ .Title }}{{ end }}`,
	`{{ range .Related }}{{ .Title }} {{ end }}`,
	`{{ range first 2 (site.RegularPages.Related .) }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a> {{ end }}`,
	`{{ range .Tags }}{{ . }} {{ end }}{{ range .GetTerms "tags" }}<a href="{{ .RelPermalink }}">{{ .Title }} {{ len .Pages }}</a> {{ end }}{{ .Terms "categories" }} {{ .Keywords }}`,
	`<ul>{{ range site.Menus.@menu }}<li class="{{ if $.IsMenuCurrent "@menu" . }}here{{ else if $.HasMenuCurrent "@menu" . }}above{{ end }}">{{ .Name }}{{ with .Page }} {{ .Title }}{{ end }}</li>{{ end }}</ul>`,
	`{{ range .Menus }}{{ .Menu }} {{ .Name }} {{ .Weight }}{{ end }}`,
	`{{ range .Translations }}<a hreflang="{{ .Lang }}" href="{{ .Permalink }}">{{ .Title }}</a>{{ end }}{{ .IsTranslated }} {{ len .AllTranslations }} {{ .TranslationKey }}`,
	`{{ .RelPermalink }} {{ .Permalink }} {{ .Aliases }}`,
	`{{ range .Resources }}{{ .Name }} {{ .Title }} {{ .RelPermalink }} {{ .MediaType }} {{ .ResourceType }} {{ .Params.by }}; {{ end }}`,
	`{{ range .Resources.Match "*.{txt,json,md}" }}{{ .Content }} {{ with .Page }}{{ .Title }} {{ .Params.color }}{{ end }}{{ end }}`,
	`{{ with .Resources.Get "notes.txt" }}{{ .Content }}{{ end }}{{ with .Resources.GetMatch "*.css" }}{{ .Content | len }}{{ end }}{{ range .Resources.ByType "image" }}{{ .Permalink }}{{ end }}`,
	`{{ range .Resources.Match "*.json" }}{{ with unmarshal .Content }}{{ .title }} {{ .count }}{{ end }}{{ end }}`,
	`{{ range .OutputFormats }}{{ .Name }} {{ .RelPermalink }} {{ end }}{{ with .OutputFormats.Get "rss" }}{{ .Permalink }}{{ end }}`,
	`{{ .Sitemap.Priority }} {{ .Sitemap.Disable }} {{ .BuildOptions.List }} {{ .BuildOptions.Render }} {{ .Outputs }}`,
	`{{ with try (.GetPage "@name") }}{{ with .Value }}{{ .Title }}{{ end }}{{ end }}{{ with .GetPage "@page" }}{{ .RelPermalink }}{{ end }}`,
	`{{ with try (.RelRef "@page") }}{{ with .Err }}{{ . }}{{ else }}{{ .Value }}{{ end }}{{ end }}`,
	`{{ with try (relref . "@page#@name") }}{{ with .Err }}{{ . }}{{ else }}{{ .Value }}{{ end }}{{ end }}`,
	`{{ .Render "_views/card" }}`,
	`{{ .InSection site.Home }} {{ with site.GetPage "@section" }}{{ .IsAncestor $ }} {{ $.IsDescendant . }}{{ end }} {{ .Eq (site.GetPage "@page") }} {{ .IsPage }} {{ .IsNode }}`,
	`{{ partial "@pagepartial" . }}`,
	`{{ partialCached "@pagepartial" . .Path .Lang .OutputFormat .Kind }}`,
	`{{ partialCached "@sectionpartial" . .Section .Lang .Kind }}`,
	`{{ partial "@sitepartial" . }}`,
	`{{ partialCached "@sitepartial" . }}`,
	`{{ partial (printf "site-%s.html" (cond .IsPage "a" "b")) . }}`,
	`{{ $name := cond (gt .Weight 2) "site-a.html" "site-b.html" }}{{ partial $name . }}`,
	`{{ with .Params.banner }}{{ $p := printf "_partials/%s.html" . }}{{ if templates.Exists $p }}{{ partial $p $ }}{{ else }}no {{ . }}{{ end }}{{ end }}`,
	`{{ partial "count.html" .Related }}`,
	`{{ range .CurrentSection.RegularPages }}{{ if .Eq $ }}<b>{{ .Title }}</b>{{ else }}{{ .Title }}{{ end }} {{ end }}`,
	`{{ range where .CurrentSection.RegularPages "Params.color" .Params.color }}{{ .Title }} {{ end }}`,
	`{{ range where site.RegularPages "Weight" "@compare" .Weight }}{{ .Title }} {{ end }}`,
	`{{ range intersect .Related .CurrentSection.RegularPages }}{{ .Title }}{{ end }}`,
	`{{ .Scratch.Set "x" .Title }}{{ .Scratch.Add "x" "!" }}{{ .Scratch.Get "x" }}`,
	`{{ with .Params.tags }}{{ delimit . ", " " and " }}{{ index . 0 }}{{ end }}`,
	`{{ i18n "cups" .WordCount }} {{ .Language.Name }} {{ .Site.Title }}`,
	`{{ readFile (printf "content/%s" (cond (isset .Params "color") "posts/_index.md" "docs/_index.md")) | len }}`,
	`{{ fromGo . }} {{ .Title | shout }}`,
	`{{ template "_partials/site-a.html" . }}`,
	`{{ range (slice "a" "b") }}{{ . }}{{ end }}{{ .Title | markdownify | plainify | upper | truncate 12 }} {{ .Title | urlize }} {{ md5 .Content }}`,
	`{{ range $i, $p := first 3 .CurrentSection.Pages }}{{ if $i }}, {{ end }}{{ $p.Title }} {{ $p.Kind }}{{ end }}`,
	`{{ with .Parent }}{{ with .Parent }}{{ .Title }} {{ len .Pages }}{{ end }}{{ end }}`,
	`{{ range .CurrentSection.Sections }}{{ .Title }} {{ range .RegularPages.ByTitle }}{{ .LinkTitle }} {{ end }}{{ end }}`,
	`{{ range .Data.Pages }}{{ .Title }} {{ end }}{{ .Data.Singular }} {{ .Data.Term }}`,
}, sitePieces...)

// pagePieces are for layouts.
var pagePieces = append([]string{
	`{{ head . }}`,
	`{{ head . "canonical" "description" }}`,
	`{{ partial "opengraph.html" . }}`,
	`{{ partial "schema.html" . }}{{ partial "twitter_cards.html" . }}`,
	`{{ searchForm }}`,
	`{{ .RenderString "*@text* [x](@page)" }}{{ .RenderString (dict "display" "block") "## @text" }}`,
	`{{ markdownify "*@text* [x](/posts)" }}`,
	`{{ range .AlternativeOutputFormats }}<link rel="{{ .Rel }}" type="{{ .MediaType }}" href="{{ .Permalink }}">{{ end }}{{ .OutputFormat }}`,
	`{{ with .Paginator }}{{ range .Pages }}{{ .Title }} {{ end }}{{ .PageNumber }}/{{ .TotalPages }}{{ with .Next }}{{ .URL }}{{ end }}{{ end }}`,
	`{{ templates.Current.Name }} {{ with templates.Current.Base }}{{ .Name }}{{ end }}`,
	`{{ .Store.Set "z" 1 }}{{ .Store.Add "z" .Weight }}{{ .Store.Get "z" }}{{ .Store.Get "kept" }}`,
	`{{ .Store.Get "kept" }} {{ .Content | len }} {{ .Store.Get "kept" }}`,
	`{{ if .Content }}{{ with .Store.Get "kept" }}<script>let kept = {{ . }}</script>{{ end }}{{ end }}`,
	`<a title="{{ .Title }}" href="/?q={{ .Title }}" style="color: {{ .Params.color }}">x</a><script>let t = {{ .Title }}</script>`,
}, partialPieces...)

// listPieces are for the layouts of lists.
var listPieces = []string{
	`{{ with .Paginator }}{{ .PagerSize }} {{ .HasPrev }} {{ .HasNext }} {{ .First.URL }} {{ with .Prev }}{{ range .Pages }}{{ .Title }}{{ end }}{{ end }}{{ end }}`,
	`{{ with .Paginator }}{{ range first 1 .Pages }}{{ .Title }} {{ .Summary }}{{ end }}{{ .URL }}{{ end }}`,
	`{{ range .Pages.GroupBy "Kind" }}{{ .Key }} {{ range .Pages }}{{ .LinkTitle }} {{ end }}{{ end }}{{ if .Sections }}sections{{ end }}`,
	`{{ range .RegularPages.GroupByParam "color" }}{{ .Key }} {{ len .Pages }} {{ end }}{{ range first 1 .RegularPages.ByDate.Reverse }}{{ .Title }}{{ end }}`,
	`{{ with .Data.Terms }}{{ range .Alphabetical }}{{ .Page.LinkTitle }} {{ range first 2 .Pages }}{{ .Title }} {{ end }}{{ end }}{{ end }}`,
	`{{ range .Pages }}<li>{{ .Title }} {{ .Kind }}{{ end }}`,
	`{{ range .RegularPages }}<li>{{ .LinkTitle }} {{ .Summary }}{{ end }}`,
	`{{ range .RegularPagesRecursive }}<li>{{ .Date.Format "2006" }} {{ .Path }}{{ end }}`,
	`{{ range .Sections }}<li>{{ .Title }} {{ len .Pages }}{{ end }}`,
	`{{ range .Pages.@order }}{{ .Title }} {{ end }}`,
	`{{ range .Pages.GroupByDate "2006" }}<h3>{{ .Key }}</h3>{{ range .Pages }}{{ .Title }} {{ end }}{{ end }}`,
	`{{ range .Paginator.Pages }}<article>{{ .Title }} {{ .Description }}</article>{{ end }}{{ partial "pagination.html" . }}`,
	`{{ with .Paginator }}{{ range .Pagers }}<a href="{{ .URL }}">{{ .PageNumber }}</a>{{ end }}{{ .TotalNumberOfElements }} {{ with .Last }}{{ .NumberOfElements }}{{ end }}{{ end }}`,
	`{{ range .Pages }}{{ .Render "_views/card" }}{{ end }}`,
	`{{ with .Data.Terms }}{{ range .ByCount }}{{ .Name }} {{ .Count }} {{ end }}{{ end }}`,
	`{{ range where .Pages "Params.@simple" "!=" nil }}{{ .Title }} {{ .Params.@simple }}{{ end }}`,
	`{{ range first @n (sort .Pages "@field" "@dir") }}{{ .Title }}{{ end }}`,
	`{{ .Pages.Len }} {{ len .RegularPages }} {{ with index .Pages 0 }}{{ .Title }}{{ end }}`,
	`{{ range .Pages }}{{ if .IsSection }}<b>{{ .Title }} {{ range .Pages }}{{ .Title }},{{ end }}</b>{{ end }}{{ end }}`,
	`{{ range .Pages }}{{ partialCached "page-d.html" . .Path .Lang }}{{ end }}`,
	`{{ range .Pages }}{{ .Content | plainify | truncate 20 }} {{ .ReadingTime }}{{ end }}`,
}

// cardPieces are for views of pages, whose dot is that page.
var cardPieces = []string{
	`{{ .RelPermalink }}`, `{{ .Summary }}`, `{{ .Params.color }}`, `{{ .Date.Format "2006-01" }}`, `{{ site.Title }}`, `{{ len .Resources }}`,
	`{{ with .Parent }}{{ .Title }}{{ end }}`, `{{ range .GetTerms "tags" }}{{ .LinkTitle }} {{ end }}`, `{{ i18n "more" }}`, `@text`,
}

// shortcodePieces have a Shortcode for their dot, of any page.
var shortcodePieces = []string{
	`{{ with try (.Ref "@page") }}{{ .Value }}{{ end }} {{ .IsNamedParams }} {{ .Name }}`,
	`{{ warnf "a note on %s" .Page.Path }}`, `{{ with .Page.Params.facts }}{{ .origin }}{{ end }}`, `{{ .Page.HasShortcode "say" }} {{ now.Year }}`,
	`{{ range .Page.CurrentSection.Pages }}{{ .Title }} {{ end }}`, `{{ with .Page.NextInSection }}{{ .RelPermalink }}{{ end }}`, `{{ jsonify .Site.Data.words }}`,
	`{{ range .Page.GetTerms "tags" }}{{ .Title }}{{ end }}`, `{{ .Page.Store.SetInMap "calls" .Name .Ordinal }}`, `{{ templates.Exists "_partials/page-a.html" }}`,
	`{{ .Page.Title }}`, `{{ .Name }} {{ .Ordinal }} {{ .Position }}`, `{{ with .Parent }}{{ .Name }}{{ end }}`, `{{ .Site.Title }} {{ .Site.Params.color }}`,
	`{{ len .Site.RegularPages }}`, `{{ range first 2 .Site.RegularPages.@order }}{{ .Title }} {{ end }}`, `{{ with .Site.GetPage "@page" }}{{ .Title }}{{ end }}`,
	`{{ .Page.Params.@simple }} {{ .Page.Param "@param" }}`, `{{ i18n "@message" }}`, `{{ with .Site.Data.shops }}{{ .title }}{{ end }}`,
	`{{ partialCached "meta.html" . }}`, `{{ partial "leaf.html" . }}`, `{{ range .Page.Resources }}{{ .Name }}{{ end }}`, `{{ .Page.RelPermalink }} {{ .Page.Date.Year }}`,
	`{{ .Store.Set "a" 1 }}{{ .Store.Get "a" }}`, `{{ with .Page.Parent }}{{ .Title }}{{ end }}`, `{{ with .Page.Next }}{{ .Title }}{{ end }}`,
	`{{ if fileExists "@file" }}there{{ end }}`, `{{ .Page.Section }} {{ page.Path }}`, `{{ range .Page.Translations }}{{ .Title }}{{ end }}`, `@text`, `{{ fromGo .Site }}`,
}

// hookPieces have an element of a page for their dot.
var hookPieces = []string{
	`{{ warnf "an element of %s" .Page.Path }}`, `<i>{{ with .Page.Next }}{{ .Title }}{{ end }}</i>`, `<i>{{ range .Page.Resources }}{{ .Name }}{{ end }}</i>`,
	`<i>{{ fileExists "@file" }}</i>`, `{{ .Default }}`,
	`<!-- -->`, `<i>{{ .Page.Title }}</i>`, `<i>{{ .Ordinal }}</i>`, `<i>{{ .Position }}</i>`, `<i>{{ site.Title }}</i>`, `<i>{{ .Page.Section }}</i>`,
	`<i>{{ with site.GetPage "@page" }}{{ .Title }}{{ end }}</i>`, `<i>{{ with .Attributes.class }}{{ . }}{{ end }}</i>`, `<i>{{ i18n "hello" }}</i>`,
	`<i>{{ with site.Data.settings }}{{ .title }}{{ end }}</i>`, `<i>{{ len site.RegularPages }}</i>`, `<i>{{ .Page.Params.@simple }}</i>`,
	`{{ partialCached "meta.html" . }}`, `{{ .Page.Store.Add "kept" 10 }}`, `<i>{{ .PageInner.Path }}</i>`, `<i>{{ with .Page.Parent }}{{ .Title }}{{ end }}</i>`,
}

// countPieces and newestPieces are partials that return a value made of a list of pages: a number, and
// what has a title.
var (
	countPieces = []string{
		`{{ return len . }}`, `{{ $n := 0 }}{{ range . }}{{ $n = add $n .WordCount }}{{ end }}{{ return $n }}`,
		`{{ return len (where . "Params.color" "@color") }}`,
	}
	newestPieces = []string{
		`{{ $newest := false }}{{ range . }}{{ $newest = . }}{{ end }}{{ return $newest }}`, `{{ with . }}{{ return index . 0 }}{{ end }}{{ return false }}`,
		`{{ return dict "Title" (len .) }}`,
	}
)

// xmlPieces, jsonPieces and textPieces are for other formats.
var (
	xmlPieces = []string{
		`{{ range first @n .Pages }}<item><title>{{ .Title }}</title><link>{{ .Permalink }}</link><description>{{ .Summary }}</description></item>{{ end }}`,
		`{{ range .Site.RegularPages }}<guid>{{ .Permalink }}</guid>{{ end }}`, `<language>{{ site.LanguageCode }}</language>`, `<x>@text</x>`,
		`<lastBuildDate>{{ site.Lastmod | dateFormat "2006-01-02" }}</lastBuildDate>`, `<self>{{ with .OutputFormats.Get "rss" }}{{ .Permalink }}{{ end }}</self>`,
	}
	jsonPieces = []string{
		`{{ .WordCount }},`, `{{ .Params.tags }},`, `{{ .RelPermalink }},`, `{{ with .Next }}{{ .Title }}{{ else }}null{{ end }},`, `{{ .Plain }},`, `{{ .Param "@param" }},`,
		`{{ len site.RegularPages }},`, `{{ site.Data.settings }},`, `{{ .OutputFormat }},`, `{{ range .Resources }}{{ .Name }},{{ end }}`, `{{ .Date }},`,
	}
	textPieces = []string{
		`{{ range site.RegularPages }}Disallow: {{ .RelPermalink }}
{{ end }}`, `# @text`, `# {{ site.Title }}`, `{{ range where site.RegularPages "Params.color" "@color" }}Allow: {{ .RelPermalink }}
{{ end }}`, `# {{ site.Lastmod.Year }}`,
	}
)

// leafPieces are for a partial that calls no others.
var leafPieces = []string{`{{ site.Title }}`, `{{ len site.RegularPages }}`, `{{ i18n "more" }}`, `{{ site.Params.color }}`, `@text`}
