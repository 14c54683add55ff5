@NullMarked
package dev.berth.registry.scan.accepted;

import org.jspecify.annotations.NullMarked;
