package dev.berth.examples.standalone.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** Provides the version that the build wrote into the manifest of the jar. */
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"berth " + Objects.requireNonNullElse(version, "(not packaged)")};
    }
}
