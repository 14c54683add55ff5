/** Programs that say what they were built from: those of Go, and those of Rust that cargo-auditable built. */
@NullMarked
package dev.berth.registry.scan.format.elf;

import org.jspecify.annotations.NullMarked;
