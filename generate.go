package jam

import (
	"context"
	"errors"
	"fmt"
	"iter"
)

// Generator makes documents of what a site holds: of its data, of an API or a
// database, or of its pages. It is called once by Load, with the site as it is by
// then: with the content of the sources and of the generators before it. What it
// yields is treated as a [Source]'s documents are: it may be pages or other
// files. A path that is taken already is an error.
//
// The site is complete but for what other generators add; it can be read, and
// not kept. An error, or a panic, fails the load.
type Generator func(ctx context.Context, site *Site) iter.Seq2[*Document, error]

// generate calls the generators, each with a snapshot of what there is so far.
func (l *loader) generate() error {
	for i, gen := range l.set.Generators {
		if gen == nil {
			l.fail(errorAt("config", "", "Generators[%d] is nil", i))
			continue
		}
		if len(l.errs) > 0 {
			return nil // a generator can't be asked to make do with half a site
		}
		site, err := l.preliminary()
		if err != nil || site == nil {
			return err
		}
		if err := l.generateOne(fmt.Sprintf("generator %d", i+1), gen, site); err != nil {
			return err
		}
	}
	return nil
}

// preliminary returns the site as it is so far, or nil when it can't be read.
// References may yet lead to what is to be generated: what is wrong with them is for later.
func (l *loader) preliminary() (*Site, error) {
	warnings := l.warnings
	if err := l.describe(); err != nil {
		return nil, err
	}
	if len(l.errs) > 0 {
		return nil, nil
	}
	err := l.assemble()
	if err == nil {
		err = l.route()
	}
	l.errs, l.warnings = nil, warnings
	if err != nil {
		return nil, err
	}
	v := newView(l.snap)
	v.shared = true
	l.snap.base = v
	return v.site(l.snap.main), nil
}

func (l *loader) generateOne(name string, gen Generator, site *Site) error {
	taken := make(map[string]*item, len(l.items))
	for _, it := range l.items {
		taken[it.root()+":"+it.doc.path()] = it
	}
	var made []*item
	err := guard("generate", func() error {
		docs := gen(l.ctx, site)
		if docs == nil {
			return errors.New("it returned nil: want an iterator, if need be one that yields nothing")
		}
		for doc, err := range docs {
			if err := l.ctx.Err(); err != nil {
				return err
			}
			if doc != nil && doc.Name == "" && doc.Path != "" {
				named := *doc
				named.Name = name + ": " + doc.Path
				doc = &named
			}
			it := l.collect(doc, err, nil, name, "generate")
			if it == nil {
				continue
			}
			if other := taken[it.root()+":"+doc.Path]; other != nil {
				l.fail(errorAt("generate", doc.name(), "the path is taken: by %s", other.doc.name))
				continue
			}
			taken[it.root()+":"+doc.Path] = it
			l.refuseMarkup(it)
			made = append(made, it)
		}
		return nil
	})
	if err != nil {
		return wrapOp(l.ctx, "generate", name, err)
	}
	l.items = append(l.items, made...)
	l.arrange()
	return l.read(made)
}
