package io.sparkgate.sandbox.iam;

/**
 * What a client signs its calls with.
 *
 * @param secretAccessKey the sandbox does not check signatures; any value does
 */
public record Credentials(String accessKeyId, String secretAccessKey, Identity identity) {}
