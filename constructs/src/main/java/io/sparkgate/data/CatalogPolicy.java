package io.sparkgate.data;

import io.sparkgate.internal.DataAccess;
import io.sparkgate.internal.Statement;
import io.sparkgate.internal.TableNames;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.PolicyDocument;

/** What the owner of another account's catalog has to say of a role. */
final class CatalogPolicy {

  private CatalogPolicy() {}

  static PolicyDocument of(
      String me, CatalogKind kind, IGrantable role, DataAccess access, TableNames names) {
    GlueAccount account =
        kind.account()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        """
                        %s: a policy is for the catalog of another account, and only glue, \
                        icebergOnGlue, deltaOnGlue, hudi and redshift can be one; grant it to a \
                        role of its own account"""
                            .formatted(me)));
    if (account.other().isEmpty()) {
      throw new IllegalArgumentException(
          "%s: a policy is for the catalog of another account; call ofAccount first".formatted(me));
    }
    List<Statement> statements = new ArrayList<>(kind.starting());
    statements.addAll(kind.statements(me, access, names));
    PolicyDocument document = new PolicyDocument();
    for (Statement statement : statements) {
      document.addStatements(statement.admitting(role));
    }
    return document;
  }
}
