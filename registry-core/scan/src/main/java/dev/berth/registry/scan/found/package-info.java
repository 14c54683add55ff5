/** What is found in images: packages, in the words of their ecosystems, and the distribution that an image is made of. */
@NullMarked
package dev.berth.registry.scan.found;

import org.jspecify.annotations.NullMarked;
