@NullMarked
package dev.berth.registry.scan.internal.cvss;

import org.jspecify.annotations.NullMarked;
