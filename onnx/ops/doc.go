// Package ops holds the ONNX operators, one file each: attributes, shapes, float semantics, lowering.
//
// An operator registers a decoder for each form that it has had, keyed by the opset that introduced the form; a
// model of opset n uses the form with the highest key not above n. A decoder sees the node's attributes and its
// inputs with their types and constants, so it resolves everything that is fixed when the model is read (axes,
// paddings, target shapes, clip bounds), whichever of attribute or input a given opset uses for it. The Op it
// returns reads only its data inputs.
//
// Three shared forms carry most operators: unary and binary (element by element), and move (copies of elements).
package ops
