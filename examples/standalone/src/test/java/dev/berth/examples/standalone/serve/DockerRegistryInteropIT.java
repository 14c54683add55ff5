package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.programs.SharedDirectory;
import dev.berth.examples.standalone.programs.SharedStorage;

/** berth.jar and Docker's registry alternate on one directory. */
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
