package dev.berth.examples.standalone;

/** A storage that berth.jar and Docker's own registry can both be pointed at. */
interface SharedStorage {

    /** As {@code --storage} takes it. */
    String address();

    /** Tells a command what it needs to know beside the address. */
    BerthCommand authorise(BerthCommand command);

    /** The driver's part of the configuration of Docker's registry, in YAML, its lines but the first one indented. */
    String dockersDriver();

    /** Serves it on a free port of the loopback interface. */
    default BerthCommand serve() {
        return authorise(BerthCommand.serve(address()));
    }

    default BerthCommand reindex() {
        return authorise(BerthCommand.of("reindex", "--storage", address()));
    }
}
