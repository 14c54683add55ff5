package dev.berth.examples.standalone.programs;

import java.nio.file.Path;

/** A storage directory. */
public record SharedDirectory(Path path) implements SharedStorage {

    @Override
    public String address() {
        return path.toString();
    }

    @Override
    public BerthCommand configure(BerthCommand command) {
        return command;
    }

    @Override
    public String dockerRegistryDriver() {
        return "filesystem: {rootdirectory: %s}\n".formatted(path);
    }
}
