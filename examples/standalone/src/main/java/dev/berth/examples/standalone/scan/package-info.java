/**
 * The command {@code berth scan}: what is in an image, and what is known against it. {@code ScannedImage} is what was found;
 * {@code FindingReport} prints it for people, {@code ScanOutput} in all its forms.
 */
@NullMarked
package dev.berth.examples.standalone.scan;

import org.jspecify.annotations.NullMarked;
