/**
 * A registry for the tests of an application that uses one: {@link dev.berth.spring.test.WithRegistry}. Needs
 * {@code dev.berth:registry-testkit} in the scope {@code test}.
 */
@NullMarked
package dev.berth.spring.test;

import org.jspecify.annotations.NullMarked;
