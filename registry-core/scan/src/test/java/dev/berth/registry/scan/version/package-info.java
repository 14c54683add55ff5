@NullMarked
package dev.berth.registry.scan.version;

import org.jspecify.annotations.NullMarked;
