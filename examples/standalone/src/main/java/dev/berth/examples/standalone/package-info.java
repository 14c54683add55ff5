/**
 * The runnable registry and image tool, {@code berth.jar}: the library behind a command line and behind the configuration
 * of {@code registry:2}.
 *
 * <p>{@link dev.berth.examples.standalone.Berth} is the main class. The commands are in
 * {@link dev.berth.examples.standalone.serve}, {@link dev.berth.examples.standalone.images} and
 * {@link dev.berth.examples.standalone.accounts}. The configuration of the registry is in
 * {@link dev.berth.examples.standalone.configuration}, what all commands share in
 * {@link dev.berth.examples.standalone.cli}. Dependencies point in this order: this package, commands, configuration,
 * cli.
 */
@NullMarked
package dev.berth.examples.standalone;

import org.jspecify.annotations.NullMarked;
