/** What is to be known of the libraries that are used here. */
@NullMarked
package dev.berth.registry.image.library;

import org.jspecify.annotations.NullMarked;
