package io.sparkgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.sandbox.template.Blueprint;
import org.junit.jupiter.api.Test;

class BillReaderTest {

  private static final String READS =
      "{'Effect':'Allow','Action':%s,'Resource':'arn:aws:ssm:eu-west-1:111122223333:parameter/sparkgate/dev/usage-location'}";

  @Test
  void isWhoeverMayLearnWhereTheRecordsAreAndSeesNoSessions() {
    Blueprint blueprint =
        PersonasTest.withContract(
            PersonasTest.role("Finance", READS.formatted("'ssm:GetParameter'")),
            PersonasTest.role(
                "Auditor", READS.formatted("['ssm:GetParameter','emr-serverless:ListSessions']")));

    assertThat(new Personas(blueprint, new TemplateAccess(blueprint)).signIn(remark -> {}))
        .extracting(persona -> persona.name() + " " + persona.credentials().identity().arn())
        .contains(
            "bill-reader arn:aws:sts::111122223333:assumed-role/Finance/bill-reader",
            "auditor arn:aws:sts::111122223333:assumed-role/Auditor/auditor");
  }
}
