package dev.berth.registry.storage.s3;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** Sees every request that goes out, each attempt of it. */
final class Requests implements ExecutionInterceptor {
    private final Queue<String> sent = new ConcurrentLinkedQueue<>();

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        sent.add(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME) + " "
                + context.httpRequest().encodedPath());
    }

    /** Returns what was sent since this was last asked: operations and paths. */
    List<String> take() {
        List<String> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    /** Returns the operations without their paths. */
    static List<String> operations(List<String> requests) {
        return requests.stream()
                .map(request -> request.substring(0, request.indexOf(' ')))
                .toList();
    }
}
