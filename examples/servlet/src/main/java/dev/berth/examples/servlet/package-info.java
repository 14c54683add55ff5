/** Applications in servlet containers, each with a registry on the port that they have anyway. */
@NullMarked
package dev.berth.examples.servlet;

import org.jspecify.annotations.NullMarked;
