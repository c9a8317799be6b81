package jam

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"github.com/jam-go/jam/internal/pack"
)

// buildList is the value in a cache that has the builds that wrote packs, or are about to, since a [Cache] can't tell which keys it has.
// A build is on the list before it writes its first pack. What one has written that fails, or is killed, is removed by itself or by
// those that come after it.
//
// Several processes may share a cache. When a build has written its index, it removes the packs of builds that the index supersedes: those
// that were in the index before it, and those that began some time ago and came to nothing. Others may be about to be in an index, so
// they are left, unless there are many of them. Who loses a pack to another process, or a change of the list, loses no more
// than time or space: contents are checked when they are read, and what is missing is rendered.
type buildList []listedBuild

type listedBuild struct {
	name  string
	packs int // it has no more than so many
	begun time.Time
}

const (
	buildsKey    = "builds"
	longestBuild = time.Hour // after which a build is taken for dead
	mostUnused   = 8         // of builds on the list that no index is known to name
	mostPacks    = 1 << 16   // of a build
)

func (b *listedBuild) encode(w *pack.Writer) {
	w.String(b.name)
	w.Uint(uint64(b.packs))
	w.Int(int(b.begun.Unix()))
}

func decodeBuilds(b []byte) (buildList, error) {
	r, err := pack.NewReader(b)
	if err != nil {
		return nil, err
	}
	list := make(buildList, r.Len(3))
	for i := range list {
		list[i] = listedBuild{name: r.String(), packs: r.Index(mostPacks), begun: time.Unix(int64(r.Int()), 0)}
		if checkCacheKey(packKey(list[i].name, 0)) != nil {
			r.Fail()
		}
	}
	return list, r.Err()
}

// dead tells whether a build is not under way any more, as far as one can tell by the time.
func (b *listedBuild) dead(now time.Time) bool { return now.Sub(b.begun).Abs() > longestBuild }

// builds reads the list.
func (st *store) builds(ctx context.Context) (buildList, error) {
	b, err := st.get(ctx, buildsKey)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%s can't be read: %w", buildsKey, err)
	}
	list, err := decodeBuilds(b)
	if err != nil {
		st.warn("the list of builds is %w, so what some of them wrote may stay", err)
		return nil, nil
	}
	return list, nil
}

// changeList reads the list and writes what change makes of it, nil: the same. It reports whether that went well.
func (st *store) changeList(ctx context.Context, change func(buildList) buildList) bool {
	st.listing.Lock()
	defer st.listing.Unlock()
	list, err := st.builds(ctx)
	if err != nil {
		if ctx.Err() == nil {
			st.warn("%w", err)
		}
		return false
	}
	list = change(list)
	if list == nil {
		return true
	}
	w := new(pack.Writer)
	w.Uint(uint64(len(list)))
	for i := range list {
		list[i].encode(w)
	}
	return st.put(ctx, buildsKey, w.Seal())
}

// list puts a build on the list.
func (st *store) list(ctx context.Context, b listedBuild) bool {
	return st.changeList(ctx, func(list buildList) buildList {
		list = slices.DeleteFunc(list, func(o listedBuild) bool { return o.name == b.name })
		return append(list, b)
	})
}

// unlist removes a build from the list, and all that it wrote.
func (st *store) unlist(ctx context.Context, name string) {
	st.changeList(ctx, func(list buildList) buildList {
		return slices.DeleteFunc(list, func(b listedBuild) bool {
			if b.name == name {
				st.deletePacks(ctx, b, nil)
			}
			return b.name == name
		})
	})
}

func (st *store) deletePacks(ctx context.Context, b listedBuild, used map[string]int) {
	for n := range b.packs {
		if key := packKey(b.name, n); used[key] == 0 {
			st.delete(ctx, key)
		}
	}
}

// clean removes what the index that a build has just written supersedes. The packs of the last build are in old, and those of the new
// index in used.
func (st *store) clean(ctx context.Context, own string, used, old map[string]int) {
	st.mu.Lock()
	stale := st.stale
	st.stale = nil
	st.mu.Unlock()
	for _, key := range stale {
		old[key] = 0
	}
	needed, superseded := make(map[string]bool), map[string]bool{own: true}
	for key := range used {
		needed[packBuild(key)] = true
	}
	for key := range old {
		superseded[packBuild(key)] = true
		if _, ok := used[key]; !ok {
			st.delete(ctx, key)
		}
	}
	now := time.Now()
	st.changeList(ctx, func(list buildList) buildList {
		n, unused := len(list), 0
		slices.SortStableFunc(list, func(a, b listedBuild) int { return b.begun.Compare(a.begun) })
		list = slices.DeleteFunc(list, func(b listedBuild) bool {
			if needed[b.name] {
				return false
			}
			if unused++; unused <= mostUnused && !superseded[b.name] && !b.dead(now) {
				return false
			}
			st.deletePacks(ctx, b, used)
			return true
		})
		if len(list) == n {
			return nil
		}
		return list
	})
}
