/** What readers of formats have in common: what they read from, and what bounds them. */
@NullMarked
package dev.berth.registry.scan.format.source;

import org.jspecify.annotations.NullMarked;
