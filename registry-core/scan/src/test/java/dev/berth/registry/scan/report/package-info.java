@NullMarked
package dev.berth.registry.scan.report;

import org.jspecify.annotations.NullMarked;
