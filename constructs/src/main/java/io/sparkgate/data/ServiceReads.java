package io.sparkgate.data;

import static java.util.Map.entry;

import io.sparkgate.internal.ApplicationArn;
import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Ordered;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.constructs.Construct;

/**
 * EMR Serverless fetches secrets of settings itself, so the policies of secret and key let it in:
 * for any application of the account, because one that is named would wait for the secret, which
 * waits for it.
 */
final class ServiceReads {

  private ServiceReads() {}

  static void secret(ISecret secret, Construct application) {
    Stack stack = Stack.of(application);
    boolean admitted =
        secret
            .addToResourcePolicy(
                statement(
                    List.of("secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"),
                    Ordered.map(
                        entry("ArnLike", Map.of("aws:SourceArn", ApplicationArn.ofAll(stack))),
                        entry("StringEquals", Map.of("aws:SourceAccount", stack.getAccount())))))
            .getStatementAdded();
    IKey key = secret.getEncryptionKey();
    boolean usable =
        key != null
            && key.addToResourcePolicy(
                    statement(
                        List.of("kms:Decrypt", "kms:DescribeKey"),
                        Map.of(
                            "StringEquals",
                            Map.of(
                                "kms:ViaService",
                                "secretsmanager.%s.amazonaws.com".formatted(stack.getRegion())))),
                    true)
                .getStatementAdded();
    new Findings(application)
        .warnIf(
            !admitted || !usable,
            "importedSecret",
            """
            secret %s or its key was made elsewhere, so their policies are not changed from here, \
            and without statements for emr-serverless.amazonaws.com nothing starts; add them there \
            (docs/data.md has them), with a customer managed key"""
                .formatted(secret.getNode().getPath()));
  }

  private static PolicyStatement statement(List<String> actions, Map<String, Object> conditions) {
    return PolicyStatement.Builder.create()
        .principals(List.of(new ServicePrincipal("emr-serverless.amazonaws.com")))
        .actions(actions)
        .resources(List.of("*"))
        .conditions(conditions)
        .build();
  }
}
