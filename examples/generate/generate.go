package main

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"strconv"

	"github.com/jam-go/jam"
)

const table = "data/lighthouses.csv"

// pages is the Generator of a page for each row of the table.
func pages(_ context.Context, site *jam.Site) iter.Seq2[*jam.Document, error] {
	return func(yield func(*jam.Document, error) bool) {
		rows, _ := site.Data()["lighthouses"].([]any)
		for i, row := range rows {
			if i > 0 && !yield(page(i+1, row.([]any))) { // the first row has the columns' names
				return
			}
		}
	}
}

func page(number int, row []any) (*jam.Document, error) {
	name, country, place := row[0].(string), row[1].(string), row[3].(string)
	lit, err := strconv.Atoi(row[2].(string))
	if err != nil {
		return nil, &jam.Error{Path: table, Err: fmt.Errorf("row %d: lit: %q is no year", number, row[2])}
	}
	return &jam.Document{
		Path:        "lighthouses/" + name + ".md",
		Name:        fmt.Sprintf("%s: row %d", table, number), // for messages
		FrontMatter: map[string]any{"title": name, "countries": country, "lit": lit, "weight": lit},
		Body:        fmt.Appendf(nil, "The tower stands %s and was first lit in %d.\n", place, lit),
	}, nil
}

// index is the Generator of api/index.json.
func index(_ context.Context, site *jam.Site) iter.Seq2[*jam.Document, error] {
	type entry struct {
		Name string `json:"name"`
		URL  string `json:"url"`
		Lit  any    `json:"lit"`
	}
	return func(yield func(*jam.Document, error) bool) {
		section, err := site.Page("/lighthouses")
		if err != nil {
			yield(nil, err)
			return
		}
		var list []entry
		for _, p := range section.RegularPages() {
			list = append(list, entry{p.Title(), p.Permalink(), p.Param("lit")})
		}
		body, err := json.Marshal(list)
		yield(&jam.Document{Path: "api/index.json", Body: body}, err)
	}
}
