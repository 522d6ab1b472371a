package io.sparkgate.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.access.SessionExecutionRole;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.testing.Synth;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketAttributes;

class WarehousesOfOthersTest {

  private final App app = new App();
  private final Stack stack = stack("Stack", "111122223333");
  private final IRole role = SessionExecutionRole.Builder.create(stack, "Role").build().getRole();

  @Test
  void warnsOfAWarehouseThatAnotherAccountMustOpen() {
    Catalog.icebergOnGlue(
            "lake",
            Bucket.fromBucketAttributes(
                stack,
                "Theirs",
                BucketAttributes.builder().bucketName("theirs").account("444455556666").build()),
            "warehouse")
        .grantWrite(role, "sales");
    assertThat(Synth.warnings(stack))
        .singleElement()
        .asString()
        .startsWith(
            "Catalog.icebergOnGlue 'lake' is in a bucket of account 444455556666 that was made"
                + " elsewhere, so its policy is not changed from here, and S3 refuses"
                + " Stack/Role/Role; allow it there s3:ListBucket on the bucket,"
                + " s3:AbortMultipartUpload, s3:DeleteObject, s3:GetObject and s3:PutObject on its"
                + " objects 'warehouse/*', and in the policy of its key, if it has one, kms:Decrypt"
                + " and kms:GenerateDataKey, then acknowledge this");
  }

  @Test
  void asksForNoMoreThanReadingWhereNobodyWrites() {
    Catalog.icebergOnGlue(
            "lake",
            Bucket.fromBucketAttributes(
                stack,
                "Theirs",
                BucketAttributes.builder().bucketName("theirs").account("444455556666").build()),
            "warehouse")
        .grantRead(role, "sales");
    assertThat(Synth.warnings(stack))
        .singleElement()
        .asString()
        .contains(
            "s3:ListBucket on the bucket, s3:GetObject on its objects 'warehouse/*', and in the"
                + " policy of its key, if it has one, kms:Decrypt, then acknowledge this");
  }

  @Test
  void opensAWarehouseThatAStackOfAnotherAccountMakes() {
    Stack theirs = stack("Theirs", "444455556666");
    IRole named =
        Role.Builder.create(stack, "Named")
            .roleName("spark")
            .assumedBy(new ServicePrincipal("emr-serverless.amazonaws.com"))
            .build();
    Bucket lake = Bucket.Builder.create(theirs, "Lake").bucketName("their-lake").build();
    Catalog.icebergOnGlue("lake", lake).grantRead(named, "sales");

    assertThat(Synth.warnings(theirs)).isEmpty();
    assertThat(Template.fromStack(theirs).findResources("AWS::S3::BucketPolicy").toString())
        .contains("s3:GetObject", ":iam::111122223333:role/spark");
  }

  @Test
  void refusesAWarehouseThatNothingCanReferTo() {
    Catalog lake =
        Catalog.icebergOnGlue(
            "lake", Bucket.Builder.create(stack("Theirs", "444455556666"), "Lake").build());
    assertThatThrownBy(() -> lake.grantRead(role, "sales"))
        .hasMessageContaining("bucket Theirs/Lake is made in a stack of 444455556666/eu-west-1")
        .hasMessageContaining("or the bucket a name (bucketName)");
    assertThatThrownBy(
            () -> EmrServerlessApplication.Builder.create(stack, "App").with(lake).build())
        .hasMessageContaining("but the application's is of 111122223333/eu-west-1");
  }

  private Stack stack(String id, String account) {
    return new Stack(
        app,
        id,
        StackProps.builder()
            .env(Environment.builder().account(account).region("eu-west-1").build())
            .build());
  }
}
