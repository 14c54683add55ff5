package dev.berth.examples.standalone.images;

import dev.berth.examples.standalone.cli.RemoteFlags;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that opens images: what all of these have in common. A command is used once. */
public abstract class ImageCommand implements Callable<Integer> {
    @Mixin
    private RemoteFlags remoteFlags = new RemoteFlags();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Returns what opens images with the options of the command line. The caller closes it. */
    protected final Locations locations() throws IOException {
        return new Locations(remoteFlags.options(), remoteFlags.https());
    }

    /** Returns where results are printed. */
    protected final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Returns where warnings are printed. */
    protected final PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
