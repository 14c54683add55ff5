/** The three forms of rpm's database, of which only as much is read as leads to the packages. */
@NullMarked
package dev.berth.registry.scan.format.rpm;

import org.jspecify.annotations.NullMarked;
