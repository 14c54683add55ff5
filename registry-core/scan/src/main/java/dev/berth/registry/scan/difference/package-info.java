/** What differs between two images: {@link dev.berth.registry.scan.difference.ImageDifference}. */
@NullMarked
package dev.berth.registry.scan.difference;

import org.jspecify.annotations.NullMarked;
