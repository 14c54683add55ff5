/**
 * A registry with public and private repositories, two teams and a robot, in one file:
 * {@link dev.berth.examples.access.PrivateRegistry}.
 */
@NullMarked
package dev.berth.examples.access;

import org.jspecify.annotations.NullMarked;
