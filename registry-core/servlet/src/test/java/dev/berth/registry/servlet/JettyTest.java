package dev.berth.registry.servlet;

class JettyTest extends ContainerTest {
    JettyTest() {
        super(RunningJetty::start);
    }
}
