@NullMarked
package dev.berth.registry.scan.advisory;

import org.jspecify.annotations.NullMarked;
