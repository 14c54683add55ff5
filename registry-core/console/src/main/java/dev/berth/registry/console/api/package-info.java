/** What the pages show, as JSON, below {@code /api/v1/}. */
@NullMarked
package dev.berth.registry.console.api;

import org.jspecify.annotations.NullMarked;
