package dev.berth.registry.servlet;

class TomcatClientsTest extends ClientsTest {
    TomcatClientsTest() {
        super(RunningTomcat::start);
    }
}
