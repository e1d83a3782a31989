package scan

import "github.com/travelseal/travelseal/internal/opennet"

// IsOpen reports to the tests whether an address belongs to the open network.
var IsOpen = opennet.Has
