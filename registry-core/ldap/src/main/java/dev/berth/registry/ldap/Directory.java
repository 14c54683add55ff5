package dev.berth.registry.ldap;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a directory, for a limited time and with a limited number of threads. Thread-safe.
 *
 * <p>After it did not answer, it is not asked for two seconds, so that nobody waits in vain; then one question tries.
 */
final class Directory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Directory.class);
    static final Duration WAIT_FOR_THREAD = Duration.ofSeconds(2);

    /** How many wait for each thread at most. */
    private static final int MOST_WAITING = 8;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Settings options;
    private final Connector connector;
    private final IdleConnections idle = new IdleConnections();
    private final Outage outage;
    private final Semaphore threads;
    private final ExecutorService executor;

    /** Something to find out. */
    interface Question<T> {
        T ask(Session session) throws DirectoryException;
    }

    Directory(Settings options) throws IOException {
        this.options = options;
        this.connector = new Connector(options.servers(), options.limits());
        this.outage = new Outage(options.clock());
        int connections = options.limits().connections();
        this.threads = new Semaphore(connections, true);
        this.executor =
                new ThreadPoolExecutor(0, connections + 1, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "berth-ldap");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * Asks.
     *
     * @throws RegistryException with {@code UNAVAILABLE} if there is no answer
     */
    <T> T ask(Question<T> question, Deadline deadline) {
        if (!outage.mayAsk()) {
            throw unavailable();
        }
        Future<T> answer = submit(question, deadline);
        try {
            T result = answer.get(deadline.left() + 1, TimeUnit.MILLISECONDS);
            outage.ended();
            return result;
        } catch (TimeoutException e) {
            outage.began(options.servers().servers() + " did not answer in time");
            throw unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        }
    }

    private RegistryException failed(Throwable cause) {
        if (cause instanceof DirectoryException problem && problem.kind() == DirectoryException.Kind.QUESTION) {
            LOG.warn("{}", problem.getMessage());
            // It answered, if only this.
            outage.ended();
        } else {
            outage.began(String.valueOf(cause.getMessage()));
        }
        return unavailable(cause);
    }

    private <T> Future<T> submit(Question<T> question, Deadline deadline) {
        // Those who wait hold threads of the server.
        if (threads.getQueueLength() > MOST_WAITING * options.limits().connections()) {
            throw unavailable();
        }
        try {
            if (!threads.tryAcquire(Math.min(WAIT_FOR_THREAD.toMillis(), deadline.left()), TimeUnit.MILLISECONDS)) {
                throw unavailable();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
        try {
            return executor.submit(() -> {
                try {
                    return attempt(question, deadline);
                } finally {
                    threads.release();
                }
            });
        } catch (RejectedExecutionException e) {
            threads.release();
            throw unavailable(e);
        }
    }

    /** Asks one server, and the next one if that does not answer. */
    private <T> T attempt(Question<T> question, Deadline deadline) throws DirectoryException {
        for (int left = connector.servers() - 1; ; left--) {
            try (Session session = new Session(connector, idle, options.searchIdentity(), options.limits(), deadline)) {
                try {
                    return question.ask(session);
                } catch (DirectoryException e) {
                    if (e.kind() == DirectoryException.Kind.QUESTION) {
                        throw e;
                    }
                    session.discard();
                    boolean again =
                            left > 0 || left == 0 && session.reused() && e.kind() == DirectoryException.Kind.CONNECTION;
                    if (!again || e.kind() == DirectoryException.Kind.SETTINGS || deadline.left() == 0) {
                        throw e;
                    }
                } catch (RuntimeException e) {
                    session.discard();
                    throw e;
                }
            }
        }
    }

    static RegistryException unavailable(Throwable cause) {
        return refusal().cause(cause).build();
    }

    private static RegistryException unavailable() {
        return refusal().build();
    }

    private static RegistryException.Builder refusal() {
        return RegistryException.builder(RegistryError.of(
                        ErrorCode.UNAVAILABLE, "The directory of users does not answer; try again in a moment"))
                .retryAfter(RETRY_AFTER);
    }

    @Override
    public void close() {
        executor.shutdown();
        idle.close();
    }
}
