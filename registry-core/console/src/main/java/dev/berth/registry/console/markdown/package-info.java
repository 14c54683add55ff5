/**
 * Texts that were written in Markdown, as pages show them.
 *
 * <p>What strangers have written becomes the few elements that a text needs: headings, paragraphs, lists, quotes, code, tables and
 * links to the web. HTML in it is shown as it is written, pictures are links, and nothing is loaded. However a text is written,
 * what is made of it stays small.
 */
@NullMarked
package dev.berth.registry.console.markdown;

import org.jspecify.annotations.NullMarked;
