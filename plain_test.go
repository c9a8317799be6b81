package jam

import (
	"fmt"
	"os"
	"reflect"
	"testing"
)

// TestMain checks in the end that no test has made something write to what pages share.
func TestMain(m *testing.M) {
	code := m.Run()
	want := metaMore{Sitemap: SitemapOptions{Priority: -1}, Build: BuildOptions{PublishResources: true}}
	if !reflect.ValueOf(plainPage).IsZero() || !reflect.ValueOf(plainRoute).IsZero() || !reflect.DeepEqual(plainMeta, want) {
		fmt.Println("plainPage, plainRoute or plainMeta, which pages share, has been changed")
		code = 1
	}
	os.Exit(code)
}
