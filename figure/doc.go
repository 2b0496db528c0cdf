// Package figure draws the pictures that a person compares models by: how far a program's answers are from the float
// model's, and where the error comes from. Pictures are SVG; Page is one HTML file that holds them.
package figure
