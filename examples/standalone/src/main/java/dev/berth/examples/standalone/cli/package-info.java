/**
 * What all commands share: the version, and how a failure is reported. A command throws
 * {@link dev.berth.examples.standalone.cli.CommandException} for exit code 1 and
 * {@link dev.berth.examples.standalone.cli.UsageException} for exit code 2;
 * {@link dev.berth.examples.standalone.cli.FailureReason} words the failures of files.
 */
@NullMarked
package dev.berth.examples.standalone.cli;

import org.jspecify.annotations.NullMarked;
