/** The pages of the console: what each shows, and the frame around them. */
@NullMarked
package dev.berth.registry.console.page;

import org.jspecify.annotations.NullMarked;
