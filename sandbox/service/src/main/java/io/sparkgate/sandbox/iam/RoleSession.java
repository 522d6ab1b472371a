package io.sparkgate.sandbox.iam;

import java.util.Map;

/**
 * What a caller asks to be when it assumes a role.
 *
 * @param name the session name
 * @param sourceIdentity empty for none, or for the one that the caller has already
 * @param tags become {@code aws:PrincipalTag/…} of the new session
 * @param externalId empty for none
 */
public record RoleSession(
    String name, String sourceIdentity, Map<String, String> tags, String externalId) {}
