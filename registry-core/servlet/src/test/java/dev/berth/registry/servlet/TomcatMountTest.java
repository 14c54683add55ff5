package dev.berth.registry.servlet;

class TomcatMountTest extends MountTest {
    TomcatMountTest() {
        super(RunningTomcat::start);
    }
}
