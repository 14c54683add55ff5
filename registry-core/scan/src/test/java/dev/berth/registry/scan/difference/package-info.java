@NullMarked
package dev.berth.registry.scan.difference;

import org.jspecify.annotations.NullMarked;
