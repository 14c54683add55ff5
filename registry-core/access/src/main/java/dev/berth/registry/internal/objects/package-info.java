/**
 * Small objects of the store in JSON, which several processes read and change.
 */
@NullMarked
package dev.berth.registry.internal.objects;

import org.jspecify.annotations.NullMarked;
