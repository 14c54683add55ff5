/** An application of Spring Boot with pages of its own, and a registry beside them. */
@NullMarked
package dev.berth.examples.spring;

import org.jspecify.annotations.NullMarked;
