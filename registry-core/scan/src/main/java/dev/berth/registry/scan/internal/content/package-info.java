/** What is beside an image, which anybody who may push can have written, and how problems with it are told apart. */
@NullMarked
package dev.berth.registry.scan.internal.content;

import org.jspecify.annotations.NullMarked;
