/** What is to be known of browsers: their cookies, and from which page a request comes. Not exported. */
@NullMarked
package dev.berth.registry.internal.browser;

import org.jspecify.annotations.NullMarked;
