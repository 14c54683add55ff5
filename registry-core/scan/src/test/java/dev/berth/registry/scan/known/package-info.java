@NullMarked
package dev.berth.registry.scan.known;

import org.jspecify.annotations.NullMarked;
