package dev.berth.registry.servlet;

class TomcatTest extends ContainerTest {
    TomcatTest() {
        super(RunningTomcat::start);
    }
}
