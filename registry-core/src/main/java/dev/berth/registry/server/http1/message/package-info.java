/** The syntax of HTTP/1.1 messages (RFC 9112): what a strict server reads and writes, without connections. Not exported. */
@NullMarked
package dev.berth.registry.server.http1.message;

import org.jspecify.annotations.NullMarked;
