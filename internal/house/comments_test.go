package house

import (
	"go/ast"
	"go/token"
)

// plain are the methods whose meaning the standard library fixes; a comment would only repeat it.
var plain = map[string]bool{
	"String": true, "GoString": true, "Format": true, "Error": true, "Unwrap": true, "Is": true, "As": true,
	"MarshalJSON": true, "UnmarshalJSON": true, "MarshalText": true, "UnmarshalText": true, "AppendText": true,
	"Len": true, "Less": true, "Swap": true, "Read": true, "Write": true, "Close": true, "ServeHTTP": true,
}

// describedTypes lists the types of a file that have a doc comment.
func describedTypes(f *goFile) map[string]bool {
	types := make(map[string]bool)
	for _, d := range f.syntax.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.TYPE {
			for _, s := range g.Specs {
				s := s.(*ast.TypeSpec)
				if g.Doc != nil || s.Doc != nil || s.Comment != nil {
					types[s.Name.Name] = true
				}
			}
		}
	}
	return types
}

// undescribed lists the exported names of a file that have no doc comment, with their places. A constant of a
// described type needs none of its own; the comment of a group serves all its members.
func undescribed(f *goFile, described map[string]bool) []string {
	var list []string
	add := func(n *ast.Ident, name string) {
		if n.IsExported() {
			list = append(list, f.at(n.Pos())+": "+name)
		}
	}
	for _, d := range f.syntax.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			switch receiver := receiverName(d); {
			case d.Doc != nil:
			case receiver == "":
				add(d.Name, d.Name.Name)
			case ast.IsExported(receiver) && !plain[d.Name.Name]:
				add(d.Name, receiver+"."+d.Name.Name)
			}
		case *ast.GenDecl:
			if d.Doc != nil {
				continue
			}
			typed := false // whether the constant being read has a described type, which iota hands down
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					if s.Doc == nil && s.Comment == nil {
						add(s.Name, s.Name.Name)
					}
				case *ast.ValueSpec:
					if s.Type != nil || len(s.Values) > 0 {
						name, _ := s.Type.(*ast.Ident)
						typed = d.Tok == token.CONST && name != nil && described[name.Name]
					}
					if typed || s.Doc != nil || s.Comment != nil {
						continue
					}
					for _, n := range s.Names {
						add(n, n.Name)
					}
				}
			}
		}
	}
	return list
}

// receiverName gives the type of a method's receiver; "" for a function.
func receiverName(d *ast.FuncDecl) string {
	if d.Recv == nil {
		return ""
	}
	e := d.Recv.List[0].Type
	for {
		switch t := e.(type) {
		case *ast.StarExpr:
			e = t.X
		case *ast.IndexExpr:
			e = t.X
		case *ast.IndexListExpr:
			e = t.X
		case *ast.Ident:
			return t.Name
		default:
			return ""
		}
	}
}
