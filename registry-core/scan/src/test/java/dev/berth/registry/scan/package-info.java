@NullMarked
package dev.berth.registry.scan;

import org.jspecify.annotations.NullMarked;
