@NullMarked
package dev.berth.registry.scan.gate;

import org.jspecify.annotations.NullMarked;
