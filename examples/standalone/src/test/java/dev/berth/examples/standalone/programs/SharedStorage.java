package dev.berth.examples.standalone.programs;

/** A storage that both berth.jar and Docker's registry can use. */
public interface SharedStorage {

    /** Returns the value of {@code --storage}. */
    String address();

    /** Adds the settings that a command needs besides the address. */
    BerthCommand configure(BerthCommand command);

    /** Returns the driver configuration of Docker's registry: YAML, indented except for its first line. */
    String dockerRegistryDriver();

    /** Returns a command that serves this storage on a free port of the loopback interface. */
    default BerthCommand serve() {
        return configure(BerthCommand.serve(address()));
    }

    default BerthCommand reindex() {
        return configure(BerthCommand.of("reindex", "--storage", address()));
    }
}
