package dev.berth.examples.standalone.programs;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Marks tests that share the {@link S3Gateway} with tests that run at the same time. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(S3GatewayExtension.class)
@ResourceLock(value = S3Gateway.LOCK, mode = ResourceAccessMode.READ)
public @interface UsesS3Gateway {}
