@NullMarked
package dev.berth.registry.scan.sarif;

import org.jspecify.annotations.NullMarked;
