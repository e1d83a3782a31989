package scan_test
import ("testing";"time";"context";"fmt";"github.com/travelseal/travelseal/scan")
func TestBig(t *testing.T){ d:=jpegOf(t, written(white(7000,5700)),85); t0:=time.Now(); _,err:=scan.Read(context.Background(),d,scan.Limits{}); fmt.Println("40MP",time.Since(t0),err)}
