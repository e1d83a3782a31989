package mint

import (
	"bytes"
	"fmt"
	"slices"
)

// A path leads from an Item to one inside it. Each step is a string (a text key), an int (an integer key, or an index
// into an Array) or an Item (any key). The functions here leave the Item that they are given as it was.

// Get gives the Item at a path, and whether there is one.
func Get(root Item, path ...any) (Item, bool) {
	for _, step := range path {
		i := find(root, step)
		if i < 0 {
			return nil, false
		}
		root = child(root, i)
	}
	return root, true
}

// Set replaces the Item at a path. A last step that leads nowhere yet adds to the end of its map or array.
func Set(root, value Item, path ...any) Item {
	if len(path) == 0 {
		return value
	}
	i, last := find(root, path[0]), len(path) == 1
	switch node := root.(type) {
	case Map:
		if i < 0 && last {
			return append(slices.Clone(node), Pair{key(path[0]), value})
		}
		if i >= 0 {
			node = slices.Clone(node)
			node[i][1] = Set(node[i][1], value, path[1:]...)
			return node
		}
	case Array:
		if i < 0 && last {
			return append(slices.Clone(node), value)
		}
		if i >= 0 {
			node = slices.Clone(node)
			node[i] = Set(node[i], value, path[1:]...)
			return node
		}
	}
	panic(fmt.Sprintf("mint: no item at %v", path[0]))
}

// Drop removes the Item at a path, with its key.
func Drop(root Item, path ...any) Item {
	parent, step := path[:len(path)-1], path[len(path)-1]
	holder, found := Get(root, parent...)
	i := -1
	if found {
		i = find(holder, step)
	}
	if i < 0 {
		panic(fmt.Sprintf("mint: no item at %v", path))
	}
	switch node := holder.(type) {
	case Map:
		return Set(root, slices.Delete(slices.Clone(node), i, i+1), parent...)
	default:
		return Set(root, slices.Delete(slices.Clone(node.(Array)), i, i+1), parent...)
	}
}

// Add puts one more pair at the end of the map at a path, even if its key is there already.
func Add(root, k, value Item, path ...any) Item {
	holder, _ := Get(root, path...)
	node, ok := holder.(Map)
	if !ok {
		panic(fmt.Sprintf("mint: no map at %v", path))
	}
	return Set(root, append(slices.Clone(node), Pair{k, value}), path...)
}

// find gives the index of a step in a Map or Array, or -1.
func find(node Item, step any) int {
	switch node := node.(type) {
	case Map:
		want := Encode(key(step))
		return slices.IndexFunc(node, func(p Pair) bool { return bytes.Equal(Encode(p[0]), want) })
	case Array:
		if i, ok := step.(int); ok && i >= 0 && i < len(node) {
			return i
		}
	}
	return -1
}

func child(node Item, i int) Item {
	if m, ok := node.(Map); ok {
		return m[i][1]
	}
	return node.(Array)[i]
}

func key(step any) Item {
	switch step := step.(type) {
	case string:
		return Text(step)
	case int:
		return Int(step)
	case Item:
		return step
	}
	panic(fmt.Sprintf("mint: a path cannot have a step of type %T", step))
}
