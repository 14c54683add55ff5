package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.programs.SharedDirectory;
import dev.berth.examples.standalone.programs.SharedStorage;
import org.junit.jupiter.api.Tag;

/** berth.jar and Docker's registry alternate on one directory. */
@Tag("any-jdk")
class DockerRegistryInteropIT extends DockerRegistryInterop {

    @Override
    SharedStorage storage() {
        return new SharedDirectory(directory.resolve("registry"));
    }

    @Override
    boolean leavesEmptyLinks() {
        return false;
    }
}
