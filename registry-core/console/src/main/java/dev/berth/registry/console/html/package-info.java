/**
 * Pages as values: elements, attributes and texts, which are written as HTML.
 *
 * <p>Nothing here takes markup. A text is escaped when it is written, and there is no way to write one otherwise, so that
 * nobody can forget it. Attributes are made by methods with a meaning: none makes a script of a text, and where an attribute
 * is an address, only a {@link dev.berth.registry.console.html.Link} fits. So text of strangers, of which a registry is full,
 * never becomes markup.
 */
@NullMarked
package dev.berth.registry.console.html;

import org.jspecify.annotations.NullMarked;
