package rules

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// required are properties that a type must have: those of Google's structured data, and
// what makes a node mean something. Articles are treated by isArticle.
var required = map[string][]string{
	"WebSite":        {"name", "url"},
	"WebPage":        {"name"},
	"CollectionPage": {"name"},
	"BreadcrumbList": {"itemListElement"},
	"SearchAction":   {"target", "query-input"},
	"EntryPoint":     {"urlTemplate"},
	"Person":         {"name"},
	"Organization":   {"name"},
	"ImageObject":    {"url|contentUrl"},
	"VideoObject":    {"name", "thumbnailUrl", "uploadDate"},
	"Event":          {"name", "startDate", "location"},
	"Product":        {"name"},
	"Recipe":         {"name", "image"},
	"FAQPage":        {"mainEntity"},
	"Question":       {"name", "acceptedAnswer|suggestedAnswer"},
}

var urlProperties = []string{"url", "item", "image", "logo", "sameAs", "contentUrl", "thumbnailUrl", "embedUrl", "urlTemplate"}

var dateProperties = []string{"datePublished", "dateModified", "dateCreated", "uploadDate", "startDate", "endDate", "expires", "validThrough"}

func isArticle(typ string) bool {
	return strings.HasSuffix(typ, "Article") || strings.HasSuffix(typ, "Posting") && typ != "JobPosting"
}

func (c *checker) schema() {
	for _, s := range c.scripts {
		var v any
		if err := json.Unmarshal([]byte(s.text), &v); err != nil {
			c.add("jsonld-syntax", s.line, "%v", err)
			continue
		}
		list, ok := v.([]any)
		if !ok {
			list = []any{v}
		}
		for _, v := range list {
			c.document(v, s.line)
		}
	}
}

// document checks an object at the top: a node, or a graph of nodes.
func (c *checker) document(v any, line int) {
	m, ok := v.(map[string]any)
	if !ok {
		c.add("jsonld-syntax", line, "want an object, have %T", v)
		return
	}
	context, _ := m["@context"].(string)
	if bare := strings.TrimSuffix(context, "/"); bare != "https://schema.org" && bare != "http://schema.org" {
		c.add("jsonld-context", line, "the context is %q", context)
	}
	graph, ok := m["@graph"].([]any)
	if !ok {
		c.node(m, "", line)
		return
	}
	for i, n := range graph {
		c.value(n, fmt.Sprintf("@graph[%d]", i), "", line)
	}
}

// value checks what a property of a node has.
func (c *checker) value(v any, path, property string, line int) {
	switch v := v.(type) {
	case map[string]any:
		c.node(v, path, line)
	case []any:
		for i, e := range v {
			c.value(e, fmt.Sprintf("%s[%d]", path, i), property, line)
		}
	case string:
		if slices.Contains(urlProperties, property) && !isAbsolute(strings.NewReplacer("{", "", "}", "").Replace(v)) {
			c.add("jsonld-url", line, "%s is %q, no absolute URL", path, v)
		}
		if slices.Contains(dateProperties, property) && !isDate(v) {
			c.add("jsonld-date", line, "%s is %q, no date of ISO 8601", path, v)
		}
	}
}

func (c *checker) node(m map[string]any, path string, line int) {
	if _, ok := m["@id"]; ok && len(m) == 1 {
		return // a reference
	}
	types := typesOf(m["@type"])
	if len(types) == 0 {
		c.add("jsonld-type", line, "%s has no type", nodeName(path))
	}
	for _, typ := range types {
		c.requires(m, typ, path, line)
	}
	if slices.Contains(types, "BreadcrumbList") {
		c.breadcrumbs(m["itemListElement"], line)
	}
	for _, name := range slices.Sorted(maps.Keys(m)) {
		if !strings.HasPrefix(name, "@") {
			c.value(m[name], strings.TrimPrefix(path+"."+name, "."), name, line)
		}
	}
}

func nodeName(path string) string {
	if path == "" {
		return "the node"
	}
	return path
}

func typesOf(v any) (types []string) {
	switch v := v.(type) {
	case string:
		if v != "" {
			types = append(types, v)
		}
	case []any:
		for _, e := range v {
			types = append(types, typesOf(e)...)
		}
	}
	return types
}

// requires checks that a node has the properties of its type. One that is a type and an
// id refers to a node elsewhere.
func (c *checker) requires(m map[string]any, typ, path string, line int) {
	if _, ok := m["@id"]; ok && len(m) == 2 {
		return
	}
	names := required[typ]
	if isArticle(typ) {
		names = []string{"headline"}
	}
	for _, alternatives := range names {
		if !slices.ContainsFunc(strings.Split(alternatives, "|"), func(name string) bool { return !isEmpty(m[name]) }) {
			c.add("jsonld-required", line, "%s is a %s without %s", nodeName(path), typ, strings.ReplaceAll(alternatives, "|", " or "))
		}
	}
}

func isEmpty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return strings.TrimSpace(v) == ""
	case []any:
		return len(v) == 0
	}
	return false
}

func (c *checker) breadcrumbs(v any, line int) {
	items, _ := v.([]any)
	if len(items) < 2 {
		c.add("jsonld-breadcrumb", line, "%d steps, want two or more", len(items))
	}
	for i, v := range items {
		item, ok := v.(map[string]any)
		if !ok {
			c.add("jsonld-breadcrumb", line, "step %d is no ListItem", i+1)
			continue
		}
		if n, ok := item["position"].(float64); !ok || n != float64(i+1) {
			c.add("jsonld-breadcrumb", line, "step %d has position %v", i+1, item["position"])
		}
		if inner, ok := item["item"].(map[string]any); isEmpty(item["name"]) && (!ok || isEmpty(inner["name"])) {
			c.add("jsonld-breadcrumb", line, "step %d has no name", i+1)
		}
		if i < len(items)-1 && isEmpty(item["item"]) {
			c.add("jsonld-breadcrumb", line, "step %d has no item", i+1)
		}
	}
}
