package dev.berth.examples.standalone.programs;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Injects the {@link S3Gateway}, which all tests share, or a new bucket. */
public final class S3GatewayExtension implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == S3Gateway.class || type == S3Bucket.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        S3Gateway.assumeInstalled();
        S3Gateway gateway = context.getRoot()
                .getStore(Namespace.GLOBAL)
                .getOrComputeIfAbsent(S3Gateway.class, key -> open(), S3Gateway.class);
        return parameter.getParameter().getType() == S3Bucket.class ? S3Bucket.create(gateway) : gateway;
    }

    private static S3Gateway open() {
        try {
            return S3Gateway.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
