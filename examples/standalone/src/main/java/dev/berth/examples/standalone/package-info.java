/**
 * The runnable registry, {@code berth.jar}: Berth's library behind a command line and the configuration that users of
 * {@code registry:2} know.
 *
 * <p>{@link dev.berth.examples.standalone.Berth} is the program, one class per command beside it. What the commands run
 * with is a {@link dev.berth.examples.standalone.Settings}, put together from the command line, the environment and a
 * YAML file by {@link dev.berth.examples.standalone.SettingsReader}.
 */
@NullMarked
package dev.berth.examples.standalone;

import org.jspecify.annotations.NullMarked;
