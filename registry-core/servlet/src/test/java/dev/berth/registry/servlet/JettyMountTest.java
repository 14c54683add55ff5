package dev.berth.registry.servlet;

class JettyMountTest extends MountTest {
    JettyMountTest() {
        super(RunningJetty::start);
    }
}
