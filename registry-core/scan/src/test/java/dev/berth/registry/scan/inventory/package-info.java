@NullMarked
package dev.berth.registry.scan.inventory;

import org.jspecify.annotations.NullMarked;
