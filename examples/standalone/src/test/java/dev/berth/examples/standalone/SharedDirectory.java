package dev.berth.examples.standalone;

import java.nio.file.Path;

/** A directory that stores a registry. */
record SharedDirectory(Path path) implements SharedStorage {

    @Override
    public String address() {
        return path.toString();
    }

    @Override
    public BerthCommand authorise(BerthCommand command) {
        return command;
    }

    @Override
    public String dockersDriver() {
        return "filesystem: {rootdirectory: %s}\n".formatted(path);
    }
}
