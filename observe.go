package jam

// What a file of the tree holds may change while a build goes on, and reading it may fail. A template that catches errors makes a
// page of that all the same: it must be made again when the file can be read, or has changed.

// couldRead tells whether err is nil. Otherwise what is being rendered will be rendered again.
func (v *view) couldRead(name string, err error) bool {
	if err != nil {
		v.taint(name + " could not be read")
	}
	return err == nil
}

// observe notes the checksum that a dep had when it was read.
func (v *view) observe(kind depKind, name string, sum uint64) {
	if v.rec == nil {
		return
	}
	seen := &v.recording.ledger.observed
	id := v.rec.nameID(kind, "", name)
	if was, ok := seen.LoadOrStore(id, sum); ok && was != sum {
		seen.Store(id, uint64(0)) // which no dep has: it was one thing, and then another one
	}
}

// asRead returns the checksum that a dep had when it was read, if it is known to have had another one than in the end.
func (l *ledger) asRead(id depID, now depSum) depSum {
	was, ok := l.observed.Load(id)
	if !ok || was == now.sum {
		return now
	}
	now.sum = max(was.(uint64), 1)
	return now
}
