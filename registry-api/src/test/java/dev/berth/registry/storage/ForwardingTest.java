package dev.berth.registry.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The forwarding bases forward every method of their interfaces, also one that is added later. */
class ForwardingTest {

    /** A call that has arrived at the delegate. */
    private record Call(Method method, List<Object> arguments) {}

    private static final Map<Class<?>, Object> VALUES = Map.ofEntries(
            Map.entry(ObjectKey.class, ObjectKey.of("a/b")),
            Map.entry(KeyPrefix.class, KeyPrefix.of("a/")),
            Map.entry(long.class, 7L),
            Map.entry(boolean.class, true),
            Map.entry(String.class, "text"),
            Map.entry(byte[].class, new byte[] {1}),
            Map.entry(PutCondition.class, PutCondition.ifAbsent()),
            Map.entry(ObjectVersion.class, new ObjectVersion("1")),
            Map.entry(ListRequest.class, ListRequest.tree(KeyPrefix.ROOT)),
            Map.entry(ListPage.class, new ListPage(List.of("a/b"), true)),
            Map.entry(Collection.class, List.of(ObjectKey.of("a/b"))),
            Map.entry(InputStream.class, new ByteArrayInputStream(new byte[1])),
            Map.entry(Prefetch.Reading.class, (Prefetch.Reading<String>) () -> "read"),
            Map.entry(Prefetch.class, Prefetch.whenAsked(() -> "prefetched")),
            Map.entry(Consumer.class, (Consumer<Object>) discarded -> {}),
            Map.entry(Instant.class, Instant.EPOCH),
            Map.entry(ObjectBatch.class, ObjectBatch.builder().build()),
            Map.entry(Duration.class, Duration.ofHours(1)),
            Map.entry(Optional.class, Optional.of("found")),
            Map.entry(ObjectUpload.class, recorder(ObjectUpload.class, new ArrayList<>())));

    private final List<Call> calls = new ArrayList<>();

    static Stream<Method> storeMethods() {
        return instanceMethods(ObjectStore.class).filter(method -> !isOpenOfTheWhole(method));
    }

    static Stream<Method> uploadMethods() {
        return instanceMethods(ObjectUpload.class);
    }

    private static Stream<Method> instanceMethods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic());
    }

    private static boolean isOpenOfTheWhole(Method method) {
        return method.getName().equals("open") && method.getParameterCount() == 1;
    }

    private static <T> T recorder(Class<T> type, List<Call> calls) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.getName().equals("toString") ? "recorder" : proxy == given[0];
                    }
                    calls.add(new Call(method, given == null ? List.of() : List.of(given)));
                    return VALUES.get(method.getReturnType());
                }));
    }

    private void assertForwards(Object forwarding, Method method) throws Exception {
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(type -> Optional.ofNullable(VALUES.get(type)).orElseThrow())
                .toArray();
        Object result = method.invoke(forwarding, arguments);
        assertThat(calls).containsExactly(new Call(method, List.of(arguments)));
        assertThat(result).isEqualTo(VALUES.get(method.getReturnType()));
    }

    @ParameterizedTest
    @MethodSource("storeMethods")
    void aStoreForwards(Method method) throws Exception {
        assertForwards(new ForwardingObjectStore(recorder(ObjectStore.class, calls)) {}, method);
    }

    @ParameterizedTest
    @MethodSource("uploadMethods")
    void anUploadForwards(Method method) throws Exception {
        assertForwards(new ForwardingObjectUpload(recorder(ObjectUpload.class, calls)) {}, method);
    }

    @Test
    void openingAWholeObjectOpensAPart() throws Exception {
        ObjectStore store = new ForwardingObjectStore(recorder(ObjectStore.class, calls)) {};
        store.open(ObjectKey.of("a/b"));
        assertThat(calls)
                .containsExactly(new Call(
                        ObjectStore.class.getMethod("open", ObjectKey.class, long.class, long.class),
                        List.of(ObjectKey.of("a/b"), 0L, Long.MAX_VALUE)));
    }

    @ParameterizedTest
    @MethodSource("storeMethods")
    void aPrefixedStoreForwardsNothingUnchanged(Method method) {
        // A method that takes or returns keys must map them, so none may be inherited without having been looked at.
        assertThat(Arrays.stream(PrefixedObjectStore.class.getDeclaredMethods())
                        .anyMatch(own -> own.getName().equals(method.getName())
                                && Arrays.equals(own.getParameterTypes(), method.getParameterTypes())))
                .as("PrefixedObjectStore overrides %s", method)
                .isEqualTo(!method.getName().equals("prefetch"));
    }

    @Test
    void prefixesAreJoined() {
        KeyPrefix outer = KeyPrefix.of("a/b/");
        assertThat(outer.resolve(KeyPrefix.of("c/"))).isEqualTo(KeyPrefix.of("a/b/c/"));
        assertThat(outer.resolve(KeyPrefix.ROOT)).isEqualTo(outer);
        assertThat(KeyPrefix.ROOT.resolve(outer)).isEqualTo(outer);
    }
}
