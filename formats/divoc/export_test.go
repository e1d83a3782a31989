package divoc

// Contexts are the contexts that are built in, and SharedIDs the members that they map to one property.
var (
	Contexts  = contexts
	SharedIDs = sharedIDs
)
