/**
 * The runnable registry and tool for images, {@code berth.jar}: Berth's library behind a command line, and behind the
 * configuration that users of {@code registry:2} know.
 *
 * <p>{@link dev.berth.examples.standalone.Berth} is the program, one class per command beside it. What the commands run
 * with is a {@link dev.berth.examples.standalone.Settings}, put together from the command line, the environment and a
 * YAML file by {@link dev.berth.examples.standalone.SettingsReader}.
 *
 * <p>The commands for images (copy, sync, ls, inspect) read what they are given as
 * {@link dev.berth.examples.standalone.LocationText} and open it by {@link dev.berth.examples.standalone.Locations}; what
 * they share are {@link dev.berth.examples.standalone.RemoteFlags} and
 * {@link dev.berth.examples.standalone.CopyFlags}, and {@link dev.berth.examples.standalone.Progress} for who waits.
 */
@NullMarked
package dev.berth.examples.standalone;

import org.jspecify.annotations.NullMarked;
