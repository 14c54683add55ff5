/** Programs that people have for images, driven by the tests of containers. */
@NullMarked
package dev.berth.registry.servlet.clients;

import org.jspecify.annotations.NullMarked;
