package dev.berth.registry.storage.s3;

import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

/** Limits the pages of listings to a few names, so that a test need not write thousands of objects to get two pages. */
final class SmallPages implements ExecutionInterceptor {
    private final int limit;

    SmallPages(int limit) {
        this.limit = limit;
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        return context.request() instanceof ListObjectsV2Request list
                ? list.toBuilder().maxKeys(Math.min(limit, list.maxKeys())).build()
                : context.request();
    }
}
