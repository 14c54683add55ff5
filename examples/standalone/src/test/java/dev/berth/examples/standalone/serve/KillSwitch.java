package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.programs.BerthProcess;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Kills a server at a given step of its clients. A step is a request or a piece of a body that is about to be sent, or a
 * response that has arrived. Thread-safe.
 */
final class KillSwitch {
    private final BerthProcess server;
    private final AtomicInteger stepsLeft;

    KillSwitch(BerthProcess server, int steps) {
        this.server = server;
        this.stepsLeft = new AtomicInteger(steps);
    }

    void step() {
        if (stepsLeft.decrementAndGet() == 0) {
            server.kill();
        }
    }

    boolean hasKilled() {
        return stepsLeft.get() <= 0;
    }

    /** Returns a body of known length that counts as steps. */
    BodyPublisher body(byte[] bytes, int offset, int length) {
        return length == 0
                ? BodyPublishers.noBody()
                : BodyPublishers.fromPublisher(bodyOfUnknownLength(bytes, offset, length), length);
    }

    BodyPublisher bodyOfUnknownLength(byte[] bytes, int offset, int length) {
        return BodyPublishers.ofInputStream(() -> counting(bytes, offset, length));
    }

    private InputStream counting(byte[] bytes, int offset, int length) {
        return new ByteArrayInputStream(bytes, offset, length) {
            @Override
            public int read(byte[] buffer, int at, int most) {
                step();
                return super.read(buffer, at, most);
            }
        };
    }
}
