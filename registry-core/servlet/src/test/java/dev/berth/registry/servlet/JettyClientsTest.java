package dev.berth.registry.servlet;

class JettyClientsTest extends ClientsTest {
    JettyClientsTest() {
        super(RunningJetty::start);
    }
}
