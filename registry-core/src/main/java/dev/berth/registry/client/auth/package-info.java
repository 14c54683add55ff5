/** How the client authenticates: challenges, credentials, tokens and their cache. */
@NullMarked
package dev.berth.registry.client.auth;

import org.jspecify.annotations.NullMarked;
