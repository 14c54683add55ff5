/**
 * What is in an image: {@link dev.berth.registry.scan.inventory.InventoryReader} reads its packages from its layers, one
 * after the other, as streams. Nothing is unpacked.
 */
@NullMarked
package dev.berth.registry.scan.inventory;

import org.jspecify.annotations.NullMarked;
