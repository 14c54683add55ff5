package dev.berth.examples.standalone.programs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A receiver of the events of {@code registry:2}, which is away until it is started. Thread-safe. */
public final class EventReceiver implements AutoCloseable {
    private final ObjectMapper mapper = new ObjectMapper();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition received = lock.newCondition();
    private final List<JsonNode> events = new ArrayList<>();
    private final InetSocketAddress address;
    private @Nullable HttpServer server;

    private EventReceiver(InetSocketAddress address) {
        this.address = address;
    }

    /** Returns a receiver that is away. */
    public static EventReceiver away() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket free = new ServerSocket(0, 1, loopback)) {
            return new EventReceiver(new InetSocketAddress(loopback, free.getLocalPort()));
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + address.getPort() + "/events");
    }

    /** Receives from now on. */
    public EventReceiver start() throws IOException {
        HttpServer started = HttpServer.create(address, 50);
        started.setExecutor(threads);
        started.createContext("/events", this::receive);
        started.start();
        server = started;
        return this;
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode envelope = mapper.readTree(exchange.getRequestBody().readAllBytes());
            lock.lock();
            try {
                envelope.path("events").forEach(events::add);
                received.signalAll();
            } finally {
                lock.unlock();
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /** Returns all events so far, with their repetitions, in the order of their arrival. */
    public List<JsonNode> events() {
        lock.lock();
        try {
            return List.copyOf(events);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for an event. */
    public JsonNode await(String what, Predicate<JsonNode> fits) throws InterruptedException {
        long nanos = ChildProcess.TIMEOUT.toNanos();
        lock.lock();
        try {
            for (int seen = 0; ; seen++) {
                while (seen == events.size()) {
                    if (nanos <= 0) {
                        throw new AssertionError("No " + what + " in " + events);
                    }
                    nanos = received.awaitNanos(nanos);
                }
                if (fits.test(events.get(seen))) {
                    return events.get(seen);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns the tags of a repository in the order in which the receiver was first told of a push to them. */
    public List<String> pushedTags(String repository) {
        Set<String> tags = new LinkedHashSet<>();
        for (JsonNode event : events()) {
            JsonNode target = event.path("target");
            if (event.path("action").asText().equals("push")
                    && target.path("repository").asText().equals(repository)
                    && target.hasNonNull("tag")) {
                tags.add(target.path("tag").asText());
            }
        }
        return List.copyOf(tags);
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
        }
        threads.shutdownNow();
        try {
            boolean unused = threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
