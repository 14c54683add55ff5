/** Tests of the client of Harbor's scanner adapter API. */
@NullMarked
package dev.berth.registry.scan.adapter;

import org.jspecify.annotations.NullMarked;
