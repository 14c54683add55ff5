package dev.berth.examples.standalone;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** Reads the version that the build wrote into the jar. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Berth.class.getPackage().getImplementationVersion();
        return new String[] {"berth " + Objects.requireNonNullElse(version, "(not packaged)")};
    }
}
