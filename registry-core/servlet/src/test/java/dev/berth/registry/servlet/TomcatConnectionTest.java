package dev.berth.registry.servlet;

class TomcatConnectionTest extends ConnectionTest {
    TomcatConnectionTest() {
        super(RunningTomcat::start);
    }
}
