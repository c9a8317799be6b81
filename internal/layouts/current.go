package layouts

import "slices"

// Current describes a template that is being executed.
type Current struct {
	Name     string   // path of its file
	Filename string   // the same; "" for a built-in one
	Parent   *Current // the template that called it, or nil
	Base     *Current // the base template of a layout, or nil
}

// Currents are templates that called each other.
type Currents []*Current

// Ancestors returns the templates that led to c, the nearest first.
func (c *Current) Ancestors() Currents {
	var out Currents
	for p := c.Parent; p != nil; p = p.Parent {
		out = append(out, p)
	}
	return out
}

// Reverse returns the templates in the opposite order.
func (l Currents) Reverse() Currents {
	l = slices.Clone(l)
	slices.Reverse(l)
	return l
}

// current describes the template that x executes.
func (x *executor) current() *Current {
	if x.entry == nil {
		return nil
	}
	var c *Current
	if x.outer != nil {
		c = x.outer.current()
	}
	c = describeTemplate(x.entry, c)
	for _, f := range x.frames[:x.active] {
		c = describeTemplate(f.t, c)
	}
	return c
}

func describeTemplate(t *Template, parent *Current) *Current {
	c := currentOf(t.name, t.spaces[0])
	c.Parent = parent
	if len(t.spaces) > 1 {
		c.Base = currentOf(t.spaces[1].path, t.spaces[1])
	}
	return c
}

func currentOf(name string, f *file) *Current {
	c := &Current{Name: name}
	if !f.builtin {
		c.Filename = f.path
	}
	return c
}
