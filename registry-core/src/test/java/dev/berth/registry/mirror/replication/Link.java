package dev.berth.registry.mirror.replication;

import dev.berth.registry.Blobs;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifests;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.Tags;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A registry as somebody far away sees it: its calls are noted, it can be cut off, and answers can get lost. */
final class Link {
    private static final Set<String> WRITES = Set.of("put", "delete", "push", "mount", "startUpload", "resumeUpload");

    final Registry registry;
    final List<String> reads = new CopyOnWriteArrayList<>();
    final List<String> writes = new CopyOnWriteArrayList<>();
    private volatile boolean cut;
    private volatile Optional<Duration> retryAfter = Optional.empty();
    private volatile int lostPercent;
    private volatile Random random = new Random(0);
    private volatile String failing = "";
    private volatile boolean failingAfter;
    private volatile Runnable before = () -> {};

    Link(Registry real) {
        this.registry = proxy(Registry.class, real);
    }

    /** Cuts it off, or not any more. */
    void cut(boolean newCut) {
        cut = newCut;
        retryAfter = Optional.empty();
    }

    /** Answers everything with a limit. */
    void limit(Duration newRetryAfter) {
        cut = true;
        retryAfter = Optional.of(newRetryAfter);
    }

    /** Loses so many calls, half of them after they have taken effect. */
    void lose(int percent, Random newRandom) {
        lostPercent = percent;
        random = newRandom;
    }

    /** Lets the next call fail whose name begins like this, before or after it has taken effect. */
    void failNext(String name, boolean after) {
        failing = name;
        failingAfter = after;
    }

    /** Runs before each call. */
    void before(Runnable newBefore) {
        before = newBefore;
    }

    void forget() {
        reads.clear();
        writes.clear();
    }

    private <T> T proxy(Class<T> type, Object real) {
        InvocationHandler handler = (proxy, method, arguments) -> handle(real, method, arguments);
        return type.cast(Proxy.newProxyInstance(Link.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private Object handle(Object real, Method method, Object[] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class
                || Set.of("identity", "name", "close").contains(method.getName())) {
            return call(real, method, arguments);
        }
        Class<?> type = method.getReturnType();
        if (List.<Class<?>>of(Repository.class, Manifests.class, Tags.class, Blobs.class)
                .contains(type)) {
            return proxy(type, call(real, method, arguments));
        }
        before.run();
        String text = method.getDeclaringClass().getSimpleName() + "." + method.getName()
                + (arguments == null ? "" : Arrays.toString(arguments));
        (WRITES.contains(method.getName()) ? writes : reads).add(text);
        if (cut) {
            throw failure();
        }
        boolean lost = lostPercent > 0 && random.nextInt(100) < lostPercent;
        if (lost && random.nextBoolean()) {
            throw failure();
        }
        boolean fails = !failing.isEmpty() && text.startsWith(failing);
        if (fails) {
            failing = "";
            if (!failingAfter) {
                throw failure();
            }
        }
        Object result = call(real, method, arguments);
        if (lost || fails) {
            throw failure();
        }
        return result;
    }

    private RegistryException failure() {
        if (retryAfter.isPresent()) {
            return RegistryException.builder(RegistryError.of(ErrorCode.TOOMANYREQUESTS, "Too many requests"))
                    .retryAfter(retryAfter.get())
                    .build();
        }
        return RegistryException.of(ErrorCode.UNAVAILABLE, "The registry cannot be reached");
    }

    private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
