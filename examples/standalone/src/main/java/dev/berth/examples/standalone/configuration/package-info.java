/**
 * The configuration of the registry. {@link dev.berth.examples.standalone.configuration.SettingsReader} merges the command
 * line, the environment and a YAML file of {@code registry:2} into one immutable
 * {@link dev.berth.examples.standalone.configuration.Settings}.
 */
@NullMarked
package dev.berth.examples.standalone.configuration;

import org.jspecify.annotations.NullMarked;
