@NullMarked
package dev.berth.registry.scan.found;

import org.jspecify.annotations.NullMarked;
