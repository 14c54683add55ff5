/** What client and server share of Apache HttpComponents. Not exported. */
@NullMarked
package dev.berth.registry.internal.http;

import org.jspecify.annotations.NullMarked;
