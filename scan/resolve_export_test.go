package scan

// IsOpen reports to the tests whether an address belongs to the open network.
var IsOpen = isOpen
