// Package strict reads JSON the way a verifier must: one document has one meaning, and anything else is
// refused. It refuses unknown, missing, repeated and differently-cased fields, null, numbers that are not
// in their shortest form, invalid UTF-8 and bytes after the document.
package strict

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"assay/verifier/fault"
)

// Faults of a document.
var (
	ErrSyntax    = fault.Define("json-syntax", "a document is not JSON of the expected form")
	ErrUnknown   = fault.Define("json-unknown-field", "an object has a field that the format does not have")
	ErrMissing   = fault.Define("json-missing-field", "an object lacks a field that the format requires")
	ErrDuplicate = fault.Define("json-duplicate-field", "an object names a field twice")
	ErrTrailing  = fault.Define("json-trailing", "bytes follow the document")
	ErrNumber    = fault.Define("json-number", "a number is out of range or not in its shortest form")
)

// Unmarshal decodes exactly one document into the struct that v points to. Fields without omitempty are
// required. It supports structs, slices, strings, booleans, numbers and text unmarshalers.
func Unmarshal(data []byte, v any) error {
	if !utf8.Valid(data) {
		return fault.New(ErrSyntax, "document", "UTF-8", nil)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	if err := walk(dec, reflect.TypeOf(v).Elem(), "document"); err != nil {
		return err
	}
	if _, err := dec.Token(); err != io.EOF {
		return fault.New(ErrTrailing, "document", "nothing more", nil)
	}
	if err := json.Unmarshal(data, v); err != nil {
		return fault.New(ErrSyntax, "document", nil, err)
	}
	return nil
}

func walk(dec *json.Decoder, t reflect.Type, at string) error {
	tok, err := dec.Token()
	if err != nil {
		return fault.New(ErrSyntax, at, nil, err)
	}
	mismatch := func(want string) error { return fault.New(ErrSyntax, at, want, describe(tok)) }
	if u, ok := reflect.New(t).Interface().(encoding.TextUnmarshaler); ok {
		s, ok := tok.(string)
		if !ok {
			return mismatch("a string")
		}
		if err := u.UnmarshalText([]byte(s)); err != nil {
			return fmt.Errorf("%s: %w", at, err)
		}
		return nil
	}
	switch t.Kind() {
	case reflect.Struct:
		if tok != json.Delim('{') {
			return mismatch("an object")
		}
		return object(dec, t, at)
	case reflect.Slice:
		if tok != json.Delim('[') {
			return mismatch("an array")
		}
		for i := 0; dec.More(); i++ {
			if err := walk(dec, t.Elem(), fmt.Sprintf("%s[%d]", at, i)); err != nil {
				return err
			}
		}
		return end(dec, at)
	case reflect.String:
		if _, ok := tok.(string); !ok {
			return mismatch("a string")
		}
		return nil
	case reflect.Bool:
		if _, ok := tok.(bool); !ok {
			return mismatch("true or false")
		}
		return nil
	case reflect.Int, reflect.Int64, reflect.Uint64, reflect.Float64:
		n, ok := tok.(json.Number)
		if !ok {
			return mismatch("a number")
		}
		return number(n, t, at)
	default:
		return fault.New(ErrSyntax, at, "a supported type", t)
	}
}

func object(dec *json.Decoder, t reflect.Type, at string) error {
	fields, required := layout(t)
	seen := map[string]bool{}
	for dec.More() {
		tok, err := dec.Token()
		if err != nil {
			return fault.New(ErrSyntax, at, nil, err)
		}
		name := tok.(string)
		ft, ok := fields[name]
		switch {
		case !ok:
			return fault.New(ErrUnknown, at, nil, fmt.Sprintf("%q", name))
		case seen[name]:
			return fault.New(ErrDuplicate, at, nil, fmt.Sprintf("%q", name))
		}
		seen[name] = true
		if err := walk(dec, ft, at+"."+name); err != nil {
			return err
		}
	}
	for _, name := range required {
		if !seen[name] {
			return fault.New(ErrMissing, at, fmt.Sprintf("%q", name), nil)
		}
	}
	return end(dec, at)
}

func layout(t reflect.Type) (fields map[string]reflect.Type, required []string) {
	fields = map[string]reflect.Type{}
	for i := range t.NumField() {
		f := t.Field(i)
		tag := strings.Split(f.Tag.Get("json"), ",")
		fields[tag[0]] = f.Type
		if !slices.Contains(tag, "omitempty") {
			required = append(required, tag[0])
		}
	}
	return fields, required
}

func end(dec *json.Decoder, at string) error {
	if _, err := dec.Token(); err != nil {
		return fault.New(ErrSyntax, at, nil, err)
	}
	return nil
}

// number accepts only the text that this package's own encoder would write.
func number(n json.Number, t reflect.Type, at string) error {
	v := reflect.New(t)
	if err := json.Unmarshal([]byte(n), v.Interface()); err != nil {
		return fault.New(ErrNumber, at, t, n)
	}
	if want, err := json.Marshal(v.Interface()); err != nil || string(want) != string(n) {
		return fault.New(ErrNumber, at, string(want), n)
	}
	return nil
}

func describe(tok json.Token) string {
	switch v := tok.(type) {
	case nil:
		return "null"
	case json.Delim:
		return v.String()
	case string:
		return "a string"
	default:
		return fmt.Sprint(v)
	}
}
