package io.sparkgate.sandbox.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MadeUpTest {
  private static final String LONG = "AVeryLongNameOfSomethingThatNobodyWouldSayAloud";

  @Test
  void namesOfBucketsAreSuchAsS3Takes() {
    assertThat(MadeUp.bucketName(LONG, LONG)).matches("[a-z0-9-]{63}");
    assertThat(MadeUp.bucketName("SparkConnect-dev", "Lake8F3A"))
        .matches("sparkconnect-dev-lake8f3a-[a-z0-9]{12}");
  }

  @Test
  void namesOfOthersAreSuchAsIamTakes() {
    assertThat(MadeUp.physicalName(LONG, LONG)).hasSize(64);
  }
}
