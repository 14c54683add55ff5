/** Commands for what the console of a registry shows: {@code search} asks for it, {@code console} makes it again. */
@NullMarked
package dev.berth.examples.standalone.console;

import org.jspecify.annotations.NullMarked;
