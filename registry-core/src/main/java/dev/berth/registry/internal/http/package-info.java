/** The use of Apache HttpComponents that client and server share. Not exported. */
@NullMarked
package dev.berth.registry.internal.http;

import org.jspecify.annotations.NullMarked;
