// Package ui is how every page looks: the stylesheet, the shells of staff, portal and plain pages, and the components
// that pages are made of.
//
// Pages are typed templ components. There is no inline style and no inline script, so a strict content-security policy
// holds; every page works without a script. The styleguide (/stijlgids) shows each component in Dutch and in Arabic.
package ui
