package dev.berth.examples.standalone;

/** berth.jar and Docker's own registry take turns over one directory. */
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
